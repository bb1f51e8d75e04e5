// The engine of a built page, outside of a browser.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { buildSync } from "esbuild";

/** Gives a maker of engines, each of its own, of the page in a file. */
export async function engineIn(page) {
  const source = new URL("../page/engine.ts", import.meta.url).pathname;
  const { outputFiles } = buildSync({ entryPoints: [source], format: "esm", target: "es2022", write: false });
  const { Engine } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  const [, packed] = /id="engine">([^<]+)</.exec(readFileSync(page, "utf8"));
  const module = await WebAssembly.compile(gunzipSync(Buffer.from(packed, "base64")));
  return () => Engine.start(module);
}
