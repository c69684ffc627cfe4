"""A Ray dataset judged chunk by chunk, by the same rules and in the same words."""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from qantar.schema import Profile
from qantar.validation.engine.cluster.partition import (
    FOUND,
    PLACES_PER_PART,
    PartitionCheck,
    begin_partitions,
)
from qantar.validation.faults.argument import asked_columns, asked_others

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
    columns = asked_columns(dataset, "Ray")
    import ray

    check = begin_partitions(columns, table, profile, asked_others(others), file)
    judge, judge_other = ray.remote(_judge), ray.remote(_judge_other)
    found = [
        judge.remote(check, chunk, number * PLACES_PER_PART)
        for number, chunk in enumerate(dataset.to_arrow_refs())
    ]
    for name, other in (others or {}).items():
        found.extend(
            judge_other.remote(check, name, chunk, number * PLACES_PER_PART)
            for number, chunk in enumerate(other.to_arrow_refs())
        )
    brought = ray.data.from_arrow_refs(found).groupby("bucket")
    joined = brought.map_groups(_join(check), batch_format="pyarrow")
    return ray.data.from_arrow(check.faults_of_columns().to_arrow()).union(joined)


def _join(check: PartitionCheck) -> Callable[[Any], Any]:
    def join(group: Any) -> Any:
        return check.join(pl.DataFrame(pl.from_arrow(group))).to_arrow()

    return join


def _judge(check: PartitionCheck, chunk: Any, place: int) -> Any:
    return _in_buckets(check.judge(chunk, place))


def _judge_other(check: PartitionCheck, name: str, chunk: Any, place: int) -> Any:
    return _in_buckets(check.judge_other(name, chunk, place))


def _in_buckets(found: pl.DataFrame) -> Any:
    bucket = pl.struct("link", "key").hash(seed=0) % BUCKETS
    return found.select(*FOUND, bucket.cast(pl.Int32).alias("bucket")).to_arrow()
