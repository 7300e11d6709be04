// Reads our file with the reader of exports of the Hypothesis client, taken from the source map of its package.
import { readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL, fileURLToPath } from "node:url";
import { build } from "esbuild";

// A browser has this; Node has files, but no reader of them.
globalThis.FileReader ??= class extends EventTarget {
  readAsText(file) {
    file.text().then((text) => {
      this.result = text;
      this.dispatchEvent(new Event("loadend"));
    });
  }
};

const here = dirname(fileURLToPath(import.meta.url));
const map = JSON.parse(readFileSync(join(here, "node_modules/hypothesis/build/scripts/sidebar.bundle.js.map"), "utf8"));
const folder = join(here, "client");
map.sources.forEach((name, number) => {
  const at = name.indexOf("src/");
  if (at < 0 || !map.sourcesContent[number]) return;
  const file = join(folder, name.slice(at));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, map.sourcesContent[number]);
});
const entry = join(folder, map.sources.find((name) => name.endsWith("helpers/import.ts")).replace(/^.*?src\//, "src/"));
const out = join(here, "reader.mjs");
await build({ entryPoints: [entry], outfile: out, bundle: true, format: "esm", platform: "node", logLevel: "error" });
const { readExportFile } = await import(pathToFileURL(out).href);
const annotations = await readExportFile(new File([readFileSync(process.argv[2])], "ours.json"));
console.log(JSON.stringify({ annotations: annotations.length }));
