"""The exceptions: plain classes, so that they pickle, with the place of what is wrong."""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong: at a line and column of a text, or at a row and column of a frame."""

    line: int | None
    column: int | str | None
    message: str
    kind: str


class FedpathError(Exception):
    """Any error of fedpath."""


class QuoteError(FedpathError, ValueError):
    """A text or a frame that cannot be read; `problems` holds all that is wrong, `line` and `column` are of the first."""

    def __init__(self, file: str, problems: list[tuple[int | None, int | str | None, str, str]]) -> None:
        super().__init__(file, problems)
        self.file = file
        self.problems = [Problem(*problem) for problem in problems]

    @property
    def line(self) -> int | None:
        return self.problems[0].line

    @property
    def column(self) -> int | str | None:
        return self.problems[0].column

    @property
    def kind(self) -> str:
        return self.problems[0].kind

    def __str__(self) -> str:
        def told(problem: Problem) -> str:
            place = [self.file, problem.line, problem.column]
            return ":".join(str(part) for part in place if part is not None) + f": {problem.message}"

        shown = [told(problem) for problem in self.problems[:20]]
        more = len(self.problems) - len(shown)
        return "\n".join([*shown, f"and {more} more: see .problems"] if more else shown)


class PricingError(FedpathError, ValueError):
    """Quotes that give no answer; `kind` says what a caller can do about it, such as `missing`."""

    def __init__(self, file: str, message: str, kind: str) -> None:
        super().__init__(file, message, kind)
        self.file, self.message, self.kind = file, message, kind

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"


class OptionError(FedpathError, ValueError):
    """An argument that is not accepted."""
