"""Faults as a frame of the kind that the caller holds, and frames made of Arrow tables."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any, Literal, get_args

import narwhals.dependencies as kinds
import polars as pl

from qantar.schema.safe_text import encodable
from qantar.validation.faults.argument import asked_frame, asked_name
from qantar.validation.faults.fault import Fault

FAULTS: dict[str, type[pl.DataType]] = {
    field.name: pl.Int64 if field.name in ("line", "row") else pl.String for field in fields(Fault)
}


# The same names as those of `qantar.dataset.load`.
FrameKind = Literal["pandas", "polars", "arrow", "duckdb"]


def faults_as_frame(
    faults: Iterable[Fault], like: Any = None, *, kind: FrameKind | None = None
) -> Any:
    """The faults as a frame, one row a fault, in their order.

    The columns are the fields of `Fault`, text but for line and row, which are whole
    numbers; null where a fault does not have them. like: a frame of the kind that is meant,
    as `check_frame` takes it; of a lazy frame and a DuckDB relation the answer is one too,
    the latter in its connection. kind: names the kind instead of like. Raises
    TypeError for what is not a frame, for what are no faults, and where both are given.
    """
    if like is not None and kind is not None:
        raise TypeError("Give the frame by like or its kind by kind, not both.")
    named = None if kind is None else asked_name("kind", kind, get_args(FrameKind))
    held = list(faults)
    if not all(isinstance(fault, Fault) for fault in held):
        raise TypeError("faults must be faults, as the check_ functions return them.")
    table = fault_table(held)
    return convert(table, like) if named is None else _of_kind(table, named)


def _of_kind(table: pl.DataFrame, kind: str) -> Any:
    if kind == "polars":
        return table
    if kind == "arrow":
        return table.to_arrow()
    if kind == "duckdb":
        import duckdb

        return duckdb.from_arrow(table.to_arrow())
    return _as_pandas(table)


def fault_table(faults: Sequence[Fault]) -> pl.DataFrame:
    """The faults as a Polars frame; halves of characters, which it cannot hold, spelled out."""
    columns = {name: [_held(getattr(fault, name)) for fault in faults] for name in FAULTS}
    return pl.DataFrame(columns, FAULTS)


def _held(value: Any) -> Any:
    return encodable(str(value)) if isinstance(value, str) else value


def convert(table: pl.DataFrame, like: Any) -> Any:
    """The table as a frame of the same kind as `like`; in pandas with nullable types."""
    if isinstance(like, pl.LazyFrame | pl.DataFrame):
        return table.lazy() if isinstance(like, pl.LazyFrame) else table
    # Narwhals takes no frame of which two columns have one name.
    if kinds.is_pyarrow_table(like):
        return table.to_arrow()
    if kinds.is_duckdb_relation(like):
        return relate(table.to_arrow(), like)
    if kinds.is_pandas_dataframe(like):
        return _as_pandas(table)
    kind = asked_frame(like).implementation
    if kind.is_pyspark():
        return like.sparkSession.createDataFrame(table.to_arrow())
    if kind.is_dask():
        import dask.dataframe as dd

        return dd.from_pandas(_as_pandas(table), npartitions=1)
    return _as_pandas(table)


def relate(table: Any, relation: Any) -> Any:
    """An Arrow table as a DuckDB relation, in the connection of another relation."""
    # DuckDB finds the table by the name of a local variable.
    held_table = table
    related = relation.query("_", "SELECT * FROM held_table")
    del held_table
    return related


def _as_pandas(table: pl.DataFrame) -> Any:
    import pandas as pd

    columns: dict[str, Any] = {}
    for name, kind in table.schema.items():
        dtype: Any = "Int64" if kind.is_integer() else "string"
        columns[name] = pd.Series(table[name].to_list(), dtype=dtype)
    return pd.DataFrame(columns)
