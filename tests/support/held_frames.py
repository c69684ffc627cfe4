"""The same rows in every kind of frame that people hold."""

from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import polars as pl

from qantar.schema import TABLES
from qantar.schema.patterns import ColumnKind
from qantar.schema.shape import Row

_TYPES: dict[ColumnKind, type[pl.DataType]] = {
    ColumnKind.string: pl.String,
    ColumnKind.date: pl.String,
    ColumnKind.integer: pl.Int64,
    ColumnKind.number: pl.Float64,
    ColumnKind.boolean: pl.Boolean,
}


def as_polars(table: str, rows: list[Row]) -> pl.DataFrame:
    """Rows with the columns that any of them has, of the declared types."""
    known = TABLES[table].with_names(name for row in rows for name in row).by_name
    names = [name for name in known if any(name in row for row in rows)]
    schema = {name: _TYPES[known[name].kind] for name in names}
    return pl.DataFrame([[row.get(name) for name in names] for row in rows], schema, orient="row")


def as_pandas(table: str, rows: list[Row]) -> pd.DataFrame:
    names = as_polars(table, rows).columns
    return pd.DataFrame({name: [row.get(name) for row in rows] for name in names})


FRAMES: dict[str, Callable[[str, list[Row]], Any]] = {
    "pandas": as_pandas,
    "pandas on arrow": lambda t, r: (
        as_polars(t, r).to_arrow().to_pandas(types_mapper=pd.ArrowDtype)
    ),
    "pandas nullable": lambda t, r: as_pandas(t, r).convert_dtypes(),
    "pandas objects": lambda t, r: as_pandas(t, r).astype(object),
    "polars": as_polars,
    "polars lazy": lambda t, r: as_polars(t, r).lazy(),
    "pyarrow": lambda t, r: as_polars(t, r).to_arrow(),
    "duckdb": lambda t, r: duckdb.from_arrow(as_polars(t, r).to_arrow()),
}
