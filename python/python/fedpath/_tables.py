"""Tables for every library of frames, and charts for notebooks."""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class ArrowStream(Protocol):
    """Whatever gives its rows through the Arrow C stream interface: a frame of pandas, polars, pyarrow, duckdb."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


class Frame:
    """A table that any consumer of the Arrow stream interface takes as it is: `polars.DataFrame(table)`, `SELECT * FROM table`."""

    def _stream(self) -> ArrowStream:
        raise NotImplementedError

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._stream().__arrow_c_stream__(requested_schema)

    def to_arrow(self) -> pyarrow.Table:
        """A `pyarrow.Table`, without a copy."""
        import pyarrow

        return pyarrow.table(self)

    def to_polars(self) -> polars.DataFrame:
        """A `polars.DataFrame`, without a copy."""
        import polars

        return polars.DataFrame(self)

    def to_pandas(self, dtype_backend: Literal["numpy", "pyarrow"] = "numpy") -> pandas.DataFrame:
        """A `pandas.DataFrame`, its days as `datetime64`, which merge and resample with those of other frames."""
        table = self.to_arrow()
        if dtype_backend == "pyarrow":
            import pandas

            return table.to_pandas(types_mapper=pandas.ArrowDtype)
        return table.to_pandas(date_as_object=False)


class Chart:
    """A drawing: it shows itself in a notebook; `svg` is the document."""

    def __init__(self, svg: str) -> None:
        self.svg = svg

    def _repr_html_(self) -> str:
        # As an image: the style and the ids of a drawing reach neither the notebook nor another drawing.
        data = base64.b64encode(self.svg.encode()).decode()
        return f'<img alt="chart" style="max-width:100%" src="data:image/svg+xml;base64,{data}">'

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the SVG document."""
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.svg)

    def __str__(self) -> str:
        return self.svg


def in_frame(page: str, height: int = 640) -> str:
    """A page inside a notebook, apart from it."""
    import html

    return f'<iframe srcdoc="{html.escape(page)}" style="width:100%;height:{height}px;border:0"></iframe>'


def as_html(caption: str, header: list[str], rows: list[list[str]]) -> str:
    """A table in HTML, every text escaped."""
    import html

    def cells(kind: str, texts: list[str]) -> str:
        return "".join(f"<{kind}>{html.escape(text)}</{kind}>" for text in texts)

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return f"<table><caption>{html.escape(caption)}</caption><thead><tr>{cells('th', header)}</tr></thead><tbody>{body}</tbody></table>"


def rows_as_html(caption: str, table: pyarrow.Table, most: int = 20) -> str:
    """The first rows of a table in HTML."""
    shown = table.slice(0, most).to_pylist()
    rows = [["" if cell is None else str(cell) for cell in row.values()] for row in shown]
    return as_html(caption, table.column_names, rows)


def text_block(text: str) -> str:
    """Lines of text in HTML."""
    import html

    return f"<pre>{html.escape(text)}</pre>"


def tenth(share: Any) -> str:
    """A share in percent to a tenth, rounded half up from the fraction itself: a float makes 10.8 of 10.85."""
    tenths = (2000 * share.numerator + share.denominator) // (2 * share.denominator)
    return f"{tenths // 10}.{tenths % 10}"
