#!/usr/bin/env python3
"""The bounds of `fedpath bounds` against scipy's solver and, on small lattices, against every corner.

usage: bounds-oracle.py FEDPATH REPORT.txt[.gz] [OPTIONS...]
       bounds-oracle.py FEDPATH --random COUNT

Reads the fed funds futures and options of an STL settlement report by rules of its own, builds the linear programme of the quotes,
and compares the smallest widening and both ends of every move, range and decision of every meeting with those of
`FEDPATH bounds REPORT --options REPORT OPTIONS... --format json`. With --random, COUNT random distributions over two meetings are
priced instead, rounded to ticks, and written as tables: the quotes must agree as they stand, and with December's meeting alone
every corner of the feasible set is tried too. Fails from 1e-6 on. Needs `pip install scipy`.
"""
import calendar
import gzip
import itertools
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from datetime import date, timedelta

import numpy
from scipy.optimize import linprog

TOLERANCE = 1e-6
# Widened no further than they must be, quotes leave room of a millionth of a basis point.
TIGHT = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JLY", "AUG", "SEP", "OCT", "NOV", "DEC"]
OPTION_TICK, CABINET = 0.0025, (0.0, 0.00375)


class Quotes:
    """Futures by month; options by month, strike and side as the interval of the premium. Months are (year, month)."""

    def __init__(self, as_of):
        self.as_of, self.futures, self.options = as_of, {}, {}

    def settled(self, month, strike, side, premium):
        low_high = CABINET if premium in ("CAB", 0.0025) else (premium - OPTION_TICK / 2, premium + OPTION_TICK / 2)
        self.options[month, strike, side] = low_high


def read_report(path, as_of):
    opened = gzip.open(path, "rt", errors="replace") if path.endswith(".gz") else open(path, errors="replace")
    quotes, futures, option = Quotes(as_of), False, None
    for line in opened:
        words = line.split()
        if not words:
            continue
        if line.startswith("FF 30 DAY FED FUNDS FUTURES"):
            futures, option = True, None
        elif words[0] == "FFC" and len(words) > 2:
            futures, option = False, (month_of(words[1]), words[-1].lower())
        elif words[0] == "TOTAL" or not (words[0].isdigit() or words[0][:3] in MONTHS):
            futures, option = False, None
        elif futures and words[0][:3] in MONTHS:
            quotes.futures[month_of(words[0])] = float(words[5])
        elif option and words[0].isdigit() and words[5] != "----":
            quotes.settled(option[0], strike_of(words[0]), option[1], "CAB" if words[5] == "CAB" else float(words[5]))
    return quotes


def month_of(label):
    return 2000 + int(label[3:]), MONTHS.index(label[:3]) + 1


def strike_of(label):
    """97937 is 97.9375 and 100062 is 100.0625: strikes lie on sixteenths, and their last digit is cut."""
    whole, rest = label[:-3], label[-3:]
    return int(whole) + round(int(rest) / 62.5 + 0.01) / 16


