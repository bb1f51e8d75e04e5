"""Times of the package, in CPU seconds, medians of five: python benches/history.py SETTLEMENTS.csv.gz

The file has the columns date, contract_month and close. The ticks are made here. Where cme-fedwatch is installed (0.2.1), a year of days is
priced by both in one run.
"""

import datetime as dt
import subprocess
import sys
import time
from statistics import median

import numpy as np
import polars as pl

import fedpath


def cpu(work, repeats: int = 5) -> str:
    times, waits = [], []
    for _ in range(repeats):
        start, wait = time.process_time(), time.perf_counter()
        work()
        times.append(time.process_time() - start)
        waits.append(time.perf_counter() - wait)
    return f"{median(times):.3f} s of processor time, {median(waits):.3f} s elapsed"


def ticks(instants: int, missing: float = 0.0) -> pl.DataFrame:
    """So many instants 20 milliseconds apart, on ten contracts each, prices on the tick grid."""
    random = np.random.default_rng(1)
    months = [f"2025-{month:02}" for month in (11, 12)] + [f"2026-{month:02}" for month in range(1, 9)]
    start = np.datetime64("2025-11-21T08:00:00", "us")
    moments = start + np.arange(instants) * np.timedelta64(20_000, "us")
    walk = 96.2 + 0.005 * (np.cumsum(random.integers(-1, 2, (instants, len(months))), axis=0) % 40)
    columns = {"time": moments}
    for place, month in enumerate(months):
        prices = np.round(walk[:, place] + 0.05 * place, 4)
        columns[month] = np.where(random.random(instants) < missing, np.nan, prices) if missing else prices
    return pl.DataFrame(columns).with_columns(pl.col(months).fill_nan(None))


def a_year() -> pl.DataFrame:
    """The weekdays of 2025, each with eighteen contracts on the tick grid."""
    random = np.random.default_rng(2)
    days = pl.date_range(pl.date(2025, 1, 2), pl.date(2025, 12, 31), eager=True)
    rows = []
    for day in days.filter(days.dt.weekday() <= 5):
        shift = 0.005 * int(random.integers(-6, 7))
        for place in range(18):
            year, month = divmod(12 * day.year + day.month - 1 + place, 12)
            rows.append((day, f"{year}-{month + 1:02}", round(95.67 + 0.05 * place + shift, 4)))
    return pl.DataFrame(rows, schema=["date", "contract", "settle"], orient="row")


def beside_cme_fedwatch() -> None:
    """A year of days of fedpath from a frame, and of cme-fedwatch from rows that lie ready, nine meetings a day."""
    try:
        from cme_fedwatch.calc import calculate
        from cme_fedwatch.fomc import FOMC_MEETINGS
    except ImportError:
        return
    year = a_year()
    asked = []
    for (day,), rows in year.group_by("date", maintain_order=True):
        names = [dt.date.fromisoformat(f"{contract}-01").strftime("%b %y").upper() for contract in rows["contract"]]
        settlements = [{"month": name, "settle": price} for name, price in zip(names, rows["settle"])]
        asked.append((settlements, [meeting for meeting in FOMC_MEETINGS if meeting >= day][:9]))
    target = (4.25, 4.50)
    told = [calculate(*one, target) for one in asked]
    print(f"cme-fedwatch, {len(told)} days, {sum(map(len, told))} meetings:", cpu(lambda: [calculate(*one, target) for one in asked]))
    print("fedpath, the same days:", cpu(lambda: fedpath.history(year, threads=1)))


def main() -> None:
    beside_cme_fedwatch()
    settlements = pl.read_csv(sys.argv[1]).select("date", contract="contract_month", settle="close")
    for threads in (1, 2):
        print(f"{len(settlements)} settlements to decimals, threads={threads}:", cpu(lambda t=threads: fedpath.history(settlements, numbers="decimal", threads=t)))
    few = ticks(100_000, missing=0.1)
    print("100,000 instants, a tenth of the prices missing:", cpu(lambda: fedpath.history(few, threads=1)))
    many = ticks(1_000_000)
    for threads in (1, 2):
        print(f"1,000,000 instants of 10 contracts, threads={threads}:", cpu(lambda t=threads: fedpath.history(many, threads=t), 3))
    for name, code in [("python alone", "pass"), ("import fedpath", "import fedpath")]:
        times = []
        for _ in range(15):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            times.append(time.perf_counter() - start)
        print(f"{name}: {1000 * median(times):.0f} ms elapsed")


main()
