// The engine in the page against the program, on every file: the same bytes of JSON, or both refuse.
// node web/tests/identity.mjs FEDPATH PAGE FOLDER...
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { engineIn } from "./engine-in.mjs";

const [fedpath, page, ...folders] = process.argv.slice(2);
const run = promisify(execFile);
const LARGEST = 3_000_000;

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(expected|md|pdf|html?|py)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** What the program writes; nothing where it refuses. */
async function ofProgram(command, file, day) {
  const args = [command, basename(file), "--as-of", day, "--format", "json", "-q"];
  try {
    return (await run(fedpath, args, { cwd: dirname(file), maxBuffer: 1 << 26 })).stdout;
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
  const read = JSON.parse(engine.ask({ op: "load", name: basename(file) }, bytes));
  const day = read.days.at(-1);
  const isQuotes = read.file !== null && !read.is_fixings && day !== undefined;
  // The page tells odds: where a day has none, it tells no path either.
  let hasOdds = true;
  for (const kind of ["probs", "path"]) {
    let own;
    try {
      engine.ask({ op: "set", after: day });
      own = isQuotes ? engine.ask({ op: "document", kind }) : undefined;
    } catch {
      own = undefined;
    }
    const theirs = await ofProgram(kind, file, day ?? "2025-11-21");
    if (kind === "probs") hasOdds = theirs !== undefined;
    // Quotes without a date are the reader's to date, and the program was given one here.
    if (own === undefined && (theirs === undefined || !isQuotes || !hasOdds)) count.refused += 1;
    else if (own === theirs) count.same += 1;
    else different.push(`${kind} ${file}`);
  }
}
for (const what of different) console.log(`different: ${what}`);
console.log(
  `identity: ${count.same} documents the same, ${count.refused} refused by both, ${count.long} files too long for one day`,
);
console.log(`${count.same} passed, ${different.length} failed`);
process.exit(different.length === 0 && count.same > 0 ? 0 : 1);
