"""A Ray dataset judged chunk by chunk, by the same rules and in the same words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from qantar.schema import Profile
from qantar.validation.engine.cluster.parted_frame import (
    PLACES_PER_PART,
    Join,
    Judge,
    Schema,
    ask_parts,
)

# Rows of one bucket are brought together; more buckets than workers spread them evenly.
BUCKETS = 64


def judge_ray(
    dataset: Any,
    table: str | None = None,
    profile: Profile | str | None = None,
    others: Mapping[str, Any] | None = None,
    *,
    file: str | None = None,
) -> Any:
    """The faults of a Ray dataset, as a Ray dataset.

    Takes, gives and raises what `judge_spark` does, with datasets of Ray; the chunks are
    judged at once rather than when the answer is read. Where there is no fault the answer
    has no columns either.
    """
    asked = ask_parts("Ray", dataset, table, profile, others, file)
    import ray

    of_columns = asked.check.faults_of_columns().to_arrow()
    return ray.data.from_arrow(of_columns).union(asked.run(Ray()))


class Ray:
    """Ray datasets, mapped chunk by chunk, and shuffled by bucket."""

    def judge(self, frame: Any, table: str, judge: Judge) -> Any:
        import ray

        judged = ray.remote(_judge)
        found = [
            judged.remote(judge, chunk, number * PLACES_PER_PART)
            for number, chunk in enumerate(frame.to_arrow_refs())
        ]
        return ray.data.from_arrow_refs(found)

    def meet(self, found: Sequence[Any], join: Join, schema: Schema) -> Any:
        first, *others = found
        brought = (first.union(*others) if others else first).groupby("bucket")
        return brought.map_groups(_join(join), batch_format="pyarrow")


def _join(join: Join) -> Callable[[Any], Any]:
    def run(group: Any) -> Any:
        return _in_buckets(join(pl.DataFrame(pl.from_arrow(group)).drop("bucket")))

    return run


def _judge(judge: Judge, chunk: Any, place: int) -> Any:
    return _in_buckets(judge(chunk, place))


def _in_buckets(frame: pl.DataFrame) -> Any:
    """Rows that are to meet others, each with its bucket; all else as it is."""
    bucket = (pl.struct("link", "key").hash(seed=0) % BUCKETS).cast(pl.Int32)
    buckets = [bucket.alias("bucket")] if "link" in frame.columns else []
    return frame.with_columns(buckets).to_arrow()