class Lattice:
    """The conditions `low <= row x <= high` on the cells (meeting, level, move), in basis points."""

    def __init__(self, quotes, meetings, start, moves, levels, strikes, discounted, skipped, slippage=0.0):
        self.cells, reached = [], {0}
        for meeting in range(len(meetings)):
            here = [(meeting, level, k) for level in sorted(reached) for k in moves if level + k in levels]
            self.cells += here
            reached = {level + k for _, level, k in here}
        self.meetings, self.names, self.rows, self.lows, self.highs = meetings, [], [], [], []
        for month, price in sorted(quotes.futures.items()):
            name = f"ZQ{code(month)}"
            half = 0.00125 if month == (quotes.as_of.year, quotes.as_of.month) else 0.0025
            row = self.row(month, lambda over: over)
            if name in skipped or row is None:
                continue
            bp = (100 - price - start) * 100
            self.add(name, row, bp - half * 100 - slippage, bp + half * 100 + slippage)
        for (month, strike, side), (low, high) in sorted(quotes.options.items()):
            sign = 1 if side == "call" else -1
            row = self.row(month, lambda over: max(sign * ((100 - start - strike) * 100 - over), 0.0))
            future = quotes.futures.get(month)
            both = (month, strike, "put" if side == "call" else "call") in quotes.options
            inside = strikes == "out-of-the-money" and both and future is not None and sign * (strike - future) < 0
            if row is None or f"OZQ{code(month)}" in skipped or inside:
                continue
            priced = [100 - price for other, price in quotes.futures.items() if other <= month]
            days = (expiry(month) - quotes.as_of).days if discounted else 0
            growth = 1 + max([start, 0.0, *priced]) * days / 36000
            self.add(f"OZQ{code(month)} {points(strike)} {side}", row, low * 100 - slippage, high * growth * 100 + slippage)

    def add(self, name, row, low, high):
        self.names.append(name)
        self.rows.append(row)
        self.lows.append(low)
        self.highs.append(high)

    def row(self, month, payoff):
        """The payoff of the average over today's rate in each cell; None where the month sees no meeting, or several."""
        days = calendar.monthrange(*month)[1]
        first, last = date(*month, 1), date(*month, days)
        changes = [meeting + timedelta(1) for meeting in self.meetings]
        within = [index for index, change in enumerate(changes) if first < change <= last]
        earlier = [index for index, change in enumerate(changes) if change <= first]
        if len(within) > 1 or not (within or earlier):
            return None
        row = numpy.zeros(len(self.cells))
        at = within[0] if within else earlier[-1]
        old = (changes[at] - first).days if within else 0
        for column, (meeting, level, k) in enumerate(self.cells):
            if meeting == at:
                row[column] = payoff(25 * (level * old + (level + k) * (days - old)) / days)
        return row

    def flow(self):
        """The first meeting's cells add up to one, and what leaves a meeting for a level arrives at the next."""
        rows, values = [numpy.array([1.0 if meeting == 0 else 0.0 for meeting, _, _ in self.cells])], [1.0]
        for meeting in range(1, len(self.meetings)):
            for level in sorted({level for at, level, _ in self.cells if at == meeting}):
                rows.append(numpy.array([
                    float(at == meeting and before == level) - float(at == meeting - 1 and before + k == level)
                    for at, before, k in self.cells
                ]))
                values.append(0.0)
        return numpy.array(rows), numpy.array(values)

    def smallest_widening(self, each, limit):
        """The smallest slack common to all quotes, or the smallest sum of one each, none of which is larger than the limit."""
        rows, count = numpy.array(self.rows), len(self.rows)
        slack = numpy.eye(count) if each else numpy.ones((count, 1))
        cost = numpy.concatenate([numpy.zeros(len(self.cells)), numpy.ones(slack.shape[1])])
        above = numpy.vstack([numpy.hstack([-rows, -slack]), numpy.hstack([rows, -slack])])
        flow, values = self.flow()
        flow = numpy.hstack([flow, numpy.zeros((flow.shape[0], slack.shape[1]))])
        most = numpy.concatenate([-numpy.array(self.lows), self.highs])
        cell, widening = (0, None), (0, limit if each else None)
        return solved(cost, above, most, flow, values, [cell] * len(self.cells) + [widening] * slack.shape[1])

    def bounds(self, event, widened):
        rows = numpy.array(self.rows)
        above = numpy.vstack([-rows, rows])
        most = numpy.concatenate([widened - numpy.array(self.lows), widened + numpy.array(self.highs)])
        cost = numpy.array([float(event(*cell)) for cell in self.cells])
        flow, values = self.flow()
        return solved(cost, above, most, flow, values), -solved(-cost, above, most, flow, values)


def solved(cost, above, most, flow, values, ranges=(0, None)):
    found = linprog(cost, A_ub=above, b_ub=most, A_eq=flow, b_eq=values, bounds=ranges, method="highs", options=TIGHT)
    if found.status != 0:
        sys.exit(f"scipy: {found.message}")
    return found.fun


