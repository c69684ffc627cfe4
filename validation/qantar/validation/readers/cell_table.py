"""A table as it was read from a file: typed columns, the line of each row, what failed."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from qantar.schema.patterns import DATE_PATTERN, ColumnKind
from qantar.schema.rule import Profile
from qantar.schema.shape import Row
from qantar.schema.table import Column
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.readers.spelling import booleans, whole_numbers
from qantar.validation.rules.value.plain_cell import plain_cell
from qantar.validation.rules.value.rule import SPELLINGS, judge_value, read_text, wrong_type

NUMBER = f"^(?:{SPELLINGS[ColumnKind.number].pattern})$"
POLARS_TYPES: dict[ColumnKind, type[pl.DataType]] = {
    ColumnKind.string: pl.String,
    ColumnKind.integer: pl.Int64,
    ColumnKind.number: pl.Float64,
    ColumnKind.boolean: pl.Boolean,
    ColumnKind.date: pl.Date,
}


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

    It reads as that of a record which holds the same.
    """
    value = _as_number(column, plain_cell(found))
    # The profile only decides which codes a text may be.
    fault = judge_value(column, value, Profile.coded)
    if fault is None and isinstance(value, int):
        told = f"{column.name} is {shown(value)}, but must have at most 18 digits."
        fault = Fault("value-out-of-range", told, column=column.name, value=shown(value))
    return (fault or wrong_type(column, value, Profile.coded)).at(row=index + 1)


def _as_number(column: Column, value: Any) -> Any:
    """The value; the number that a text spells where that is none of the column's all the same."""
    if not isinstance(value, str):
        return value
    read = read_text(column, value)
    if column.kind is ColumnKind.integer and isinstance(read, str):
        spelled = SPELLINGS[ColumnKind.number].fullmatch(value)
        number = float(value) if spelled else 0.0
        return number if math.isfinite(number) and not number.is_integer() else value
    return read


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
