// Opens the report's pages and charts in headless Chromium and checks what only a browser can tell. See .ci/browser.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { faintOn, firstBreak, misplacedTexts, tipAndFocus } from "./browser-inside.mjs";
import { HOSTILE, isReal, write } from "./browser-quotes.mjs";

const [fedpath, folder] = process.argv.slice(2).map((path) => resolve(path));
const require = createRequire(join(folder, "package.json"));
const { chromium } = require("playwright-core");
const axe = require("axe-core");

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
const SCREENS = {
  phone: { width: 390, height: 844 }, tablet: { width: 768, height: 1024 }, desk: { width: 1280, height: 900 },
  wide: { width: 1440, height: 900 },
};
/** The pages that a report prints on, at most; one with charts through time has more. */
const SHEETS = { days: 4, history: 6 };
/** A4 less margins of 15 mm. */
const PAPER = { width: 680, height: 1009 };
/** How much of the first printed page is filled, at least. */
const FULL = 0.75;
const SCHEMES = ["light", "dark"];
const OF_A_DAY = ["bars", "heat", "path", "residuals"];
const OF_TWO_DAYS = [...OF_A_DAY, "curve", "equity"];
const OF_ONE_DAY = [...OF_A_DAY, "term"];
const OF_A_HISTORY = ["history", "priced", "next", ...OF_ONE_DAY];
/** What failed, and where. */
const failures = new Map();
const count = { pages: 0, charts: 0, marks: 0, rules: 0, drawings: 0, screens: 0 };

/** Holds a fact, or notes how it fails and where: a page, seen so, and a chart on it. */
function expect(holds, where, what, chart = "page") {
  if (holds) return;
  const fault = `${chart}: ${what}`;
  failures.set(fault, (failures.get(fault) ?? new Set()).add(where));
}

const at = (...parts) => join(folder, ...parts);
for (const part of ["pages", "screens", "quotes"]) {
  rmSync(at(part), { recursive: true, force: true });
  mkdirSync(at(part), { recursive: true });
}
const quotes = write(at("quotes"));
const through = (meeting) => ["--history", quotes.history, "--meeting", meeting];
const REPORTS = [
  { name: "episode", args: [], charts: OF_TWO_DAYS, isIllustrative: true },
  { name: "snapshot", args: [quotes["week-later"]], charts: OF_ONE_DAY },
  { name: "two-days", args: [quotes.week, quotes["week-later"]], charts: OF_TWO_DAYS },
  { name: "across-a-decision", args: [quotes["week-later"], quotes.decided], charts: OF_TWO_DAYS },
  // On the last day of the quotes, 30 June 2023, one meeting is decided and the other to come. The page of the one is of
  // the last day that prices it.
  { name: "history", args: through("2023-03-22"), charts: OF_A_HISTORY },
  { name: "history-to-come", args: through("2023-07-26"), charts: OF_A_HISTORY },
  { name: "hostile-names", args: quotes.hostile, charts: OF_TWO_DAYS, names: HOSTILE },
];

/** Runs `fedpath report`; gives the URL of the file it wrote. */
function made(file, args) {
  const path = at("pages", file);
  execFileSync(fedpath, ["report", ...args, "-q", "--force", "-o", path], { stdio: ["ignore", "inherit", "inherit"] });
  return pathToFileURL(path).href;
}

/** A page of the browser in which nothing may go wrong, opened at a URL. */
async function opened(browser, url, screen, scheme, where) {
  const context = await browser.newContext({ viewport: SCREENS[screen], colorScheme: scheme, offline: true });
  const page = await context.newPage();
  page.on("console", (message) => {
    const isNoise = !["error", "warning"].includes(message.type());
    expect(isNoise, where, `the console says: ${message.text()}`);
  });
  page.on("pageerror", (error) => expect(false, where, `the script throws: ${error.message}`));
  page.on("request", (request) => {
    const asked = request.url();
    expect([url, "about:blank"].includes(asked), where, `it asks for ${asked.slice(0, 100)}`);
  });
  await page.goto(url);
  return page;
}

