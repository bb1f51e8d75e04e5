/** The day that is shown, and the earlier one that it is held against. */

import { fill, get, words } from "./dom";
import type { State } from "./state";

export interface Days {
  after: string | null;
  before: string | null;
  /** The days before the one that is shown. */
  earlier: string[];
}

/** The chosen days among those of the quotes: the newest one and the one before it where nothing is chosen. */
export function chosen(state: State, days: string[]): Days {
  const after = days.includes(state.after) ? state.after : (days.at(-1) ?? null);
  const earlier = days.filter((day) => after !== null && day < after);
  const standard = earlier.at(-1) ?? null;
  const before = state.before === "none" ? null : earlier.includes(state.before) ? state.before : standard;
  return { after, before, earlier };
}

/** Offers the days. */
export function offer(days: string[], { after, before, earlier }: Days): void {
  const option = (day: string): [string, string] => [day, words(day)];
  const isEpisode = days.length === 0;
  fill(get("after"), isEpisode ? [["", "21 Nov 2025, illustrative"]] : days.map(option), after ?? "");
  const none: [string, string] = ["none", "no earlier day"];
  fill(
    get("before"),
    isEpisode ? [["", "14 Nov 2025, illustrative"]] : [none, ...earlier.map(option)],
    before ?? "none",
  );
}
