/** What the reader has chosen, and the link that carries it. */

export interface Supposed {
  prices: Record<string, string>;
  outcomes: Record<string, string>;
}

export interface State extends Supposed {
  before: string;
  after: string;
  meeting: string;
  method: string;
  decisionDay: string;
  chain: number;
  /** Quotes that were typed. */
  typed: string;
}

export const CHAIN = 9;

/** All as quoted. */
export function nothing(): Supposed {
  return { prices: {}, outcomes: {} };
}

export function initial(): State {
  return {
    before: "",
    after: "",
    meeting: "",
    method: "fedwatch",
    decisionDay: "old",
    chain: CHAIN,
    typed: "",
    ...nothing(),
  };
}

/** What differs from the quotes and the program's conventions, as a link carries it. */
export function toHash(state: State): string {
  const hash = new URLSearchParams();
  const own = initial();
  const put = (name: string, value: string, standard: string) => {
    if (value !== standard) hash.set(name, value);
  };
  put("before", state.before, own.before);
  put("after", state.after, own.after);
  put("meeting", state.meeting, own.meeting);
  put("method", state.method, own.method);
  put("decision-day", state.decisionDay, own.decisionDay);
  put("chain", String(state.chain), String(own.chain));
  for (const [month, price] of Object.entries(state.prices)) hash.append("price", `${month}=${price}`);
  for (const [meeting, size] of Object.entries(state.outcomes)) hash.append("outcome", `${meeting}=${size}`);
  put("quotes", state.typed, own.typed);
  return hash.toString();
}

/** The state that a link carries; what is no state of this page is left out. */
export function fromHash(text: string): State {
  const hash = new URLSearchParams(text.replace(/^#/, ""));
  const own = initial();
  const matching = (name: string, pattern: RegExp, standard: string) => {
    const value = hash.get(name) ?? standard;
    return pattern.test(value) ? value : standard;
  };
  const pairs = (name: string, pattern: RegExp) =>
    Object.fromEntries(
      hash
        .getAll(name)
        .filter((pair) => pattern.test(pair))
        .map((pair) => pair.split("=") as [string, string]),
    );
  const day = /^\d{4}-\d{2}-\d{2}$/;
  return {
    before: matching("before", /^(none|\d{4}-\d{2}-\d{2})$/, own.before),
    after: matching("after", day, own.after),
    meeting: matching("meeting", day, own.meeting),
    method: matching("method", /^(fedwatch|least-squares)$/, own.method),
    decisionDay: matching("decision-day", /^(old|old-holidays|new)$/, own.decisionDay),
    chain: Number(matching("chain", /^([1-9]|1\d|2[0-4])$/, String(own.chain))),
    prices: pairs("price", /^\d{4}-\d{2}=\d{1,3}(\.\d{1,8})?$/),
    outcomes: pairs("outcome", /^\d{4}-\d{2}-\d{2}=[+-]?\d{1,3}bp$/),
    typed: (hash.get("quotes") ?? "").slice(0, 20_000),
  };
}
