"""Files of quotes as a data source of Spark 4: registered by `fedpath.spark.register`."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql.types import StructType

_PRICES = ("open", "high", "low", "last", "settle")
_COUNTS = ("volume", "open_interest")
_OPTIONS = ("as_of", "contract", "at")


class QuoteFiles(DataSource):  # type: ignore[misc]
    """Files of quotes, whatever their format: a row a day and contract, and a row with an `error` for each file that is refused."""

    @classmethod
    def name(cls) -> str:
        return "fedpath"

    def schema(self) -> str:
        prices = ", ".join(f"{name} decimal(9,6)" for name in _PRICES)
        return f"file string, date date, contract string, {prices}, volume bigint, open_interest bigint, error string"

    def reader(self, schema: StructType) -> _Reader:
        return _Reader({str(name).lower(): str(value) for name, value in self.options.items()})


class _File(InputPartition):  # type: ignore[misc]
    def __init__(self, path: str) -> None:
        self.path = path


class _Reader(DataSourceReader):  # type: ignore[misc]
    def __init__(self, given: dict[str, str]) -> None:
        self.given = given

    def partitions(self) -> list[InputPartition]:
        path = self.given.get("path")
        if path is None:
            raise ValueError("expected a file, a folder or a pattern: .load('quotes/*.csv')")
        found = sorted(glob.glob(os.path.join(path, "*") if os.path.isdir(path) else path))
        files = [one for one in found if os.path.isfile(one)]
        if not files:
            raise ValueError(f"expected files of quotes, found none at {path}")
        return [_File(one) for one in files]

    def read(self, partition: InputPartition) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow
        from fedpath import QuoteError, read_quotes

        assert isinstance(partition, _File)
        kinds = {"date": pyarrow.date32(), "contract": pyarrow.string()}
        kinds |= dict.fromkeys(_PRICES, pyarrow.decimal128(9, 6)) | dict.fromkeys(_COUNTS, pyarrow.int64())
        schema = pyarrow.schema([("file", pyarrow.string()), *kinds.items(), ("error", pyarrow.string())])
        columns = self.given.get("columns")
        try:
            quotes = read_quotes(
                partition.path,
                columns=columns.split(",") if columns else None,
                **{name: self.given[name] for name in _OPTIONS if name in self.given},
            )
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
