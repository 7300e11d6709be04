/* Which texts stand side by side, and the way from a link to its other end, level with where it was followed. */
const texts = [...document.querySelectorAll(".text")];
const choices = ["left", "right"].map((side) => document.getElementById(side)).filter(Boolean);

function choose(side, id) {
  const old = texts.find((text) => text.classList.contains(side));
  const chosen = document.getElementById(id);
  const other = side === "left" ? "right" : "left";
  const swapped = chosen.classList.contains(other);
  setSide(old, swapped ? other : "other");
  setSide(chosen, side);
  for (const select of choices) select.value = texts.find((text) => text.classList.contains(select.id)).id;
  arrange();
}

function setSide(text, side) {
  text.classList.remove("left", "right", "other");
  text.classList.add(side);
}

function go(target, level) {
  const text = target.closest(".text");
  if (text.classList.contains("other")) choose("right", text.id);
  const scrolls = getComputedStyle(text).overflowY === "auto";
  const top = target.getBoundingClientRect().top;
  if (scrolls) text.scrollBy({ top: top - level });
  else scrollBy({ top: top - innerHeight / 3 });
  light(target.dataset.of ?? null);
  target.focus({ preventScroll: true });
}

function light(name) {
  active = name;
  for (const element of document.querySelectorAll("mark, .card")) {
    element.classList.toggle("active", name !== null && element.dataset.of === name);
  }
  drawSoon();
}
