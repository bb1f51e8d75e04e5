/** What can be taken away from a chart: its table, the drawing, a picture. */

import { button, element } from "./dom";
import { copy, png, save } from "./save";

export interface Source {
  /** The figures of a chart, a line a row. */
  rows(chart: string): string;
  /** A chart as a drawing of its own. */
  drawing(chart: string): string;
  say(text: string): void;
  fault(error: unknown, what: string): void;
}

export function tools(chart: string, source: Source): HTMLElement {
  const attempt = (done: string, act: () => Promise<void> | void) => async () => {
    try {
      await act();
      source.say(done);
    } catch (error) {
      source.fault(error, "This cannot be taken away");
    }
  };
  const rows = attempt("The table is copied: paste it into a sheet.", () => copy(source.rows(chart)));
  const svg = attempt(`${chart}.svg is saved.`, () =>
    save(`${chart}.svg`, new Blob([source.drawing(chart)], { type: "image/svg+xml" })),
  );
  const picture = attempt(`${chart}.png is saved.`, async () => save(`${chart}.png`, await png(source.drawing(chart))));
  return element(
    "div",
    { className: "tools" },
    button("Copy table", `Copy table of ${chart}`, rows),
    button("SVG", `SVG of ${chart}`, svg),
    button("PNG", `PNG of ${chart}`, picture),
  );
}
