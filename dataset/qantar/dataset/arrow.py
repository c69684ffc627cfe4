"""A table in Arrow: types, descriptions as metadata, and the way from rows and back."""

from datetime import date
from typing import Any

import pyarrow as pa

from qantar.dataset.cells import is_always_there, with_languages
from qantar.schema.patterns import ColumnKind
from qantar.schema.shape import Row
from qantar.schema.table import Column, Table
from qantar.schema.version import SCHEMA_VERSION

_TYPES = {
    ColumnKind.string: pa.string(),
    ColumnKind.integer: pa.int64(),
    ColumnKind.number: pa.float64(),
    ColumnKind.boolean: pa.bool_(),
    ColumnKind.date: pa.date32(),
}


def arrow_type(kind: ColumnKind) -> pa.DataType:
    """The Arrow type of a kind of column."""
    return _TYPES[kind]


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema; titles and descriptions are metadata of fields and of the schema."""
    metadata = {
        "title": table.name.replace("_", " ").capitalize(),
        "description": table.description,
        "qantar:table": table.name,
        "qantar:schema_version": SCHEMA_VERSION,
    }
    return pa.schema([_field(table, column) for column in table.columns], metadata=metadata)


def arrow_table(table: Table, rows: list[Row]) -> pa.Table:
    """Rows as an Arrow table; ISO dates become dates, absent values null."""
    table = with_languages(table, rows)
    schema = arrow_schema(table)
    arrays = [
        pa.array(_values(column, rows), type=schema.field(column.name).type)
        for column in table.columns
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def arrow_rows(arrow: pa.Table) -> list[Row]:
    """The rows of an Arrow table; the inverse of `arrow_table`."""
    return [
        {name: _plain(value) for name, value in row.items() if value is not None}
        for row in arrow.to_pylist()
    ]


def _field(table: Table, column: Column) -> pa.Field:
    nullable = not is_always_there(table, column)
    metadata = {"title": column.title, "description": column.description}
    return pa.field(column.name, _TYPES[column.kind], nullable=nullable, metadata=metadata)


def _values(column: Column, rows: list[Row]) -> list[Any]:
    values = [row.get(column.name) for row in rows]
    if column.kind is ColumnKind.date:
        return [value and date.fromisoformat(value) for value in values]
    return values


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
