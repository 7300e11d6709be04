function arrange() {
  texts.filter((text) => !text.classList.contains("other")).forEach(placeCards);
  drawSoon();
}

document.documentElement.classList.add("js");
boxes.forEach((box) => box.addEventListener("change", filter));
document.getElementById("furniture")?.addEventListener("change", (event) => showFurniture(event.target));
choices.forEach((select) => select.addEventListener("change", () => choose(select.id, select.value)));
texts.forEach((text) => text.addEventListener("scroll", drawSoon, { passive: true }));
addEventListener("scroll", drawSoon, { passive: true });
addEventListener("resize", arrange);
document.fonts?.ready.then(arrange);
for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const name = event.target.closest?.("[data-of]")?.dataset.of ?? null;
    if (name !== active) light(name);
  });
}
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#h-'], a[href^='#nh-']");
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  history.replaceState(null, "", link.hash);
  const inText = link.closest(".text");
  if (!inText) document.querySelector(".front").scrollIntoView();
  go(target, inText ? link.getBoundingClientRect().top : innerHeight / 3);
});
arrange();
