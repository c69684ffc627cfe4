"""A Spark DataFrame is told the same as one frame of its rows."""

from functools import reduce
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.schema import Profile
from qantar.schema.shape import Rows
from qantar.validation.engine.cluster.spark_frame import judge_spark
from support.held_frames import as_polars
from support.local_spark import local_spark
from support.parted_tables import NO_FIXTURE_HARM, local, parted_tables, parts_of, told
from support.parted_traces import parts, traced_tables

spark = pytest.fixture(scope="module", name="spark")(local_spark)


@pytest.mark.slow
@given(parted_tables(), st.sampled_from(Profile))
@settings(max_examples=8, deadline=None, suppress_health_check=NO_FIXTURE_HARM)
def test_spark_is_told_the_same(
    spark: Any, made: tuple[str, Rows, list[int]], profile: Profile
) -> None:
    name, tables, cuts = made
    frame = as_polars(name, tables[name])
    whole = in_spark(spark, [part for part in parts_of(frame, cuts) if len(part)])
    others = {
        other: spark.createDataFrame(as_polars(other, rows).to_arrow())
        for other, rows in tables.items()
        if other != name
    }
    answer = judge_spark(whole, name, profile, others)
    assert told(pl.DataFrame(pl.from_arrow(answer.toArrow()))) == local(name, tables, profile)


@pytest.mark.slow
@given(traced_tables())
@settings(max_examples=6, deadline=None, suppress_health_check=NO_FIXTURE_HARM)
def test_spark_is_told_the_same_of_values_and_spans(
    spark: Any, made: tuple[str, Rows, dict[str, list[int]]]
) -> None:
    name, tables, cuts = made
    frames = {
        table: in_spark(spark, parts(table, rows, cuts[table])) for table, rows in tables.items()
    }
    others = {table: frame for table, frame in frames.items() if table != name}
    answer = judge_spark(frames[name], name, Profile.coded, others)
    found = told(pl.DataFrame(pl.from_arrow(answer.toArrow())))
    assert found == local(name, tables, Profile.coded)


def in_spark(spark: Any, held: list[pl.DataFrame]) -> Any:
    frames = [spark.createDataFrame(part.to_arrow()) for part in held]
    return reduce(lambda one, other: one.union(other), frames)
