/** What the reader can suppose of the day that is shown: outcomes of meetings, odds, prices of contracts. */

import { fill, get, words } from "./dom";
import { type Meeting, row as meetingRow } from "./meetings";
import { type Contract, row as priceRow } from "./prices";
import type { State, Supposed } from "./state";

/** What the engine says of the days that are shown. */
export interface About {
  before: string | null;
  after: string;
  target: string;
  /** Whether the quotes are those of the embedded episode. */
  illustrative: boolean;
  supposable: boolean;
  contracts: Contract[];
  meetings: Meeting[];
}

export interface Listener {
  /** A meeting is shown. */
  meeting(date: string): void;
  /** Something is supposed, or no longer. */
  supposed(): void;
}

/** The meeting that is shown: the first where none is chosen. */
export function shownMeeting(about: About, state: State): string | undefined {
  return state.meeting || about.meetings[0]?.date;
}

/** What of the suppositions the shown day has; what a link supposes of other quotes waits for them. */
export function supposedOf(about: About | undefined, state: State): Supposed {
  const having = (all: Record<string, string>, keys: string[] = []) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => keys.includes(key)));
  return {
    prices: having(
      state.prices,
      about?.contracts.map(({ month }) => month),
    ),
    outcomes: having(
      state.outcomes,
      about?.meetings.map(({ date }) => date),
    ),
  };
}

/** Rows of all meetings and contracts, which change the state. */
export function offer(about: About, state: State, listener: Listener): void {
  const keep = (all: Record<string, string>, key: string) => (value: string | undefined) => {
    if (value === undefined) delete all[key];
    else all[key] = value;
    listener.supposed();
  };
  const shown = shownMeeting(about, state);
  const meeting = (meeting: Meeting) =>
    meetingRow(meeting, meeting.date === shown, state.outcomes[meeting.date], {
      meeting: listener.meeting,
      outcome: keep(state.outcomes, meeting.date),
    });
  get("meetings").replaceChildren(...about.meetings.map(meeting));
  fill(
    get("odds-meeting"),
    about.meetings.map(({ date }): [string, string] => [date, words(date)]),
    shown ?? "",
  );
  const price = (contract: Contract) =>
    priceRow(contract, state.prices[contract.month], keep(state.prices, contract.month));
  const unread = about.contracts.filter(({ read }) => !read);
  get("contracts").replaceChildren(...about.contracts.filter(({ read }) => read).map(price));
  get("unread").replaceChildren(...unread.map(price));
  get("unread-part").hidden = unread.length === 0;
  for (const id of ["prices", "odds"]) get(id).hidden = !about.supposable;
  get("after-of-prices").textContent = words(about.after);
}
