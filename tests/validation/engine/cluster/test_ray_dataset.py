"""A Ray dataset is told the same as one frame of its rows."""

import importlib.util
from collections import Counter
from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.schema import Profile
from qantar.schema.shape import Rows
from qantar.validation.engine.cluster.ray_dataset import judge_ray
from support.held_frames import as_polars
from support.parted_tables import NO_FIXTURE_HARM, local, parted_tables, parts_of, told
from support.parted_traces import parts, traced_tables


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    """Ray on this machine with two workers."""
    if importlib.util.find_spec("ray") is None:
        pytest.skip("Ray is not installed (extra ray)")
    import ray

    ray.init(num_cpus=2, include_dashboard=False, object_store_memory=200_000_000)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    # By default 200 parts are made of a few rows, which takes a minute.
    context.default_hash_shuffle_parallelism = 4
    yield ray
    ray.shutdown()


@pytest.mark.slow
@given(parted_tables(), st.sampled_from(Profile))
@settings(max_examples=3, deadline=None, suppress_health_check=NO_FIXTURE_HARM)
def test_ray_is_told_the_same(
    ray: Any, made: tuple[str, Rows, list[int]], profile: Profile
) -> None:
    name, tables, cuts = made
    parts = [p.to_arrow() for p in parts_of(as_polars(name, tables[name]), cuts) if len(p)]
    others = {
        other: ray.data.from_arrow(as_polars(other, rows).to_arrow())
        for other, rows in tables.items()
        if other != name
    }
    answer = judge_ray(ray.data.from_arrow(parts), name, profile, others).to_pandas()
    # Of a dataset without rows Ray knows no columns.
    found = told(pl.from_pandas(answer)) if len(answer) else Counter()
    assert found == local(name, tables, profile)


@pytest.mark.slow
@given(traced_tables())
@settings(max_examples=2, deadline=None, suppress_health_check=NO_FIXTURE_HARM)
def test_ray_is_told_the_same_of_values_and_spans(
    ray: Any, made: tuple[str, Rows, dict[str, list[int]]]
) -> None:
    name, tables, cuts = made
    frames = {
        table: ray.data.from_arrow([p.to_arrow() for p in parts(table, rows, cuts[table])])
        for table, rows in tables.items()
    }
    others = {table: frame for table, frame in frames.items() if table != name}
    answer = judge_ray(frames[name], name, Profile.coded, others).to_pandas()
    found = told(pl.from_pandas(answer)) if len(answer) else Counter()
    assert found == local(name, tables, Profile.coded)
