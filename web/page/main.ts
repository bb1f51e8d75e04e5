/** The live page: files and suppositions in, the report out. Nothing leaves it. */

import { through } from "./beside";
import { button, element, fill, get, words } from "./dom";
import { Engine, Panic } from "./engine";
import { item, type Read } from "./files";
import { type Meeting, row as meetingRow } from "./meetings";
import { spelled, units } from "./price";
import { type Contract, row as priceRow } from "./prices";
import { Report } from "./report";
import { copy, png, save } from "./save";
import { CHAIN, fromHash, initial, type State, type Supposed, toHash } from "./state";

/** Longer files are read beside the page, as histories: so many bytes, or fewer that are packed. */
const LONG = 3_000_000;
const LONG_PACKED = 400_000;

function isLong(bytes: Uint8Array): boolean {
  const isPacked = (bytes[0] === 0x1f && bytes[1] === 0x8b) || (bytes[0] === 0x50 && bytes[1] === 0x4b);
  return bytes.length > (isPacked ? LONG_PACKED : LONG);
}

/** What the engine says of the days that are shown. */
interface About {
  before: string | null;
  after: string;
  target: string;
  supposable: boolean;
  contracts: Contract[];
  meetings: Meeting[];
}

interface Kept {
  name: string;
  bytes: Uint8Array;
  day?: string;
  read: Read;
}

class Page {
  private readonly report = new Report(get("head"), get("parts"), (chart) => this.tools(chart));
  private state: State;
  private about: About | undefined;
  private files: Kept[] = [];
  /** Whether the state is that of a link, which the reader has not changed. */
  private isOfLink = location.hash.length > 1;
  /** The charts of a history, while one is shown. */
  private charts: Record<string, string> | undefined;
  private isRestarting = false;
  private frame = 0;
  private rest = 0;

  constructor(
    private readonly module: WebAssembly.Module,
    private engine: Engine,
  ) {
    this.state = fromHash(location.hash);
    if (this.state.typed) this.load("typed quotes", new TextEncoder().encode(this.state.typed));
    this.listen();
    this.set();
  }

  // Files.

  /** Reads files in the order of their dates; each says what became of it. */
  private async take(list: Iterable<File>): Promise<void> {
    const { length } = this.files;
    for (const file of list) {
      this.say(`Reading ${file.name} …`);
      const bytes = new Uint8Array(await file.arrayBuffer());
      if (isLong(bytes)) await this.through(file.name, bytes);
      else this.load(file.name, bytes);
    }
    if (this.files.length > length) this.choose();
  }

  private load(name: string, bytes: Uint8Array, day?: string): void {
    try {
      const read: Read = JSON.parse(this.engine.ask({ op: "load", name }, bytes));
      const file: Kept = { name, bytes, read };
      this.files.push(file);
      if (day) this.date(file, day);
      this.files.sort((one, other) => (one.read.days[0] ?? "").localeCompare(other.read.days[0] ?? ""));
      this.list();
      this.say("");
    } catch (error) {
      this.fault(error, `${name} cannot be read`);
    }
  }

  /** Says which day quotes without one are of. */
  private date(file: Kept, day: string): void {
    file.day = day;
    this.engine.ask({ op: "date", file: file.read.file, day });
  }

  private list(): void {
    const dated = (file: Kept) => (day: string) => {
      this.date(file, day);
      this.choose();
    };
    get("files").replaceChildren(...this.files.map((file) => item(file.read, dated(file))));
  }

  /** The days of all quotes. */
  private days(): string[] {
    const quotes = this.files.filter(({ read }) => read.file !== null && !read.is_fixings);
    return [
      ...new Set(quotes.flatMap(({ read, day }) => (read.days.length > 0 ? read.days : day ? [day] : []))),
    ].sort();
  }

  /** New files: the newest day, held against the one before it. What a link supposes of them stays. */
  private choose(): void {
    if (!this.isOfLink) this.state = { ...this.state, before: "", after: "", prices: {}, outcomes: {} };
    this.set();
  }