def points(strike):
    """As the program names a strike: 99, 98.8125."""
    return f"{strike:.4f}".rstrip("0").rstrip(".")


def code(month):
    return f"{'FGHJKMNQUVXZ'[month[1] - 1]}{month[0] % 100:02}"


def expiry(month):
    """The last weekday of the month, Memorial Day left out."""
    day = date(*month, calendar.monthrange(*month)[1])
    while day.weekday() > 4 or (day.month == 5 and day.weekday() == 0):
        day -= timedelta(1)
    return day


def happens(name, meeting):
    """The event of a document's name: whether it happens in a cell."""
    kind, _, rest = name.partition(":")
    sides = {"ease": lambda n: n < 0, "hold": lambda n: n == 0, "hike": lambda n: n > 0}
    if kind == "move":
        return lambda at, level, k: at == meeting and 25 * k == int(rest)
    if kind == "cumulative":
        return lambda at, level, k: at == meeting and sides[rest](level + k)
    if kind in sides:
        return lambda at, level, k: at == meeting and sides[kind](k)
    return None


def span(document, key, default):
    low, high = (int(end) for end in document.get(key, default).split(".."))
    return range(low, high + 1)


def compare(document, quotes, options):
    """The largest difference between a document and scipy, over its widening and every bound."""
    value = lambda key, default=None: options[options.index(key) + 1] if key in options else default
    meetings = [date.fromisoformat(one["meeting"]) for one in document["meetings"]]
    months = value("--months")
    if months:
        kept = {tuple(int(part) for part in month.split("-")) for month in months.split(",")}
        quotes.futures = {month: price for month, price in quotes.futures.items() if month in kept}
        quotes.options = {key: premium for key, premium in quotes.options.items() if key[0] in kept}
    lattice = Lattice(
        quotes, meetings, float(document["start_rate_percent"]), span(document, "moves", ""),
        span({"levels": value("--levels", "-400..400")}, "levels", ""), value("--strikes", "out-of-the-money"),
        "--undiscounted" not in options, {left["quote"] for left in document["left_out"]},
    )
    if len(lattice.rows) != document["quotes"]:
        sys.exit(f"{len(lattice.rows)} quotes here, {document['quotes']} there")
    each = document["widening"] == "each"
    smallest = lattice.smallest_widening(each, float(value("--max-widening", "1bp").removesuffix("bp")))
    stated = sum(float(one["widened_bp"]) for one in document["forced_by"]) if each else float(document["slack_bp"])
    worst, count = abs(smallest - stated), 0
    print(f"{len(lattice.cells)} cells, {len(lattice.rows)} quotes; widening {stated:.6f} bp, scipy {smallest:.6f}")
    by = {one["quote"]: float(one["widened_bp"]) + 1e-6 for one in document["forced_by"]}
    uniform = stated + 1e-6 if stated > 0 else 0.0
    widened = numpy.array([by.get(name, 0.0) if each else uniform for name in lattice.names])
    for index, meeting in enumerate(document["meetings"]):
        for outcome in meeting["outcomes"]:
            name = outcome["event"]
            event = happens(name, index)
            if event is None:
                lower = int(re.fullmatch(r"range:(-?\d+)-(-?\d+)", name)[1])
                level = round((lower - float(document["target_lower_percent"]) * 100) / 25)
                event = lambda at, before, k, level=level: at == index and before + k == level
            for stated, found in zip((outcome["low"], outcome["high"]), lattice.bounds(event, widened)):
                count += 1
                if abs(float(stated) - found) > TOLERANCE:
                    print(f"  {meeting['meeting']} {name}: {stated} there, {found:.9f} here")
                worst = max(worst, abs(float(stated) - found))
    print(f"{count} ends of bounds; the largest difference {worst:.1e}")
    return worst, lattice


def run(fedpath, arguments):
    text = subprocess.run([fedpath, "bounds", *arguments, "--format", "json"], check=True, capture_output=True, text=True)
    return json.loads(text.stdout)


