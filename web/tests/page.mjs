// The page in headless Chromium, as a reader uses it: node web/tests/page.mjs PAGE FIXTURES OUT [LONG-FILE]
import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import axe from "axe-core";
import { Reader } from "./browser.mjs";
import { write } from "./quotes.mjs";

const [file, fixtures, out, long] = process.argv.slice(2).map((path) => resolve(path));
const LARGEST = 1_200_000;
const PHONE = { width: 390, height: 844 };
const FALL = "December cut odds fall from 65% to 35%";

mkdirSync(out, { recursive: true });
const { early, later, undated, short, gap, broken, hostile, packed } = write(out);
const reader = await Reader.start(file, out);
const expect = (holds, what) => reader.expect(holds, what);
const outcome = (page, day) => page.getByLabel(`Outcome of the FOMC of ${day}`);
const price = (page, contract) => page.getByLabel(`${contract}, price`, { exact: true });
const button = (page, name) => page.getByRole("button", { name, exact: true });

const steps = {
  async "opens by itself and reaches nothing"() {
    const page = await reader.open();
    expect(statSync(file).size <= LARGEST, `the page has ${statSync(file).size} bytes`);
    const asked = page.requests.filter((asked) => !asked.startsWith("blob:"));
    expect(asked.length === 1, `it asks for ${asked}`);
    await reader.headline(page, FALL);
    page.isProvoked = true;
    const refused = await page.evaluate(async () => {
      const refused = new Set();
      document.addEventListener("securitypolicyviolation", (event) => refused.add(event.effectiveDirective));
      const tries = [
        () => fetch("http://127.0.0.1:9/"),
        () => new WebSocket("ws://127.0.0.1:9/"),
        () => navigator.sendBeacon("http://127.0.0.1:9/", "x"),
        () => Object.assign(new Image(), { src: "http://127.0.0.1:9/x.png" }),
        () => document.body.append(Object.assign(document.createElement("iframe"), { src: "http://127.0.0.1:9/" })),
        () =>
          document.body.append(Object.assign(document.createElement("script"), { textContent: "document.title = 1" })),
        () => document.body.append(Object.assign(document.createElement("style"), { textContent: "h1{color:red}" })),
      ];
      for (const attempt of tries)
        await Promise.resolve()
          .then(attempt)
          .catch(() => "");
      await new Promise((done) => setTimeout(done, 500));
      return [...refused].sort().join(" ");
    });
    console.log(`refused by the policy: ${refused}`);
    for (const directive of ["connect-src", "frame-src", "img-src", "script-src-elem", "style-src-elem"]) {
      expect(refused.includes(directive), `${directive} is not refused`);
    }
    expect((await page.title()) !== "1", "a script of others runs");
    await reader.screenshot(page, "first");
  },

  async "takes dropped files in the order of their dates and says what became of each"() {
    const page = await reader.open();
    await reader.drop(page, later, broken, early);
    await reader.headline(page, FALL);
    const items = await page.locator("#files > li").allTextContents();
    expect(items[1].includes("week.csv") && items[2].includes("week-later.csv"), items.join(" | "));
    expect(items[0].includes("broken.csv is not used") && items[0].includes("2:7: expected a price"), items[0]);
    await reader.screenshot(page, "dropped");
  },

  async "says which quotes have no odds, and shows those that have"() {
    const page = await reader.open();
    await reader.drop(page, gap);
    await reader.headline(page, "These quotes cannot be priced");
    const why = await page.locator("#head .standfirst").textContent();
    expect(why.startsWith("gap.csv: ") && why.includes("2025-10-29"), why);
    await reader.drop(page, later);
    await reader.headline(page, "December cut odds are 35%");
    await reader.says(page, /^No earlier day is shown: gap.csv: /);
  },

  async "asks for the day of quotes that have none"() {
    const page = await reader.open();
    await reader.drop(page, undated);
    await page.getByLabel("Quotes of").fill("2025-11-21");
    await reader.headline(page, "December cut odds are 35%");
    // Its labels have years of one digit, and are read by the day alone; the day is typed.
    const other = await reader.open();
    await reader.drop(other, short);
    await reader.comes(async () => String(await other.locator("#files > li.refused").count()), "1");
    await other.getByLabel("Quotes of").focus();
    await other.keyboard.type("11212025");
    await reader.headline(other, "December cut odds are 35%");
  },

  async "reads each format, and treats names as text"() {
    const page = await reader.open();
    await reader.drop(page, hostile, packed);
    const [named] = await page.locator("#files > li").allTextContents();
    expect(named.includes("<img src=x onerror=document.title=1>.csv: 21 Nov 2025"), named);
    expect(!(await page.title()).startsWith("1"), "the name of a file is run");
    expect((await page.locator("#files img, #parts img").count()) === 0, "the name of a file is markup");
    const formats = readdirSync(fixtures).filter((name) => !name.endsWith(".expected"));
    await page.locator("#pick").setInputFiles(formats.map((name) => join(fixtures, name)));
    const all = String(formats.length + 2);
    await reader.comes(async () => String(await page.locator("#files > li").count()), all);
    const told = await page.locator("#files > li").allTextContents();
    const read = told.filter((line) => !line.includes("is not used")).length;
    console.log(`${formats.length} fixtures chosen: ${read} read, ${told.length - read} refused with a reason`);
    expect(read >= 20, `only ${read} of ${formats.length} fixtures are read`);
    expect(!told.some((line) => line.length <= 20), "a file is listed without a word");
  },

  async "moves everything with a typed or dragged price, and says what if"() {
    const page = await reader.open();
    await reader.drop(page, later);
    await reader.headline(page, "December cut odds are 35%");
    const field = price(page, "ZQF26");
    await field.fill("96.25");
    await reader.headline(page, "December cut odds would be 50.5%");
    const standfirst = await page.locator("#head .standfirst").textContent();
    expect(standfirst.startsWith("If ZQF26 traded at 96.2500"), standfirst);
    const label = await page.locator("#parts .label").textContent();
    expect(label.includes("not market quotes"), label);
    await reader.screenshot(page, "dragged");
    await field.fill("96.2x");
    expect((await field.getAttribute("aria-invalid")) === "true", "a price that is none is taken");
    await button(page, "All as quoted").click();
    await reader.headline(page, "December cut odds are 35%");
    const slider = page.getByLabel("ZQF26, price in ticks");
    const told = () => slider.getAttribute("aria-valuetext");
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await reader.comes(told, "96.2250, +1 bp");
    await reader.comes(() => page.url(), /price=2026-01%3D96\.2250/);
    const { x, y, width, height } = await slider.boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width, y + height / 2, { steps: 8 });
    await page.mouse.up();
    await reader.comes(told, "96.5150, +30 bp");
  },

  async "sets an outcome, another meeting, other conventions"() {
    const page = await reader.open();
    await reader.drop(page, early, later);
    await outcome(page, "10 Dec 2025").selectOption("-25bp");
    await reader.headline(page, "December cut odds would be 100%");
    const standfirst = await page.locator("#head .standfirst").textContent();
    expect(standfirst.includes("against 3.72% on 14 Nov 2025") && !standfirst.startsWith("Between"), standfirst);
    await reader.screenshot(page, "outcome");
    await page.getByLabel("28 Jan 2026", { exact: true }).check();
    await reader.headline(page, /^January/);
    await page.getByText("Conventions").click();
    await page.locator("#decision-day").selectOption("new");
    await reader.comes(() => page.url(), /decision-day=new/);
    await reader.comes(() => page.locator("#provenance").textContent(), /new rate/);
    await page.locator("#method").selectOption("least-squares");
    await reader.comes(() => page.locator("#provenance").textContent(), /least squares/i);
    await page.locator("#chain").fill("1");
    await page.locator("#chain").blur();
    await reader.comes(async () => String(await page.locator("#meetings .meeting").count()), "1");
  },

  async "gives tables, charts and the report away"() {
    const page = await reader.open("", { permissions: ["clipboard-read", "clipboard-write"] });
    await reader.drop(page, early, later);
    await page.getByLabel("Copy table of bars").click();
    await reader.says(page, /copied/);
    const tsv = await page.evaluate(() => navigator.clipboard.readText());
    expect(tsv.split("\n")[0].split("\t").length === 3, tsv);
    expect(tsv.includes("3.50–3.75\t0.650000000000\t0.350000000000"), tsv);
    const svg = String(await reader.saved(page, page.getByLabel("SVG of bars")));
    expect(svg.startsWith("<svg ") && svg.includes("week.csv and week-later.csv"), svg.slice(0, 200));
    const png = await reader.saved(page, page.getByLabel("PNG of bars"));
    expect(png.subarray(1, 4).toString() === "PNG" && png.length > 10_000, `${png.length} bytes of picture`);
    const report = String(await reader.saved(page, button(page, "Save report")));
    expect(report.startsWith("<!DOCTYPE html>") && report.includes(FALL), "no report");
  },

  async "carries the state in a link"() {
    const typed = encodeURIComponent(readFileSync(later, "utf8"));
    const supposed = "price=2026-01%3D96.2500&outcome=2025-12-10%3D-25bp";
    const page = await reader.open(`quotes=${typed}&meeting=2026-01-28&method=least-squares&${supposed}`);
    await reader.headline(page, /^January 2026 cut odds would be/);
    expect((await page.locator("#method").inputValue()) === "least-squares", "the rule is not that of the link");
    expect((await price(page, "ZQF26").inputValue()) === "96.2500", "the price is not");
    expect((await outcome(page, "10 Dec 2025").inputValue()) === "-25bp", "the outcome is not");
    const parts = (page) => page.locator("#parts").innerHTML();
    const again = await reader.open(new URL(page.url()).hash.slice(1));
    expect((await parts(again)) === (await parts(page)), "the link is another state");
    const nonsense = await reader.open("meeting=x&price=a%3Db&chain=9999&method=%3Cscript%3E");
    await reader.headline(nonsense, FALL);
  },

  async "lets a new user do the five tasks of the card"() {
    const page = await reader.open("", { permissions: ["clipboard-read", "clipboard-write"] });
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await page.locator("#pick").setInputFiles(["14", "21"].map((day) => resolve(`data/episode-2025-11-${day}.stl`)));
    await button(page, "Copy link").click();
    await reader.says(page, /opens the illustrative episode/);
    const illustrative = await reader.open(new URL(await copied()).hash.slice(1));
    await reader.comes(() => illustrative.locator("#parts .label").textContent(), /^Illustrative data/);
    // Moved by a tick, the prices are a market's for all that is known.
    const moved = ["14", "21"].map((day) => {
      const text = readFileSync(`data/episode-2025-11-${day}.stl`, "utf8").replace(
        "96.3850  -.0150",
        "96.3900  -.0100",
      );
      return { name: `${day}.stl`, mimeType: "text/plain", buffer: Buffer.from(text) };
    });
    await button(page, "Forget files").click();
    await page.locator("#pick").setInputFiles(moved);
    await page.getByLabel("18 Mar 2026", { exact: true }).check();
    await reader.headline(page, /^March 2026 cut odds/);
    await page.getByLabel("Meeting", { exact: true }).selectOption("2025-12-10");
    await page.getByLabel("Odds in percent").fill("90");
    await button(page, "Show").click();
    await reader.headline(page, /^December cut odds would be 90(\.0)?%$/);
    await page.getByLabel("Copy table of heat").click();
    await reader.says(page, /copied/);
    expect((await copied()).includes("\t"), "no table is copied");
    await button(page, "Copy link").click();
    await reader.says(page, /carries the prices of 14 Nov 2025 and 21 Nov 2025/);
    const other = await reader.open(new URL(await copied()).hash.slice(1));
    await reader.headline(other, /^December cut odds would be 90(\.0)?%$/);
    expect((await other.locator("#before").inputValue()) === "2025-11-14", "the earlier day is lost");
    await reader.screenshot(other, "card");
  },

  async "passes axe, light and dark, at the desk and on a phone"() {
    for (const colorScheme of ["light", "dark"]) {
      for (const viewport of [{ width: 1440, height: 900 }, PHONE]) {
        const page = await reader.open("price=2026-01%3D96.2500", { colorScheme, viewport, bypassCSP: true });
        await page.evaluate(() => {
          for (const details of document.querySelectorAll("details")) details.open = true;
        });
        await page.addScriptTag({ content: axe.source });
        const { violations } = await page.evaluate(() => window.axe.run());
        for (const { id, nodes } of violations) {
          expect(false, `axe, ${colorScheme}, ${viewport.width} px: ${id}: ${nodes[0].html.slice(0, 160)}`);
        }
        expect(violations.length === 0, `axe, ${colorScheme}, ${viewport.width} px`);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow <= 0, `${viewport.width} px: ${overflow} px wider than the screen`);
        await page.evaluate(() => {
          for (const details of document.querySelectorAll("#parts details")) details.open = false;
        });
        await reader.screenshot(page, `${viewport.width}-${colorScheme}`);
      }
    }
  },

  async "prints the report alone"() {
    const page = await reader.open();
    await page.emulateMedia({ media: "print" });
    expect(!(await page.locator(".desk").isVisible()), "the controls are printed");
    expect(await page.locator("#head h1").isVisible(), "the headline is not printed");
    await page.pdf({ path: join(out, "print.pdf"), format: "A4" });
  },

  async "gives exact figures under the pointer and by keyboard"() {
    const page = await reader.open();
    const bars = page.locator("[data-part=bars]");
    const tip = page.locator("#tip");
    await bars.locator("svg:visible .mark").first().focus();
    const first = await tip.textContent();
    await page.keyboard.press("ArrowDown");
    expect(/%/.test(first) && (await tip.textContent()) !== first, `the tip says ${await tip.textContent()}`);
    await bars.locator("details.figures summary").click();
    const cells = bars.locator("td[data-figure]");
    await cells.last().hover();
    await reader.comes(() => tip.textContent(), "0.350000000000 = 7/20");
    await cells.first().focus();
    await page.keyboard.press("ArrowDown");
    await reader.comes(() => tip.textContent(), "0.650000000000 = 13/20");
  },

  async "starts again after a fault, with the files"() {
    const page = await reader.open("", {}, (page) =>
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
    await reader.drop(page, later);
    await reader.headline(page, "December cut odds are 35%");
    await page.evaluate(() => {
      window.isFaulty = true;
    });
    await price(page, "ZQF26").fill("96.25");
    await reader.says(page, /started again, with your files/);
    await reader.headline(page, "December cut odds are 35%");
    expect((await page.locator("#files > li").count()) === 1, "the file is lost");
    await price(page, "ZQF26").fill("96.25");
    await reader.headline(page, "December cut odds would be 50.5%");
  },

  async "reads a long history beside the page, and stops"() {
    if (!long) return console.log("no long file: the history is passed over");
    const page = await reader.open();
    await page.locator("#pick").setInputFiles(long);
    await page.getByRole("button", { name: /^Stop reading/ }).click();
    await reader.says(page, /is not read: stopped/);
    await page.locator("#pick").setInputFiles(long);
    await page.waitForSelector("[data-part=history] svg", { state: "attached", timeout: 240_000 });
    await reader.says(page, /one meeting through its days/);
    await reader.screenshot(page, "history");
  },
};

const only = process.env.ONLY;
for (const [name, step] of Object.entries(steps)) {
  if (only && !name.includes(only)) continue;
  const failed = reader.failures.length;
  try {
    await step();
  } catch (error) {
    reader.failures.push(error.message.split("\n").slice(0, 3).join(" "));
  }
  console.log(`${reader.failures.length === failed ? "ok  " : "FAIL"} ${name}`);
}
await reader.browser.close();
for (const failure of reader.failures) console.log(`failed: ${failure}`);
console.log(`${reader.passed} passed, ${reader.failures.length} failed`);
process.exit(reader.failures.length === 0 ? 0 : 1);