  private forget(): void {
    this.engine.ask({ op: "clear" });
    this.files = [];
    this.state = initial();
    get<HTMLTextAreaElement>("typed").value = "";
    this.list();
    this.set();
  }

  /** One meeting through the days of a long file, read beside the page. */
  private async through(name: string, bytes: Uint8Array): Promise<void> {
    this.say(`Reading ${name}: ${(bytes.length / 1e6).toFixed(1)} MB of quotes, day by day …`);
    const ask = { op: "through", name, meeting: this.state.meeting || null, from: null };
    const reading = through(this.module, ask, bytes, (done, of) => {
      this.say(`Reading ${name}: ${done} of ${of} days …`);
    });
    const stop = button("Stop", `Stop reading ${name}`, reading.stop);
    get("says").after(stop);
    try {
      const { parts, charts } = await reading.told;
      this.report.draw(parts);
      this.charts = charts;
      this.say(`${name}: one meeting through its days. Any choice here shows the other quotes again.`);
    } catch (error) {
      this.say(`${name} is not read: ${error instanceof Error ? error.message : error}`);
    } finally {
      stop.remove();
    }
  }

  // The report.

  /** What of the suppositions the shown day has; what a link supposes of other quotes waits for them. */
  private supposed(): Supposed {
    const { contracts = [], meetings = [] } = this.about ?? {};
    const having = (all: Record<string, string>, keys: string[]) =>
      Object.fromEntries(Object.entries(all).filter(([key]) => keys.includes(key)));
    return {
      prices: having(
        this.state.prices,
        contracts.map(({ month }) => month),
      ),
      outcomes: having(
        this.state.outcomes,
        meetings.map(({ date }) => date),
      ),
    };
  }

  /** Chooses days, meeting and conventions, and draws all. */
  private set(): void {
    const days = this.days();
    const after = days.includes(this.state.after) ? this.state.after : (days.at(-1) ?? null);
    const earlier = days.filter((day) => after !== null && day < after);
    const { before } = this.state;
    const chosen = before === "none" ? null : earlier.includes(before) ? before : (earlier.at(-1) ?? null);
    const { method, decisionDay, chain, meeting } = this.state;
    const assumptions = { method, decision_day: decisionDay, chain };
    const ask = { op: "set", after, before: chosen, assumptions };
    try {
      let answer: string;
      try {
        answer = this.engine.ask({ ...ask, meeting: meeting || null });
      } catch (error) {
        if (error instanceof Panic || !meeting) throw error;
        // The meeting of a link or of other quotes is not priced here.
        this.state.meeting = "";
        answer = this.engine.ask({ ...ask, meeting: null });
      }
      this.about = JSON.parse(answer);
      this.say("");
    } catch (error) {
      this.fault(error, "These quotes cannot be priced");
      return;
    }
    const none: [string, string] = ["none", "no earlier day"];
    const option = (day: string): [string, string] => [day, words(day)];
    fill(get("after"), days.length > 0 ? days.map(option) : [["", "illustrative, 21 Nov 2025"]], after ?? "");
    fill(
      get("before"),
      days.length > 0 ? [none, ...earlier.map(option)] : [["", "illustrative, 14 Nov 2025"]],
      chosen ?? "none",
    );
    get<HTMLSelectElement>("method").value = method;
    get<HTMLSelectElement>("decision-day").value = decisionDay;
    get<HTMLInputElement>("chain").value = String(chain);
    this.rows();
    this.draw([]);
    this.link();
  }

