"""A Dask DataFrame is told the same as one frame of its rows."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from held_frames import FRAMES
from parted_tables import local, parted_tables, told
from qantar.schema import Profile
from qantar.schema.shape import Rows
from qantar.validation.engines.dask_frame import judge_dask

dd: Any = pytest.importorskip("dask.dataframe", reason="Dask is not installed (extra dask)")


@pytest.mark.parametrize("kind", ["pandas", "pandas on arrow", "pandas nullable"])
@given(parted_tables(), st.sampled_from(Profile))
@settings(max_examples=12, deadline=None)
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
