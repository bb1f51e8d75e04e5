"""Many days: one call, one table."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, NamedTuple, Unpack

from . import _fedpath
from ._errors import PricingError
from ._given import Assumptions, Day, day, options
from ._quotes import read_quotes
from ._tables import ArrowStream, Frame


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
        """How many days have a table."""
        return self._held.priced

    def __repr__(self) -> str:
        return f"<History: {len(self)} rows of {self.days_priced} days, {len(self.errors)} errors>"


def history(
    data: Any,
    *,
    date: str | None = None,
    contract: str | None = None,
    settle: str | None = None,
    layout: Literal["tidy", "meetings"] = "tidy",
    numbers: Literal["float", "decimal", "fraction"] = "float",
    view: Literal["cumulative", "meeting", "aggregated"] = "cumulative",
    on_error: Literal["collect", "raise", "column"] = "collect",
    start: Day | None = None,
    end: Day | None = None,
    **assumptions: Unpack[Assumptions],
) -> History:
    """The odds of every day of quotes: the program's `history`, cell for cell, with `numbers="decimal"`.

    `data` is what `read_quotes` takes. A day without a table is an entry of `errors`, the first of them raised, or a row
    with an `error`, as `on_error` says.
    """
    quotes = read_quotes(data, date=date, contract=contract, settle=settle)
    form = {"layout": layout, "numbers": numbers, "view": view, "with_errors": on_error == "column"}
    held = _fedpath.history(quotes._held, options(form), day(start), day(end), options(assumptions))
    if on_error == "raise" and held.errors:
        raise PricingError(quotes.name, held.errors[0][2], "missing")
    return History(held)
