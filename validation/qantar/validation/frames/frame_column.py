"""Columns of a frame as their table declares them, with what is sound told apart.

Each declared column becomes two: its values under its own name, of one type whatever the
backend made of them, and under `sound(name)` whether a row has a value without a fault.
Where it has none, the value beside it is a filler that means nothing.
"""

import datetime
import math
from typing import Any

import narwhals as nw
import polars as pl

from qantar.schema import Profile
from qantar.schema.patterns import DATE_PATTERN, EDTF_PATTERN, ColumnKind
from qantar.schema.table import Column
from qantar.validation.rules.value_rule import (
    SPELLINGS,
    codes_of,
    is_required,
    judge_cell,
    read_text,
)

TYPES: dict[ColumnKind, nw.dtypes.DType] = {
    ColumnKind.string: nw.String(),
    ColumnKind.date: nw.String(),
    ColumnKind.integer: nw.Int64(),
    ColumnKind.number: nw.Float64(),
    ColumnKind.boolean: nw.Boolean(),
}
_FILLERS: dict[ColumnKind, Any] = {
    ColumnKind.string: "",
    ColumnKind.date: "",
    ColumnKind.integer: 0,
    ColumnKind.number: 0.0,
    ColumnKind.boolean: False,
}
_TEXT_FILLERS = {ColumnKind.integer: "0", ColumnKind.number: "0"}
# Beyond this a double no longer tells neighbouring whole numbers apart.
_LARGEST_WHOLE = 2.0**53


def sound(name: str) -> str:
    """The name of the column that tells where a column has a value without a fault."""
    return f"{name}|sound"


def broken(name: str) -> str:
    """The name of the column that tells where a cell may have a fault of its own."""
    return f"{name}|broken"


class FrameColumn:
    """One declared column of one frame: what to select, and how to read a cell.

    dialect: the module that builds the expressions, Narwhals or, with the same words, Polars.
    """

    def __init__(
        self, column: Column, series: nw.Series[Any], profile: Profile, dialect: Any = nw
    ) -> None:
        self.column = column
        self.profile = profile
        self.series = series
        self.dtype = series.dtype
        self.is_pandas = series.implementation.is_pandas_like()
        self.dialect = dialect
        self._col, self._when = dialect.col, dialect.when

    def expressions(self) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
        """The column's value, soundness and brokenness; booleans without nulls."""
        name, kind = self.column.name, self.column.kind
        present = self._present()
        value, good = self._screen()
        is_sound = (present & good.fill_null(False)).fill_null(False)
        filler = self._lit(_FILLERS[kind], TYPES[kind])
        wrong = present & ~is_sound
        if is_required(self.column, self.profile):
            wrong = wrong | ~present
        return (
            self._when(is_sound).then(value).otherwise(filler).alias(name),
            is_sound.alias(sound(name)),
            wrong.alias(broken(name)),
        )

    def cell(self, value: Any) -> Any:
        """A cell as records hold it: None where absent, dates as ISO text, plain numbers."""
        value = _plain(value)
        if value is None or (self.is_pandas and isinstance(value, float) and math.isnan(value)):
            return None
        return read_text(self.column, value) if isinstance(value, str) else value

    def _type(self, dtype: nw.dtypes.DType) -> Any:
        return getattr(self.dialect, type(dtype).__name__)()

    def _lit(self, value: Any, dtype: nw.dtypes.DType | None = None) -> Any:
        return self.dialect.lit(value, dtype=dtype and self._type(dtype))

    def _present(self) -> nw.Expr:
        there: nw.Expr = ~self._col(self.column.name).is_null()
        if self.is_pandas and self.dtype.is_float():
            there = there & ~self._col(self.column.name).is_nan().fill_null(False)
        return there

    def _screen(self) -> tuple[nw.Expr, nw.Expr]:
        """The value in the declared type, and where it is right; may be null where absent."""
        kind, dtype, raw = self.column.kind, self.dtype, self._col(self.column.name)
        if kind is ColumnKind.boolean and dtype == nw.Boolean:
            return raw.fill_null(False), self._lit(True)
        if kind in (ColumnKind.integer, ColumnKind.number) and _is_numeric(dtype):
            return self._screen_number(raw, dtype)
        if dtype == nw.String:
            return self._screen_text(raw)
        return self._lit(_FILLERS[kind], TYPES[kind]), self._lit(False)

    def _screen_number(self, raw: nw.Expr, dtype: nw.dtypes.DType) -> tuple[nw.Expr, nw.Expr]:
        whole = self.column.kind is ColumnKind.integer
        low = -_LARGEST_WHOLE if self.column.minimum is None else self.column.minimum
        high = _LARGEST_WHOLE if self.column.maximum is None else self.column.maximum
        if not whole and self.column.minimum is None and self.column.maximum is None:
            good = raw.is_finite() if dtype.is_float() else self._lit(True)
        else:
            good = (raw >= low) & (raw <= high)
        if whole and dtype.is_float():
            good = good & (raw.floor() == raw)
        good = good.fill_null(False)
        filled = self._when(good).then(raw).otherwise(self._lit(0, dtype))
        return filled.cast(self._type(TYPES[self.column.kind])), good

    def _screen_text(self, raw: nw.Expr) -> tuple[nw.Expr, nw.Expr]:
        column, kind = self.column, self.column.kind
        if kind is ColumnKind.boolean:
            return raw == "true", raw.is_in(["true", "false"])
        if kind in _TEXT_FILLERS:
            spelled = self._matches(raw, SPELLINGS[kind].pattern).fill_null(False)
            text = self._when(spelled).then(raw).otherwise(self._lit(_TEXT_FILLERS[kind]))
            value, good = self._screen_number(text.cast(self._type(TYPES[kind])), TYPES[kind])
            return value, good & spelled
        if column.enum:
            return raw, raw.is_in(sorted(codes_of(column, self.profile)))
        good = self._matches(raw, column.pattern) if column.pattern else self._lit(True)
        if column.min_length:
            good = good & (raw.str.len_chars() >= column.min_length)
        if column.max_length is not None:
            good = good & (self._length(raw) <= column.max_length)
        return raw, good

    def _matches(self, raw: nw.Expr, pattern: str) -> nw.Expr:
        anchored = pattern if pattern.startswith("^") else f"^(?:{pattern})$"
        if self.dialect is pl:
            return raw.str.contains(anchored)
        # In Python's dialect, which pandas may use, `$` also matches before a last line end.
        return raw.str.contains(anchored) & ~raw.str.ends_with("\n")

    def _length(self, raw: Any) -> Any:
        """The length in characters, or in bytes, which are more, where these need no counting."""
        return raw.str.len_bytes() if self.dialect is pl else raw.str.len_chars()


