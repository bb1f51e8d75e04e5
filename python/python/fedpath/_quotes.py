"""Quotes: what every command takes."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from typing import IO, Any

from . import _fedpath
from ._errors import OptionError
from ._given import Day, Number, day, options, type_of_path
from ._tables import ArrowStream, Frame

Source = "Quotes | type_of_path | Iterable[type_of_path] | bytes | IO[bytes] | IO[str] | ArrowStream | Mapping[str, Number]"


class Quotes(Frame):
    """Quotes of one day or of many: see `read_quotes`. As a table, one row a day and contract."""

    def __init__(self, held: _fedpath.Quotes, files: tuple[list[tuple[str, bytes]], str] | None = None) -> None:
        self._held, self._files = held, files

    @property
    def name(self) -> str:
        """What the quotes are called in reports and errors."""
        return self._held.name

    @property
    def days(self) -> list[dt.date]:
        """The days of the quotes, in order."""
        return self._held.days

    def _stream(self) -> ArrowStream:
        return self._held.report().table()

    def __len__(self) -> int:
        return len(self._held)

    def __repr__(self) -> str:
        days = self.days
        span = {0: "of an unknown day", 1: f"of {days[0]}" if days else ""}.get(len(days)) or f"of {days[0]} to {days[-1]}"
        return f"<Quotes: {len(self)} {span}, {self.name}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, self._files or ([(self.name, self._held.report().csv().encode())], "{}")


def _again(files: list[tuple[str, bytes]], reading: str) -> Quotes:
    return Quotes(_fedpath.read_files(files, reading), (files, reading))


def read_quotes(
    source: Any,
    *,
    as_of: Day | None = None,
    contract: str | None = None,
    date: str | None = None,
    settle: str | None = None,
    columns: Iterable[str] | None = None,
    products: Iterable[str] | None = None,
    at: str | dt.time | None = None,
) -> Quotes:
    """Reads quotes.

    `source` is a path or several, the bytes of a file, an open file, prices by contract (with `as_of`), or a frame of pandas,
    polars, pyarrow or duckdb whose columns `date`, `contract` and `settle` may go by other names, which these arguments give.
    For a file, `contract` is the contract of one that names none, and `columns`, `products` and `at` are the program's options.

    Raises `QuoteError` with everything that is wrong and where.
    """
    if not _is_file(source):
        for name, given in (("at", at), ("columns", columns), ("products", products)):
            if given is not None:
                raise OptionError(f"{name}: expected it with a file, found {type(source).__name__}")
    if isinstance(source, Quotes):
        return source
    if hasattr(source, "__arrow_c_stream__"):
        return Quotes(_fedpath.read_frame(source, "<frame>", date, contract, settle))
    reading = options({"as_of": day(as_of), "contract": contract, "columns": columns, "products": products, "at": _time(at)})
    if isinstance(source, Mapping):
        if as_of is None:
            raise TypeError("expected as_of= with prices by contract")
        rows = "".join(f"{label},{price}\n" for label, price in source.items())
        return _again([("<prices>", f"# as_of: {day(as_of)}\ncontract,price\n{rows}".encode())], "{}")
    return _again(_files(source), reading)


def _time(at: str | dt.time | None) -> str | None:
    """A time of day as the engine writes it."""
    try:
        time = dt.time.fromisoformat(at) if isinstance(at, str) else at
    except ValueError:
        time = None
    if at is not None and (time is None or time.tzinfo is not None):
        raise OptionError(f"at: expected a time of day such as 14:00, found {at!r}")
    return None if time is None else time.isoformat()


def _is_file(source: Any) -> bool:
    return not (isinstance(source, (Quotes, Mapping)) or hasattr(source, "__arrow_c_stream__"))


def _files(source: Any) -> list[tuple[str, bytes]]:
    if isinstance(source, (bytes, bytearray, memoryview)):
        return [("<bytes>", bytes(source))]
    if isinstance(source, (str, os.PathLike)):
        with open(source, "rb") as file:
            return [(os.fspath(source), file.read())]
    if hasattr(source, "read"):
        content = source.read()
        return [(str(getattr(source, "name", "<file>")), content.encode() if isinstance(content, str) else content)]
    if isinstance(source, Iterable):
        return [file for one in source for file in _files(one)]
    raise TypeError(f"expected a path, bytes, a file, a frame or prices by contract, found {type(source).__name__}")


def episode() -> tuple[Quotes, Quotes]:
    """The embedded, illustrative episode: quotes before and after."""
    before, after = _fedpath.episode()
    return Quotes(before), Quotes(after)
