#!/usr/bin/env python3
"""The estimates of `fedpath bounds --point` against scipy's convex solvers.

usage: point-oracle.py FEDPATH REPORT.txt[.gz] [OPTIONS...]
       point-oracle.py FEDPATH --random COUNT

Builds the conditions of the quotes by the rules of `bounds-oracle.py` beside it, and from them finds the distribution of the largest
entropy (scipy's SLSQP, over the sequences of moves themselves and not on the lattice: at most two or three meetings) and the
non-negative least squares of Carlson, Craig and Melick (scipy's nnls). Compares every outcome of every meeting for which the program
prints an estimate. Fails from 0.0005 on, half of the last digit that is printed. Needs `pip install scipy`.
"""
import importlib.util
import os
import random
import re
import sys
import tempfile
from datetime import date

import numpy
from scipy.optimize import linprog, minimize, nnls

TOLERANCE = 5e-4

beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bounds-oracle.py")
spec = importlib.util.spec_from_file_location("bounds_oracle", beside)
oracle = importlib.util.module_from_spec(spec)
spec.loader.exec_module(oracle)


def paths_of(lattice):
    """Every sequence of moves as the cells that it goes through."""
    by = {}
    for column, (meeting, level, move) in enumerate(lattice.cells):
        by.setdefault((meeting, level), []).append((column, level + move))
    paths = [([], 0)]
    for meeting in range(len(lattice.meetings)):
        paths = [(cells + [cell], after) for cells, level in paths for cell, after in by[meeting, level]]
    through = numpy.zeros((len(lattice.cells), len(paths)))
    for index, (cells, _) in enumerate(paths):
        through[cells, index] = 1
    return through


def most_even(lattice, widened):
    """The largest entropy over the sequences of moves, from a point well inside what the quotes allow."""
    through = paths_of(lattice)
    rows, count = numpy.array(lattice.rows) @ through / 25, through.shape[1]
    rows = numpy.vstack([-rows, rows])
    most = numpy.concatenate([widened - numpy.array(lattice.lows), widened + numpy.array(lattice.highs)]) / 25
    one = {"A_eq": numpy.ones((1, count)), "b_eq": [1], "bounds": (0, 1), "method": "highs"}
    ends = [linprog(sign * end, A_ub=rows, b_ub=most, **one).x for end in numpy.eye(count) for sign in (1, -1)]
    floor = 1e-14
    found = minimize(
        lambda x: x @ numpy.log(x), numpy.maximum(numpy.mean(ends, axis=0), floor),
        jac=lambda x: numpy.log(x) + 1, method="SLSQP", bounds=[(floor, 1)] * count,
        constraints=[
            {"type": "ineq", "fun": lambda x: most - rows @ x, "jac": lambda x: -rows},
            {"type": "eq", "fun": lambda x: x.sum() - 1, "jac": lambda x: numpy.ones(count)},
        ],
        options={"maxiter": 2000, "ftol": 1e-13},
    )
    # Status 8: no step is left that rounding does not hide.
    if not found.success and found.status != 8:
        sys.exit(f"scipy: {found.message}")
    return through @ found.x


def least_squares(lattice):
    rows, flow, values = numpy.array(lattice.rows), *lattice.flow()
    middle = (numpy.array(lattice.lows) + lattice.highs) / 2
    # The flow holds exactly where it weighs most.
    heavy = 1e5
    found, _ = nnls(numpy.vstack([rows, heavy * flow]), numpy.concatenate([middle, heavy * values]), maxiter=100000)
    return found


def compare(document, lattice, found):
    worst, count, open_ones = 0.0, 0, 0
    for index, meeting in enumerate(document["meetings"]):
        for outcome in meeting["outcomes"]:
            name = outcome["event"]
            event = oracle.happens(name, index)
            if event is None:
                lower = int(re.fullmatch(r"range:(-?\d+)-(-?\d+)", name)[1])
                level = round((lower - float(document["target_lower_percent"]) * 100) / 25)
                event = lambda at, before, k, level=level: at == index and before + k == level
            if outcome["point"] is None:
                open_ones += 1
                continue
            here = sum(share for share, cell in zip(found, lattice.cells) if event(*cell))
            if abs(here - float(outcome["point"])) > TOLERANCE:
                print(f"  {meeting['meeting']} {name}: {outcome['point']} there, {here:.6f} here")
            worst, count = max(worst, abs(here - float(outcome["point"]))), count + 1
    print(f"{document['point']}: {count} estimates, {open_ones} left open; the largest difference {worst:.1e}")
    return worst


def both(fedpath, arguments, quotes, options):
    worst = 0.0
    for method in ("maximum-entropy", "carlson-craig-melick"):
        document = oracle.run(fedpath, [*arguments, *options, "--point", method])
        lattice = lattice_of(document, quotes, options)
        by = {one["quote"]: float(one["widened_bp"]) + 1e-6 for one in document["forced_by"]}
        widened = numpy.array([by.get(name, 0.0) for name in lattice.names])
        found = most_even(lattice, widened) if method == "maximum-entropy" else least_squares(lattice)
        worst = max(worst, compare(document, lattice, found))
    return worst


def lattice_of(document, quotes, options):
    value = lambda key, default=None: options[options.index(key) + 1] if key in options else default
    months = value("--months")
    if months:
        kept = {tuple(int(part) for part in month.split("-")) for month in months.split(",")}
        quotes.futures = {month: price for month, price in quotes.futures.items() if month in kept}
        quotes.options = {key: premium for key, premium in quotes.options.items() if key[0] in kept}
    meetings = [date.fromisoformat(one["meeting"]) for one in document["meetings"]]
    return oracle.Lattice(
        quotes, meetings, float(document["start_rate_percent"]), oracle.span(document, "moves", ""),
        oracle.span({"levels": value("--levels", "-400..400")}, "levels", ""), value("--strikes", "out-of-the-money"),
        "--undiscounted" not in options, {left["quote"] for left in document["left_out"]},
    )


def main():
    fedpath, what, *options = sys.argv[1:]
    worst = 0.0
    if what == "--random":
        with tempfile.TemporaryDirectory() as folder:
            for seed in range(int(options[0])):
                quotes = oracle.random_day(random.Random(seed), folder)
                files = [os.path.join(folder, "futures.csv"), "--options", os.path.join(folder, "options.csv")]
                worst = max(worst, both(fedpath, files, quotes, ["--start-rate", "3.88", "--chain", "2"]))
    else:
        as_of = date.fromisoformat(oracle.run(fedpath, [what, "--options", what, *options])["as_of"])
        worst = both(fedpath, [what, "--options", what], oracle.read_report(what, as_of), options)
    print(f"largest difference {worst:.1e}")
    if worst > TOLERANCE:
        sys.exit("too far apart")


if __name__ == "__main__":
    main()
