// Quote files for the page: the illustrative episode cut to its first contracts, and what a page must not fall for.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** Writes the files into a folder; gives their paths. */
export function write(folder) {
  const file = (name, content) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const day = (name, date, prices) => {
    const rows = Object.entries(prices).map(([contract, price]) => `${contract},${price}\n`);
    return file(name, `${date ? `# as_of: ${date}\n` : ""}contract,price\n${rows.join("")}`);
  };
  const LATER = { ZQX25: "96.1200", ZQZ25: "96.1800", ZQF26: "96.2150", ZQG26: "96.2850" };
  const later = day("week-later.csv", "2025-11-21", LATER);
  return {
    early: day("week.csv", "2025-11-14", { ZQX25: "96.1200", ZQZ25: "96.2100", ZQF26: "96.2900", ZQG26: "96.3600" }),
    later,
    undated: day("undated.csv", "", LATER),
    short: day("short.csv", "", { ZQX5: "96.1200", ZQZ5: "96.1800", ZQF6: "96.2150", ZQG6: "96.2850" }),
    // October has no price of the months around it.
    gap: day("gap.csv", "2025-10-01", { ZQV25: "96.1200", ZQZ25: "96.1800", ZQF26: "96.2150" }),
    broken: file("broken.csv", "contract,price\nZQZ25,9618.0\n"),
    hostile: file("<img src=x onerror=document.title=1>.csv", readFileSync(later)),
    packed: file("week-later.csv.gz", gzipSync(readFileSync(later))),
  };
}