async function photograph(page, name, how = { fullPage: true }) {
  count.screens += 1;
  return page.screenshot({ path: at("screens", `${name}.png`), ...how });
}

/** Every chart: seen, with marks that say figures, with its figures as a table. */
async function checkCharts(page, report, where) {
  const kinds = await page.$$eval("figure[data-chart]", (all) => all.map((figure) => figure.dataset.chart));
  const sorted = (names) => [...names].sort().join(" ");
  expect(sorted(kinds) === sorted(report.charts), where, `expected the charts ${report.charts}, found ${kinds}`);
  for (const kind of kinds) {
    const holds = (fact, what) => expect(fact, where, what, kind);
    const drawing = page.locator(`figure.chart-block[data-chart="${kind}"] svg.chart:visible`);
    const drawings = await drawing.count();
    holds(drawings === 1, `expected one drawing to be seen, found ${drawings}`);
    if (drawings !== 1) continue;
    const found = await drawing.evaluate((svg) => ({
      marks: [...svg.querySelectorAll("g.mark")].map((mark) => mark.querySelector("title")?.textContent ?? ""),
      overflow: svg.getBoundingClientRect().width - svg.parentElement.clientWidth,
      words: svg.textContent,
    }));
    holds(found.marks.length > 0, "no mark");
    for (const says of found.marks) holds(/\d/.test(says), `a mark says no figure: "${says}"`);
    // One that says that it scrolls may.
    const hint = await page.locator(`figure.chart-block[data-chart="${kind}"] .hint:visible`).count();
    holds(found.overflow <= 0 || hint === 1, `the drawing is ${found.overflow} px wider than its place`);
    const isLabelled = /illustrative/i.test(found.words);
    holds(isLabelled === Boolean(report.isIllustrative), `illustrative in the picture: ${isLabelled}`);
    for (const fault of await drawing.evaluate(misplacedTexts)) holds(false, fault);
    const rows = page.locator(`figure[data-chart="${kind}"] details.figures table tbody tr`);
    const figures = (await rows.allTextContents()).filter((row) => /\d/.test(row));
    holds(figures.length > 0, "no table of figures");
    count.charts += 1;
    count.marks += found.marks.length;
  }
}

async function checkPage(page, report, screen, scheme, where) {
  const widest = () => page.evaluate(() => document.scrollingElement.scrollWidth);
  const { width } = SCREENS[screen];
  const folded = await widest();
  expect(folded <= width, where, `the page is ${folded} px wide on a screen of ${width}`);
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
  expect((Math.max(...ground) < 128) === (scheme === "dark"), where, `the ground is rgb(${ground})`);
  const ids = await page.$$eval("[id]", (all) => all.map((element) => element.id));
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  expect(twice.length === 0, where, `ids stand more than once: ${twice}`);
  expect((await page.locator("section#provenance").count()) === 1, where, "no section#provenance");
  const steps = await page.locator("details#derivation dd").allTextContents();
  const isDerived = steps.some((step) => /\d/.test(step));
  expect(isDerived, where, "no details#derivation with a step that has a figure");
  const pwned = await page.evaluate(() => window.pwned);
  expect(pwned === undefined, where, "a name of a file ran as a script");
  const provenance = await page.locator("#provenance").textContent();
  for (const name of report.names ?? []) expect(provenance.includes(name.split("/").at(-1)), where, `the file ${name} is not named`);

  await page.$$eval("details", (all) => all.forEach((part) => (part.open = true)));
  const unfolded = await widest();
  expect(unfolded <= width, where, `unfolded, the page is ${unfolded} px wide on a screen of ${width}`);
  await checkAccess(page, where);
  await page.$$eval("details", (all) => all.forEach((part) => (part.open = false)));
}

/** The rules of axe-core, all that it runs by default. */
async function checkAccess(page, where) {
  await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, help, nodes } of violations) {
    const places = nodes.slice(0, 3).map((node) => node.target.join(" "));
    expect(false, where, `axe-core, ${id}: ${help} (${nodes.length}: ${places.join(", ")})`);
  }
  count.rules = Math.max(count.rules, passes.length + violations.length);
}

