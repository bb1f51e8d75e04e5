/** The controls beside the report, each of which asks something of the page. */

import { get } from "./dom";
import type { Page } from "./page";
import { CHAIN, nothing, type State } from "./state";

function files(page: Page): void {
  const drop = get("drop");
  addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("over");
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer) page.take([...event.dataTransfer.files]);
  });
  const pick = get<HTMLInputElement>("pick");
  get("choose").addEventListener("click", () => pick.click());
  pick.addEventListener("change", async () => {
    await page.take([...(pick.files ?? [])]);
    pick.value = "";
  });
  get("read").addEventListener("click", () => page.type(get<HTMLTextAreaElement>("typed").value));
  get("forget").addEventListener("click", () => page.forget());
}

function choices(page: Page): void {
  const choice = (id: string, part: (value: string) => Partial<State>) => {
    const control = get<HTMLInputElement | HTMLSelectElement>(id);
    control.addEventListener("change", () => page.change(part(control.value)));
  };
  choice("after", (after) => ({ after, before: "", ...nothing() }));
  choice("before", (before) => ({ before }));
  choice("method", (method) => ({ method }));
  choice("decision-day", (decisionDay) => ({ decisionDay }));
  choice("chain", (count) => ({ chain: Math.min(24, Math.max(1, Math.round(Number(count)) || CHAIN)) }));
}

export function listen(page: Page): void {
  files(page);
  choices(page);
  get("odds").addEventListener("submit", (event) => {
    event.preventDefault();
    const value = (id: string) => get<HTMLInputElement | HTMLSelectElement>(id).value;
    page.suppose(Number(value("odds-side")), value("odds-percent"), value("odds-meeting"));
  });
  get("reset").addEventListener("click", () => page.reset());
  get("copy-link").addEventListener("click", () => page.copyLink());
  get("save").addEventListener("click", () => page.saveReport());
  addEventListener("hashchange", () => page.follow(location.hash));
  // A phone has room for the report first.
  if (matchMedia("(max-width: 767px)").matches) get<HTMLDetailsElement>("what-if").open = false;
}
