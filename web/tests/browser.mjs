// The page in headless Chromium: opening it, dropping files on it, waiting for what it shows.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];

/** How long the page may take on a busy machine. */
const PATIENCE = 120_000;

export class Reader {
  passed = 0;
  failures = [];

  constructor(browser, file, out) {
    this.browser = browser;
    this.url = pathToFileURL(file).href;
    this.out = out;
  }

  static async start(file, out) {
    return new Reader(await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS }), file, out);
  }

  expect(holds, what) {
    if (holds) this.passed += 1;
    else this.failures.push(what);
  }

  /** Waits until a text is as wanted. */
  async comes(read, wanted) {
    const isWanted = typeof wanted === "string" ? (text) => text === wanted : (text) => wanted.test(text);
    const end = Date.now() + PATIENCE;
    let text = await read();
    while (!isWanted(text) && Date.now() < end) {
      await new Promise((done) => setTimeout(done, 50));
      text = await read();
    }
    this.expect(isWanted(text), `expected ${wanted}, found ${text}`);
  }

  /** Waits for a headline. */
  headline(page, wanted) {
    return this.comes(() => page.locator("#head h1").textContent(), wanted);
  }

  /** Waits for what the page says. */
  says(page, wanted) {
    return this.comes(() => page.locator("#says").textContent(), wanted);
  }

  /** The page, in which nothing may go wrong. */
  async open(hash = "", options = {}, prepare = () => {}) {
    const context = await this.browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const requests = [];
    page.on("console", (message) => {
      if (page.isProvoked) return;
      this.expect(!["error", "warning"].includes(message.type()), `the console says: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.expect(false, `the script throws: ${error.message}`));
    page.on("request", (request) => requests.push(request.url()));
    await prepare(page);
    await page.goto(`${this.url}${hash ? `#${hash}` : ""}`);
    await page.waitForSelector("html[data-ready]");
    return Object.assign(page, { requests });
  }

  /** A real drop: the browser reads the files from disk. */
  async drop(page, ...files) {
    const listed = page.locator("#files > li");
    const before = await listed.count();
    const session = await page.context().newCDPSession(page);
    const data = { items: [], files, dragOperationsMask: 1 };
    const { x, y } = await page.locator("#drop").boundingBox();
    for (const type of ["dragEnter", "dragOver", "drop"]) {
      await session.send("Input.dispatchDragEvent", { type, x: x + 30, y: y + 20, data });
    }
    await this.comes(async () => String(await listed.count()), String(before + files.length));
  }

  /** The file that a button saves. */
  async saved(page, button) {
    const waiting = page.waitForEvent("download");
    await button.click();
    const download = await waiting;
    const path = join(this.out, download.suggestedFilename());
    await download.saveAs(path);
    return readFileSync(path);
  }

  screenshot(page, name, options = {}) {
    return page.screenshot({ path: join(this.out, `${name}.png`), ...options });
  }
}
