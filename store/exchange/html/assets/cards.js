"use strict";

/* Notes stand beside their words, in their order, and never over each other. */
const GAP = 10;

function placeCards(text) {
  const body = text.querySelector(".body");
  const cards = [...body.querySelectorAll(".cards .card")].filter((card) => !card.classList.contains("off"));
  body.style.minHeight = "";
  if (!cards.some((card) => getComputedStyle(card).position === "absolute")) {  // below their passages
    cards.forEach((card) => { card.style.top = ""; });
    return;
  }
  const top = body.getBoundingClientRect().top;
  let free = 0;
  for (const [card, at] of cards.map((card) => [card, wordsTop(body, card, top)]).sort((a, b) => a[1] - b[1])) {
    const place = Math.max(at, free);
    card.style.top = `${place}px`;
    free = place + card.offsetHeight + GAP;
  }
  body.style.minHeight = `${free}px`;
}

function wordsTop(body, card, top) {
  const words = document.getElementById(card.dataset.of);
  return words ? words.getBoundingClientRect().top - top - 3 : 0;
}
