"""A Dask DataFrame is told the same as one frame of its rows."""

from collections import Counter
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.schema import Profile
from qantar.schema.shape import Rows
from qantar.validation.engine.cluster.dask_frame import judge_dask
from support import made_up
from support.held_frames import FRAMES, as_pandas
from support.parted_tables import local, parted_tables, told
from support.parted_traces import traced_tables

dd: Any = pytest.importorskip("dask.dataframe", reason="Dask is not installed (extra dask)")


def test_booleans_with_a_gap_are_no_fault_of_the_data() -> None:
    rows = [dict(made_up.corpus().tables()["mentions"][0]) for _ in range(2)]
    rows[1] |= {"mention_id": "TST-000001-M2", "conditional": None}
    frame = dd.from_pandas(as_pandas("mentions", rows), npartitions=1)
    answer = judge_dask(frame, "mentions", Profile.exchange).compute(scheduler="synchronous")
    assert told(pl.from_pandas(answer)) == Counter()


@pytest.mark.parametrize("kind", ["pandas", "pandas on arrow", "pandas nullable"])
@given(parted_tables(), st.sampled_from(Profile))
@settings(max_examples=8, deadline=None)
def test_dask_is_told_the_same(
    kind: str, made: tuple[str, Rows, list[int]], profile: Profile
) -> None:
    name, tables, cuts = made
    frame = dd.from_pandas(FRAMES[kind](name, tables[name]), npartitions=max(1, len(cuts)))
    others = {
        other: dd.from_pandas(FRAMES[kind](other, rows), npartitions=1)
        for other, rows in tables.items()
        if other != name
    }
    answer = judge_dask(frame, name, profile, others).compute(scheduler="synchronous")
    assert told(pl.from_pandas(answer)) == local(name, tables, profile, kind)


@given(traced_tables())
@settings(max_examples=6, deadline=None)
def test_dask_is_told_the_same_of_values_and_spans(
    made: tuple[str, Rows, dict[str, list[int]]],
) -> None:
    name, tables, cuts = made
    frames = {
        table: dd.from_pandas(FRAMES["pandas on arrow"](table, rows), len(cuts[table]) + 1)
        for table, rows in tables.items()
        if rows
    }
    tables = {table: tables[table] for table in frames}
    others = {table: frame for table, frame in frames.items() if table != name}
    answer = judge_dask(frames[name], name, Profile.coded, others)
    found = told(pl.from_pandas(answer.compute(scheduler="synchronous")))
    assert found == local(name, tables, Profile.coded, "pandas on arrow")
