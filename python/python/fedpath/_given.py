"""What a caller gives beside quotes, by the names of the program's options."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Literal, TypedDict

type_of_path = str | os.PathLike[str]
Number = str | int | float | Decimal
Day = str | dt.date
Price = Literal["settle", "last", "mid"]


class Assumptions(TypedDict, total=False):
    """What is assumed besides prices. A path names a file as the program's option of this name reads it."""

    target: str
    method: Literal["fedwatch", "least-squares", "joint"]
    chain: int
    decision_day: Literal["old", "new", "old-holidays"]
    start_rate: Literal["anchor", "fixings"] | Number
    fixings: type_of_path
    sofr: type_of_path
    weights: Literal["tick", "bid-ask", "volume", "open-interest", "equal"]
    between: Literal["before", "after", "even"]
    strict: bool
    meetings: type_of_path
    add_meeting: Iterable[Day]
    drop_meeting: Iterable[Day]
    project_meetings: int
    term_premium: Mapping[int, Number]
    month_end: Number
    landing_spread: Number
    basis: str
    exclude: Iterable[str]
    leave_one_out: bool
    price: Price | Mapping[str, Price]
    as_printed: bool
    anchor: Mapping[str, Number]


class Scenario(TypedDict, total=False):
    """How a shift passes to the curve and to equities."""

    half_life: Number
    methods: Iterable[str]
    asset: str
    payout_yield: Number
    duration: float
    numerator: Literal["path", "one-year", "permanent"]
    realised: Mapping[str, float]


def day(value: Day | None) -> dt.date | None:
    """A date of a date, a datetime, an ISO text, or whatever else has `.date()`, such as a pandas Timestamp."""
    if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
        return value
    if isinstance(value, str):
        return dt.date.fromisoformat(value)
    if hasattr(value, "date"):
        return day(value.date())
    raise TypeError(f"expected a date such as '2025-11-21', found {value!r}")


def a_day(value: Day) -> dt.date:
    """A date, which has to be there."""
    found = day(value)
    if found is None:
        raise TypeError("expected a date such as '2025-11-21', found None")
    return found


def options(given: Mapping[str, Any]) -> str:
    """Options as JSON: figures as texts, so that no decimal passes through a float."""

    def plain(value: Any) -> Any:
        if isinstance(value, os.PathLike):
            return os.fspath(value)
        if isinstance(value, Iterable):
            return list(value)
        return str(value)

    def exact(value: Any) -> Any:
        if isinstance(value, float):
            return repr(value)
        return {str(key): exact(item) for key, item in value.items()} if isinstance(value, Mapping) else value

    said = {name: value for name, value in given.items() if value is not None}
    whole = {name: value if name in ("duration", "realised") else exact(value) for name, value in said.items()}
    return json.dumps(whole, default=plain)


def named_text(source: type_of_path) -> tuple[str, str]:
    """The text of a file, and what the file is called."""
    with open(source, encoding="utf-8") as file:
        return os.fspath(source), file.read()


def frame_text(source: Any) -> tuple[str, str]:
    """The text of a file, or of a frame as CSV."""
    if isinstance(source, (str, os.PathLike)):
        return named_text(source)
    if hasattr(source, "to_csv"):
        return "<frame>", str(source.to_csv(index=False))
    if hasattr(source, "write_csv"):
        return "<frame>", str(source.write_csv())
    raise TypeError(f"expected a path or a frame of pandas or polars, found {type(source).__name__}")