  private rows(): void {
    const { contracts = [], meetings = [], supposable = false } = this.about ?? {};
    const shown = this.state.meeting || meetings[0]?.date;
    const chosen = {
      meeting: (date: string) => {
        this.state.meeting = date === meetings[0]?.date ? "" : date;
        this.set();
        get("meetings").querySelector<HTMLInputElement>(`input[value="${date}"]`)?.focus();
      },
      outcome: (date: string, size: string | undefined) => {
        if (size === undefined) delete this.state.outcomes[date];
        else this.state.outcomes[date] = size;
        this.soon();
      },
    };
    const meeting = (meeting: Meeting) =>
      meetingRow(meeting, meeting.date === shown, this.state.outcomes[meeting.date], chosen);
    get("meetings").replaceChildren(...meetings.map(meeting));
    const moved = (month: string) => (price?: string) => {
      if (price === undefined) delete this.state.prices[month];
      else this.state.prices[month] = price;
      this.soon();
    };
    const row = (contract: Contract) => priceRow(contract, this.state.prices[contract.month], moved(contract.month));
    const unread = contracts.filter(({ read }) => !read);
    get("contracts").replaceChildren(...contracts.filter(({ read }) => read).map(row));
    get("unread").replaceChildren(...unread.map(row));
    get("unread-part").hidden = unread.length === 0;
    get("prices").hidden = !supposable;
    get("after-of-prices").textContent = this.about ? words(this.about.after) : "";
  }

  /** Supposes odds of the meeting shown: the price of the contract that tells them. */
  private suppose(moves: string, percent: string): void {
    const meeting = this.state.meeting || this.about?.meetings[0]?.date;
    try {
      const ask = { op: "wanted", meeting, moves: Number(moves), probability: `${percent.trim().replace(/%$/, "")}%` };
      const { month, price }: { month: string; price: string } = JSON.parse(this.engine.ask(ask));
      this.state.prices = { ...this.state.prices, [month]: spelled(units(price) ?? 0) };
      this.rows();
      this.soon();
    } catch (error) {
      this.fault(error, "These odds cannot be supposed");
    }
  }

  /** Draws parts; all where none is named. */
  private draw(only: string[]): void {
    try {
      this.charts = undefined;
      this.report.draw(JSON.parse(this.engine.ask({ op: "parts", ...this.supposed(), only })));
      this.say("");
    } catch (error) {
      this.fault(error, "This cannot be priced");
    }
  }

