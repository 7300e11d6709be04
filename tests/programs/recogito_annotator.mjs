// Reads our Web Annotations with the parser of Recogito's text annotator, on an empty page.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const dom = new JSDOM("<div id='text'>x</div>");
for (const name of ["window", "document", "Node", "NodeFilter", "Element", "HTMLElement", "Range", "DOMRect", "MutationObserver"])
  globalThis[name] ??= name === "window" ? dom.window : dom.window[name];
globalThis.ResizeObserver ??= class { observe() {} disconnect() {} };
const { W3CTextFormat } = await import("@recogito/text-annotator");
const page = JSON.parse(readFileSync(process.argv[2], "utf8")).first;
const given = page.items.filter((item) => item.motivation.includes("highlighting"));
let parsed = 0;
const failed = new Set();
for (const item of given) {
  const targets = [item.target].flat();
  const { parsed: one, error } = W3CTextFormat(targets[0].source, document.getElementById("text")).parse(item);
  if (one) parsed += 1;
  else failed.add(String(error?.message ?? error));
}
console.log(JSON.stringify({ given: given.length, parsed, failed: [...failed].join("; ") }));
