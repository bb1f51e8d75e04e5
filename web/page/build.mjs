// One HTML file of the page, the engine in it: node page/build.mjs ENGINE.wasm OUT.html
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import zopfli from "@gfx/zopfli";
import { buildSync } from "esbuild";

const [wasmFile, out] = process.argv.slice(2);
const here = (name) => new URL(name, import.meta.url).pathname;
const text = (name) => readFileSync(here(name), "utf8");
const bundled = (name, define = {}) => {
  const options = {
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    write: false,
    define,
  };
  // An end tag in a text of the script would end the script.
  return buildSync({ ...options, entryPoints: [here(name)] }).outputFiles[0].text.replace(/<\/(script)/gi, "<\\/$1");
};

const wasm = readFileSync(wasmFile);
const { Engine } = await import(
  `data:text/javascript,${encodeURIComponent(
    buildSync({ entryPoints: [here("engine.ts")], format: "esm", target: "es2022", write: false }).outputFiles[0].text,
  )}`
);
const engine = await Engine.start(await WebAssembly.compile(wasm));
const style = engine.ask({ op: "style" }) + text("page.css");
const marks = text("../../src/report/html/page.js");
const script = bundled("main.ts", { WORKER: JSON.stringify(bundled("worker.ts")) });
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
// Charts are drawn for two widths and colours by classes alone: no style stands in an attribute.
const policy = [
  "default-src 'none'",
  `script-src ${hash(marks)} ${hash(script)} 'wasm-unsafe-eval'`,
  `style-src ${hash(style)}`,
  "worker-src blob:",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
// As gzip, which browsers unpack, and a twentieth smaller.
const packed = await zopfli.gzipAsync(wasm, { numiterations: 5 });
const base64 = Buffer.from(packed).toString("base64");
const filled = { CSP: policy, STYLE: style, ENGINE: base64, MARKS: marks, SCRIPT: script };
const page = Object.entries(filled).reduce(
  (page, [key, text]) => page.replace(`%${key}%`, () => text),
  text("page.html"),
);
writeFileSync(out, page);
const sizes = {
  page: page.length,
  engine: wasm.length,
  packed: base64.length,
  script: script.length,
  style: style.length,
};
console.log(
  Object.entries(sizes)
    .map(([what, bytes]) => `${what} ${bytes}`)
    .join(", "),
);
