"""Columns of Arrow by their types, each judged or told."""

from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from qantar.schema.table import Column
from qantar.validation.readers.frame.cell_column import column_of_series
from qantar.validation.readers.parquet.arrow_column import as_series, foreign_type
from qantar.validation.tables.chunk import Foreign, Stored

_UNCONVERTED = (
    pa.ArrowException,
    pl.exceptions.PolarsError,
    ValueError,
    TypeError,
    OverflowError,
)


def column_of_arrow(held: Any, column: Column, *, is_nan_absent: bool = False) -> Stored:
    """The column of an array, in chunks or not. is_nan_absent: as pandas means it."""
    foreign = foreign_type(held.type)
    if foreign is not None:
        return Foreign(foreign, ~np.asarray(held.is_null(), np.bool_))
    try:
        # Polars takes on trust that texts are UTF-8.
        held.validate(full=True)
        series = as_series(held)
    except _UNCONVERTED:
        return Foreign(f"values that are not whole, of the type {held.type}", _all(held))
    return column_of_series(series.alias(column.name), column, is_nan_absent=is_nan_absent)


def _all(held: Any) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.ones(len(held), np.bool_)
