/* With boxes ticked only highlights of these tags are shown; without, all. */
const boxes = [...document.querySelectorAll("[data-tag]")];

function filter() {
  const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.dataset.tag));
  const hidden = new Set();
  for (const card of document.querySelectorAll(".card")) {
    if (wanted.size && !card.dataset.tags.split(" ").some((tag) => wanted.has(tag))) hidden.add(card.dataset.of);
  }
  for (const element of document.querySelectorAll("[data-of]")) {
    element.classList.toggle("off", hidden.has(element.dataset.of));
  }
  arrange();
}

function showFurniture(box) {
  document.body.classList.toggle("bare", !box.checked);
  arrange();
}
