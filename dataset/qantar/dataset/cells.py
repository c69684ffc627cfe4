"""The values of a table as CSV cells, and numbers that every reader reads alike."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from qantar.schema.language import languages_in
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


_LARGEST = 2**63
_WORDS = {ColumnKind.date: "day of the calendar, as in 2022-01-05,"}


@dataclass(frozen=True)
class UnfitCell:
    """A value that no release can hold. row: its index in the table; told: a sentence."""

    table: str
    row: int
    column: str
    told: str


class UnfitError(ValueError):
    """Values that no release can hold: all of them, and at least one."""

    def __init__(self, cells: Sequence[UnfitCell]) -> None:
        self.cells = tuple(cells)
        super().__init__("\n".join(f"{c.told} (row {c.row + 1})" for c in self.cells))


def portable_rows(table: Table, rows: list[Row]) -> list[Row]:
    """The rows as they are released, numbers cut to 15 significant digits.

    Raises ``UnfitError`` for values that readers would not give back: text that pandas
    takes for missing or that UTF-8 cannot hold, a number that is not finite or too large,
    a day that there is not, a value of another kind, no value where one is required.
    """
    unfit = list(_unfit_cells(table, rows))
    if unfit:
        raise UnfitError(unfit)
    return [
        {c.name: _portable(c, row) for c in table.columns if _is_due(table, c, row)} for row in rows
    ]


def with_languages(table: Table, rows: Iterable[Row]) -> Table:
    """The table with a column for each language in which rows have prose.

    One that was made for the languages of a package stays as it is.
    """
    if not table.prose:
        return table
    return table.in_languages(languages_in((name for row in rows for name in row), table.prose))


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


def _unfit_cells(table: Table, rows: list[Row]) -> Iterable[UnfitCell]:
    for number, row in enumerate(rows):
        for column in table.columns:
            if _is_due(table, column, row):
                told = _problem(column, row.get(column.name))
                if told:
                    name = f"{table.name}.{column.name}"
                    yield UnfitCell(table.name, number, column.name, f"{name} {told}")


def _problem(column: Column, value: Any) -> str:
    """What keeps a value from being released; empty where nothing does."""
    if not _fits(column.kind, value):
        found = "is missing" if value is None else f"is {value!r:.80}"
        return f"must be a {_WORDS.get(column.kind, column.kind)} and {found}."
    if value in READ_AS_MISSING:
        return f"holds {value!r}, which pandas reads as a missing value; use another word."
    if isinstance(value, str) and not _is_unicode(value):
        return f"is {value!r:.80}, with half of a character (a surrogate); write it anew."
    return ""


def _portable(column: Column, row: Row) -> Any:
    value = row.get(column.name)
    if column.kind is ColumnKind.number:
        # Adding zero turns a negative zero into zero.
        return float(f"{value:.{SIGNIFICANT_DIGITS}g}") + 0.0
    return value


def _fits(kind: ColumnKind, value: Any) -> bool:
    if kind is ColumnKind.boolean:
        return isinstance(value, bool)
    if kind is ColumnKind.integer:
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        return is_whole and -_LARGEST <= value < _LARGEST
    if kind is ColumnKind.number:
        return isinstance(value, int | float) and abs(value) <= sys.float_info.max
    if not isinstance(value, str) or value == "":
        return False
    return kind is not ColumnKind.date or _is_day(value)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _write_number(value: float) -> str:
    text = format(Decimal(repr(float(value))), "f")
    return text if "." in text else f"{text}.0"