def corners(lattice):
    """Every corner of the feasible set of one meeting, by trying all choices of the conditions that touch it."""
    size = len(lattice.cells)
    rows = numpy.vstack([-numpy.eye(size), -numpy.array(lattice.rows), numpy.array(lattice.rows)])
    most = numpy.concatenate([numpy.zeros(size), -numpy.array(lattice.lows), lattice.highs])
    for chosen in itertools.combinations(range(len(rows)), size - 1):
        matrix = numpy.vstack([numpy.ones(size), rows[list(chosen)]])
        if abs(numpy.linalg.det(matrix)) < 1e-9:
            continue
        point = numpy.linalg.solve(matrix, numpy.concatenate([[1.0], most[list(chosen)]]))
        if numpy.all(rows @ point <= most + 1e-9):
            yield point


def random_day(chance, folder):
    """A random distribution over the meetings of 10 December 2025 and 28 January 2026, priced and rounded to ticks."""
    shares = lambda: (lambda parts: [part / sum(parts) for part in parts])([chance.random() ** 3 for _ in range(5)])
    paths = {(a, b): p * q for a, p in zip(range(-2, 3), shares()) for b, q in zip(range(-2, 3), shares())}
    quotes, start = Quotes(date(2025, 11, 21)), 3.88
    tables = {"futures": ["contract,price"], "options": ["contract,type,strike,settle"]}
    for month, days in [((2025, 12), (10, 21, 0)), ((2026, 1), (0, 28, 3)), ((2026, 2), (0, 0, 28))]:
        average = lambda a, b: start + 0.25 * (days[1] * a + days[2] * (a + b)) / sum(days)
        price = round(200 * (100 - sum(p * average(a, b) for (a, b), p in paths.items()))) / 200
        quotes.futures[month] = price
        tables["futures"].append(f"ZQ{code(month)},{price:.4f}")
        for strike in [95.625 + 0.125 * step for step in range(chance.randrange(2, 9))]:
            for side, sign in (("call", 1), ("put", -1)):
                value = sum(p * max(sign * (100 - average(a, b) - strike), 0) for (a, b), p in paths.items())
                premium = max(round(value * 400) / 400, 0.0025)
                quotes.settled(month, strike, side, premium)
                tables["options"].append(f"ZQ{code(month)},{side},{strike},{premium:.4f}")
    for name, lines in tables.items():
        with open(os.path.join(folder, f"{name}.csv"), "w") as file:
            file.write("\n".join(["# as_of: 2025-11-21", *lines, ""]))
    return quotes


def try_random(fedpath, count):
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(count):
            quotes = random_day(random.Random(seed), folder)
            files = [os.path.join(folder, "futures.csv"), "--options", os.path.join(folder, "options.csv")]
            options = ["--start-rate", "3.88", "--chain", "2"]
            document = run(fedpath, [*files, *options])
            if float(document["slack_bp"]) != 0:
                sys.exit(f"seed {seed}: prices of one distribution do not agree")
            worst = max(worst, compare(document, quotes, options)[0])
            options = ["--start-rate", "3.88", "--chain", "1", "--months", "2025-12"]
            document = run(fedpath, [*files, *options])
            found, december = compare(document, quotes, options)
            every = list(corners(december))
            for outcome in document["meetings"][0]["outcomes"]:
                if outcome["event"].startswith("move:"):
                    event = happens(outcome["event"], 0)
                    shares = [sum(x for x, cell in zip(point, december.cells) if event(*cell)) for point in every]
                    ends = abs(float(outcome["low"]) - min(shares)), abs(float(outcome["high"]) - max(shares))
                    worst = max(worst, found, *ends)
    return worst


def main():
    fedpath, what, *options = sys.argv[1:]
    if what == "--random":
        worst = try_random(fedpath, int(options[0]))
    else:
        document = run(fedpath, [what, "--options", what, *options])
        quotes = read_report(what, date.fromisoformat(document["as_of"]))
        worst, _ = compare(document, quotes, options)
    print(f"largest difference {worst:.1e}")
    if worst > TOLERANCE:
        sys.exit("too far apart")


if __name__ == "__main__":
    main()
