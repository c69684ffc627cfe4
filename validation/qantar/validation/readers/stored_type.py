"""The types in which columns are stored, and the values that they spell without loss."""

from typing import Any

import polars as pl

from qantar.schema.patterns import DATE_PATTERN, EDTF_PATTERN, ColumnKind
from qantar.schema.rule import Profile
from qantar.schema.table import Column
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.readers.cell_table import POLARS_TYPES, kept, typed
from qantar.validation.rules.value.plain_cell import plain_cell
from qantar.validation.rules.value.rule import EXPECTED, wrong_type
from qantar.validation.tables.stored_value import ISO_DAY

_WHOLE_DECIMAL = r"^-?[0-9]+(?:[.]0+)?$"
# A double holds no whole number beyond that a 64-bit one holds too.
_BEYOND_INT64 = 2.0**63


def as_column(stored: pl.Series, column: Column) -> pl.Series | None:
    """Stored values as the column declares them, null where that would lose something.

    None where a type holds no values of the column's kind at all.
    """
    if stored.dtype == pl.Null:
        return stored.cast(POLARS_TYPES[column.kind])
    if isinstance(stored.dtype, pl.Categorical | pl.Enum):
        stored = stored.cast(pl.String)
    if stored.dtype == pl.String:
        return typed(stored, column.kind)
    match column.kind:
        case ColumnKind.boolean:
            return stored if stored.dtype == pl.Boolean else None
        case ColumnKind.integer:
            return _whole_numbers(stored)
        case ColumnKind.number:
            return _numbers(stored)
        case ColumnKind.date:
            return _days(stored)
        case ColumnKind.string:
            days = _days(stored) if may_hold_days(column) else None
            return None if days is None else days.dt.to_string(ISO_DAY)


def may_hold_days(column: Column) -> bool:
    """Whether a day is a value of the column."""
    return column.kind is ColumnKind.date or column.pattern in (DATE_PATTERN, EDTF_PATTERN)


def describe_type(dtype: pl.DataType) -> str:
    """What values of a type are called, whichever library has them."""
    if dtype.is_integer():
        return "whole numbers"
    if dtype.is_numeric():
        return "numbers"
    if isinstance(dtype, pl.List | pl.Array):
        return "lists"
    return _NAMES.get(dtype.base_type(), f"values of the type {dtype}")


_NAMES: dict[Any, str] = {
    pl.Boolean: "true and false",
    pl.String: "text",
    pl.Date: "days",
    pl.Datetime: "times",
    pl.Time: "times of day",
    pl.Duration: "durations",
    pl.Binary: "bytes",
    pl.Struct: "records",
}


def column_of_another_type(column: Column, held: str, first: Any = None) -> Fault:
    """The fault of a whole column that holds what none of its values can be.

    held: what it holds. first: the first value, where it is known.
    """
    value = shown(plain_cell(first))
    found = "" if value is None else f", the first of them {value}"
    told = f"{column.name} holds {held}{found}, but must be {EXPECTED[column.kind]}."
    guess = None if value is None else wrong_type(column, value, Profile.coded).suggestion
    return Fault("value-type", told, column=column.name, value=value, suggestion=guess)


def _whole_numbers(stored: pl.Series) -> pl.Series | None:
    if stored.dtype.is_integer():
        return stored.cast(pl.Int64, strict=False)
    if stored.dtype.is_float():
        # pandas stores whole numbers as doubles where some are missing.
        doubles = stored.cast(pl.Float64)
        whole = (doubles == doubles.floor()) & (doubles.abs() < _BEYOND_INT64)
        return kept(doubles, whole).cast(pl.Int64, strict=False)
    if stored.dtype.is_decimal():
        texts = stored.cast(pl.String)
        whole = kept(texts, texts.str.contains(_WHOLE_DECIMAL))
        return whole.str.replace(r"[.]0+$", "").cast(pl.Int64, strict=False)
    return None


def _numbers(stored: pl.Series) -> pl.Series | None:
    if stored.dtype.is_integer():
        return stored.cast(pl.Float64)
    if stored.dtype.is_float():
        doubles = stored.cast(pl.Float64)
        return kept(doubles, doubles.is_finite())
    if stored.dtype.is_decimal():
        # By way of text it becomes the same double as in a text file.
        return stored.cast(pl.String).cast(pl.Float64, strict=False)
    return None


def _days(stored: pl.Series) -> pl.Series | None:
    """Days, and times that are midnight in their own zone."""
    if stored.dtype == pl.Date:
        return stored
    if not isinstance(stored.dtype, pl.Datetime):
        return None
    local = stored.dt.replace_time_zone(None)
    return kept(local, local == local.dt.truncate("1d")).cast(pl.Date)
