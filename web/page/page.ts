/** The page: files and suppositions in, the report out. */

import { type History, through } from "./beside";
import { chosen, offer as offerDays } from "./days";
import { button, get, words } from "./dom";
import { Engine, Panic, Refusal } from "./engine";
import { spelled, units } from "./price";
import { Report } from "./report";
import { copy, save } from "./save";
import { Shelf } from "./shelf";
import { fromHash, initial, nothing, type State, toHash } from "./state";
import { type About, offer, shownMeeting, supposedOf } from "./suppositions";
import { tools } from "./tools";

/** Longer files are read beside the page, as histories: so many bytes, or fewer that are packed. */
const LONG = 3_000_000;
const LONG_PACKED = 400_000;

function isLong(bytes: Uint8Array): boolean {
  const isPacked = (bytes[0] === 0x1f && bytes[1] === 0x8b) || (bytes[0] === 0x50 && bytes[1] === 0x4b);
  return bytes.length > (isPacked ? LONG_PACKED : LONG);
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export class Page {
  private readonly report = new Report(get("head"), get("parts"), (chart) =>
    tools(chart, {
      rows: (chart) => this.report.tsv(chart),
      drawing: (chart) => this.history?.charts[chart] ?? this.asked({ op: "chart", kind: chart }),
      say: (text) => this.say(text),
      fault: (error, what) => this.fault(error, what),
    }),
  );
  private readonly shelf = new Shelf(get("files"), () => this.choose());
  private state: State = initial();
  private about: About | undefined;
  /** Whether the state is that of a link, which the reader has not changed. */
  private isOfLink = false;
  /** The history that is shown in place of days. */
  private history: History | undefined;
  private isRestarting = false;
  private frame = 0;
  private rest = 0;

  constructor(
    private readonly module: WebAssembly.Module,
    private engine: Engine,
  ) {
    this.follow(location.hash);
  }

  /** Shows the state that a link carries. */
  follow(hash: string): void {
    const { typed } = this.state;
    this.state = fromHash(hash);
    this.isOfLink = hash.length > 1;
    if (this.state.typed !== typed) this.read(this.state.typed);
    else this.set();
  }

  // Files.

  /** Reads files, each of which says what became of it. */
  async take(list: Iterable<File>): Promise<void> {
    const { count } = this.shelf;
    for (const file of list) {
      this.say(`Reading ${file.name} …`);
      const bytes = new Uint8Array(await file.arrayBuffer());
      if (isLong(bytes)) {
        await this.through(file.name, bytes);
        continue;
      }
      try {
        this.shelf.load(this.engine, file.name, bytes);
      } catch (error) {
        await this.fault(error, `${file.name} cannot be read`);
      }
    }
    if (this.shelf.count > count) this.choose();
  }

  /** Reads typed quotes. */
  type(text: string): void {
    this.state.typed = text;
    this.isOfLink = false;
    this.read(text);
  }

  private read(typed: string): void {
    get<HTMLTextAreaElement>("typed").value = typed;
    try {
      this.shelf.type(this.engine, typed);
    } catch (error) {
      this.fault(error, "These quotes cannot be read");
      return;
    }
    this.choose();
  }

  /** New files: the newest day, held against the one before it. What a link supposes of them stays. */
  private choose(): void {
    if (!this.isOfLink) this.state = { ...this.state, before: "", after: "", ...nothing() };
    this.set();
  }

  /** Forgets files and state. */
  forget(): void {
    this.shelf.clear(this.engine);
    this.state = initial();
    this.read("");
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
      this.history = await reading.told;
      this.report.draw(this.history.parts);
      this.say(`${name}: one meeting through its days. Any choice here shows the other quotes again.`);
    } catch (error) {
      this.say(`${name} is not read: ${message(error)}`);
    } finally {
      stop.remove();
    }
  }

  // The report.

  /** The reader's choice of days, meeting or conventions. */
  change(part: Partial<State>): void {
    this.isOfLink = false;
    this.state = { ...this.state, ...part };
    this.set();
  }

  /** Chooses days, meeting and conventions, and draws all. */
  private set(): void {
    const all = this.shelf.days();
    const days = chosen(this.state, all);
    const { method, decisionDay, chain, meeting } = this.state;
    const assumptions = { method, decision_day: decisionDay, chain };
    const ask = (before: string | null, meeting: string): About =>
      JSON.parse(this.engine.ask({ op: "set", after: days.after, before, meeting: meeting || null, assumptions }));
    // What the reader did not choose for these quotes gives way: the meeting of a link or of others, the earlier day.
    const standard = this.state.before ? days.before : null;
    const attempts: [before: string | null, meeting: string, instead: string][] = [
      [days.before, meeting, ""],
      [days.before, "", "Another meeting is shown"],
      [standard, "", "No earlier day is shown"],
    ];
    this.about = undefined;
    let refused = "";
    let said = "";
    try {
      for (const [before, meeting, instead] of attempts) {
        try {
          this.about = ask(before, meeting);
          this.state.meeting = meeting;
          days.before = before;
          said = instead && `${instead}: ${refused}`;
          break;
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          refused ||= error.message;
        }
      }
    } catch (error) {
      this.fault(error, "These quotes cannot be priced");
      return;
    }
    offerDays(all, days);
    get<HTMLSelectElement>("method").value = method;
    get<HTMLSelectElement>("decision-day").value = decisionDay;
    get<HTMLInputElement>("chain").value = String(chain);
    if (this.about) {
      this.rows();
      this.draw([]);
    } else {
      this.report.refuse("These quotes cannot be priced", refused);
    }
    get("what-if").hidden = !this.about;
    this.say(said);
    this.link();
  }

  private rows(): void {
    if (!this.about) return;
    offer(this.about, this.state, {
      meeting: (meeting) => {
        this.change({ meeting });
        get("meetings").querySelector<HTMLInputElement>(`input[value="${meeting}"]`)?.focus();
      },
      supposed: () => this.soon(),
    });
  }

  /** Supposes odds of a meeting: the price of the contract that tells them. */
  suppose(moves: number, percent: string, meeting: string): void {
    try {
      const ask = { op: "wanted", meeting, moves, probability: `${percent.trim().replace(/\s*%$/, "")}%` };
      const { month, price }: { month: string; price: string } = JSON.parse(this.asked(ask));
      this.state.prices = { ...this.state.prices, [month]: spelled(units(price) ?? 0) };
      delete this.state.outcomes[meeting];
      if (this.about && shownMeeting(this.about, this.state) !== meeting) {
        this.change({ meeting });
      } else {
        this.rows();
        this.soon();
      }
    } catch (error) {
      this.fault(error, "These odds cannot be supposed");
    }
  }

  /** All as quoted. */
  reset(): void {
    this.change(nothing());
  }

  /** Asks about the days as they are supposed. */
  private asked(question: object): string {
    return this.engine.ask({ ...question, ...supposedOf(this.about, this.state) });
  }

  /** Draws parts; all where none is named. */
  private draw(only: string[]): void {
    try {
      this.history = undefined;
      this.report.draw(JSON.parse(this.asked({ op: "parts", only })));
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

  // What can be taken away.

  private link(): void {
    history.replaceState(null, "", `#${toHash(this.state)}`);
  }

  /** Copies a link that carries the state, and the prices of the shown days where they came from files. */
  async copyLink(): Promise<void> {
    this.link();
    const address = new URL(location.href);
    let carries = "";
    try {
      if (this.shelf.hasFiles && this.about?.illustrative) {
        // Prices that were typed would no longer be known as those of the episode.
        address.hash = toHash({ ...this.state, typed: "", after: "", before: "" });
        carries = " It opens the illustrative episode.";
      } else if (this.shelf.hasFiles && this.about) {
        const { before, after } = this.about;
        const typed = this.engine.ask({ op: "quotes" });
        address.hash = toHash({ ...this.state, typed, after, before: before ?? "none" });
        carries = ` It carries the prices of ${before ? `${words(before)} and ` : ""}${words(after)}`;
        carries += this.shelf.hasFixings ? ", not the realised rates." : ".";
      }
      await copy(address.href);
      this.say(`The link is copied.${carries}`);
    } catch (error) {
      this.fault(error, "No link can be made");
    }
  }

  saveReport(): void {
    try {
      save("report.html", new Blob([this.asked({ op: "report" })], { type: "text/html" }));
      this.say("report.html is saved.");
    } catch (error) {
      this.fault(error, "No report can be saved");
    }
  }

  private say(text: string): void {
    get("says").textContent = text;
  }

  /** Says what was refused; after a fault of the engine a new one takes the files. */
  private async fault(error: unknown, what: string): Promise<void> {
    if (!(error instanceof Panic)) return this.say(`${what}: ${message(error)}`);
    const fault = `${what}: a fault in the program (${message(error)}).`;
    if (this.isRestarting) return this.say(`${fault} Open the page again.`);
    this.isRestarting = true;
    clearTimeout(this.rest);
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.engine = await Engine.start(this.module);
    this.state = { ...this.state, ...nothing(), meeting: "" };
    try {
      this.shelf.reload(this.engine);
      this.set();
      this.say(`${fault} It has started again, with your files and without suppositions.`);
    } catch (again) {
      this.say(`${what}: ${message(again)}. Open the page again.`);
    }
    this.isRestarting = false;
  }
}
