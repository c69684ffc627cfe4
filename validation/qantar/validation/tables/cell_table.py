"""A table as it was read from a file: typed columns, the line of each row, what failed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from qantar.schema.patterns import DATE_PATTERN, ColumnKind
from qantar.schema.shape import Row
from qantar.schema.table import Column
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.rules.value_rule import SPELLINGS, judge_form
from qantar.validation.tables.spelling import booleans, whole_numbers

NUMBER = f"^(?:{SPELLINGS[ColumnKind.number].pattern})$"
POLARS_TYPES: dict[ColumnKind, type[pl.DataType]] = {
    ColumnKind.string: pl.String,
    ColumnKind.integer: pl.Int64,
    ColumnKind.number: pl.Float64,
    ColumnKind.boolean: pl.Boolean,
    ColumnKind.date: pl.Date,
}
_EXPECTED = {
    ColumnKind.string: "text",
    ColumnKind.integer: "a whole number in digits",
    ColumnKind.number: "a number in digits with a decimal point",
    ColumnKind.boolean: "true or false",
    ColumnKind.date: "a day of the calendar, YYYY-MM-DD",
}
_DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
_BOOLEANS = dict.fromkeys(("true", "t", "yes", "y", "1", "1.0"), "true") | dict.fromkeys(
    ("false", "f", "no", "n", "0", "0.0"), "false"
)


@dataclass(frozen=True)
class CellTable:
    """Rows of one file, in its order.

    frame: one row per data row; a cell that could not be read is null. lines: the physical
    line of each row, from 1, where the file has lines. unread: (index, column) of cells
    that are null because they could not be read, not because they are empty; faults: why.
    table: the name of the table that the file is taken for. is_json: faults point into a row.
    """

    file: str
    frame: pl.DataFrame
    lines: Sequence[int] | None = None
    unread: frozenset[tuple[int, str]] = frozenset()
    faults: tuple[Fault, ...] = ()
    table: str | None = None
    is_json: bool = False

    def place(self, fault: Fault) -> Fault:
        """The fault with the file, and with the line that belongs to its row."""
        line = fault.line
        if line is None and self.lines is not None:
            line = self.lines[fault.row - 1] if fault.row else 1
        if self.is_json:
            fault = fault.as_pointed()
        return fault.at(file=self.file, line=line)

    def hides(self, fault: Fault) -> bool:
        """Whether the fault only follows from a cell that could not be read."""
        if fault.row is None or fault.column is None:
            return False
        return (fault.row - 1, fault.column) in self.unread


def typed(text: pl.Series, kind: ColumnKind) -> pl.Series:
    """Text cells as values of a kind; what is not of the kind becomes null."""
    if kind is ColumnKind.boolean:
        return booleans(text)
    if kind is ColumnKind.date:
        return _where(text, DATE_PATTERN).str.to_date("%Y-%m-%d", strict=False)
    if kind is ColumnKind.integer:
        return whole_numbers(text)
    if kind is ColumnKind.number:
        numbers = _where(text, NUMBER).cast(pl.Float64, strict=False)
        return kept(numbers, numbers.is_finite())
    return text


def type_faults(text: pl.Series, values: pl.Series, column: Column) -> Iterator[tuple[int, Fault]]:
    """(index, fault) of each cell that holds text but gave no value."""
    for index in (text.is_not_null() & values.is_null()).arg_true().to_list():
        yield index, type_fault(index, column, text[index])


def type_fault(index: int, column: Column, found: object) -> Fault:
    """The fault of a cell that holds something, but no value of its column.

    A day is text in a record, so text that is no day is malformed, in a file as there.
    """
    if column.kind is ColumnKind.date and isinstance(found, str | datetime):
        text = found if isinstance(found, str) else found.isoformat()
        fault = judge_form(column, text)
        if fault:
            return fault.at(row=index + 1)
    is_comma = column.kind is ColumnKind.number and _DECIMAL_COMMA.fullmatch(str(found))
    remedy = " Say --decimal ',' where commas are decimal signs." if is_comma else ""
    return Fault(
        "value-type",
        f"{column.name} is {_EXPECTED[column.kind]}, not {shown(found)!r}.{remedy}",
        row=index + 1,
        column=column.name,
        value=shown(found),
        suggestion=_respelled(str(found), column.kind),
    )


def _respelled(text: str, kind: ColumnKind) -> str | None:
    """The spelling of the format for one that people and other programs use."""
    word = text.strip().lower()
    if kind is ColumnKind.boolean:
        return _BOOLEANS.get(word)
    if kind is ColumnKind.integer and word.removesuffix(".0").isdecimal():
        return word.removesuffix(".0")
    return None


def plain_rows(frame: pl.DataFrame) -> list[Row]:
    """Rows as the schema has them: dates as ISO text, an absent value an absent key."""
    days = [name for name, kind in frame.schema.items() if kind == pl.Date]
    if days:
        frame = frame.with_columns(pl.col(days).dt.to_string("%Y-%m-%d"))
    return [
        {name: value for name, value in row.items() if value is not None}
        for row in frame.iter_rows(named=True)
    ]


def without_hidden(read: CellTable, faults: Iterable[Fault]) -> Iterator[Fault]:
    """The faults of a table in their place, less those that follow from unread cells."""
    return (read.place(fault) for fault in faults if not read.hides(fault))


def kept(values: pl.Series, mask: pl.Series) -> pl.Series:
    """The values where the mask holds, null elsewhere."""
    return pl.select(pl.when(mask).then(values).alias(values.name)).to_series()


def _where(text: pl.Series, pattern: str) -> pl.Series:
    return kept(text, text.str.contains(pattern))
