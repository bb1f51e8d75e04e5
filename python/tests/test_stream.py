"""Rows priced as they come."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
import time
from typing import Any

import pytest

import fedpath

from test_history import frames, moments, real


def batches(table: Any, rows: int) -> Any:
    import pyarrow

    return pyarrow.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=rows))


@pytest.mark.parametrize("rows", [1, 3, 1000])
def test_a_stream_has_the_rows_of_the_history(rows: int) -> None:
    import polars

    table = frames()["pyarrow"]
    wanted = fedpath.history(table, numbers="decimal").to_polars()
    assert fedpath.stream(batches(table, rows), numbers="decimal").to_polars().equals(wanted)
    parts = [part.to_polars() for part in fedpath.stream(batches(table, rows), numbers="decimal")]
    assert polars.concat(parts).equals(wanted)


def test_prices_stand_across_batches_and_threads() -> None:
    table = moments().to_arrow()
    wanted = fedpath.history(table, fill=True).to_polars()
    for rows in (1, 5, 6):
        assert fedpath.stream(batches(table, rows), fill=True).to_polars().equals(wanted)


def test_real_moments_are_the_same_on_two_threads() -> None:
    import polars

    frame = real().filter(polars.col("date") >= dt.date(2015, 1, 1))
    ticks = frame.with_columns(ts=polars.col("date").cast(polars.Datetime("us")) + polars.duration(seconds=polars.int_range(polars.len()).over("date"))).drop("date")
    one, two = (fedpath.history(ticks, fill=True, threads=threads).to_polars() for threads in (1, 2))
    assert one.equals(two) and len(one) > 100_000


def test_rows_out_of_order_are_refused() -> None:
    table = frames()["polars shuffled"].to_arrow()
    for rows in (1, 1000):
        stream = fedpath.stream(batches(table, rows))
        with pytest.raises(fedpath.OptionError, match="in the order of their time"):
            stream.to_arrow()
        with pytest.raises(fedpath.OptionError, match="in the order of their time"):
            list(fedpath.stream(batches(table, rows)))


def test_errors_keep_their_class() -> None:
    import polars

    table = frames()["polars"].with_columns(settle=polars.lit(3.82)).to_arrow()
    for read in (lambda stream: stream.to_arrow(), lambda stream: stream.to_polars(), list):
        with pytest.raises(fedpath.QuoteError, match="found 3.82") as caught:
            read(fedpath.stream(batches(table, 1), on_error="raise"))
        assert (caught.value.line, caught.value.column) == (0, "settle")


def test_an_error_of_the_source_is_told() -> None:
    import pyarrow

    table = frames()["pyarrow"]

    def broken() -> Any:
        yield table.to_batches()[0]
        raise ValueError("the disk is gone")

    with pytest.raises(fedpath.FedpathError, match="the disk is gone"):
        fedpath.stream(pyarrow.RecordBatchReader.from_batches(table.schema, broken())).to_arrow()


def test_a_stream_is_read_once() -> None:
    stream = fedpath.stream(batches(frames()["pyarrow"], 1000))
    assert len(stream.to_arrow()) > 0 and stream.priced == 4 and stream.failed == 0 and stream.errors == []
    with pytest.raises(fedpath.OptionError, match="used up"):
        stream.to_arrow()
    with pytest.raises(fedpath.OptionError, match="wide"):
        fedpath.stream(batches(frames()["pyarrow"], 1), layout="wide")  # type: ignore[arg-type]


def test_a_partition_needs_the_settlements_of_others() -> None:
    import polars
    from fedpath import _fedpath
    from fedpath._given import options

    frame = frames()["polars"]
    split = polars.col("date") == dt.date(2025, 12, 1)
    table, before, after = frame.to_arrow(), frame.filter(~split), frame.filter(split)
    whole = fedpath.history(table).to_polars().filter(split)
    alone = fedpath.stream(after).to_polars()
    form = {"layout": "tidy", "numbers": "float", "view": "cumulative", "on_error": "collect"}
    settled = _fedpath.settlements(before, options(form))
    assert settled == [(dt.date(2025, 11, 28), 9612250)]
    assert fedpath.stream(after, settled=settled).to_polars().equals(whole)
    # The trap: without it there are other figures, or none.
    assert not alone.equals(whole)
    # A seed of an earlier day does not stand before the partition's own.
    early = fedpath.stream(table, settled=[(dt.date(2025, 11, 26), 9_600_000)]).to_polars()
    assert early.equals(fedpath.history(table).to_polars())


def test_memory_is_bounded() -> None:
    code = """
import resource, sys, datetime as dt, pyarrow as pa, fedpath
prices = [96.12, 96.18, 96.215, 96.285, 96.325, 96.385, 96.44, 96.49, 96.56, 96.615]
labels = ['2025-11', '2025-12'] + [f'2026-{month:02}' for month in range(1, 9)]
def batch(first, count):
    at = [dt.datetime(2025, 11, 21) + dt.timedelta(milliseconds=first + n) for n in range(count) for _ in labels]
    return pa.record_batch({'ts': pa.array(at, pa.timestamp('us')), 'contract': pa.array(labels * count), 'settle': pa.array(prices * count)})
def run(batches, count):
    schema = batch(0, 1).schema
    source = pa.RecordBatchReader.from_batches(schema, (batch(n * count, count) for n in range(batches)))
    return sum(len(part) for part in fedpath.stream(source))
run(4, 2000)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert run(60, 2000) > 1_000_000
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    grown = int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
    # 1.2 million rows in, four million out: less than the tenth of them at once.
    assert grown < 20_000, grown


def test_other_threads_go_on() -> None:
    import polars

    frame = polars.concat([frames()["polars"]] * 20_000)
    longest, running = 0.0, True

    def watch() -> None:
        nonlocal longest
        while running:
            begun = time.perf_counter()
            time.sleep(0.001)
            longest = max(longest, time.perf_counter() - begun)

    watcher = threading.Thread(target=watch)
    watcher.start()
    begun = time.perf_counter()
    fedpath.history(frame)
    lasted = time.perf_counter() - begun
    running = False
    watcher.join()
    # Held for the whole call, it would have waited as long.
    assert longest < max(0.05, lasted / 2), (longest, lasted)
