// The engine in the page against the program, on every file: the same bytes of JSON and of the report, or both refuse.
// node web/tests/identity.mjs FEDPATH PAGE FOLDER...
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { engineIn } from "./engine-in.mjs";

const [fedpath, page, ...folders] = process.argv.slice(2);
const run = promisify(execFile);
const LARGEST = 3_000_000;
const UNDATED = "2025-11-21";

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(expected|md|pdf|html?|py)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** What the program writes; nothing where it refuses. */
async function ofProgram(command, file, days) {
  const name = basename(file);
  const files = days.length > 1 ? [name, name] : [name];
  const format = command === "report" ? [] : ["--format", "json"];
  const args = [command, ...files, "--as-of", days.join(","), "-q", ...format];
  try {
    return (await run(fedpath, args, { cwd: dirname(file), maxBuffer: 1 << 27 })).stdout;
  } catch {
    return undefined;
  }
}

/** What the page's engine answers; nothing where it refuses. */
function ofPage(engine, command) {
  try {
    return engine.ask(command === "report" ? { op: "report" } : { op: "document", kind: command });
  } catch {
    return undefined;
  }
}

const start = await engineIn(page);
const count = { same: 0, refused: 0, long: 0 };
const different = [];
for (const file of folders.flatMap(filesIn)) {
  const bytes = readFileSync(file);
  if (bytes.length > LARGEST) {
    count.long += 1;
    continue;
  }
  const engine = await start();
  const load = (day) => JSON.parse(engine.ask({ op: "load", name: basename(file), day }, bytes));
  let read = load(null);
  // Quotes without a date are the reader's to date.
  if (read.needs_day) {
    engine.ask({ op: "clear" });
    read = load(UNDATED);
  }
  const isQuotes = read.holds === "quotes";
  const [before, after] = read.days.slice(-2);
  const runs = [{ days: [after ?? before ?? UNDATED], commands: ["probs", "path", "report"] }];
  if (after) runs.push({ days: [before, after], commands: ["reprice", "report"] });
  for (const { days, commands } of runs) {
    try {
      engine.ask({ op: "set", after: days.at(-1), before: days.length > 1 ? days[0] : null });
    } catch {}
    const theirs = await Promise.all(commands.map((command) => ofProgram(command, file, days)));
    commands.forEach((command, at) => {
      const own = isQuotes ? ofPage(engine, command) : undefined;
      if (own !== theirs[at]) different.push(`${command} ${file} ${days.join(" ")}`);
      else if (own === undefined) count.refused += 1;
      else count.same += 1;
    });
  }
}
for (const what of different) console.log(`different: ${what}`);
console.log(
  `identity: ${count.same} documents the same, ${count.refused} refused by both, ${count.long} files too long for one day`,
);
console.log(`${count.same} passed, ${different.length} failed`);
process.exit(different.length === 0 && count.same > 0 ? 0 : 1);
