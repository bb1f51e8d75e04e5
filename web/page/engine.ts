/** The engine: questions and bytes in, text out. */

interface Exports {
  memory: WebAssembly.Memory;
  start(): void;
  reserve(length: number): number;
  call(ask: number, asked: number, data: number, length: number): number;
  release(reply: number): void;
}

/** What the engine refuses, in its words. */
export class Refusal extends Error {}

/** A fault of the engine, which has ended. */
export class Panic extends Error {}

export class Engine {
  private fault = "";
  private exports: Exports | undefined;
  /** Is told of a long task how many of how many steps are done. */
  progressed: (done: number, of: number) => void = () => {};

  private constructor() {}

  static async start(module: WebAssembly.Module): Promise<Engine> {
    const engine = new Engine();
    const panicked = (at: number, length: number) => {
      engine.fault = engine.text(at, length);
    };
    const progressed = (done: number, of: number) => engine.progressed(done, of);
    const instance = await WebAssembly.instantiate(module, { page: { panicked, progressed } });
    engine.exports = instance.exports as unknown as Exports;
    engine.exports.start();
    return engine;
  }

  /** The size of its memory, which never shrinks. */
  get memory(): number {
    return this.running().memory.buffer.byteLength;
  }

  /** Asks, and takes the answer. */
  ask(question: object, data: Uint8Array = new Uint8Array(0)): string {
    const { memory, call, release } = this.running();
    let reply: number;
    try {
      const asked = new TextEncoder().encode(JSON.stringify(question));
      const [one, two] = [this.put(asked), this.put(data)];
      reply = call(one, asked.length, two, data.length);
    } catch (error) {
      this.exports = undefined;
      throw new Panic(this.fault || String(error));
    }
    const [refused, at, length] = new Uint32Array(memory.buffer, reply, 3);
    const text = this.text(at ?? 0, length ?? 0);
    release(reply);
    if (refused) throw new Refusal(text);
    return text;
  }

  private running(): Exports {
    if (!this.exports) throw new Panic("the engine has ended");
    return this.exports;
  }

  private put(bytes: Uint8Array): number {
    const { memory, reserve } = this.running();
    const at = reserve(bytes.length);
    new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
    return at;
  }

  private text(at: number, length: number): string {
    return new TextDecoder().decode(new Uint8Array(this.running().memory.buffer, at, length));
  }
}
