/** What became of each file, as the reader sees it. */

import { element, words } from "./dom";

interface Said {
  at: string | null;
  says: string;
}

/** What the engine says of a file. */
export interface Read {
  name: string;
  format: string | null;
  days: string[];
  contracts: number;
  read: number | null;
  kept: number | null;
  problems: Said[];
  remarks: Said[];
  more: number;
  /** What the engine keeps of it; nothing of a file that it cannot use. */
  holds: "quotes" | "fixings" | null;
  /** Whether its quotes have no day, or cannot be read without one. */
  needs_day: boolean;
}

function days(file: Read): string {
  const [first, last] = [file.days[0], file.days.at(-1)];
  if (!first || !last) return "no date";
  return first === last ? words(first) : `${file.days.length} days, ${words(first)} to ${words(last)}`;
}

function told(said: Said): string {
  return said.at ? `${said.at}: ${said.says}` : said.says;
}

/** Asks for the day of quotes that state none. */
function asked(given: string | undefined, dated: (day: string) => void): HTMLElement {
  // While a year is typed it is a day of the first century; the futures trade since 1988.
  const day = element("input", { type: "date", min: "1988-10-01", value: given ?? "" });
  day.addEventListener("change", () => day.value && day.checkValidity() && dated(day.value));
  return element("label", { className: "date" }, "Quotes of ", day);
}

/** A file in the list: what it holds, or why it cannot be used; `dated` takes the day of quotes that state none, if it was not `given`. */
export function item(file: Read, given: string | undefined, dated: (day: string) => void): HTMLElement {
  const name = element("strong", { textContent: file.name });
  const day = file.needs_day || given ? [asked(given, dated)] : [];
  if (file.problems.length > 0) {
    const problems = file.problems.map((said) => element("li", { textContent: told(said) }));
    if (file.more > 0) problems.push(element("li", { textContent: `and ${file.more} more` }));
    return element("li", { className: "refused" }, name, " is not used", element("ul", {}, ...problems), ...day);
  }
  const rows = file.read === file.kept ? `${file.kept} rows` : `${file.kept} of ${file.read} rows`;
  const held = file.holds === "fixings" ? "realised rates" : `${file.contracts} contracts`;
  const made = element("li", {}, name, `: ${days(file)}; ${held}, ${rows}; ${file.format}`, ...day);
  if (file.remarks.length > 0) {
    const remarks = file.remarks.map((said) => element("li", { textContent: told(said) }));
    const count = file.remarks.length === 1 ? "1 remark" : `${file.remarks.length} remarks`;
    made.append(element("details", {}, element("summary", { textContent: count }), element("ul", {}, ...remarks)));
  }
  return made;
}
