"""Files of quotes as a data source of Spark 4: registered by `fedpath.spark.register`."""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fedpath import OptionError, QuoteError, read_quotes
from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql.types import StructType

_PRICES = ("open", "high", "low", "last", "settle", "bid", "ask")
_COUNTS = ("volume", "open_interest")
_OPTIONS = ("as_of", "contract", "at", "columns")


class QuoteFiles(DataSource):  # type: ignore[misc]
    """Files of quotes, whatever their format: a row a day and contract, and a row with an `error` for each file that is refused."""

    @classmethod
    def name(cls) -> str:
        return "fedpath"

    def schema(self) -> str:
        prices = ", ".join(f"{name} decimal(9,6)" for name in _PRICES)
        return f"file string, date date, contract string, {prices}, volume bigint, open_interest bigint, error string"

    def reader(self, schema: StructType) -> _Reader:
        if schema.names != [column.split()[0] for column in self.schema().split(", ")]:
            raise OptionError("files of quotes have columns of their own: select from them, and give no schema")
        return _Reader({str(name).lower(): str(value) for name, value in self.options.items()})


class _File(InputPartition):  # type: ignore[misc]
    def __init__(self, path: str) -> None:
        self.path = path


class _Reader(DataSourceReader):  # type: ignore[misc]
    def __init__(self, given: dict[str, str]) -> None:
        unknown = sorted(set(given) - {*_OPTIONS, "path", "paths"})
        if unknown:
            raise OptionError(f"expected the options {', '.join(_OPTIONS)}, found {', '.join(unknown)}")
        self.paths = json.loads(given["paths"]) if "paths" in given else [given["path"]] if "path" in given else []
        self.asked: dict[str, object] = {name: given[name] for name in _OPTIONS if name in given}
        if "columns" in self.asked:
            self.asked["columns"] = given["columns"].split(",")
        # Options that say nothing are told before the job begins.
        read_quotes(b"# as_of: 2025-11-21\ncontract,price\nZQX25,96.12\n", **{name: self.asked[name] for name in ("as_of", "at") if name in self.asked})  # type: ignore[arg-type]

    def partitions(self) -> list[InputPartition]:
        files = [one for path in self.paths for one in _files(path.removeprefix("file://"))]
        if not files:
            raise OptionError(f"expected files of quotes, found none at {', '.join(self.paths) or 'no path'}")
        return [_File(one) for one in files]

    def read(self, partition: InputPartition) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow

        assert isinstance(partition, _File)
        kinds = {"date": pyarrow.date32(), "contract": pyarrow.string()}
        kinds |= dict.fromkeys(_PRICES, pyarrow.decimal128(9, 6)) | dict.fromkeys(_COUNTS, pyarrow.int64())
        schema = pyarrow.schema([("file", pyarrow.string()), *kinds.items(), ("error", pyarrow.string())])
        try:
            quotes = read_quotes(partition.path, **self.asked)  # type: ignore[arg-type]
        except (QuoteError, OSError) as refused:
            row = dict.fromkeys(schema.names) | {"file": partition.path, "error": str(refused)}
            yield pyarrow.RecordBatch.from_pylist([row], schema=schema)
            return
        table = quotes.to_arrow()
        table = table.rename_columns(["date" if name == "trade_date" else name for name in table.column_names])

        def column(name: str) -> pyarrow.ChunkedArray | pyarrow.Array:
            if name not in table.column_names:
                given = partition.path if name == "file" else None
                return pyarrow.array([given] * len(table), schema.field(name).type)
            return table.column(name).cast(schema.field(name).type)

        yield from pyarrow.table([column(name) for name in schema.names], schema=schema).to_batches()


def _files(path: str) -> list[str]:
    """The files of a path, a folder with those below it, or a pattern; names that begin with `_` or a dot are no data, as in Spark."""
    found = [path] if os.path.isfile(path) else glob.glob(os.path.join(path, "**") if os.path.isdir(path) else path, recursive=True)
    return sorted(one for one in found if os.path.isfile(one) and not os.path.basename(one).startswith(("_", ".")))
