/** The live page, from its start. Nothing leaves it. */

import { listen } from "./controls";
import { get } from "./dom";
import { Engine } from "./engine";
import { Page } from "./page";

/** The engine as the page carries it: packed, in base64. */
async function unpacked(carrier: HTMLElement): Promise<ArrayBuffer> {
  const packed = Uint8Array.from(atob(carrier.textContent ?? ""), (letter) => letter.charCodeAt(0));
  carrier.textContent = "";
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

async function begin(): Promise<void> {
  const module = await WebAssembly.compile(await unpacked(get("engine")));
  listen(new Page(module, await Engine.start(module)));
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

begin().catch((error) => {
  get("says").textContent = `The engine does not start: ${error instanceof Error ? error.message : error}`;
});
