"""Which values of a column are sound, asked of all at once, and what stands for the others."""

from typing import Any

import polars as pl

from qantar.schema import Profile
from qantar.schema.patterns import ColumnKind
from qantar.schema.table import Column
from qantar.validation.rules.value.rule import codes_of

# Of days the text is judged.
TYPES: dict[ColumnKind, type[pl.DataType]] = {
    ColumnKind.string: pl.String,
    ColumnKind.date: pl.String,
    ColumnKind.integer: pl.Int64,
    ColumnKind.number: pl.Float64,
    ColumnKind.boolean: pl.Boolean,
}
_FILLERS: dict[ColumnKind, Any] = {
    ColumnKind.string: "",
    ColumnKind.date: "",
    ColumnKind.integer: 0,
    ColumnKind.number: 0.0,
    ColumnKind.boolean: False,
}
# Beyond this a double no longer tells neighbouring whole numbers apart.
_LARGEST_WHOLE = 2.0**53


def sound(name: str) -> str:
    """The name of a column that tells where another has a value without a fault."""
    return f"{name}|sound"


def sound_values(column: Column, profile: Profile) -> pl.Expr:
    """Whether each value of the column, which has its type in `TYPES`, is sound; never null.

    What is not sound here may yet be so: the screen holds back a little more than the rule.
    """
    column = column.of(profile)
    value = pl.col(column.name)
    return (value.is_not_null() & _is_good(column, value, profile)).fill_null(False)


def filler_of(column: Column) -> pl.Expr:
    """What stands in the place of a value that is not sound, and means nothing."""
    return pl.lit(_FILLERS[column.kind], dtype=TYPES[column.kind])


def _is_good(column: Column, value: pl.Expr, profile: Profile) -> pl.Expr:
    match column.kind:
        case ColumnKind.boolean:
            return pl.lit(True)
        case ColumnKind.integer | ColumnKind.number:
            low = -_LARGEST_WHOLE if column.minimum is None else column.minimum
            high = _LARGEST_WHOLE if column.maximum is None else column.maximum
            return (value >= low) & (value <= high)
    if column.enum:
        return value.is_in(sorted(codes_of(column, profile)))
    good = _matches(value, column.pattern) if column.pattern else pl.lit(True)
    if column.min_length:
        good = good & (value.str.len_chars() >= column.min_length)
    if column.max_length is not None:
        # The length in bytes is no less than that in characters, and needs no counting.
        good = good & (value.str.len_bytes() <= column.max_length)
    return good


def _matches(value: pl.Expr, pattern: str) -> pl.Expr:
    return value.str.contains(pattern if pattern.startswith("^") else f"^(?:{pattern})$")
