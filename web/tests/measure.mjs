// What the page takes, in headless Chromium: node web/tests/measure.mjs PAGE OUT REPORT LONG-FILE; REPORT and LONG-FILE may be packed.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { Reader } from "./browser.mjs";

const [file, out, report, long] = process.argv.slice(2).map((path) => resolve(path));
const OPENED = 7;
const MOVED = 120;

mkdirSync(out, { recursive: true });
const reader = await Reader.start(file, out);

/** The text of a file, as a file of its own. */
function unpacked(path, name) {
  const bytes = readFileSync(path);
  const text = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
  writeFileSync(join(out, name), text);
  return { path: join(out, name), megabytes: text.length / 1e6 };
}

function spread(times) {
  const sorted = [...times].sort((one, other) => one - other);
  const [low, median, high] = [0.1, 0.5, 0.9].map((part) => sorted[Math.floor(part * (sorted.length - 1))].toFixed(1));
  return `median ${median} ms, ${low} to ${high}`;
}

const entries = (page, name) =>
  page.evaluate(
    (name) => performance.getEntriesByName(name).map(({ duration, detail }) => ({ duration, detail })),
    name,
  );

const ready = [];
for (let at = 0; at < OPENED; at += 1) {
  const page = await reader.open();
  ready.push(Number(await page.evaluate(() => document.documentElement.dataset.ready)));
  await page.context().close();
}
console.log(`ready: ${spread(ready)}`);

const page = await reader.open();
const settlement = unpacked(report, "report.txt");
for (let at = 0; at < 5; at += 1) {
  await page.locator("#pick").setInputFiles(settlement.path);
  await page.waitForFunction((count) => document.querySelectorAll("#files > li").length === count, at + 1);
}
const [first, ...after] = (await entries(page, "read")).map(({ duration }) => duration);
console.log(
  `a settlement report of ${settlement.megabytes.toFixed(1)} MB: first ${first.toFixed(1)} ms, then ${spread(after)}`,
);

const moving = await reader.open();
const laid = await moving.evaluate(async (moved) => {
  const slider = document.querySelector('[aria-label="ZQF26, price in ticks"]');
  const times = [];
  for (let at = 0; at < moved; at += 1) {
    slider.value = String(at % 40);
    slider.dispatchEvent(new Event("input"));
    await new Promise((drawn) => requestAnimationFrame(drawn));
    const from = performance.now();
    document.body.getBoundingClientRect();
    times.push(performance.now() - from);
  }
  return times;
}, MOVED);
const drawn = (await entries(moving, "drawn")).map(({ duration }) => duration);
console.log(`a moved price, drawn: ${spread(drawn)}; then laid out: ${spread(laid)}`);

const history = unpacked(long, "history.csv");
await moving.locator("#pick").setInputFiles(history.path);
await moving.waitForFunction(() => performance.getEntriesByName("through").length > 0, null, { timeout: 300_000 });
const [{ duration, detail }] = await entries(moving, "through");
console.log(
  `a history of ${history.megabytes.toFixed(1)} MB in a worker: ${(duration / 1000).toFixed(1)} s, ${(detail / 2 ** 20).toFixed(0)} MiB`,
);
await reader.browser.close();
for (const failure of reader.failures) console.log(`failed: ${failure}`);
