/* Ribbons between linked words. Where one end is scrolled away, a faint one leads to the edge behind which it is. */
const drawing = document.getElementById("lines");
const links = [...document.querySelectorAll(".links li")].map((item) => ({
  left: item.dataset.left, right: item.dataset.right, kind: item.dataset.kind, colour: item.className,
}));
let active = null;
let waiting = false;

function drawSoon() {
  if (waiting || !drawing) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; draw(); });
}

function draw() {
  const frame = drawing.getBoundingClientRect();
  drawing.replaceChildren();
  const panes = ["left", "right"].map((side) => document.querySelector(`.text.${side}`));
  if (!frame.width || panes.includes(null)) return;
  const [from, to] = panes.map((pane) => pane.getBoundingClientRect());
  const gap = { start: from.right - frame.left, end: to.left - frame.left };
  const labels = [];
  for (const link of links) {
    const one = extent(panes[0], link.left) ? link : { ...link, left: link.right, right: link.left };
    const ends = [extent(panes[0], one.left), extent(panes[1], one.right)];
    if (ends.includes(null) || (ends[0].away && ends[1].away)) continue;
    ends.forEach((end) => { end.top -= frame.top; end.bottom -= frame.top; });
    drawing.append(ribbon(one, ends, gap));
    if (ends[0].away || ends[1].away) continue;
    const middle = (ends[0].top + ends[0].bottom + ends[1].top + ends[1].bottom) / 4;
    if (labels.every((other) => Math.abs(other - middle) > 16)) {
      labels.push(middle);
      drawing.append(shape("text", { class: "label", x: (gap.start + gap.end) / 2, y: middle }, link.kind));
    }
  }
}

/* From the first to the last line of a highlight's words, in the window; "above" or "below" when out of sight. */
function extent(pane, name) {
  const marks = [...pane.querySelectorAll(`mark[data-of="${name}"]`)];
  if (!marks.length || marks[0].classList.contains("off")) return null;
  const frame = pane.getBoundingClientRect();
  const top = marks[0].getClientRects()[0]?.top;
  const last = marks[marks.length - 1].getClientRects();
  const bottom = last[last.length - 1]?.bottom;
  if (top === undefined || bottom === undefined) return null;
  if (bottom < frame.top + 4) return { top: frame.top, bottom: frame.top + 2, away: "above" };
  if (top > frame.bottom - 4) return { top: frame.bottom - 2, bottom: frame.bottom, away: "below" };
  return { top: Math.max(top, frame.top), bottom: Math.min(bottom, frame.bottom), away: "" };
}

function ribbon(link, [a, b], { start, end }) {
  const middle = (start + end) / 2;
  const path = `M${start},${a.top} C${middle},${a.top} ${middle},${b.top} ${end},${b.top} V${b.bottom} ` +
    `C${middle},${b.bottom} ${middle},${a.bottom} ${start},${a.bottom} Z`;
  const state = [link.left, link.right].includes(active) ? "active" : a.away || b.away ? "away" : "";
  const group = shape("g", { class: link.colour });
  group.append(shape("path", { class: `ribbon ${state}`, d: path }));
  if (!a.away) group.append(shape("rect", { class: "bar", x: start - 3, y: a.top, width: 3, height: a.bottom - a.top }));
  if (!b.away) group.append(shape("rect", { class: "bar", x: end, y: b.top, width: 3, height: b.bottom - b.top }));
  return group;
}

function shape(name, attributes, words = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = words;
  return element;
}
