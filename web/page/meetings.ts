/** The meetings that are priced, a row each: which one the report is about, and its outcome where one is supposed. */

import { element, fill, words } from "./dom";

export interface Meeting {
  date: string;
  change_bp: string;
}

/** The outcomes that can be supposed, in basis points. */
const SIZES = [-75, -50, -25, 0, 25, 50, 75];

function told(size: number): string {
  if (size === 0) return "holds";
  return size < 0 ? `cuts ${-size} bp` : `hikes ${size} bp`;
}

export interface Chosen {
  meeting(date: string): void;
  outcome(size: string | undefined): void;
}

export function row(meeting: Meeting, isShown: boolean, outcome: string | undefined, chosen: Chosen): HTMLElement {
  const day = words(meeting.date);
  const radio = element("input", { type: "radio", name: "meeting", value: meeting.date, checked: isShown });
  radio.addEventListener("change", () => chosen.meeting(meeting.date));
  const select = element("select", {});
  select.setAttribute("aria-label", `Outcome of the FOMC of ${day}`);
  const priced = `priced ${meeting.change_bp.replace("-", "−")} bp`;
  const sizes = SIZES.map((size): [string, string] => [`${size}bp`, told(size)]);
  if (outcome && !sizes.some(([value]) => value === outcome)) sizes.push([outcome, outcome]);
  fill(select, [["", priced], ...sizes], outcome ?? "");
  const made = element("div", { className: "meeting" }, element("label", {}, radio, day), select);
  const mark = () => made.classList.toggle("moved", select.value !== "");
  select.addEventListener("change", () => {
    mark();
    chosen.outcome(select.value || undefined);
  });
  mark();
  return made;
}
