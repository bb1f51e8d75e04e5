#!/usr/bin/env python3
"""The prices of `fedpath path --method joint` against QuantLib.

usage: joint-oracle.py FEDPATH AS_OF QUOTES... -- OPTIONS...

Runs `FEDPATH path QUOTES... --as-of AS_OF OPTIONS... --format json`, builds the daily overnight rate that its meetings and its basis
mean as a QuantLib curve, and prices every SOFR future as `OvernightIndexFuture`; fed funds futures as the mean of the days of their
month. Prints how far each model price lies from ours, and fails from 1e-6 on. Needs `pip install QuantLib`.
"""
import json
import subprocess
import sys
from datetime import date, timedelta

import QuantLib as ql

TOLERANCE = 1e-6


def day(text):
    return date.fromisoformat(text)


def ql_date(when):
    return ql.Date(when.day, when.month, when.year)


class Path:
    """The effective rate and the basis of a document, day by day."""

    def __init__(self, document):
        self.as_of = day(document["as_of"])
        meetings = document["meetings"]
        self.start = float(meetings[0]["rate_before_percent"])
        self.steps = [(day(one["effective"]), float(one["rate_after_percent"])) for one in meetings]
        self.steps += [(day(one["effective"]), float(one["rate_after_percent"])) for one in document.get("shared_levels", [])]
        self.steps.sort()
        self.knots = [(knot["days"], float(knot["basis_bp"]) / 100) for knot in document["basis"]]

    def effective(self, when):
        rate = self.start
        for effective, after in self.steps:
            if effective <= when:
                rate = after
        return rate

    def basis(self, when):
        if not self.knots:
            return 0.0
        ahead = (when - self.as_of).days
        before = [knot for knot in self.knots if knot[0] <= ahead]
        behind = [knot for knot in self.knots if knot[0] > ahead]
        if not before:
            return behind[0][1]
        if not behind:
            return before[-1][1]
        (first, low), (last, high) = before[-1], behind[0]
        return low + (high - low) * (ahead - first) / (last - first)


def fixings(path):
    rows = (line.strip().split(",")[:2] for line in open(path) if not line.startswith("#"))
    return {day(when): float(rate) for when, rate in rows if when[:2] in ("19", "20") and rate.strip() not in ("", ".")}


def option(options, name):
    return options[options.index(name) + 1] if name in options else None


def quantlib_price(product, start, end, curve_rate, known, as_of):
    """The price of a SOFR future by QuantLib, its curve built fixing by fixing."""
    calendar = ql.UnitedStates(ql.UnitedStates.SOFR)
    ql.Settings.instance().evaluationDate = ql_date(as_of)
    last = end + timedelta(days=400)
    dates, factors = [ql_date(as_of)], [1.0]
    when = as_of
    while when < last:
        following = when + timedelta(days=1)
        while not calendar.isBusinessDay(ql_date(following)):
            following += timedelta(days=1)
        fixed_on = when
        while not calendar.isBusinessDay(ql_date(fixed_on)):
            fixed_on -= timedelta(days=1)
        rate, before = curve_rate(fixed_on) / 100 / 360, factors[-1]
        after = before / (1 + rate * (following - when).days)
        # A period that begins or ends on a holiday begins or ends in the middle of a fixing's days.
        if when < start < following:
            dates.append(ql_date(start))
            factors.append(after * (1 + rate * (following - start).days))
        elif when < end < following:
            dates.append(ql_date(end))
            factors.append(before / (1 + rate * (end - when).days))
        dates.append(ql_date(following))
        factors.append(after)
        when = following
    handle = ql.YieldTermStructureHandle(ql.DiscountCurve(dates, factors, ql.Actual360()))
    index = ql.Sofr(handle)
    index.clearFixings()
    for fixed_on, rate in known.items():
        if fixed_on < as_of and calendar.isBusinessDay(ql_date(fixed_on)) and fixed_on >= start - timedelta(days=10):
            index.addFixing(ql_date(fixed_on), rate / 100)
    averaging = ql.RateAveraging.Compound if product == "SR3" else ql.RateAveraging.Simple
    future = ql.OvernightIndexFuture(index, ql_date(start), ql_date(end), ql.QuoteHandle(), averaging)
    return future.NPV()


def fed_funds_price(start, end, path, known):
    """The mean of the days of a month; a weekend or holiday carries the business day before."""
    calendar = ql.UnitedStates(ql.UnitedStates.FederalReserve)
    total, when = 0.0, start
    while when < end:
        fixed_on = when
        while not calendar.isBusinessDay(ql_date(fixed_on)):
            fixed_on -= timedelta(days=1)
        total += known[fixed_on] if fixed_on < path.as_of and known else path.effective(fixed_on)
        when += timedelta(days=1)
    return 100 - total / (end - start).days


def main():
    program, as_of, rest = sys.argv[1], sys.argv[2], sys.argv[3:]
    split = rest.index("--")
    quotes, options = rest[:split], rest[split + 1:]
    command = [program, "path", *quotes, "--as-of", as_of, *options, "--format", "json", "-q"]
    document = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    path = Path(document)
    effr, sofr = (fixings(name) if name else {} for name in (option(options, "--fixings"), option(options, "--sofr")))
    worst, counted = {}, 0
    for row in document["contracts"]:
        if row["model_price"] is None or not row["used"]:
            continue
        start, end = day(row["reference_start"]), day(row["reference_end"])
        product, ours = row["product"], float(row["model_price"])
        if product == "ZQ":
            theirs = fed_funds_price(start, end, path, effr)
        else:
            rate = lambda when: path.effective(when) - path.basis(when)
            theirs = quantlib_price(product, start, end, rate, sofr, path.as_of)
        counted += 1
        worst[product] = max(worst.get(product, 0.0), abs(theirs - ours))
        if abs(theirs - ours) >= TOLERANCE:
            print(f"{product} {row['contract']}: {ours:.9f} and {theirs:.9f}")
    figures = ", ".join(f"{product} {miss:.1e}" for product, miss in sorted(worst.items()))
    print(f"{as_of}: {counted} contracts, QuantLib {ql.__version__}, largest difference in price: {figures}")
    return 1 if not worst or max(worst.values()) >= TOLERANCE else 0


if __name__ == "__main__":
    sys.exit(main())
