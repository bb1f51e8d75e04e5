/** The report: parts that are drawn when they are in view, each with what can be taken away from it. */

import { element } from "./dom";

export type Drawn = [id: string, html: string][];

const PARTS = ["remarks", "cards", "warnings", "history", "priced", "next", "bars", "heat", "path", "basis"].concat([
  "term",
  "curve",
  "equity",
  "residuals",
  "derivation",
  "provenance",
]);

const NO_CHARTS = ["remarks", "cards", "warnings", "derivation", "provenance"];

export class Report {
  private readonly places = new Map<string, HTMLElement>();
  private readonly last = new Map<string, string>();
  private readonly inView = new Set<string>(["head", ...PARTS]);

  /** Places for the parts under a headline; `tools` makes the buttons of a chart. */
  constructor(head: HTMLElement, body: HTMLElement, tools: (chart: string) => HTMLElement) {
    this.places.set("head", head);
    const watcher = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const id = (target as HTMLElement).dataset.part ?? "";
          if (isIntersecting) this.inView.add(id);
          else this.inView.delete(id);
        }
      },
      { rootMargin: "150px" },
    );
    for (const id of PARTS) {
      const place = element("div", {});
      const part = element("div", { className: "part", hidden: true }, place);
      part.dataset.part = id;
      if (!NO_CHARTS.includes(id)) part.append(tools(id));
      body.append(part);
      this.places.set(id, place);
      watcher.observe(part);
    }
  }

  /** The parts that a reader sees now. */
  get seen(): string[] {
    return [...this.inView];
  }

  /** Draws what has changed; what the reader has opened stays open. */
  draw(parts: Drawn): void {
    for (const [id, html] of parts) {
      const place = this.places.get(id);
      if (!place || this.last.get(id) === html) continue;
      this.last.set(id, html);
      const open = [...place.querySelectorAll("details")].map((details) => details.open);
      // The engine escapes every text of the input.
      place.innerHTML = html;
      place.querySelectorAll("details").forEach((details, at) => {
        details.open = open[at] ?? false;
      });
      if (id !== "head" && place.parentElement) place.parentElement.hidden = html === "";
      place.dispatchEvent(new CustomEvent("drawn", { bubbles: true }));
    }
  }

  /** Nothing to draw: says why under a headline. */
  refuse(headline: string, why: string): void {
    this.draw(PARTS.map((id): [string, string] => [id, ""]));
    this.last.delete("head");
    const reason = element("p", { className: "standfirst", textContent: why });
    this.places.get("head")?.replaceChildren(element("h1", { textContent: headline }), reason);
  }

  /** The figures of a chart, a line a row. */
  tsv(chart: string): string {
    const rows = this.places.get(chart)?.querySelectorAll<HTMLTableRowElement>("details.figures tr") ?? [];
    const cell = (cell: HTMLTableCellElement) =>
      cell.dataset.figure ?? (cell.textContent ?? "").trim().replace(/−/g, "-").replace(/\s+/g, " ");
    return [...rows].map((row) => [...row.cells].map(cell).join("\t")).join("\n");
  }
}
