/** The files that the reader gave, in the order of their dates. */

import type { Engine } from "./engine";
import { item, type Read } from "./files";

/** The name of quotes that were typed, or came with a link. */
const TYPED = "typed quotes";

interface Kept {
  name: string;
  bytes: Uint8Array;
  /** The day that the reader gave quotes without one. */
  day?: string;
  read: Read;
}

export class Shelf {
  private kept: Kept[] = [];

  /** Lists the files in a place; `dated` is told when the reader has given one its day. */
  constructor(
    private readonly place: HTMLElement,
    private readonly dated: () => void,
  ) {}

  /** Reads a file, which the engine keeps. */
  load(engine: Engine, name: string, bytes: Uint8Array, day?: string): void {
    const start = performance.now();
    const read: Read = JSON.parse(engine.ask({ op: "load", name, day: day ?? null }, bytes));
    performance.measure("read", { start });
    this.kept.push(day ? { name, bytes, day, read } : { name, bytes, read });
    this.kept.sort((one, other) => (one.read.days[0] ?? "").localeCompare(other.read.days[0] ?? ""));
    this.list(engine);
  }

  /** Puts typed quotes in the place of those before. */
  type(engine: Engine, text: string): void {
    this.kept = this.kept.filter(({ name }) => name !== TYPED);
    this.reload(engine);
    if (text.trim()) this.load(engine, TYPED, new TextEncoder().encode(text));
  }

  /** Gives an engine all files once more. */
  reload(engine: Engine): void {
    const kept = this.kept;
    this.clear(engine);
    for (const { name, bytes, day } of kept) this.load(engine, name, bytes, day);
  }

  clear(engine: Engine): void {
    engine.ask({ op: "clear" });
    this.kept = [];
    this.list(engine);
  }

  get count(): number {
    return this.kept.length;
  }

  /** Whether there is a file beside what was typed. */
  get hasFiles(): boolean {
    return this.kept.some(({ name }) => name !== TYPED);
  }

  /** Whether realised rates are among the files. */
  get hasFixings(): boolean {
    return this.kept.some(({ read }) => read.holds === "fixings");
  }

  /** The days of all quotes. */
  days(): string[] {
    const quotes = this.kept.filter(({ read }) => read.holds === "quotes");
    return [...new Set(quotes.flatMap(({ read }) => read.days))].sort();
  }

  private list(engine: Engine): void {
    const dated = (file: Kept) => (day: string) => {
      file.day = day;
      this.reload(engine);
      const at = this.kept.findIndex(({ bytes }) => bytes === file.bytes);
      this.place.children[at]?.querySelector("input")?.focus();
      this.dated();
    };
    this.place.replaceChildren(...this.kept.map((file) => item(file.read, file.day, dated(file))));
  }
}
