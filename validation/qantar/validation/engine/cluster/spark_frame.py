"""A Spark DataFrame judged part by part, by the same rules and in the same words."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

import polars as pl
import pyarrow as pa

from qantar.schema import Profile
from qantar.validation.engine.cluster.parted_frame import (
    PLACES_PER_PART,
    Join,
    Judge,
    Schema,
    ask_parts,
)
from qantar.validation.engine.cluster.partition import ANSWER, FOUND

# Arrow batches of Spark are small; what is judged at once costs less a row.
ROWS_AT_ONCE = 100_000
_SQL_TYPES: dict[type[pl.DataType], str] = {
    pl.String: "string",
    pl.Int32: "int",
    pl.Int64: "bigint",
    pl.Float64: "double",
    pl.Boolean: "boolean",
}
_ARROW_TYPES: dict[type[pl.DataType], pa.DataType] = {
    pl.String: pa.string(),
    pl.Int32: pa.int32(),
    pl.Int64: pa.int64(),
    pl.Float64: pa.float64(),
    pl.Boolean: pa.bool_(),
}
Batches = Iterable[pa.RecordBatch]


def judge_spark(
    frame: Any,
    table: str | None = None,
    profile: Profile | str | None = None,
    others: Mapping[str, Any] | None = None,
    *,
    file: str | None = None,
) -> Any:
    """The faults of a Spark DataFrame, as a Spark DataFrame.

    table, profile, others: as `check_frame` takes them, others being Spark DataFrames.
    file: a column that names the file of each row, such as `input_file_name` makes; it is
    not judged. The data are read when the answer is, each frame once and mentions beside
    spans twice. Its columns are rule, severity, message, column, value, suggestion, record
    (the row's key) and file. Workers need
    Qantar installed. Raises ValueError where the columns tell no table, for a table
    that the format does not have and for a profile that there is not.
    """
    asked = ask_parts("Spark", frame, table, profile, others, file)
    of_columns = pa.Table.from_batches(
        [*_batches(asked.check.faults_of_columns())], _schema(ANSWER)
    )
    return frame.sparkSession.createDataFrame(of_columns).unionByName(asked.run(Spark()))


class Spark:
    """Spark DataFrames, mapped and shuffled; nothing is read before the answer is."""

    def judge(self, frame: Any, table: str, judge: Judge) -> Any:
        return frame.mapInArrow(_each(judge), _ddl(FOUND))

    def meet(self, found: Sequence[Any], join: Join, schema: Schema) -> Any:
        whole = reduce(lambda one, other: one.unionByName(other), found)
        return whole.repartition("link", "key").mapInArrow(_join(join), _ddl(schema))


def _each(judge: Judge) -> Callable[[Batches], Iterator[pa.RecordBatch]]:
    def run(batches: Batches) -> Iterator[pa.RecordBatch]:
        from pyspark import TaskContext

        context = TaskContext.get()
        place = context.partitionId() * PLACES_PER_PART if context else 0
        for part in _gathered(batches):
            yield from _batches(judge(part, place))
            place += part.height

    return run


def _join(join: Join) -> Callable[[Batches], Iterator[pa.RecordBatch]]:
    def run(batches: Batches) -> Iterator[pa.RecordBatch]:
        held = [*batches]
        if held:
            yield from _batches(join(_frame(held)))

    return run


def _gathered(batches: Batches) -> Iterator[pl.DataFrame]:
    """Batches put together until they are worth judging."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(b.num_rows for b in held) >= ROWS_AT_ONCE:
            yield _frame(held)
            held = []
    if held:
        yield _frame(held)


def _frame(batches: list[pa.RecordBatch]) -> pl.DataFrame:
    return pl.DataFrame(pl.from_arrow(pa.Table.from_batches(batches)))


def _batches(frame: pl.DataFrame) -> Iterator[pa.RecordBatch]:
    yield from frame.to_arrow().cast(_schema(frame.schema)).to_batches()


def _schema(columns: Mapping[str, Any]) -> pa.Schema:
    # Spark has no large strings.
    return pa.schema([(name, _ARROW_TYPES[kind]) for name, kind in columns.items()])


def _ddl(schema: Schema) -> str:
    return ", ".join(f"`{name}` {_SQL_TYPES[kind]}" for name, kind in schema.items())
