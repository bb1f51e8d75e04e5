"""Many days, or many ticks, on a cluster: a frame of Spark in, a frame of Spark out.

Executors need this wheel, pyarrow, and nothing else: see the guide.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, Unpack

from ._errors import OptionError
from ._given import Assumptions

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import Column, DataFrame, SparkSession
    from pyspark.sql.types import StructType

_DATES = ("date", "trade_date", "timestamp", "time", "datetime", "ts", "ts_event")
_CONTRACTS = ("contract", "contract_month", "symbol")
_PRICES = ("settle", "settlement", "price")
_FIGURES = ("rate_before", "rate_after", "change_bp", "expected_moves", "ease", "hold", "hike")


def history(
    df: DataFrame,
    *,
    date: str | None = None,
    contract: str | None = None,
    settle: str | None = None,
    trade_date: str | None = None,
    layout: Literal["tidy", "meetings"] = "tidy",
    numbers: Literal["float", "decimal", "fraction"] = "float",
    partitions: int | None = None,
    presorted: bool = False,
    carry: bool = True,
    fill: bool = False,
    by: Literal["day", "moment"] = "day",
    **assumptions: Unpack[Assumptions],
) -> DataFrame:
    """As `fedpath.history`, of a long frame of Spark: rows of every day or moment, and one with an `error` for each that has none.

    All rows of a day are brought to one of `partitions` and put in order, so that no day is split; `by="moment"` spreads a day of
    many ticks over several, which `fill` does not allow. With `presorted`, each partition holds whole days in their order already.
    The last settlement of a month, which anchors the days after it, may lie in another partition: `carry` looks for all of them
    first, over the last seven days of each month alone. Without it a partition that begins amid a month has other odds, silently.
    """
    from pyspark.sql import functions as f
    from pyspark.sql.types import DateType, TimestampType

    time = _pick(df, date, _DATES, "date")
    symbol, price = _pick(df, contract, _CONTRACTS, "contract"), _pick(df, settle, _PRICES, "settle")
    if trade_date is not None:
        trade_date = _pick(df, trade_date, (), "trade_date")
    elif isinstance(df.schema[time].dataType, TimestampType):
        raise OptionError(
            f"column '{time}' is of the session's time zone: a trading day is no day of UTC, name the column that holds it with "
            "trade_date=, or cast to timestamp_ntz"
        )
    if fill and by == "moment":
        raise OptionError("by: a price stands until another comes, so with fill a day cannot be spread: expected 'day', found 'moment'")
    df = df.select(*dict.fromkeys(name for name in (time, trade_date, symbol, price) if name is not None))
    day = f.to_date(f.col(trade_date or time)).cast(DateType())
    columns = {"date": time, "contract": symbol, "settle": price, "trade_date": trade_date}
    settled = _settled(df, day, columns) if carry else []
    if not presorted:
        key = [day] if by == "day" else [f.col(time)]
        spread = df.repartition(*key) if partitions is None else df.repartition(partitions, *key)
        df = spread.sortWithinPartitions(time)

    def priced(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import fedpath
        import pyarrow

        source = _reader(batches)
        if source is not None:
            told: Any = {**columns, **assumptions}
            rows = fedpath.stream(
                source, layout=layout, numbers=numbers, on_error="column", fill=fill, settled=settled, **told
            )
            yield from pyarrow.RecordBatchReader.from_stream(rows)

    return df.mapInArrow(priced, _schema(df, time, layout, numbers))


def register(session: SparkSession) -> None:
    """Makes files of quotes a source of Spark 4: `session.read.format("fedpath").load("quotes/*.csv")`.

    A row a day and contract of fed funds futures, prices as decimals of six places; a file that is refused is one row with its `error`.
    Paths are those of a file system that driver and executors share, one file a partition. `as_of`, `contract`, `at` and `columns` are
    options.
    """
    if not hasattr(session, "dataSource"):
        raise OptionError(f"files are a source of Spark 4, found Spark {session.version}: read them with fedpath.read_quotes")
    from ._spark_files import QuoteFiles

    session.dataSource.register(QuoteFiles)


def _settled(df: DataFrame, day: Column, columns: dict[str, str | None]) -> list[tuple[dt.date, int]]:
    """The last settlement of each month, over the last days of months alone."""
    from pyspark.sql import functions as f

    late = df.where(f.dayofmonth(day) > f.dayofmonth(f.last_day(day)) - 7)

    def found(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow
        from fedpath import _fedpath
        from fedpath._given import options

        source = _reader(batches)
        if source is not None:
            form = {"layout": "tidy", "numbers": "float", "view": "cumulative", "on_error": "collect", "columns": columns}
            rows = _fedpath.settlements(source, options(form))
            schema = pyarrow.schema([("day", pyarrow.date32()), ("units", pyarrow.int32())])
            yield pyarrow.RecordBatch.from_pydict({"day": [on for on, _ in rows], "units": [units for _, units in rows]}, schema=schema)

    rows = late.mapInArrow(found, "day date, units int").collect()
    last: dict[tuple[int, int], tuple[dt.date, int]] = {}
    for on, units in sorted((row.day, row.units) for row in rows):
        last[on.year, on.month] = (on, units)
    return list(last.values())


def _reader(batches: Iterator[pyarrow.RecordBatch]) -> pyarrow.RecordBatchReader | None:
    """The batches of a partition as one stream; an empty partition has none."""
    import itertools

    import pyarrow

    first = next(batches, None)
    if first is None:
        return None
    return pyarrow.RecordBatchReader.from_batches(first.schema, itertools.chain([first], batches))


def _pick(df: DataFrame, given: str | None, known: tuple[str, ...], option: str) -> str:
    names: dict[str, str] = {name.lower(): name for name in df.columns}
    found = next((names[name.lower()] for name in ((given,) if given is not None else known) if name.lower() in names), None)
    if found is None:
        wanted = given if given is not None else known[0]
        raise OptionError(f"{option}: expected a column '{wanted}', found {', '.join(df.columns)}")
    return found


def _schema(df: DataFrame, time: str, layout: str, numbers: str) -> StructType:
    from pyspark.sql import types as t

    of = df.schema[time].dataType
    # What else names a day becomes one.
    kind = of if isinstance(of, (t.TimestampType, t.TimestampNTZType)) else t.DateType()
    fields = [t.StructField(time, kind), t.StructField("meeting", t.DateType())]
    if layout == "tidy":
        chance = {"float": t.DoubleType(), "decimal": t.DecimalType(13, 12), "fraction": t.StringType()}[numbers]
        fields += [t.StructField("lower_bp", t.ShortType()), t.StructField("upper_bp", t.ShortType()), t.StructField("probability", chance)]
    else:
        fields += [t.StructField(name, t.DoubleType()) for name in _FIGURES]
    return t.StructType([*fields, t.StructField("error", t.StringType())])
