"""A file of one table, read as rows and written again with nothing lost."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from qantar.dataset.arrow import arrow_type
from qantar.dataset.cells import write_cell
from qantar.schema.migration import MigrationError
from qantar.schema.past import PAST_VERSIONS, past_schema
from qantar.schema.patterns import ColumnKind
from qantar.schema.shape import Row
from qantar.schema.table import Column, Table
from qantar.schema.version import SCHEMA_VERSION
from qantar.validation.rules.value.rule import read_text

SEPARATORS = {"csv": ",", "tsv": "\t"}
# Columns that only the schema as it is now has, of the tables that were altered.
_ONLY_NOW = {
    "events": "direction",
    "actors": "external_id",
    "articles": "digest_key",
    "agreement": "counted",
}
_LARGEST_CELL = 16 * 2**20
_VALIDATE = "Run `qantar validate` on it, mend it, and migrate it again."


class TableFile(Protocol):
    """names: its columns in order. rows: the values, of which absent ones are absent keys."""

    names: list[str]
    rows: list[Row]

    def written(self, table: Table, rows: Sequence[Row], names: Sequence[str]) -> bytes:
        """The file with other rows: cells and columns that did not change stay as they were.

        table: what columns are. rows: in the order of those that were read, or quite others.
        """


def read_table_file(content: bytes, form: str, file: str, table: Table | None = None) -> TableFile:
    """A file of CSV, TSV or Parquet. Raises MigrationError with a sentence for a bad one.

    table: as which its cells are read; by default what its columns tell.
    """
    if form == "parquet":
        return _read_parquet(content, file)
    return _read_text(content, SEPARATORS[form], file, table)


def table_named(names: Sequence[str], file: str, table: str | None = None) -> str:
    """The table of an earlier schema with these columns.

    Raises MigrationError where none is, and where only the schema as it is has such columns.
    """
    found = table or past_schema(PAST_VERSIONS[-1]).table_of(names)
    if found is None:
        raise MigrationError(
            f"{file}: the columns {', '.join(names[:8]) or '(none)'} do not tell which table this "
            "is; say so with --table."
        )
    if _ONLY_NOW.get(found) in names:
        raise MigrationError(
            f"{file} is of schema {SCHEMA_VERSION} already: it has the column {_ONLY_NOW[found]}."
        )
    return found


@dataclass
class _TextFile:
    names: list[str]
    rows: list[Row]
    cells: list[list[str]]
    separator: str
    line_end: str

    def written(self, table: Table, rows: Sequence[Row], names: Sequence[str]) -> bytes:
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=self.separator, lineterminator=self.line_end)
        writer.writerow(names)
        is_same = len(rows) == len(self.rows)
        places = {name: place for place, name in enumerate(self.names)}
        for number, row in enumerate(rows):
            old = self.rows[number] if is_same else {}
            cells = self.cells[number] if is_same else []
            writer.writerow(
                [
                    cells[places[name]]
                    if name in places and is_same and row.get(name) == old.get(name)
                    else _cell(table, name, row.get(name))
                    for name in names
                ]
            )
        return text.getvalue().encode()


@dataclass
class _ParquetFile:
    names: list[str]
    rows: list[Row]
    arrow: pa.Table

    def written(self, table: Table, rows: Sequence[Row], names: Sequence[str]) -> bytes:
        fields: list[pa.Field] = []
        columns: list[Any] = []
        is_same = len(rows) == len(self.rows)
        for name in names:
            values = [row.get(name) for row in rows]
            there = name in self.names
            if there and is_same and values == [row.get(name) for row in self.rows]:
                fields.append(self.arrow.schema.field(name))
                columns.append(self.arrow.column(name))
                continue
            fields.append(_field(table, name, self.arrow.schema.field(name) if there else None))
            columns.append(_array(_days(values, fields[-1].type), fields[-1]))
        schema = pa.schema(fields, metadata=_metadata(self.arrow.schema.metadata))
        file = io.BytesIO()
        pq.write_table(pa.Table.from_arrays(columns, schema=schema), file, compression="zstd")
        return file.getvalue()


def _read_text(content: bytes, separator: str, file: str, table: Table | None) -> TableFile:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MigrationError(f"{file} is not UTF-8 (byte {error.start}). {_VALIDATE}") from None
    line_end = "\r\n" if "\r\n" in text[:100_000] else "\n"
    before = csv.field_size_limit(_LARGEST_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        lines = [(reader.line_num, line) for line in reader if line]
    except csv.Error as error:
        raise MigrationError(f"{file} is no sound table of text: {error}. {_VALIDATE}") from None
    finally:
        csv.field_size_limit(before)
    if not lines:
        raise MigrationError(f"{file} is empty: it has no header.")
    names = lines[0][1]
    _refuse_names(names, file)
    for number, line in lines[1:]:
        if len(line) != len(names):
            raise MigrationError(
                f"{file}, line {number}: the row has {len(line)} cells, and the header "
                f"{len(names)}. {_VALIDATE}"
            )
    held = table or past_schema(PAST_VERSIONS[-1]).tables[table_named(names, file)]
    rows = [_values(held, names, line) for _, line in lines[1:]]
    return _TextFile(names, rows, [line for _, line in lines[1:]], separator, line_end)


def _values(table: Table, names: list[str], line: list[str]) -> Row:
    return {
        name: read_text(table.by_name[name], cell) if name in table.by_name else cell
        for name, cell in zip(names, line, strict=True)
        if cell != ""
    }


def _read_parquet(content: bytes, file: str) -> TableFile:
    try:
        arrow = pq.read_table(pa.BufferReader(content), page_checksum_verification=True)
    except (pa.ArrowException, OSError) as error:
        raise MigrationError(f"{file} is no readable Parquet file: {error}.") from None
    names = [*arrow.column_names]
    _refuse_names(names, file)
    nested = [f.name for f in arrow.schema if pa.types.is_nested(f.type)]
    if nested:
        raise MigrationError(
            f"{file} holds nested records ({nested[0]}); write them as JSON Lines, and migrate "
            "that."
        )
    rows = [
        {n: v.isoformat() if isinstance(v, date) else v for n, v in row.items() if v is not None}
        for row in arrow.to_pylist()
    ]
    return _ParquetFile(names, rows, arrow)


def _refuse_names(names: list[str], file: str) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise MigrationError(f"{file} has two columns named {twice!r}. {_VALIDATE}")


def _cell(table: Table, name: str, value: Any) -> str:
    column = table.by_name.get(name)
    fits = column is not None and not isinstance(value, str)
    if column is not None and fits:
        return write_cell(column, value)
    return "" if value is None else str(value)


def _field(table: Table, name: str, old: pa.Field | None) -> pa.Field:
    column: Column | None = table.by_name.get(name)
    kind = column.kind if column else ColumnKind.string
    facts = {"title": column.title, "description": column.description} if column else None
    return pa.field(name, old.type if old is not None else arrow_type(kind), metadata=facts)


def _array(values: list[Any], field: pa.Field) -> pa.Array:
    try:
        return pa.array(values, type=field.type)
    except pa.ArrowException as error:
        raise MigrationError(f"{field.name} cannot be written: {error}. {_VALIDATE}") from None


def _days(values: Iterable[Any], kind: pa.DataType) -> list[Any]:
    if not pa.types.is_date(kind):
        return [*values]
    return [date.fromisoformat(value) if isinstance(value, str) else value for value in values]


def _metadata(old: dict[bytes, bytes] | None) -> dict[bytes, bytes]:
    """What was said of the table, but for what only the old schema and pandas' index say."""
    left = (b"qantar:schema_version", b"pandas", b"ARROW:schema")
    return {name: value for name, value in (old or {}).items() if name not in left}
