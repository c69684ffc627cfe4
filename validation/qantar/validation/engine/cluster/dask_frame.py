"""A Dask DataFrame judged part by part, by the same rules and in the same words."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from qantar.schema import TABLES, Profile
from qantar.schema.patterns import ColumnKind
from qantar.validation.engine.cluster.parted_frame import (
    PLACES_PER_PART,
    Join,
    Judge,
    Schema,
    ask_parts,
)
from qantar.validation.engine.cluster.partition import FOUND


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
    asked = ask_parts("Dask", frame, table, profile, others, file)
    import dask.dataframe as dd

    of_columns = _as_pandas(asked.check.faults_of_columns())
    return dd.concat([dd.from_pandas(of_columns, npartitions=1), asked.run(Dask())])


class Dask:
    """Dask DataFrames, mapped and shuffled; nothing is read before the answer is."""

    def judge(self, frame: Any, table: str, judge: Judge) -> Any:
        import dask
        import dask.dataframe as dd

        judged = dask.delayed(_judge)
        parts = enumerate(frame.to_delayed())
        found = [judged(judge, part, table, number * PLACES_PER_PART) for number, part in parts]
        return dd.from_delayed(found, meta=_as_pandas(pl.DataFrame(schema=FOUND)))

    def meet(self, found: Sequence[Any], join: Join, schema: Schema) -> Any:
        import dask.dataframe as dd

        whole = dd.concat([*found])
        if whole.npartitions > 1:
            whole = whole.shuffle(on=["link", "key"])
        return whole.map_partitions(_join, join, meta=_as_pandas(pl.DataFrame(schema=schema)))


def _judge(judge: Judge, part: Any, table: str, place: int) -> Any:
    return _as_pandas(judge(_respelled(part, table), place))


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


def _join(part: Any, join: Join) -> Any:
    return _as_pandas(join(pl.from_pandas(part)))


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
