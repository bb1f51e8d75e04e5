"""Answers: a table, a document, words, and charts where there are any."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _fedpath
from ._errors import OptionError
from ._given import Day, a_day
from ._tables import ArrowStream, Chart, Frame, as_html, in_frame, tenth, text_block

if TYPE_CHECKING:
    from collections.abc import Callable


class Report(Frame):
    """An answer, as the program prints it; as a table it is the program's CSV."""

    def __init__(self, held: _fedpath.Report) -> None:
        self._held = held

    def _stream(self) -> ArrowStream:
        return self._held.table()

    def to_dict(self) -> dict[str, Any]:
        """The JSON document of the program: numbers are texts that hold exact decimals."""
        return dict(json.loads(self._held.json()))

    @property
    def warnings(self) -> list[str]:
        """What a reader should know."""
        return list(self.to_dict().get("warnings", []))

    @property
    def notices(self) -> list[dict[str, Any]]:
        """What path, curve and equities warn of, for a program: each with its `kind`, such as `missed`, its `message`, and what it is about."""
        return list(json.loads(self._held.notices()))

    def explain(self) -> str:
        """The report with the derivation of its figures, where it has one."""
        return self._held.text(True)

    def __str__(self) -> str:
        return self._held.text()

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return text_block(str(self))


class _Drawn(Report):
    def chart(self, kind: str, *, prefix: str = "") -> Chart:
        """A chart by the name that the program knows it by, such as `bars`, `heat`, `path` or `curve`.

        `prefix` begins its ids, for a page of yours that holds several drawings.
        """
        return Chart(self._held.chart(kind, _of_ids(prefix)))

    def report(self) -> str:
        """The report as one HTML page."""
        return self._held.page()

    def fragment(self, prefix: str) -> str:
        """The report to stand inside a page of yours, once `fragment_style()` is in its head; `prefix` begins the ids."""
        return self._held.fragment(_of_ids(prefix))


class Meeting(NamedTuple):
    """The odds of one meeting. Shares are exact; rates are decimals of 12 places, in percent."""

    meeting: dt.date
    rate_before: Decimal
    rate_after: Decimal
    expected_moves: Fraction
    outcomes: dict[tuple[int, int], Fraction]
    ease: Fraction
    hold: Fraction
    hike: Fraction


class Outlook(_Drawn):
    """The odds of each target range after each meeting: see `probs`."""

    def __init__(self, held: _fedpath.Report, path: Callable[[], Report], bounds: Callable[..., Report]) -> None:
        super().__init__(held)
        self._path, self.bounds = path, bounds

    @cached_property
    def _meetings(self) -> dict[dt.date, Meeting]:
        told = self.to_dict()
        bounds_in_bp = (int(Decimal(told[f"target_{side}_percent"]) * 100) for side in ("lower", "upper"))
        today = tuple(bounds_in_bp)

        def meeting(row: dict[str, Any]) -> Meeting:
            outcomes = {(at["lower_bp"], at["upper_bp"]): Fraction(at["probability_exact"]) for at in row["outcomes"]}
            below = sum((share for bounds, share in outcomes.items() if bounds < today), Fraction())
            hold = outcomes.get((today[0], today[1]), Fraction())
            return Meeting(
                dt.date.fromisoformat(row["meeting"]),
                Decimal(row["rate_before_percent"]),
                Decimal(row["rate_after_percent"]),
                Fraction(row["expected_moves_exact"]),
                outcomes,
                below,
                hold,
                sum(outcomes.values(), Fraction()) - below - hold,
            )

        rows = (meeting(row) for row in told["meetings"])
        return {row.meeting: row for row in rows}

    @property
    def as_of(self) -> dt.date:
        """The valuation date."""
        return dt.date.fromisoformat(self.to_dict()["as_of"])

    @property
    def target(self) -> tuple[Decimal, Decimal]:
        """The target range in force, in percent."""
        told = self.to_dict()
        return Decimal(told["target_lower_percent"]), Decimal(told["target_upper_percent"])

    @property
    def meetings(self) -> list[Meeting]:
        """The odds of every meeting."""
        return list(self._meetings.values())

    def __getitem__(self, meeting: Day) -> Meeting:
        return self._meetings[a_day(meeting)]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Outlook) and self.to_dict() == other.to_dict()

    __hash__ = None  # type: ignore[assignment]

    @property
    def table(self) -> _fedpath.Table:
        """One row a meeting and target range, for any consumer of the Arrow stream interface."""
        return self._held.table()

    @property
    def path(self) -> Report:
        """The expected rate before and after each meeting, and the fit of every contract."""
        return self._path()

    def _repr_html_(self) -> str:
        ranges = sorted({bounds for meeting in self.meetings for bounds in meeting.outcomes})
        header = ["Meeting", *(f"{low / 100:.2f}-{high / 100:.2f}" for low, high in ranges), "Ease", "Hold", "Hike"]

        def row(meeting: Meeting) -> list[str]:
            odds = [tenth(meeting.outcomes[at]) if at in meeting.outcomes else "-" for at in ranges]
            return [str(meeting.meeting), *odds, *(tenth(share) for share in (meeting.ease, meeting.hold, meeting.hike))]

        caption = f"Probability of each target range after the meeting, %, on {self.as_of}"
        return as_html(caption, header, [row(meeting) for meeting in self.meetings]) + self.chart("heat")._repr_html_()


class Repricing(_Drawn):
    """What changed between two days: see `reprice`."""

    @property
    def meeting(self) -> dt.date:
        """The headline meeting."""
        return dt.date.fromisoformat(self.to_dict()["meeting"])

    @property
    def ease(self) -> tuple[Fraction, Fraction]:
        """The odds of a cut by the headline meeting, before and after."""
        told = self.to_dict()
        return Fraction(told["ease_before_exact"]), Fraction(told["ease_after_exact"])

    @property
    def shift_bp(self) -> Fraction:
        """The change of the rate expected after the headline meeting."""
        return Fraction(self.to_dict()["expected_rate_shift_bp_exact"])

    def _repr_html_(self) -> str:
        return in_frame(self.report())


class Surprises(Report):
    """What announcements changed that was not expected: see `surprise`."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.to_arrow().to_pylist())

    def to_dict(self) -> dict[str, Any]:
        """The JSON document of one announcement; of many, its rows under `surprises`."""
        told = super().to_dict()
        return told if "schema" in told else {"surprises": list(self)}


def _of_ids(prefix: str) -> str:
    """What ids may begin with."""
    if not all(letter.isalnum() or letter in "-_" for letter in prefix):
        raise OptionError(f"prefix: expected letters, digits, '-' and '_', found {prefix!r}")
    return prefix


def fragment_style() -> str:
    """The style sheet of fragments, once for a page: it reaches nothing outside them."""
    return _fedpath.fragment_style()