  /** In the next frame what is in view, and the rest when the reader pauses. */
  private soon(): void {
    this.isOfLink = false;
    if (!this.frame) {
      this.frame = requestAnimationFrame(() => {
        this.frame = 0;
        const start = performance.now();
        this.draw(this.report.seen);
        performance.measure("drawn", { start });
      });
    }
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      this.draw([]);
      this.link();
    }, 150);
  }

  private link(): void {
    history.replaceState(null, "", `#${toHash(this.state)}`);
  }

  private say(text: string): void {
    get("says").textContent = text;
  }

  /** Says what was refused; after a fault of the engine a new one takes the files. */
  private async fault(error: unknown, what: string): Promise<void> {
    const message = error instanceof Error ? error.message : String(error);
    if (!(error instanceof Panic)) return this.say(`${what}: ${message}`);
    if (this.isRestarting) return this.say(`${what}: a fault in the program (${message}). Open the page again.`);
    this.isRestarting = true;
    clearTimeout(this.rest);
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.engine = await Engine.start(this.module);
    const kept = this.files;
    this.files = [];
    this.state = { ...this.state, prices: {}, outcomes: {}, meeting: "" };
    for (const { name, bytes, day } of kept) this.load(name, bytes, day);
    this.set();
    this.say(
      `${what}: a fault in the program (${message}). It has started again, with your files and without suppositions.`,
    );
    this.isRestarting = false;
  }

  // What can be taken away.

  private tools(chart: string): HTMLElement {
    const drawing = () => this.charts?.[chart] ?? this.engine.ask({ op: "chart", ...this.supposed(), kind: chart });
    const attempt = (what: string, act: () => Promise<void> | void) => async () => {
      try {
        await act();
        this.say(what);
      } catch (error) {
        this.fault(error, "This cannot be saved");
      }
    };
    const rows = attempt(`The table of ${chart} is copied.`, () => copy(this.report.tsv(chart)));
    const svg = attempt("", () => save(`${chart}.svg`, new Blob([drawing()], { type: "image/svg+xml" })));
    const picture = attempt("", async () => save(`${chart}.png`, await png(drawing())));
    return element(
      "div",
      { className: "tools" },
      button("Copy table", `Copy table of ${chart}`, rows),
      button("SVG", `SVG of ${chart}`, svg),
      button("PNG", `PNG of ${chart}`, picture),
    );
  }

  private listen(): void {
    const drop = get("drop");
    // A phone has room for the report first.
    if (matchMedia("(max-width: 767px)").matches) get<HTMLDetailsElement>("what-if").open = false;
    addEventListener("dragover", (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
    addEventListener("dragleave", () => drop.classList.remove("over"));
    addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      if (event.dataTransfer) this.take([...event.dataTransfer.files]);
    });
    const pick = get<HTMLInputElement>("pick");
    get("choose").addEventListener("click", () => pick.click());
    pick.addEventListener("change", async () => {
      await this.take([...(pick.files ?? [])]);
      pick.value = "";
    });
    get("forget").addEventListener("click", () => this.forget());
    const typed = get<HTMLTextAreaElement>("typed");
    typed.value = this.state.typed;
    get("read").addEventListener("click", () => {
      this.files = this.files.filter(({ name }) => name !== "typed quotes");
      this.state.typed = typed.value;
      this.reload();
    });
    const choice = (id: string, take: (value: string) => void) => {
      const control = get<HTMLInputElement | HTMLSelectElement>(id);
      control.addEventListener("change", () => {
        this.isOfLink = false;
        take(control.value);
        this.set();
      });
    };
    choice("after", (value) => {
      this.state = { ...this.state, after: value, before: "", prices: {}, outcomes: {} };
    });
    choice("before", (value) => {
      this.state.before = value;
    });
    choice("method", (value) => {
      this.state.method = value;
    });
    choice("decision-day", (value) => {
      this.state.decisionDay = value;
    });
    choice("chain", (value) => {
      this.state.chain = Math.min(24, Math.max(1, Math.round(Number(value)) || CHAIN));
    });
    get("odds").addEventListener("submit", (event) => {
      event.preventDefault();
      this.suppose(get<HTMLSelectElement>("odds-side").value, get<HTMLInputElement>("odds-percent").value);
    });
    get("reset").addEventListener("click", () => {
      this.state = { ...this.state, prices: {}, outcomes: {} };
      this.rows();
      this.draw([]);
      this.link();
    });
    get("copy-link").addEventListener("click", async () => {
      this.link();
      await copy(location.href);
      const files = this.files.some(({ name }) => name !== "typed quotes");
      this.say(`The link is copied.${files ? " It carries no files: who opens it drops the same ones." : ""}`);
    });
    get("save").addEventListener("click", () => {
      const report = this.engine.ask({ op: "report", ...this.supposed() });
      save("report.html", new Blob([report], { type: "text/html" }));
    });
    addEventListener("hashchange", () => {
      this.isOfLink = true;
      this.state = fromHash(location.hash);
      typed.value = this.state.typed;
      this.set();
    });
  }

  /** The files once more, and the typed quotes. */
  private reload(): void {
    const kept = this.files;
    this.engine.ask({ op: "clear" });
    this.files = [];
    for (const { name, bytes, day } of kept) this.load(name, bytes, day);
    if (this.state.typed.trim()) this.load("typed quotes", new TextEncoder().encode(this.state.typed));
    this.state = { ...this.state, before: "", after: "", prices: {}, outcomes: {} };
    this.list();
    this.set();
  }
}

async function begin(): Promise<void> {
  const packed = Uint8Array.from(atob(get("engine").textContent ?? ""), (letter) => letter.charCodeAt(0));
  get("engine").textContent = "";
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const module = await WebAssembly.compile(await new Response(stream).arrayBuffer());
  new Page(module, await Engine.start(module));
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

begin().catch((error) => {
  get("says").textContent = `The engine does not start: ${error instanceof Error ? error.message : error}`;
});
