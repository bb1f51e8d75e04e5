/** The prices of the later day, a row a contract: a slider in ticks, and a field to type into. */

import { button, element } from "./dom";
import { difference, spelled, units } from "./price";

export interface Contract {
  month: string;
  symbol: string;
  price: string;
  tick: string;
  read: boolean;
}

/** The slider reaches so many ticks either way: a quarter of a percent and more. */
const REACH = 60;

/** A row for a contract; `moved` is told its price, or nothing where it is as quoted. */
export function row(contract: Contract, supposed: string | undefined, moved: (price?: string) => void): HTMLElement {
  const quoted = units(contract.price) ?? 0;
  const tick = units(contract.tick) ?? 500;
  const slider = element("input", { type: "range", min: String(-REACH), max: String(REACH), step: "1" });
  slider.setAttribute("aria-label", `${contract.symbol}, price in ticks`);
  const field = element("input", { type: "text", inputMode: "decimal", autocomplete: "off", spellcheck: false });
  field.setAttribute("aria-label", `${contract.symbol}, price`);
  const change = element("output", { className: "by" });
  const back = button("↺", `${contract.symbol} as quoted`, () => {
    take(quoted, true);
    field.focus();
  });
  const name = element("span", { className: "symbol", textContent: contract.symbol });
  const made = element("div", { className: "price" }, name, slider, field, change, back);

  const show = (now: number, spell: boolean) => {
    const is = now !== quoted;
    slider.value = String(Math.round((now - quoted) / tick));
    change.textContent = is ? difference(quoted, now) : "";
    slider.setAttribute("aria-valuetext", `${spelled(now)}${is ? `, ${change.textContent}` : ", as quoted"}`);
    if (spell) field.value = is ? spelled(now) : contract.price;
    field.setAttribute("aria-invalid", "false");
    made.classList.toggle("moved", is);
    back.disabled = !is;
  };
  const take = (now: number, spell: boolean) => {
    show(now, spell);
    moved(now === quoted ? undefined : spelled(now));
  };
  slider.addEventListener("input", () => take(quoted + Number(slider.value) * tick, true));
  field.addEventListener("input", () => {
    const typed = units(field.value);
    const isPrice = typed !== undefined && typed >= 7_500_000 && typed <= 10_500_000;
    if (isPrice) take(typed, false);
    else field.setAttribute("aria-invalid", "true");
  });
  field.addEventListener("change", () => {
    if (field.getAttribute("aria-invalid") === "true") take(quoted, true);
  });
  field.addEventListener("keydown", (event) => {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const typed = units(field.value);
    if (!step || typed === undefined) return;
    event.preventDefault();
    take(typed + step * tick, true);
  });
  show(units(supposed ?? "") ?? quoted, true);
  return made;
}
