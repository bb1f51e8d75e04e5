/** Prices as whole numbers of hundred-thousandths of a point, so that no tick is lost in binary. */

const PLACES = 5;

/** The units of a price as it is spelled; `undefined` of what is no price. */
export function units(text: string): number | undefined {
  const match = /^\s*(\d{1,3})(?:\.(\d{0,5}))?\s*$/.exec(text);
  if (!match) return undefined;
  return Number(`${match[1]}${(match[2] ?? "").padEnd(PLACES, "0")}`);
}

/** The price of so many units: four decimals, five where they are needed. */
export function spelled(of: number): string {
  const text = String(of).padStart(PLACES + 1, "0");
  const last = text.slice(-1);
  return `${text.slice(0, -PLACES)}.${text.slice(-PLACES, -1)}${last === "0" ? "" : last}`;
}

/** The difference of two prices in basis points, with its sign: "+1.5 bp". */
export function difference(from: number, to: number): string {
  const bp = (to - from) / 1000;
  const text = Math.abs(bp)
    .toFixed(2)
    .replace(/\.?0+$/, "");
  return `${bp < 0 ? "−" : "+"}${text} bp`;
}
