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
  /** Its place among the files that the engine keeps; none of one that it cannot use. */
  file: number | null;
  is_fixings: boolean;
}

function days(file: Read): string {
  const [first, last] = [file.days[0], file.days.at(-1)];
  if (!first || !last) return "no date";
  return first === last ? words(first) : `${file.days.length} days, ${words(first)} to ${words(last)}`;
}

function told(said: Said): string {
  return said.at ? `${said.at}: ${said.says}` : said.says;
}

/** A file in the list: what it holds, or why it cannot be used; `dated` takes the day of quotes without one. */
export function item(file: Read, dated: (day: string) => void): HTMLElement {
  const name = element("strong", { textContent: file.name });
  if (file.problems.length > 0) {
    const problems = file.problems.map((said) => element("li", { textContent: told(said) }));
    if (file.more > 0) problems.push(element("li", { textContent: `and ${file.more} more` }));
    return element("li", { className: "refused" }, name, " is not used", element("ul", {}, ...problems));
  }
  const rows = file.read === file.kept ? `${file.kept} rows` : `${file.kept} of ${file.read} rows`;
  const held = file.is_fixings ? "realised rates" : `${file.contracts} contracts`;
  const made = element("li", {}, name, `: ${days(file)}; ${held}, ${rows}; ${file.format}`);
  if (file.days.length === 0 && !file.is_fixings) {
    const day = element("input", { type: "date" });
    day.addEventListener("change", () => day.value && dated(day.value));
    made.append(element("label", { className: "date" }, "Quotes of ", day));
  }
  if (file.remarks.length > 0) {
    const remarks = file.remarks.map((said) => element("li", { textContent: told(said) }));
    const count = file.remarks.length === 1 ? "1 remark" : `${file.remarks.length} remarks`;
    made.append(element("details", {}, element("summary", { textContent: count }), element("ul", {}, ...remarks)));
  }
  return made;
}
