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
    const read: Read = JSON.parse(engine.ask({ op: "load", name }, bytes));
    performance.measure("read", { start });
    const file: Kept = { name, bytes, read };
    if (day) this.date(engine, file, day);
    this.kept.push(file);
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
    return this.kept.some(({ read }) => read.is_fixings);
  }

  /** The days of all quotes. */
  days(): string[] {
    const quotes = this.kept.filter(({ read }) => read.file !== null && !read.is_fixings);
    const days = quotes.flatMap(({ read, day }) => (read.days.length > 0 ? read.days : day ? [day] : []));
    return [...new Set(days)].sort();
  }

  private date(engine: Engine, file: Kept, day: string): void {
    file.day = day;
    engine.ask({ op: "date", file: file.read.file, day });
  }

  private list(engine: Engine): void {
    const dated = (file: Kept) => (day: string) => {
      this.date(engine, file, day);
      this.dated();
    };
    this.place.replaceChildren(...this.kept.map((file) => item(file.read, dated(file))));
  }
}
