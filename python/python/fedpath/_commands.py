"""The commands, by the names and options of the program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Literal, Unpack

from . import _fedpath
from ._given import Assumptions, Day, Number, Scenario, a_day, day, frame_text, named_text, options, type_of_path
from ._quotes import Quotes, episode, read_quotes
from ._reports import Outlook, Report, Repricing, Surprises

_SCENARIO = frozenset(Scenario.__annotations__)


class _Everything(Assumptions, Scenario, total=False):
    pass


def _read(quotes: Any, as_of: Day | None) -> tuple[_fedpath.Quotes, dt.date | None]:
    """The quotes, and the day that is asked of those of many days."""
    return read_quotes(quotes, as_of=as_of)._held, day(as_of)


def probs(
    quotes: Any,
    *,
    as_of: Day | None = None,
    view: Literal["cumulative", "meeting", "aggregated"] = "cumulative",
    meeting: Day | None = None,
    count: int | None = None,
    **assumptions: Unpack[Assumptions],
) -> Outlook:
    """The probability of each target range after each meeting, exact.

    `quotes` is what `read_quotes` takes. Raises `QuoteError` for what cannot be read and `PricingError` where nothing is priced.
    """
    held, on = _read(quotes, as_of)
    told = _fedpath.probs(held, on, options(assumptions), view, day(meeting), count)
    return Outlook(told, lambda: path(quotes, as_of=as_of, **assumptions), lambda **asked: bounds(quotes, as_of=as_of, **asked, **assumptions))


def path(quotes: Any, *, as_of: Day | None = None, **assumptions: Unpack[Assumptions]) -> Report:
    """The expected rate before and after each meeting, and the fit of every contract."""
    return Report(_fedpath.path(*_read(quotes, as_of), options(assumptions)))


def summary(
    quotes: Any, *, as_of: Day | None = None, delta: Sequence[str | Day] = (), **assumptions: Unpack[Assumptions]
) -> Report:
    """What a strategist quotes of one day; `delta` are earlier days, or spans such as `1d`, `1w`, `1m`, of quotes of many days."""
    days = [one if isinstance(one, str) else a_day(one).isoformat() for one in delta]
    return Report(_fedpath.summary(*_read(quotes, as_of), options(assumptions), days))


def curve(
    quotes: Any,
    after: Any = None,
    *,
    as_of: Day | tuple[Day | None, Day | None] | None = None,
    tenor: Iterable[str] = (),
    rate: Literal["effr", "sofr"] = "effr",
    **assumptions: Unpack[Assumptions],
) -> Report:
    """The term structure of the expected rate: of one day, or what changed to the day of `after`; of SOFR with its futures."""
    first, second = as_of if isinstance(as_of, tuple) else (as_of, None)
    held, on = _read(quotes, first)
    newer = None if after is None else _read(after, second)
    return Report(_fedpath.curve(held, on, newer, (list(tenor), rate), options(assumptions)))


def reprice(
    before: Any = None,
    after: Any = None,
    *,
    as_of: tuple[Day | None, Day | None] = (None, None),
    meeting: Day | None = None,
    **more: Unpack[_Everything],
) -> Repricing:
    """What changed between two days: odds, path, curve, equities. Without quotes, the embedded illustrative episode."""
    assumptions, scenario = _apart(more, meeting)
    if before is None and after is None:
        before, after = episode()
    (first, on), (second, later) = _read(before, as_of[0]), _read(after, as_of[1])
    return Repricing(_fedpath.reprice(first, second, (on, later), assumptions, scenario))


def equity(
    before: Any = None,
    after: Any = None,
    *,
    shift: Number | None = None,
    meeting: Day | None = None,
    as_of: Day | tuple[Day | None, Day | None] | None = None,
    **more: Unpack[_Everything],
) -> Report:
    """What a shift does to equities: a given one, in basis points after a `meeting` on the day `as_of`; or that between two days."""
    assumptions, scenario = _apart(more, meeting if shift is None else None)
    if shift is not None:
        if meeting is None or as_of is None or isinstance(as_of, tuple):
            raise TypeError("shift: expected with it meeting= and one day, as_of=")
        by = f"{shift!r}" if isinstance(shift, float) else str(shift)
        return Report(_fedpath.equity_of_shift(a_day(as_of), a_day(meeting), by, assumptions, scenario))
    first, second = as_of if isinstance(as_of, tuple) else (as_of, None)
    if before is None and after is None:
        before, after = episode()
    (older, on), (newer, later) = _read(before, first), _read(after, second)
    return Report(_fedpath.equity_between(older, newer, (on, later), assumptions, scenario))


def surprise(
    quotes: Any,
    after: Any = None,
    *,
    announcement: Day | Iterable[Day] = (),
    as_of: tuple[Day | None, Day | None] = (None, None),
    rule: Literal["kuttner", "seven-day"] = "seven-day",
    **assumptions: Unpack[Assumptions],
) -> Surprises:
    """What announcements changed that was not expected: over quotes of many days, or of one announcement from before to after."""
    days = [announcement] if isinstance(announcement, (str, dt.date)) else list(announcement)
    dates = [a_day(one) for one in days]
    if after is None:
        held, _ = _read(quotes, None)
        return Surprises(_fedpath.surprises(held, dates, rule, options(assumptions)))
    if len(dates) != 1:
        raise TypeError("announcement: expected one day with two snapshots")
    (older, on), (newer, later) = _read(quotes, as_of[0]), _read(after, as_of[1])
    return Surprises(_fedpath.surprise_between(older, newer, (on, later), dates[0], rule, options(assumptions)))


def respond(
    closes: Any = None,
    *,
    quotes: Any = None,
    events: Any = None,
    returns: Any = None,
    y: Iterable[str] = (),
    on: str = "mp2",
    errors: Literal["hc1", "hc3", "classical"] = "hc1",
    window: str | None = None,
    unscheduled: bool = False,
    unit: Literal["bp", "percent"] = "percent",
    **assumptions: Unpack[Assumptions],
) -> Report:
    """How your assets respond to policy surprises. `closes`, `returns` and `events` are paths or frames; surprises come from `events` or `quotes`."""
    study = {"y": list(y), "on": on, "errors": errors, "window": window, "unscheduled": unscheduled, "unit": unit}

    def table(source: Any) -> tuple[str, str] | None:
        return None if source is None else frame_text(source)

    held = None if quotes is None else _read(quotes, None)[0]
    told = _fedpath.respond(held, table(events), table(closes), table(returns), options(study), options(assumptions))
    return Report(told)


def bounds(
    quotes: Any,
    *,
    as_of: Day | None = None,
    option_files: Iterable[type_of_path] = (),
    markets: Iterable[type_of_path] = (),
    event: Iterable[str] = (),
    point: Literal["maximum-entropy", "carlson-craig-melick"] | None = None,
    moves: tuple[int, int] | None = None,
    levels: tuple[int, int] | None = None,
    slippage: Number | None = None,
    widening: Literal["each", "uniform"] = "each",
    max_widening: Number | None = None,
    strikes: Literal["out-of-the-money", "all"] = "out-of-the-money",
    undiscounted: bool = False,
    months: Iterable[str] | None = None,
    **assumptions: Unpack[Assumptions],
) -> Report:
    """The smallest and largest probability of each outcome that agrees with every quote: futures, options, prediction markets.

    `point` adds an estimate between them. The other arguments are the program's options of `fedpath bounds`.
    """
    held, on = _read(quotes, as_of)
    lattice = {
        "event": list(event),
        "point": point,
        "moves": moves,
        "levels": levels,
        "slippage": slippage,
        "widening": widening,
        "max_widening": max_widening,
        "strikes": strikes,
        "undiscounted": undiscounted,
        "months": months,
    }
    texts, odds = [named_text(path) for path in option_files], [named_text(path) for path in markets]
    return Report(_fedpath.bounds(held, on, texts, odds, options(lattice), options(assumptions)))


def _apart(more: Any, meeting: Day | None) -> tuple[str, str]:
    """The assumptions, and the scenario with its meeting."""
    scenario = {name: value for name, value in more.items() if name in _SCENARIO}
    assumptions = {name: value for name, value in more.items() if name not in _SCENARIO}
    return options(assumptions), options({**scenario, "meeting": day(meeting)})

