// The quote files of the browser checks: real days where ../shared/data is there, else prices made by hand.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";

const REAL = "../shared/data/history/pyfedwatch_settle_1989_2023.csv.gz";
const FIRST_DAY = "2021-07-01";
const LAST_DAY = "2023-06-30";

/** Days that are priced alone: two a week apart, and one on the other side of the FOMC of 22 March 2023. */
const DAYS = { week: "2023-03-08", "week-later": "2023-03-15", decided: "2023-03-29" };

/** Names that are markup, to be shown as names. The slash of the first makes it a folder and a file in it. */
export const HOSTILE = ["<script>window.pwned=1</script>.csv", '"><img src=x onerror="window.pwned=1">.csv'];

export const isReal = existsSync(REAL);

/** Rows of `[date, contract, settle]` from FIRST_DAY to LAST_DAY. */
function realRows() {
  const [head, ...lines] = gunzipSync(readFileSync(REAL)).toString().trim().split("\n");
  const names = head.split(",");
  const at = ["date", "contract_month", "close"].map((name) => names.indexOf(name));
  const rows = lines.map((line) => line.split(",")).map((cells) => at.map((place) => cells[place]));
  return rows.filter(([date]) => FIRST_DAY <= date && date <= LAST_DAY);
}

/** The same days and shape, made: a rate for each month, and a market that foresees six tenths of what is to come. */
function madeRows() {
  const rates = [
    ["2021-07", 0.09], ["2022-03", 0.2], ["2022-04", 0.33], ["2022-05", 0.77], ["2022-06", 1.21], ["2022-07", 1.68],
    ["2022-08", 2.33], ["2022-09", 2.56], ["2022-10", 3.08], ["2022-11", 3.78], ["2022-12", 4.1], ["2023-01", 4.33],
    ["2023-02", 4.57], ["2023-03", 4.65], ["2023-04", 4.83], ["2023-05", 5.06], ["2024-01", 4.9], ["2024-06", 4.6],
  ];
  const rate = (month) => rates.findLast(([from]) => from <= month)[1];
  const monthAfter = (date, months) => {
    const day = new Date(`${date.slice(0, 7)}-01T00:00:00Z`);
    day.setUTCMonth(day.getUTCMonth() + months);
    return day.toISOString().slice(0, 7);
  };
  const rows = [];
  for (let day = new Date(`${FIRST_DAY}T00:00:00Z`); ; day.setUTCDate(day.getUTCDate() + 1)) {
    const date = day.toISOString().slice(0, 10);
    if (date > LAST_DAY) return rows;
    if (day.getUTCDay() % 6 === 0) continue;
    const now = rate(date.slice(0, 7));
    for (let ahead = 0; ahead < 14; ahead += 1) {
      const month = monthAfter(date, ahead);
      const expected = now + 0.6 * (rate(month) - now) + 0.002 * ahead;
      rows.push([date, month, (100 - expected).toFixed(4)]);
    }
  }
}

/** Writes the quote files into a folder; gives the path of each by its name. */
export function write(folder) {
  const rows = isReal ? realRows() : madeRows();
  const put = (name, some) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, ["date,contract,settle", ...some.map((row) => row.join(","))].join("\n") + "\n");
    return path;
  };
  const of = (day) => rows.filter(([date]) => date === day);
  const paths = { history: put("history.csv", rows), hostile: [] };
  for (const [name, day] of Object.entries(DAYS)) paths[name] = put(`${name}.csv`, of(day));
  for (const [name, day] of [[HOSTILE[0], DAYS.week], [HOSTILE[1], DAYS["week-later"]]]) {
    paths.hostile.push(put(name, of(day)));
  }
  return paths;
}