/** Tab reaches each chart once; its mark is told, arrows go on, Escape hides. */
async function checkKeyboard(page, report, where) {
  await page.evaluate(() => window.scrollTo(0, 0));
  const reached = [];
  for (let tabs = 0; tabs < 100; tabs += 1) {
    await page.keyboard.press("Tab");
    const first = await page.evaluate(tipAndFocus);
    if (first.isAtEnd) break;
    if (first.chart === null) continue;
    const holds = (fact, what) => expect(fact, where, what, first.chart);
    reached.push(first.chart);
    holds(first.shown === first.says, `Tab shows "${first.shown}" on "${first.says}"`);
    holds(first.isInView, "the tip of the focused mark is not in view");
    await page.keyboard.press("ArrowRight");
    const next = await page.evaluate(tipAndFocus);
    holds(next.chart === first.chart && next.at === 1, `the right arrow goes to mark ${next.at} of ${next.chart}`);
    holds(next.shown !== null && next.shown === next.says, `an arrow shows "${next.shown}" on "${next.says}"`);
    await page.keyboard.press("End");
    const last = await page.evaluate(tipAndFocus);
    holds(last.at >= next.at && last.shown === last.says && last.isInView, "End does not show the last mark");
    await page.keyboard.press("Escape");
    const hidden = await page.evaluate(tipAndFocus);
    holds(hidden.shown === null, "Escape leaves the tip");
  }
  expect([...reached].sort().join() === [...report.charts].sort().join(), where, `Tab reaches the charts ${reached}`);
}

/** A pointer on a mark shows what it says, off it nothing. */
async function checkPointer(page, where) {
  for (const drawing of await page.locator("svg.chart:visible").all()) {
    const mark = drawing.locator("g.mark").last();
    await mark.scrollIntoViewIfNeeded();
    const box = await mark.boundingBox();
    // A real pointer: what lies on top is what it meets.
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const { shown, isInView } = await page.evaluate(tipAndFocus);
    const says = await mark.getAttribute("aria-label");
    expect(shown !== null && isInView, where, `the pointer on "${says}" shows ${shown}, in view: ${isInView}`);
    await page.mouse.move(1, 1);
    const left = await page.evaluate(tipAndFocus);
    expect(left.shown === null, where, `the pointer has left, the tip still says ${left.shown}`);
  }
}

/** On paper: every chart once, nothing of the screen. */
async function checkPrint(page, report, where) {
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  await page.$$eval("details", (all) => all.forEach((part) => (part.open = false)));
  const drawings = await page.locator("svg.chart:visible").count();
  expect(drawings === report.charts.length, where, `in print ${drawings} drawings of ${report.charts.length}`);
  await page.setViewportSize(PAPER);
  await page.$$eval("details", (all) => all.forEach((part) => (part.open = true)));
  const cut = await page.$$eval(".drawing, .scroll", (all) => {
    const wide = all.filter((part) => part.scrollWidth > part.clientWidth);
    return wide.map((part) => [part.closest("figure").dataset.chart, part.className, part.scrollWidth]);
  });
  for (const [chart, part, width] of cut) {
    expect(false, where, `in print the ${part} is ${width} px wide on paper of ${PAPER.width}: cut off`, chart);
  }
  await page.$$eval("details", (all) => all.forEach((part) => (part.open = false)));
  const filled = (await page.evaluate(firstBreak, PAPER.height)) / PAPER.height;
  expect(filled >= FULL, where, `the first printed page is filled to ${Math.round(100 * filled)} %`);
  const path = at("screens", `${report.name}.pdf`);
  await page.pdf({ path, format: "A4", margin: { top: "15mm", bottom: "15mm", left: "15mm", right: "15mm" } });
  const pdf = readFileSync(path).toString("latin1");
  expect(pdf.startsWith("%PDF-"), where, "no PDF");
  const sheets = pdf.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
  const most = report.charts.includes("history") ? SHEETS.history : SHEETS.days;
  expect(sheets > 0 && sheets <= most, where, `it prints on ${sheets} pages, not on at most ${most}`);
}

