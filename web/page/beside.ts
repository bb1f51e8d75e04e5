/** Quotes of many days, read by a second engine beside the page, which goes on answering. */

import type { Drawn } from "./report";

/** The script of the worker, put in when the page is built. */
declare const WORKER: string;

export interface History {
  parts: Drawn;
  /** Each chart as a drawing of its own, by its name. */
  charts: Record<string, string>;
}

interface Answer {
  /** The size of the engine's memory. */
  memory?: number;
  done?: number;
  of?: number;
  text?: string;
  refused?: string;
}

export interface Reading {
  told: Promise<History>;
  stop(): void;
}

/** Asks a second engine, and tells how many of how many days are done. */
export function through(
  module: WebAssembly.Module,
  ask: object,
  bytes: Uint8Array,
  progressed: (done: number, of: number) => void,
): Reading {
  const address = URL.createObjectURL(new Blob([WORKER], { type: "text/javascript" }));
  const worker = new Worker(address);
  const start = performance.now();
  let stop = () => {};
  const told = new Promise<History>((done, refuse) => {
    stop = () => refuse(new Error("stopped"));
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
      if (data.of !== undefined) progressed(data.done ?? 0, data.of);
      else if (data.text !== undefined) {
        performance.measure("through", { start, detail: data.memory });
        done(JSON.parse(data.text));
      } else refuse(new Error(data.refused));
    });
    worker.addEventListener("error", (event) => refuse(new Error(event.message)));
    worker.postMessage({ module, ask, bytes }, [bytes.buffer]);
  }).finally(() => {
    worker.terminate();
    URL.revokeObjectURL(address);
  });
  return { told, stop: () => stop() };
}
