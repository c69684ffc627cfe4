"""The converted rows as a file or a folder of files: CSV, Parquet or JSON Lines."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Literal, Protocol

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

Format = Literal["csv", "parquet", "jsonl"]
FORMATS: dict[str, Format] = {
    ".csv": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_ROWS_IN_GROUP = 131_072
_ZSTD_LEVEL = 1


class RowFile(Protocol):
    """A file that rows are added to."""

    def add(self, frame: pl.DataFrame) -> None: ...

    def close(self, metadata: dict[str, Any]) -> None: ...


@dataclass
class CsvFile:
    """Comma-separated, with a header; an absent value is an empty cell."""

    handle: IO[bytes]
    schema: dict[str, pl.DataType]
    is_begun: bool = False

    def add(self, frame: pl.DataFrame) -> None:
        frame.write_csv(self.handle, include_header=not self.is_begun)
        self.is_begun = True

    def close(self, metadata: dict[str, Any]) -> None:
        if not self.is_begun:
            self.add(pl.DataFrame(schema=self.schema))


@dataclass
class JsonFile:
    """A record a line; an absent value is an absent key."""

    handle: IO[bytes]

    def add(self, frame: pl.DataFrame) -> None:
        for row in frame.iter_rows(named=True):
            held = {name: value for name, value in row.items() if value is not None}
            self.handle.write(json.dumps(held, ensure_ascii=False).encode() + b"\n")

    def close(self, metadata: dict[str, Any]) -> None:
        """Nothing is left to do."""


@dataclass
class ParquetFile:
    """Parquet with zstd; what made the rows is in its metadata, under a key."""

    handle: IO[bytes]
    schema: dict[str, pl.DataType]
    key: str
    waiting: list[pa.Table] = field(default_factory=list)
    writer: pq.ParquetWriter | None = None

    def add(self, frame: pl.DataFrame) -> None:
        self.waiting.append(frame.to_arrow(compat_level=pl.CompatLevel.oldest()))
        if sum(table.num_rows for table in self.waiting) >= _ROWS_IN_GROUP:
            self._flush()

    def close(self, metadata: dict[str, Any]) -> None:
        if self.writer is None and not self.waiting:
            self.add(pl.DataFrame(schema=self.schema))
        self._flush()
        assert self.writer is not None
        self.writer.add_key_value_metadata(
            {self.key: json.dumps(metadata, ensure_ascii=False, sort_keys=True)}
        )
        self.writer.close()

    def _flush(self) -> None:
        if not self.waiting:
            return
        table = pa.concat_tables(self.waiting)
        self.waiting.clear()
        if self.writer is None:
            # Statistics of what is only kept would cost a fifth of the time, for no query.
            ours = [name for name in table.column_names if not name.startswith("source_")]
            self.writer = pq.ParquetWriter(
                self.handle,
                table.schema,
                compression="zstd",
                compression_level=_ZSTD_LEVEL,
                write_statistics=ours,
            )
        self.writer.write_table(table, row_group_size=_ROWS_IN_GROUP)


def row_file(
    handle: IO[bytes],
    form: Format,
    schema: dict[str, pl.DataType],
    key: str = "qantar:conversion",
) -> RowFile:
    """A file of a format to add rows to. key: of what its metadata tell, where it has any."""
    if form == "csv":
        return CsvFile(handle, schema)
    return JsonFile(handle) if form == "jsonl" else ParquetFile(handle, schema, key)


@dataclass
class PartitionedFiles:
    """A folder with a file for each value of a column, named as Hive names them.

    name: what folders are called; value: gives the value of each row.
    """

    folder: Path
    form: Format
    schema: dict[str, pl.DataType]
    name: str
    value: pl.Expr
    opened: dict[str, tuple[IO[bytes], RowFile]] = field(default_factory=dict)

    def add(self, frame: pl.DataFrame) -> None:
        parts = frame.with_columns(self.value.alias("_value")).partition_by(
            "_value", as_dict=True, include_key=False
        )
        for (value,), part in parts.items():
            self._file(str(value)).add(part)

    def close(self, metadata: dict[str, Any]) -> None:
        for handle, file in self.opened.values():
            file.close(metadata)
            handle.close()

    def _file(self, value: str) -> RowFile:
        if value not in self.opened:
            place = self.folder / f"{self.name}={value}" / f"part-0.{self.form}"
            place.parent.mkdir(parents=True)
            handle = place.open("wb")
            self.opened[value] = handle, row_file(handle, self.form, self.schema)
        return self.opened[value][1]
