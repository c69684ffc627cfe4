"""Columns of a frame cell by cell, where their type does not tell what they hold."""

import datetime
from collections.abc import Iterable
from typing import Any

import numpy as np
import polars as pl

from qantar.schema.patterns import ColumnKind
from qantar.schema.table import Column
from qantar.validation.readers.spelling import respelled
from qantar.validation.readers.stored_type import as_column, describe_type, may_hold_days
from qantar.validation.rules.value.plain_cell import Unheld, plain_cell
from qantar.validation.rules.value.rule import is_unicode, read_text
from qantar.validation.rules.value.screen import TYPES
from qantar.validation.tables.chunk import Foreign, Mixed, Stored
from qantar.validation.tables.stored_value import value_at

_TIMES = (datetime.date, np.datetime64)
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1
_LARGEST_NUMBER = 10**300


def column_of_cells(
    cells: Iterable[Any], column: Column, *, is_nan_absent: bool = False
) -> pl.Series | Mixed:
    """The column of values of any type. is_nan_absent: as pandas means it."""
    kept: list[Any] = []
    odd: dict[int, Any] = {}
    for row, value in enumerate(cells):
        cell = plain_cell(value, is_nan_absent=is_nan_absent)
        if isinstance(value, _TIMES) and isinstance(cell, str) and not may_hold_days(column):
            cell = Unheld(cell)
        elif isinstance(cell, str) and is_unicode(cell):
            cell = read_text(column, cell)
        held = _of_kind(column.kind, cell)
        kept.append(held)
        if held is None and cell is not None:
            odd[row] = cell
    values = pl.Series(column.name, kept, TYPES[column.kind])
    return Mixed(values, odd) if odd else values


def column_of_series(series: pl.Series, column: Column, *, is_nan_absent: bool = False) -> Stored:
    """The column as it is judged: of its own type where that loses nothing."""
    if series.dtype == pl.Object:
        return column_of_cells(series.to_list(), column, is_nan_absent=is_nan_absent)
    if is_nan_absent and series.dtype.is_float():
        series = series.fill_nan(None)
    values = as_column(series, column)
    if values is None:
        there = series.is_not_null().to_numpy()
        return Foreign(describe_type(series.dtype), there, _first(series, there))
    if series.dtype == pl.String and respelled(series, column.kind):
        # Read as text, it is noted how other programs spell values.
        return series
    if values.null_count() == series.null_count():
        return values.alias(column.name)
    is_text = isinstance(series.dtype, pl.Categorical | pl.Enum)
    return series.cast(pl.String) if is_text else series


def _of_kind(kind: ColumnKind, cell: Any) -> Any:
    """The cell where it is of a kind and can be held as such, else None."""
    if kind in (ColumnKind.string, ColumnKind.date):
        return cell if isinstance(cell, str) and is_unicode(cell) else None
    if kind is ColumnKind.boolean or isinstance(cell, bool):
        return cell if kind is ColumnKind.boolean and isinstance(cell, bool) else None
    if not isinstance(cell, int | float):
        return None
    if kind is ColumnKind.integer:
        is_whole = _SMALLEST <= cell <= _LARGEST and cell == int(cell)
        return int(cell) if is_whole else None
    return float(cell) if -_LARGEST_NUMBER < cell < _LARGEST_NUMBER else None


def _first(series: pl.Series, there: np.ndarray[Any, Any]) -> Any:
    """The first value, for the user to see; None where Python has no such value."""
    if not there.any():
        return None
    try:
        return value_at(series, int(there.argmax()))
    except (ValueError, TypeError, OverflowError, pl.exceptions.PolarsError):
        return None
