"""The cost of a tick archive on Spark, and the memory of its workers: python benches/spark.py [MILLIONS OF ROWS]

Ticks are made here, a day a partition, in order. Seconds are elapsed ones of a local Spark with one core.
"""

import datetime as dt
import glob
import sys
import tempfile
import threading
import time

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import SparkSession

import fedpath
import fedpath.spark

MONTHS = ["ZQX25", "ZQZ25", "ZQF26", "ZQG26", "ZQH26", "ZQJ26", "ZQK26", "ZQM26", "ZQN26", "ZQQ26"]


def day_of_ticks(day: dt.date, instants: int) -> pa.Table:
    """So many instants a second apart, each on ten contracts."""
    random = np.random.default_rng(day.toordinal())
    start = np.datetime64(f"{day}T00:00:00", "us")
    moments = np.repeat(start + np.arange(instants) * np.timedelta64(86_000_000 // instants * 1000, "us"), len(MONTHS))
    walk = np.cumsum(random.integers(-1, 2, (instants, len(MONTHS))), axis=0) % 40
    prices = np.round(96.2 + 0.005 * walk + 0.05 * np.arange(len(MONTHS)), 4).ravel()
    return pa.table({"time": moments, "contract": MONTHS * instants, "settle": prices})


def largest_worker(stop: threading.Event, found: list[int]) -> None:
    """The most memory in kB that a Python worker of Spark has held."""
    while not stop.wait(0.1):
        for status in glob.glob("/proc/[0-9]*/status"):
            try:
                with open(status.replace("status", "cmdline"), "rb") as file:
                    if b"pyspark.daemon" not in file.read():
                        continue
                with open(status) as file:
                    found.append(next(int(line.split()[1]) for line in file if line.startswith("VmHWM")))
            except (OSError, StopIteration):
                continue


def main() -> None:
    millions = float(sys.argv[1]) if len(sys.argv) > 1 else 4
    days = [dt.date(2025, 11, 3) + dt.timedelta(days) for days in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)]
    instants = int(millions * 1e6) // len(MONTHS) // len(days)
    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.memory", "2g")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    with tempfile.TemporaryDirectory() as folder:
        for day in days:
            pq.write_table(day_of_ticks(day, instants), f"{folder}/{day}.parquet")
        frame = session.read.parquet(folder).repartition(1).sortWithinPartitions("time")
        frame = frame.withColumn("time", frame.time.cast("timestamp_ntz")).cache()
        rows = frame.count()
        runs = [
            ("presorted, a row a meeting", {"presorted": True, "layout": "meetings"}),
            ("presorted, a row a range", {"presorted": True}),
            ("shuffled by the day, a row a meeting", {"layout": "meetings"}),
        ]
        for name, how in runs:
            stop, found = threading.Event(), [0]
            watch = threading.Thread(target=largest_worker, args=(stop, found))
            watch.start()
            times = []
            for _ in range(3):
                start = time.perf_counter()
                fedpath.spark.history(frame, carry=False, **how).write.format("noop").mode("overwrite").save()
                times.append(time.perf_counter() - start)
            stop.set()
            watch.join()
            cost = sorted(times)[1] / rows * 1e6
            print(f"Spark {session.version}, {name}: {rows} rows, {cost:.2f} s per million, largest worker {max(found) // 1024} MB", flush=True)
    session.stop()


main()
