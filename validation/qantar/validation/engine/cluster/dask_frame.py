"""A Dask DataFrame judged part by part, by the same rules and in the same words."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from qantar.schema import TABLES, Profile
from qantar.schema.patterns import ColumnKind
from qantar.validation.engine.cluster.partition import (
    ANSWER,
    FOUND,
    PLACES_PER_PART,
    PartitionCheck,
    begin_partitions,
)
from qantar.validation.faults.argument import asked_columns, asked_others


def judge_dask(
    frame: Any,
    table: str | None = None,
    profile: Profile | str | None = None,
    others: Mapping[str, Any] | None = None,
    *,
    file: str | None = None,
) -> Any:
    """The faults of a Dask DataFrame, as a Dask DataFrame.

    Takes, gives and raises what `judge_spark` does, with frames of Dask. Booleans among
    which some are missing may be spelled True and False, as Dask makes texts of them.
    """
    columns = asked_columns(frame, "Dask")
    import dask
    import dask.dataframe as dd

    check = begin_partitions(columns, table, profile, asked_others(others), file)
    judge, judge_other = dask.delayed(_judge), dask.delayed(_judge_other)
    found = [
        judge(check, part, number * PLACES_PER_PART)
        for number, part in enumerate(frame.to_delayed())
    ]
    for name, other in (others or {}).items():
        found.extend(
            judge_other(check, name, part, number * PLACES_PER_PART)
            for number, part in enumerate(other.to_delayed())
        )
    brought = dd.from_delayed(found, meta=_as_pandas(pl.DataFrame(schema=FOUND)))
    if len(found) > 1:
        brought = brought.shuffle(on=["link", "key"])
    meta = _as_pandas(pl.DataFrame(schema=ANSWER))
    joined = brought.map_partitions(_join, check, meta=meta)
    columns = dd.from_pandas(_as_pandas(check.faults_of_columns()), npartitions=1)
    return dd.concat([columns, joined])


def _judge(check: PartitionCheck, part: Any, place: int) -> Any:
    return _as_pandas(check.judge(_respelled(part, check.table), place))


def _judge_other(check: PartitionCheck, name: str, part: Any, place: int) -> Any:
    return _as_pandas(check.judge_other(name, _respelled(part, name), place))


def _respelled(part: Any, table: str) -> Any:
    """The part with booleans as the format spells them.

    Dask makes text of columns of objects, such as booleans and nulls, and does so in
    Python's spelling; that is no fault of the data.
    """
    import pandas as pd

    spelled = {
        column.name: part[column.name].replace({"True": "true", "False": "false"})
        for column in TABLES[table].columns
        if column.kind is ColumnKind.boolean
        and column.name in part.columns
        and pd.api.types.is_string_dtype(part[column.name].dtype)
    }
    return part.assign(**spelled)


def _join(part: Any, check: PartitionCheck) -> Any:
    return _as_pandas(check.join(pl.from_pandas(part)))


def _as_pandas(frame: pl.DataFrame) -> Any:
    import pandas as pd
    import pyarrow as pa

    arrow = frame.to_arrow()
    plain = pa.schema(
        [
            (f.name, pa.string() if pa.types.is_large_string(f.type) else f.type)
            for f in arrow.schema
        ]
    )
    return arrow.cast(plain).to_pandas(types_mapper=pd.ArrowDtype)