async function checkReport(browser, report) {
  const url = made(`${report.name}.html`, report.args);
  for (const screen of Object.keys(SCREENS)) {
    // The two widths between and beyond have the colours of the others.
    for (const scheme of ["phone", "desk"].includes(screen) ? SCHEMES : ["light"]) {
      const name = `${report.name}-${screen}-${scheme}`;
      const page = await opened(browser, url, screen, scheme, name);
      await photograph(page, name);
      await checkCharts(page, report, name);
      await checkKeyboard(page, report, name);
      await checkPointer(page, name);
      await checkPage(page, report, screen, scheme, name);
      if (screen === "desk" && scheme === "light") await checkPrint(page, report, name);
      await page.context().close();
      count.pages += 1;
    }
  }
}

/** One chart alone, as a document of its own. */
async function checkDrawing(browser, kind, args) {
  const url = made(`${kind}.svg`, ["--chart", kind, ...args]);
  for (const scheme of SCHEMES) {
    const name = `alone-${kind}-${scheme}`;
    const page = await opened(browser, url, "desk", scheme, name);
    const root = await page.evaluate(() => {
      const svg = document.documentElement;
      const isBroken = document.querySelector("parsererror") !== null;
      const [width, height] = ["width", "height"].map((side) => Number(svg.getAttribute(side)));
      return { name: svg.localName, isBroken, width, height, marks: svg.querySelectorAll("g.mark title").length };
    });
    const isDrawn = root.name === "svg" && !root.isBroken && root.marks > 0;
    expect(isDrawn, name, `no drawing: ${JSON.stringify(root)}`, kind);
    for (const fault of await page.locator("svg").first().evaluate(misplacedTexts)) expect(false, name, fault, kind);
    await page.setViewportSize({ width: Math.ceil(root.width), height: Math.ceil(root.height) });
    // A picture of the full page needs a page of HTML.
    const picture = await photograph(page, name, {});
    const fills = await page.$$eval("text", (all) => {
      // Figures of a heat map stand on cells.
      const onGround = all.filter((text) => !/figure/.test(text.getAttribute("class")));
      return [...new Set(onGround.map((text) => getComputedStyle(text).fill))];
    });
    await page.goto("about:blank");
    const faint = await page.evaluate(faintOn, [picture.toString("base64"), fills]);
    for (const fill of faint) expect(false, name, `text of ${fill} is not read on its ground`, kind);
    await page.context().close();
    count.drawings += 1;
  }
}

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
/** A check that cannot go on is a failure too, and the others go on. */
const tried = (check, name) => check.catch((error) => expect(false, name, error.message));
for (const report of REPORTS) await tried(checkReport(browser, report), report.name);
for (const kind of [...OF_TWO_DAYS, "curve-panels", "term"]) await tried(checkDrawing(browser, kind, []), `alone-${kind}`);
for (const kind of ["history", "priced", "next"]) {
  await tried(checkDrawing(browser, kind, through("2023-03-22")), `alone-${kind}`);
}
await browser.close();

console.log(`quotes: ${isReal ? "real days of ../shared/data" : "made by hand, ../shared/data is not there"}`);
const { pages, charts, marks, rules, drawings, screens } = count;
console.log(`${REPORTS.length} reports from 390 to 1440 px, on light and dark ground: ${pages} pages`);
console.log(`${charts} charts, ${marks} marks; ${drawings} drawings alone`);
console.log("of each: requests, console, width, texts that touch, keyboard, pointer, print, names that are markup,");
console.log(`and the ${rules} rules of axe-core that apply`);
console.log(`to look at: ${screens} screenshots and ${REPORTS.length} PDFs in ${at("screens")}`);
if (failures.size > 0) {
  console.error(`\n${failures.size} failures:`);
  for (const [fault, places] of failures) console.error(`- ${fault}\n    on ${[...places].join(", ")}`);
  process.exitCode = 1;
}
