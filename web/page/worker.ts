/** A second engine beside the page, for quotes of many days. */

import { Engine } from "./engine";

interface Question {
  module: WebAssembly.Module;
  ask: object;
  bytes: Uint8Array;
}

addEventListener("message", async ({ data }: MessageEvent<Question>) => {
  try {
    const engine = await Engine.start(data.module);
    // A message every hundredth of the way.
    engine.progressed = (done, of) => {
      if (done % Math.ceil(of / 100) === 0) postMessage({ done, of });
    };
    const text = engine.ask(data.ask, data.bytes);
    postMessage({ text, memory: engine.memory });
  } catch (error) {
    postMessage({ refused: error instanceof Error ? error.message : String(error) });
  }
});
