"""The values of a table as CSV cells, and numbers that every reader reads alike."""

import math
from decimal import Decimal
from typing import Any

from qantar.schema.patterns import ColumnKind
from qantar.schema.shape import Row
from qantar.schema.table import Column, Table

# Readers' quick parsers of decimals are exact up to this many digits and not beyond.
SIGNIFICANT_DIGITS = 15
# pandas and R take these words for missing values unless they are told otherwise.
READ_AS_MISSING = frozenset(
    {
        *("#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN"),
        *("<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null"),
    }
)


def portable_rows(table: Table, rows: list[Row]) -> list[Row]:
    """The rows as they are released, numbers cut to 15 significant digits.

    Raises ``ValueError`` for a value that readers would not give back: text that pandas
    takes for missing, a number that is not finite, a value of another kind, no value
    where one is required.
    """
    return [
        {c.name: _portable(table, c, row) for c in table.columns if _is_due(table, c, row)}
        for row in rows
    ]


def is_always_there(table: Table, column: Column) -> bool:
    """Whether every row has a value: where one is required, and in keys."""
    return column.required or column.name in table.primary_key


def write_cell(column: Column, value: Any) -> str:
    """A value as it stands in a CSV file; an absent one is an empty cell."""
    if value is None:
        return ""
    if column.kind is ColumnKind.boolean:
        return "true" if value else "false"
    if column.kind is ColumnKind.number:
        return _write_number(value)
    return str(value)


def read_cell(column: Column, cell: str) -> Any:
    """The value that a cell holds; the inverse of `write_cell`."""
    if cell == "":
        return None
    if column.kind is ColumnKind.boolean:
        return {"true": True, "false": False}[cell]
    if column.kind is ColumnKind.number:
        return float(cell)
    return int(cell) if column.kind is ColumnKind.integer else cell


def _is_due(table: Table, column: Column, row: Row) -> bool:
    return row.get(column.name) is not None or is_always_there(table, column)


def _portable(table: Table, column: Column, row: Row) -> Any:
    value = row.get(column.name)
    if not _fits(column.kind, value):
        place = f"{table.name}.{column.name}"
        raise ValueError(f"{place} must be a {column.kind} and is {value!r} in the row {row}.")
    if value in READ_AS_MISSING:
        raise ValueError(
            f"{table.name}.{column.name} holds {value!r}, which pandas reads as a missing "
            "value; use another word."
        )
    if column.kind is ColumnKind.number:
        # Adding zero turns a negative zero into zero.
        return float(f"{value:.{SIGNIFICANT_DIGITS}g}") + 0.0
    return value


def _fits(kind: ColumnKind, value: Any) -> bool:
    if kind is ColumnKind.boolean:
        return isinstance(value, bool)
    if kind is ColumnKind.integer:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind is ColumnKind.number:
        return isinstance(value, int | float) and math.isfinite(value)
    return isinstance(value, str) and value != ""


def _write_number(value: float) -> str:
    text = format(Decimal(repr(float(value))), "f")
    return text if "." in text else f"{text}.0"
