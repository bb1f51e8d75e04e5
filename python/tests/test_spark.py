"""A frame of Spark against the same rows on one machine. Run by .ci/spark, where pyspark and Java are there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("pyspark")
pytest.importorskip("pandas")

import fedpath
import fedpath.spark

from test_history import real


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "5")
        .config("spark.driver.memory", "1g")
        .config("spark.sql.session.timeZone", "America/Chicago")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="session")
def rows() -> Any:
    """A year of real settlements, as pandas."""
    import polars

    frame = real().filter(polars.col("date").is_between(dt.date(2008, 1, 2), dt.date(2008, 12, 31)))
    return frame.rename({"contract_month": "contract"}).to_pandas().assign(date=lambda frame: frame.date.dt.date)


@pytest.fixture(scope="session")
def wanted(rows: Any) -> list[tuple[Any, ...]]:
    return collected(fedpath.history(rows, numbers="decimal", on_error="column").to_arrow().to_pylist())


def collected(rows: Any) -> list[tuple[Any, ...]]:
    return sorted((tuple(row.values()) for row in rows), key=repr)


def found(frame: Any) -> list[tuple[Any, ...]]:
    return collected(row.asDict() for row in frame.collect())


@pytest.mark.parametrize("partitions", [None, 1, 7])
def test_no_cell_differs_by_partitions(spark: Any, rows: Any, wanted: Any, partitions: int | None) -> None:
    frame = spark.createDataFrame(rows.sample(frac=1.0, random_state=3), "date date, contract string, settle double")
    assert found(fedpath.spark.history(frame, numbers="decimal", partitions=partitions)) == wanted


def test_no_cell_differs_by_batches(spark: Any, rows: Any, wanted: Any) -> None:
    frame = spark.createDataFrame(rows, "date date, contract string, settle double")
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "1")
    try:
        assert found(fedpath.spark.history(frame, numbers="decimal", partitions=2)) == wanted
    finally:
        spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "10000")


def test_no_cell_differs_by_moment(spark: Any, rows: Any, wanted: Any) -> None:
    frame = spark.createDataFrame(rows, "date date, contract string, settle double")
    assert found(fedpath.spark.history(frame, numbers="decimal", by="moment", partitions=6)) == wanted


def parts(spark: Any, rows: Any) -> Any:
    """Partitions of some eight days in order. Some begin amid a month with a meeting behind one without, whose settlement they lack."""
    frame = spark.createDataFrame(rows, "date date, contract string, settle double")
    return frame.repartitionByRange(30, "date").sortWithinPartitions("date")


def test_the_last_settlement_of_another_partition_is_known(spark: Any, rows: Any, wanted: Any) -> None:
    assert found(fedpath.spark.history(parts(spark, rows), numbers="decimal", presorted=True)) == wanted
    # The trap is real: without the carry, days have other odds and nothing tells of it.
    alone = found(fedpath.spark.history(parts(spark, rows), numbers="decimal", presorted=True, carry=False))
    differ = set(alone) ^ set(wanted)
    assert len({row[0] for row in differ}) > 3 and not any(row[-1] for row in set(alone) - set(wanted))


def test_failures_are_rows(spark: Any, rows: Any) -> None:
    wrong = rows[rows.date.astype(str).between("2008-05-01", "2008-05-09")].copy()
    wrong.loc[wrong.date.astype(str) == "2008-05-06", "settle"] = 2.0
    priced = fedpath.spark.history(spark.createDataFrame(wrong, "date date, contract string, settle double"))
    errors = [row for row in priced.collect() if row.error]
    assert {row.date for row in errors} == {dt.date(2008, 5, 6)}
    assert "column 'settle': expected a price from 75 to 105" in errors[0].error and "found 2" in errors[0].error
    assert {row.date for row in priced.collect()} == set(wrong.date)


def test_timestamps_of_a_time_zone_need_the_trading_day(spark: Any, rows: Any) -> None:
    frame = spark.createDataFrame(rows.head(50), "date date, contract string, settle double")
    zoned = frame.selectExpr("cast(date as timestamp) as ts", "date as day", "contract", "settle")
    with pytest.raises(fedpath.OptionError, match="trade_date="):
        fedpath.spark.history(zoned)
    days = {row.error is None for row in fedpath.spark.history(zoned, trade_date="day").collect()}
    assert days
    plain = frame.selectExpr("cast(date as timestamp_ntz) as ts", "contract", "settle")
    assert len(fedpath.spark.history(plain).collect()) == len(fedpath.spark.history(frame).collect())


def test_what_cannot_be_spread_is_refused(spark: Any, rows: Any) -> None:
    frame = spark.createDataFrame(rows.head(50), "date date, contract string, settle double")
    with pytest.raises(fedpath.OptionError, match="cannot be spread"):
        fedpath.spark.history(frame, fill=True, by="moment")
    with pytest.raises(fedpath.OptionError, match="settle: expected a column 'close'"):
        fedpath.spark.history(frame, settle="close")


def test_files_are_a_source_of_spark_4(spark: Any, tmp_path: Any) -> None:
    if not hasattr(spark, "dataSource"):
        with pytest.raises(fedpath.OptionError, match="source of Spark 4"):
            fedpath.spark.register(spark)
        return
    (tmp_path / "a.csv").write_text("# as_of: 2025-11-21\ncontract,price\nZQX25,96.12\nZQF26,96.215\nZQG26,96.285\n")
    (tmp_path / "b.csv").write_text("date,contract,settle,volume\n2025-11-20,ZQX25,96.1225,7\n2025-11-20,ZQF26,96.11625,\n")
    (tmp_path / "c.csv").write_text("no quotes\n")
    fedpath.spark.register(spark)
    frame = spark.read.format("fedpath").load(str(tmp_path))
    rows = sorted((row.asDict() for row in frame.collect()), key=lambda row: (row["file"], row["contract"] or ""))
    assert [row["file"][-5:] for row in rows] == ["a.csv"] * 3 + ["b.csv"] * 2 + ["c.csv"]
    assert [str(row["settle"]) for row in rows] == ["96.120000", "96.215000", "96.285000", "96.122500", "96.116250", "None"]
    assert rows[0]["date"] == dt.date(2025, 11, 21) and rows[3]["volume"] == 7 and rows[4]["volume"] is None
    assert rows[5]["error"] is not None and "c.csv" in rows[5]["error"] and rows[0]["error"] is None
    odds = fedpath.spark.history(frame.where("error is null"), layout="meetings").where("date = '2025-11-21'").collect()
    assert [round(row["ease"], 12) for row in odds][:1] == [0.35]
    assert frame.schema.names[-5:] == ["bid", "ask", "volume", "open_interest", "error"]
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "d.csv").write_text("contract,bid,ask\nZQX5,96.12,96.125\n")
    (tmp_path / "_SUCCESS").write_text("")
    paths = [str(tmp_path / "below"), f"file://{tmp_path}/a.csv"]
    both = spark.read.format("fedpath").option("as_of", "2025-11-21").load(paths).where("bid is not null or settle is not null").collect()
    assert sorted(row["file"][-5:] for row in both) == ["a.csv"] * 3 + ["d.csv"]
    for name, given in [("at", "nonsense"), ("as_of", "x"), ("products", "SR3")]:
        with pytest.raises(Exception, match="at: expected|as_of|Invalid isoformat|expected the options"):
            spark.read.format("fedpath").option(name, given).load(str(tmp_path)).collect()
    nothing = spark.read.format("fedpath").load(str(tmp_path / "none*"))
    with pytest.raises(Exception, match="found none at"):
        nothing.collect()