def normalise(column: Column, series: nw.Series[Any], profile: Profile) -> nw.Series[Any]:
    """The series in a type that expressions can judge, where that loses nothing.

    Dates become ISO text. What has no type that a column declares (lists, mixtures of
    types) is judged cell by cell: sound cells stay, others become texts that are not.
    """
    dtype = series.dtype
    if dtype == nw.String or dtype == nw.Boolean or _is_numeric(dtype):
        return series
    if dtype == nw.Unknown and series.is_null().all():
        return series.cast(nw.String)
    if isinstance(dtype, nw.Categorical | nw.Enum):
        return series.cast(nw.String)
    if dtype == nw.Date and _may_hold_dates(column):
        return series.dt.to_string("%Y-%m-%d")
    if dtype == nw.Datetime and _may_hold_dates(column) and _is_midnight(series):
        return series.dt.to_string("%Y-%m-%d")
    reader = FrameColumn(column, series, profile)
    cells = [reader.cell(value) for value in values_of(series)]
    kept = [None if cell is None else _spell(column, cell, profile) for cell in cells]
    return nw.new_series(column.name, kept, nw.String, backend=series.implementation)


def values_of(series: nw.Series[Any]) -> list[Any]:
    """The values as Python has them; days beyond its calendar as text."""
    try:
        return series.to_list()
    except (ValueError, OverflowError):
        form = "%Y-%m-%d" if series.dtype == nw.Date else "%Y-%m-%dT%H:%M:%S"
        return series.dt.to_string(form).to_list()


def _spell(column: Column, cell: Any, profile: Profile) -> str:
    """A cell as text that reads back as itself, or as text that no rule takes for sound."""
    if judge_cell(column, cell, profile):
        return "\n"
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _may_hold_dates(column: Column) -> bool:
    return column.kind is ColumnKind.date or column.pattern in (DATE_PATTERN, EDTF_PATTERN)


def _is_midnight(series: nw.Series[Any]) -> bool:
    there = series.drop_nulls()
    return bool((there.dt.truncate("1d") == there).all())


def _is_numeric(dtype: nw.dtypes.DType) -> bool:
    return dtype.is_integer() or dtype.is_float()


def _plain(value: Any) -> Any:
    if hasattr(value, "to_pydatetime"):
        value = None if value != value else value.to_pydatetime()
    if isinstance(value, datetime.datetime):
        is_day = value.time() == datetime.time() and value.tzinfo is None
        return value.date().isoformat() if is_day else value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if hasattr(value, "item") and not isinstance(value, str | list | dict):
        return value.item()
    return None if type(value).__name__ in ("NAType", "NaTType") else value
