#!/usr/bin/env python3
"""The same strip priced by fedpath and by what a user would pick instead, in one run on one machine.

    python3 benches/peers.py

installs the peers from PyPI into target/peers (nowhere else), checks that they say what fedpath says, then times them beside
the benchmarks of `benches/engine.rs`, and prints medians and ratios. Needs Python 3.9 or later and cargo.
"""

import csv
import io
import json
import os
import pathlib
import statistics
import subprocess
import sys
import timeit
import venv

ROOT = pathlib.Path(__file__).resolve().parent.parent
PEERS = ROOT / "target" / "peers"
PYTHON = PEERS / "bin" / "python"
PACKAGES = ["cme-fedwatch==0.2.1", "pyfedwatch==1.2.0", "pandas==2.2.3", "numpy==2.2.6"]

AS_OF = "2025-11-21"
TARGET = (3.75, 4.00)
# As in benches/engine.rs: November 2025 to May 2027, chosen for the benchmark.
PRICES = [96.12, 96.18, 96.225, 96.265, 96.305, 96.375, 96.43, 96.495, 96.57, 96.63, 96.685, 96.73, 96.765, 96.79, 96.80,
          96.795, 96.79, 96.775, 96.76]
MONTHS = [(2025 + (10 + place) // 12, (10 + place) % 12 + 1) for place in range(len(PRICES))]
NAMES = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
CODES = "FGHJKMNQUVXZ"


def main():
    if pathlib.Path(sys.prefix).resolve() != PEERS.resolve():
        if not PYTHON.exists():
            venv.create(PEERS, with_pip=True)
        subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        os.execv(PYTHON, [str(PYTHON), __file__])
    cme, meetings = cme_fedwatch()
    agree_with_cme_fedwatch(cme(), meetings)
    pyfed = pyfedwatch(meetings)
    agree_with_pyfedwatch(pyfed())

    subprocess.run(["cargo", "bench", "--bench", "engine", "--", "12 meetings", "--measurement-time", "3"], cwd=ROOT,
                   check=True, stdout=subprocess.DEVNULL)
    table = criterion("one table of 12 meetings", "plan")
    many = criterion("10,000 dates of 12 meetings", "one processor")
    rows = [
        ("fedpath, exact, a plan", table, many),
        ("fedpath, f64 in the same loop", criterion("one table of 12 meetings", "plan in f64"), None),
        ("fedpath, one tick of a session", criterion("one table of 12 meetings", "tick of the first contract"), None),
        ("fedpath, compiling a plan", criterion("one table of 12 meetings", "compiling a plan"), None),
        ("fedpath, readable engine", criterion("one table of 12 meetings", "readable engine"), None),
        ("cme-fedwatch 0.2.1", timed(cme), timed(lambda: [cme() for _ in range(10_000)], repeats=1)),
        ("pyfedwatch 1.2.0", timed(pyfed), None),
    ]
    print(f"\n12 meetings as of {AS_OF}, medians; in multiples of an exact table of a plan\n")
    print(f"{'':34}{'one date':>14}{'':>12}{'10,000 dates':>14}")
    for name, one, ten_thousand in rows:
        many_told = "" if ten_thousand is None else f"{ten_thousand * 1e3:11.1f} ms"
        print(f"{name:34}{one * 1e6:11.2f} us{one / table:11.1f}x{many_told:>14}")


def timed(call, repeats=7):
    """Median seconds of one call, over several rounds of a tenth of a second at least."""
    timer = timeit.Timer(call)
    number = 1 if repeats == 1 else max(1, timer.autorange()[0] // 2)
    return statistics.median(timer.repeat(repeats, number)) / number


def criterion(group, name):
    """Median seconds of a benchmark that has just run."""
    estimates = ROOT / "target" / "criterion" / group / name / "new" / "estimates.json"
    return json.loads(estimates.read_text())["median"]["point_estimate"] * 1e-9


def fedpath(*options):
    """Each meeting's outcomes by fedpath: {meeting: {lower bound in bp: probability}}."""
    quotes = "\n".join([f"# as_of: {AS_OF}", "contract,price"] +
                       [f"{year}-{month:02},{price:.4f}" for (year, month), price in zip(MONTHS, PRICES)])
    command = ["cargo", "run", "--quiet", "--release", "--", "probs", "-", "--count", "12", "--format", "csv", *options]
    told = subprocess.run(command, cwd=ROOT, input=quotes, text=True, capture_output=True, check=True).stdout
    table = {}
    for row in csv.DictReader(io.StringIO(told)):
        table.setdefault(row["meeting"], {})[int(row["lower_bp"])] = float(row["probability"])
    return table


def cme_fedwatch():
    from cme_fedwatch.calc import calculate
    from cme_fedwatch.fomc import FOMC_MEETINGS

    meetings = [meeting for meeting in FOMC_MEETINGS if meeting.isoformat() >= AS_OF][:12]
    settlements = [{"month": f"{NAMES[month - 1]} {year % 100}", "settle": price}
                   for (year, month), price in zip(MONTHS, PRICES)]
    return lambda: calculate(settlements, meetings, TARGET), meetings


def agree_with_cme_fedwatch(told, meetings):
    expected = fedpath()
    assert len(told) == len(expected) == 12, "twelve meetings"
    worst = 0.0
    for meeting in told:
        own = expected[meeting["date"]]
        for label, percent in meeting["probabilities"].items():
            lower = round(float(label.split("%")[0]) * 100)
            worst = max(worst, abs(percent - 100 * own.get(lower, 0.0)))
    assert worst <= 0.05 + 1e-9, f"cme-fedwatch differs by {worst} points"
    print(f"cme-fedwatch 0.2.1 agrees on {sum(len(m['probabilities']) for m in told)} cells, worst {worst:.3f} points (it prints 0.1)")


def pyfedwatch(meetings):
    import warnings

    import pandas
    from pyfedwatch.fedwatch import FedWatch

    warnings.simplefilter("ignore")
    frames = {f"ZQ{CODES[month - 1]}{year % 100:02}": pandas.DataFrame({"Date": [pandas.Timestamp(AS_OF)], "Close": [price]})
              for (year, month), price in zip(MONTHS, PRICES)}
    # One meeting more: it looks for the last month without one only up to the last date it is given.
    dates = ["2025-09-17", "2025-10-29", *[meeting.isoformat() for meeting in meetings], "2027-06-09"]

    def contract(symbol):
        return frames[symbol].copy()

    def call():
        watch = FedWatch(watch_date=AS_OF, fomc_dates=dates, num_upcoming=12, user_func=contract)
        return watch.generate_hike_info(rate_cols=True, watch_rate_range=TARGET)

    return call


def agree_with_pyfedwatch(told):
    """Its decision day carries the new rate."""
    expected = fedpath("--decision-day", "new")
    worst = cells = 0
    for (_, meeting), row in told.iterrows():
        own = expected[str(meeting)[:10]]
        for label, probability in row.items():
            lower = round(float(label.split("-")[0]) * 100)
            worst, cells = max(worst, abs(probability - own.get(lower, 0.0))), cells + 1
    print(f"pyfedwatch 1.2.0 on {cells} cells of {len(told)} meetings, worst difference {worst:.1e} (decision day at the new rate)")
    assert len(told) == 12 and worst < 1e-9, "pyfedwatch differs"


if __name__ == "__main__":
    main()
