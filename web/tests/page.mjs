// The page in headless Chromium, as a reader uses it: node web/tests/page.mjs PAGE FIXTURES OUT [LONG-FILE]
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import axe from "axe-core";
import { chromium } from "playwright-core";

const [file, fixtures, out, long] = process.argv.slice(2).map((path) => resolve(path));
const url = pathToFileURL(file).href;
const failures = [];
let passed = 0;

function expect(holds, what) {
  if (holds) passed += 1;
  else failures.push(what);
}

mkdirSync(out, { recursive: true });
const at = (name) => join(out, name);
function quotes(name, day, prices) {
  const rows = Object.entries(prices).map(([contract, price]) => `${contract},${price}`);
  writeFileSync(at(name), `# as_of: ${day}\ncontract,price\n${rows.join("\n")}\n`);
  return at(name);
}
const early = quotes("week.csv", "2025-11-14", {
  ZQX25: "96.1200",
  ZQZ25: "96.2100",
  ZQF26: "96.2900",
  ZQG26: "96.3600",
});
const later = quotes("week-later.csv", "2025-11-21", {
  ZQX25: "96.1200",
  ZQZ25: "96.1800",
  ZQF26: "96.2150",
  ZQG26: "96.2850",
});
const broken = at("broken.csv");
writeFileSync(broken, "contract,price\nZQZ25,9618.0\n");
const hostile = at("<img src=x onerror=document.title=1>.csv");
writeFileSync(hostile, readFileSync(later));
const packed = at("week-later.csv.gz");
writeFileSync(packed, gzipSync(readFileSync(later)));

const flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });

async function opened(hash = "", options = {}, prepare = () => {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const requests = [];
  page.on("console", (message) => {
    if (page.isProvoked) return;
    expect(!["error", "warning"].includes(message.type()), `the console says: ${message.text()}`);
  });
  page.on("pageerror", (error) => expect(false, `the script throws: ${error.message}`));
  page.on("request", (request) => requests.push(request.url()));
  await prepare(page);
  await page.goto(`${url}${hash ? `#${hash}` : ""}`);
  await page.waitForSelector("html[data-ready]", { timeout: 60_000 });
  return Object.assign(page, { requests });
}

/** A real drop: the browser reads the files from disk. */
async function drop(page, ...files) {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  const { x, y } = await page.locator("#drop").boundingBox();
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await session.send("Input.dispatchDragEvent", { type, x: x + 30, y: y + 20, data });
  }
}

const headline = (page) => page.locator("#head h1").textContent();
const says = (page) => page.locator("#says").textContent();
const settled = (page) => page.waitForTimeout(400);
async function saved(page, button) {
  const waiting = page.waitForEvent("download");
  await button.click();
  const download = await waiting;
  await download.saveAs(at(download.suggestedFilename()));
  return readFileSync(at(download.suggestedFilename()));
}

const steps = {
  async "opens by itself, at once, and reaches nothing"() {
    const page = await opened();
    const ready = Number(await page.evaluate(() => document.documentElement.dataset.ready));
    console.log(`ready after ${ready} ms, ${(statSync(file).size / 1e6).toFixed(2)} MB`);
    expect(statSync(file).size <= 1_200_000, `the page has ${statSync(file).size} bytes`);
    expect(page.requests.filter((asked) => !asked.startsWith("blob:")).length === 1, `it asks for ${page.requests}`);
    expect((await headline(page)).includes("December cut odds fall from 65% to 35%"), await headline(page));
    page.isProvoked = true;
    const reached = await page.evaluate(async () => {
      const image = new Image();
      const loaded = new Promise((done) => {
        image.onload = () => done("loads an image");
        image.onerror = () => done("");
      });
      image.src = "http://127.0.0.1:9/x.png";
      const refused = new Set();
      document.addEventListener("securitypolicyviolation", (event) => refused.add(event.effectiveDirective));
      await fetch("http://127.0.0.1:9/").catch(() => "");
      try {
        new WebSocket("ws://127.0.0.1:9/");
      } catch {}
      navigator.sendBeacon("http://127.0.0.1:9/", "x");
      await loaded;
      await new Promise((done) => setTimeout(done, 200));
      return [...refused];
    });
    expect(reached.includes("connect-src"), `the policy refuses only ${reached}`);
    await page.screenshot({ path: at("first.png") });
  },

  async "takes dropped files in the order of their dates and says what became of each"() {
    const page = await opened();
    await drop(page, later, broken, early);
    await settled(page);
    const items = await page.locator("#files > li").allTextContents();
    expect(items.length === 3, `${items.length} files are listed`);
    expect(items[1].includes("week.csv") && items[2].includes("week-later.csv"), items.join(" | "));
    expect(items[0].includes("broken.csv is not used") && items[0].includes("2:7: expected a price"), items[0]);
    expect((await headline(page)).includes("December cut odds fall from 65% to 35%"), await headline(page));
    await page.screenshot({ path: at("dropped.png") });
  },

  async "reads each format, and treats names as text"() {
    const page = await opened();
    await drop(page, hostile, packed);
    await settled(page);
    const [named] = await page.locator("#files > li").allTextContents();
    expect(named.includes("<img src=x onerror=document.title=1>.csv: 21 Nov 2025"), named);
    expect(!(await page.title()).startsWith("1"), "the name of a file is run");
    expect((await page.locator("#files img, #parts img").count()) === 0, "the name of a file is markup");
    const formats = readdirSync(fixtures).filter((name) => !name.endsWith(".expected"));
    await page.locator("#pick").setInputFiles(formats.map((name) => join(fixtures, name)));
    await page.waitForFunction((count) => document.querySelectorAll("#files > li").length >= count, formats.length, {
      timeout: 60_000,
    });
    const told = await page.locator("#files > li").allTextContents();
    const read = told.filter((line) => !line.includes("is not used")).length;
    console.log(`${formats.length} fixtures chosen: ${read} read, ${told.length - read} refused with a reason`);
    expect(read >= 20, `only ${read} of ${formats.length} fixtures are read`);
    expect(
      told.every((line) => line.length > 20),
      "a file is listed without a word",
    );
  },

  async "moves everything with a typed or dragged price, and says what if"() {
    const page = await opened();
    await drop(page, later);
    await settled(page);
    expect((await headline(page)) === "December cut odds are 35%", await headline(page));
    const field = page.getByLabel("ZQF26, price", { exact: true });
    await field.fill("96.25");
    await settled(page);
    expect((await headline(page)) === "December cut odds would be 50.5%", await headline(page));
    const standfirst = await page.locator("#head .standfirst").textContent();
    expect(standfirst.startsWith("If ZQF26 traded at 96.2500"), standfirst);
    expect(
      (await page.locator("#parts .label").textContent()).includes("not market quotes"),
      "the page is not labelled",
    );
    await page.screenshot({ path: at("dragged.png") });
    await field.fill("96.2x");
    expect((await field.getAttribute("aria-invalid")) === "true", "a price that is none is taken");
    await page.getByRole("button", { name: "All as quoted" }).click();
    expect((await headline(page)) === "December cut odds are 35%", await headline(page));
    const slider = page.getByLabel("ZQF26, price in ticks");
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await settled(page);
    expect(
      (await slider.getAttribute("aria-valuetext")) === "96.2250, +1 bp",
      await slider.getAttribute("aria-valuetext"),
    );
    expect(page.url().includes("price=2026-01%3D96.2250"), page.url());
    const frames = await page.evaluate(async () => {
      const slider = document.querySelector('[aria-label="ZQF26, price in ticks"]');
      const times = [];
      for (let at = 0; at < 60; at += 1) {
        slider.value = String(at % 40);
        slider.dispatchEvent(new Event("input"));
        await new Promise((drawn) => requestAnimationFrame(drawn));
        const from = performance.now();
        document.body.getBoundingClientRect();
        times.push(performance.now() - from);
      }
      return times;
    });
    const draws = await page.evaluate(() => performance.getEntriesByName("drawn").map((entry) => entry.duration));
    const median = (all) => [...all].sort((one, other) => one - other)[Math.floor(all.length / 2)];
    console.log(
      `a moved price: ${median(draws).toFixed(1)} ms median to draw, ${median(frames).toFixed(1)} ms to lay out`,
    );
  },

  async "sets an outcome, another meeting, other conventions"() {
    const page = await opened();
    await drop(page, early, later);
    await settled(page);
    await page.getByLabel("Outcome of the FOMC of 10 Dec 2025").selectOption("-25bp");
    await settled(page);
    expect((await headline(page)) === "December cut odds would be 100%", await headline(page));
    const standfirst = await page.locator("#head .standfirst").textContent();
    expect(standfirst.includes("against 3.72% on 14 Nov 2025") && !standfirst.startsWith("Between"), standfirst);
    await page.screenshot({ path: at("outcome.png") });
    await page.getByLabel("28 Jan 2026", { exact: true }).check();
    await settled(page);
    expect((await headline(page)).startsWith("January"), await headline(page));
    await page.getByText("Conventions").click();
    await page.locator("#decision-day").selectOption("new");
    await settled(page);
    expect(page.url().includes("decision-day=new"), page.url());
    expect((await page.locator("#provenance").textContent()).includes("new rate"), "the convention is not told");
  },

  async "gives tables, charts and the report away"() {
    const page = await opened("", { permissions: ["clipboard-read", "clipboard-write"] });
    await drop(page, early, later);
    await settled(page);
    await page.getByLabel("Copy table of bars").click();
    await page.waitForFunction(() => document.getElementById("says").textContent.includes("copied"));
    const tsv = await page.evaluate(() => navigator.clipboard.readText());
    expect(tsv.split("\n")[0].split("\t").length === 3, tsv);
    expect(tsv.includes("3.50–3.75\t0.650000000000\t0.350000000000"), tsv);
    const svg = String(await saved(page, page.getByLabel("SVG of bars")));
    expect(svg.startsWith("<svg ") && svg.includes("week.csv and week-later.csv"), svg.slice(0, 200));
    const png = await saved(page, page.getByLabel("PNG of bars"));
    expect(png.subarray(1, 4).toString() === "PNG" && png.length > 10_000, `${png.length} bytes of picture`);
    const report = String(await saved(page, page.getByRole("button", { name: "Save report" })));
    expect(
      report.startsWith("<!DOCTYPE html>") && report.includes("December cut odds fall from 65% to 35%"),
      "no report",
    );
  },

  async "carries the state in a link"() {
    const typed = encodeURIComponent(readFileSync(later, "utf8"));
    const hash = `quotes=${typed}&meeting=2026-01-28&method=least-squares&price=2026-01%3D96.2500&outcome=2025-12-10%3D-25bp`;
    const page = await opened(hash);
    await settled(page);
    expect((await headline(page)).startsWith("January 2026 cut odds would be"), await headline(page));
    expect((await page.locator("#method").inputValue()) === "least-squares", "the rule is not that of the link");
    expect((await page.getByLabel("ZQF26, price", { exact: true }).inputValue()) === "96.2500", "the price is not");
    expect(
      (await page.getByLabel("Outcome of the FOMC of 10 Dec 2025").inputValue()) === "-25bp",
      "the outcome is not",
    );
    const again = await opened(new URL(page.url()).hash.slice(1));
    await settled(again);
    expect(
      (await again.locator("#parts").innerHTML()) === (await page.locator("#parts").innerHTML()),
      "the link is another state",
    );
    const nonsense = await opened("meeting=x&price=a%3Db&chain=9999&method=%3Cscript%3E");
    expect((await headline(nonsense)).includes("December cut odds fall"), await headline(nonsense));
  },

  async "passes axe, light and dark, at the desk and on a phone"() {
    for (const colorScheme of ["light", "dark"]) {
      for (const viewport of [
        { width: 1440, height: 900 },
        { width: 390, height: 844 },
      ]) {
        const page = await opened("price=2026-01%3D96.2500", { colorScheme, viewport, bypassCSP: true });
        await page.addScriptTag({ content: axe.source });
        const { violations } = await page.evaluate(() => window.axe.run());
        for (const { id, nodes } of violations) {
          expect(false, `axe, ${colorScheme}, ${viewport.width} px: ${id}: ${nodes[0].html.slice(0, 160)}`);
        }
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow <= 0, `${viewport.width} px: ${overflow} px wider than the screen`);
        await page.screenshot({ path: at(`${viewport.width}-${colorScheme}.png`), fullPage: true });
      }
    }
  },

  async "reads marks by keyboard"() {
    const page = await opened();
    await page.locator("#part-bars, [data-part=bars]").locator("svg:visible .mark").first().focus();
    const tip = page.locator("#tip");
    const first = await tip.textContent();
    await page.locator("[data-part=bars] details.figures summary").click();
    await page.locator("[data-part=bars] td[data-figure]").last().hover();
    expect((await tip.textContent()) === "0.350000000000", `a cell says ${await tip.textContent()}`);
    await page.locator("[data-part=bars]").locator("svg:visible .mark").first().focus();
    await page.keyboard.press("ArrowDown");
    expect(/%/.test(first) && (await tip.textContent()) !== first, `the tip says ${await tip.textContent()}`);
  },

  async "starts again after a fault, with the files"() {
    const page = await opened("", {}, (page) =>
      page.addInitScript(() => {
        const own = WebAssembly.instantiate;
        WebAssembly.instantiate = async (...given) => {
          const { exports } = await own.apply(WebAssembly, given);
          const call = (...of) => {
            if (!window.isFaulty) return exports.call(...of);
            window.isFaulty = false;
            throw new WebAssembly.RuntimeError("unreachable");
          };
          return { exports: { ...exports, call } };
        };
      }),
    );
    await drop(page, later);
    await settled(page);
    await page.evaluate(() => {
      window.isFaulty = true;
    });
    await page.getByLabel("ZQF26, price", { exact: true }).fill("96.25");
    await settled(page);
    await settled(page);
    expect((await says(page)).includes("started again, with your files"), await says(page));
    expect((await headline(page)) === "December cut odds are 35%", await headline(page));
    expect((await page.locator("#files > li").count()) === 1, "the file is lost");
  },

  async "reads a long history beside the page"() {
    if (!long) return console.log("no long file: the history is passed over");
    const page = await opened();
    const from = Date.now();
    await drop(page, long);
    await page.waitForSelector("[data-part=history] svg", { state: "attached", timeout: 120_000 });
    console.log(
      `${basename(long)}, ${(statSync(long).size / 1e6).toFixed(1)} MB, through its days in ${Date.now() - from} ms`,
    );
    await page.screenshot({ path: at("history.png") });
  },
};

const only = process.env.ONLY;
for (const [name, step] of Object.entries(steps)) {
  if (only && !name.includes(only)) continue;
  const failed = failures.length;
  try {
    await step();
  } catch (error) {
    failures.push(error.message.split("\n").slice(0, 3).join(" "));
  }
  console.log(`${failures.length === failed ? "ok  " : "FAIL"} ${name}`);
}
await browser.close();
for (const failure of failures) console.log(`failed: ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
