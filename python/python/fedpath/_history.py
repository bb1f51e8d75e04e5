"""Many days and moments: one call, one table, or a stream of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Unpack

from . import _fedpath
from ._given import Assumptions, Day, day, options
from ._quotes import Quotes, read_quotes
from ._tables import ArrowStream, Frame

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

_Numbers = Literal["float", "decimal", "fraction"]
_View = Literal["cumulative", "meeting", "aggregated"]
_OnError = Literal["collect", "raise", "column"]


class NotPriced(NamedTuple):
    """A day without a table, or a cell that was refused: when, in which column, and why."""

    date: dt.date | None
    column: str | None
    message: str


class History(Frame):
    """The odds of many days as a table: see `history`."""

    def __init__(self, held: _fedpath.Priced) -> None:
        self._held = held
        self._table = held.table()

    def _stream(self) -> ArrowStream:
        return self._table

    def __len__(self) -> int:
        return len(self._table)

    @property
    def errors(self) -> list[NotPriced]:
        """The days without a table and the cells that were refused."""
        return [NotPriced(*error) for error in self._held.errors]

    @property
    def days_priced(self) -> int:
        """How many days or moments have a table."""
        return self._held.priced

    def __repr__(self) -> str:
        return f"<History: {len(self)} rows of {self.days_priced} days, {len(self._held.errors)} errors>"

    def _repr_html_(self) -> str:
        from ._tables import rows_as_html

        return rows_as_html(repr(self), self.to_arrow())


class Batch(Frame):
    """Some rows of a stream."""

    def __init__(self, held: _fedpath.Table) -> None:
        self._held = held

    def _stream(self) -> ArrowStream:
        return self._held

    def __len__(self) -> int:
        return len(self._held)


class Stream(Frame):
    """Rows that are priced as they are read, once: see `stream`."""

    def __init__(self, held: _fedpath.Stream) -> None:
        self._held = held

    def _stream(self) -> ArrowStream:
        return self._held

    def __iter__(self) -> Iterator[Batch]:
        while (batch := self._held.batch()) is not None:
            yield Batch(batch)

    @property
    def errors(self) -> list[NotPriced]:
        """The failures so far: the first ten thousand."""
        return [NotPriced(*error) for error in self._held.errors]

    @property
    def failed(self) -> int:
        """How many failures there are so far."""
        return self._held.failed

    @property
    def priced(self) -> int:
        """How many days or moments have a table so far."""
        return self._held.priced

    def check(self) -> None:
        """Raises the exception that stopped the stream, if one did: a consumer of Arrow's interface raises one of its own."""
        self._held.check()

    def to_arrow(self) -> pyarrow.Table:
        """What is left of the stream as a `pyarrow.Table`."""
        try:
            return super().to_arrow()
        except Exception:
            self.check()
            raise

    def to_polars(self) -> polars.DataFrame:
        """What is left of the stream as a `polars.DataFrame`."""
        try:
            return super().to_polars()
        except Exception:
            self.check()
            raise

    def to_pandas(self, dtype_backend: Literal["numpy", "pyarrow"] = "numpy") -> pandas.DataFrame:
        """What is left of the stream as a `pandas.DataFrame`."""
        return super().to_pandas(dtype_backend)


def history(
    data: Any,
    *,
    date: str | None = None,
    contract: str | None = None,
    settle: str | None = None,
    trade_date: str | None = None,
    layout: Literal["tidy", "wide", "meetings"] = "tidy",
    numbers: _Numbers = "float",
    view: _View = "cumulative",
    on_error: _OnError = "collect",
    fill: bool = False,
    threads: int | None = None,
    start: Day | None = None,
    end: Day | None = None,
    **assumptions: Unpack[Assumptions],
) -> History:
    """The odds of every day of quotes: the program's `history`, cell for cell, with `numbers="decimal"`.

    `data` is what `read_quotes` takes; of a frame, rows in any order, each a price of a contract, or a column a contract. A column of
    timestamps gives moments, each with the prices of its own rows, or with `fill` those that stand since earlier ones of its day;
    timestamps of a time zone need the column of trading days, `trade_date`. A frame is priced on `threads` threads, one by default.

    A day without a table, or a cell that cannot be read, is an entry of `errors`, the first of them raised, or a row with an
    `error`, as `on_error` says; a day with such a cell has no table.
    """
    form: dict[str, Any] = {"layout": layout, "numbers": numbers, "view": view, "on_error": on_error, "start": day(start), "end": day(end)}
    if hasattr(data, "__arrow_c_stream__") and not isinstance(data, Quotes):
        columns = {"date": date, "contract": contract, "settle": settle, "trade_date": trade_date}
        form |= {"fill": fill, "threads": threads or 1, "columns": columns}
        return History(_fedpath.history_of_frame(data, options(form), options(assumptions)))
    if fill or trade_date is not None:
        raise TypeError("fill, trade_date: expected a frame of moments")
    quotes = read_quotes(data, date=date, contract=contract, settle=settle)
    return History(_fedpath.history(quotes._held, options(form), options(assumptions)))


def stream(
    data: ArrowStream,
    *,
    date: str | None = None,
    contract: str | None = None,
    settle: str | None = None,
    trade_date: str | None = None,
    layout: Literal["tidy", "meetings"] = "tidy",
    numbers: _Numbers = "float",
    view: _View = "cumulative",
    on_error: _OnError = "collect",
    fill: bool = False,
    threads: int | None = None,
    settled: Iterable[tuple[dt.date, int]] = (),
    **assumptions: Unpack[Assumptions],
) -> Stream:
    """As `history`, of rows in the order of their time, priced as they are read: for more rows than the memory holds.

    `data` is whatever gives record batches by Arrow's stream interface, such as a `pyarrow.RecordBatchReader` or a relation of
    duckdb. `settled` are last settlements that other rows have, days and prices in hundred-thousandths of a point.
    """
    columns = {"date": date, "contract": contract, "settle": settle, "trade_date": trade_date}
    form: dict[str, Any] = {"layout": layout, "numbers": numbers, "view": view, "on_error": on_error, "fill": fill, "threads": threads or 1, "columns": columns}
    form["settled"] = [(on.isoformat(), units) for on, units in settled]
    return Stream(_fedpath.stream(data, options(form), options(assumptions)))
