"""A Spark DataFrame with the rows of another system, converted partition by partition.

Rows with one id are brought together first, so that what comes twice is told as in a file.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import pyarrow as pa

from qantar.dataset.conversion.frame_rows import (
    convert_rows,
    layout_of_columns,
    schema_of,
)
from qantar.dataset.conversion.system import Given
from qantar.schema.systems import crosswalk

_SQL_TYPES = {pl.String(): "string", pl.Int64(): "bigint", pl.Float64(): "double"}
_RECORD, _REASON = "_record", "_reason"
Batches = Iterable[pa.RecordBatch]


@dataclass(frozen=True)
class ConvertedSpark:
    """The rows of a Spark DataFrame, converted: two DataFrames, read when they are asked.

    frame: our columns but `source_row`, since rows of a cluster have no number. rejected: the
    reason and the row as JSON.
    """

    frame: Any
    rejected: Any


def convert_spark(
    frame: Any, *, name: str = "frame", version: str | None = None, order: Sequence[str] = ()
) -> ConvertedSpark:
    """Convert a Spark DataFrame with the columns of a system's files.

    name, version: as `convert_frame` takes them. order: further columns, such as the file and the
    number of a row, by which rows with one id are put in order before they are numbered; they are
    not converted. By default their own cells put them in order. Workers need Qantar installed.

    Raises ConversionError where the columns are of no system that is known.
    """
    names = [column for column in frame.columns if column not in order]
    layout = layout_of_columns(names)
    given = Given(layout, name, version)
    made = schema_of(layout, names)
    keys = {
        link.column for link in crosswalk(layout.system, layout.holds) if link.field == "event_id"
    }
    ids = [own for own, named in zip(names, layout.named(names), strict=True) if named in keys]
    text = frame.selectExpr(*order, *(f"CAST(`{own}` AS STRING) AS `{own}`" for own in names))
    together = text.repartition(*ids).sortWithinPartitions(*order, *names).select(*names)
    answer = together.mapInArrow(_converter(given, made), _ddl({**made, **_LOST}))
    columns = [column for column in made if column != "source_row"]
    return ConvertedSpark(
        answer.where(f"{_REASON} IS NULL").select(*columns),
        answer.where(f"{_REASON} IS NOT NULL").selectExpr(
            f"{_REASON} AS reason", f"{_RECORD} AS record"
        ),
    )


_LOST = {_REASON: pl.String(), _RECORD: pl.String()}


def _converter(
    given: Given, made: dict[str, pl.DataType]
) -> Callable[[Batches], Iterator[pa.RecordBatch]]:
    def run(batches: Batches) -> Iterator[pa.RecordBatch]:
        parts = [pl.DataFrame(pl.from_arrow(batch)) for batch in batches if batch.num_rows]
        if not parts:
            return
        converted, rejected, _ = convert_rows([pl.concat(parts)], given)
        lost = rejected.select(
            *(pl.lit(None, kind).alias(name) for name, kind in made.items()),
            pl.col("reason").alias(_REASON),
            pl.col("record").alias(_RECORD),
        )
        kept = converted.with_columns(pl.lit(None, kind).alias(n) for n, kind in _LOST.items())
        for whole in (kept, lost):
            yield from (
                whole.to_arrow(compat_level=pl.CompatLevel.oldest())
                .cast(_arrow({**made, **_LOST}))
                .to_batches()
            )

    return run


def _arrow(schema: dict[str, pl.DataType]) -> pa.Schema:
    types = {pl.String(): pa.string(), pl.Int64(): pa.int64(), pl.Float64(): pa.float64()}
    return pa.schema([(name, types[kind]) for name, kind in schema.items()])


def _ddl(schema: dict[str, pl.DataType]) -> str:
    return ", ".join(f"`{name}` {_SQL_TYPES[kind]}" for name, kind in schema.items())
