"""Columns of pandas by their dtypes, each judged or told."""

from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from qantar.schema.table import Column
from qantar.validation.readers.cell_table import kept
from qantar.validation.readers.frame.arrow_column import column_of_arrow
from qantar.validation.readers.frame.cell_column import column_of_cells, column_of_series
from qantar.validation.tables.chunk import Foreign, Mixed, Stored

# Of objects that are all of one type, the type in Arrow.
_OF_OBJECTS = {
    "string": pa.large_string(),
    "boolean": pa.bool_(),
    "integer": pa.int64(),
    "floating": pa.float64(),
    "date": pa.date32(),
}
# The dtypes of pandas of which Arrow has every value.
_CONVERTED = (
    "StringDtype",
    "ArrowDtype",
    "BooleanDtype",
    "DatetimeTZDtype",
    *(f"{sign}Int{bits}Dtype" for sign in ("", "U") for bits in (8, 16, 32, 64)),
    "Float32Dtype",
    "Float64Dtype",
)
_UNCONVERTED = (pa.ArrowException, TypeError, ValueError, OverflowError, NotImplementedError)


def column_of_pandas(series: Any, column: Column) -> Stored:
    """The column of a Series of pandas, in which NaN is an absent value.

    An extension dtype that is none of pandas' own is told, not guessed.
    """
    import pandas as pd

    dtype = series.dtype
    if isinstance(dtype, np.dtype):
        return _of_numpy(series, column)
    if isinstance(dtype, pd.CategoricalDtype):
        return _of_categories(series, column)
    if isinstance(dtype, pd.SparseDtype):
        return column_of_pandas(series.sparse.to_dense(), column)
    if isinstance(dtype, tuple(getattr(pd, name) for name in _CONVERTED)):
        return _of_arrow(series, column)
    if isinstance(dtype, pd.PeriodDtype | pd.IntervalDtype):
        return _foreign(series, "spans of time" if dtype.name.startswith("period") else "intervals")
    return _foreign(series, _name(dtype))


def _of_numpy(series: Any, column: Column) -> Stored:
    values = series.to_numpy()
    values = values.astype(values.dtype.newbyteorder("="), copy=False)
    match values.dtype.kind:
        case "O":
            return _of_objects(series, column)
        case "f":
            values = values.astype(np.float64, copy=False)
        case "M":
            unit, _ = np.datetime_data(values.dtype)
            values = values if unit in ("ms", "us", "ns") else values.astype("datetime64[ms]")
        case "b" | "i" | "u":
            pass
        case "m":
            return _foreign(series, "durations")
        case "c":
            return _foreign(series, "complex numbers")
        case _:
            return _foreign(series, _name(series.dtype))
    return column_of_series(pl.Series(column.name, values), column, is_nan_absent=True)


def _of_objects(series: Any, column: Column) -> Stored:
    """Python's own objects: quickly where all are of one type, else one by one."""
    import pandas as pd

    kind = _OF_OBJECTS.get(pd.api.types.infer_dtype(series, skipna=True))
    if kind is not None:
        try:
            held = pa.array(series, kind, from_pandas=True)
        except _UNCONVERTED:
            return column_of_cells(series, column, is_nan_absent=True)
        return column_of_arrow(held, column, is_nan_absent=True)
    return column_of_cells(series, column, is_nan_absent=True)


def _of_arrow(series: Any, column: Column) -> Stored:
    try:
        held = pa.array(series, from_pandas=True)
    except _UNCONVERTED:
        return column_of_cells(series, column, is_nan_absent=True)
    return column_of_arrow(held, column, is_nan_absent=True)


def _of_categories(series: Any, column: Column) -> Stored:
    """Each category once, then its rows; a code of -1 is an absent value."""
    import pandas as pd

    codes = np.asarray(series.cat.codes, np.int64)
    held = column_of_pandas(pd.Series(series.cat.categories), column)
    if isinstance(held, Foreign):
        return Foreign(held.held, codes >= 0, held.first, held.fault)
    numbers = pl.Series(codes)
    places = kept(numbers, numbers >= 0)
    if isinstance(held, Mixed):
        odd = {row: held.odd[code] for row, code in enumerate(codes.tolist()) if code in held.odd}
        return Mixed(held.values.gather(places), odd)
    assert isinstance(held, pl.Series)
    return held.gather(places)


def _foreign(series: Any, held: str) -> Foreign:
    try:
        there = ~np.asarray(series.isna(), np.bool_)
    except _UNCONVERTED:
        there = np.ones(len(series), np.bool_)
    return Foreign(held, there)


def _name(dtype: Any) -> str:
    """What values of a dtype are called."""
    try:
        name = str(dtype)
    except Exception:  # A dtype of anybody's making may raise anything.
        name = type(dtype).__name__
    return f"values of the type {name}"
