"""Spans in other parts than the values they show, in two shuffles, are told as in one frame."""


import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.schema import Profile
from qantar.schema.shape import Rows
from qantar.validation.engine.cluster.parted_frame import PartedFrame
from qantar.validation.engine.cluster.partition import begin_partitions
from support.held_frames import as_polars
from support.parted_tables import Told, local, told
from support.parted_traces import PolarsParts, parts, traced_tables

Cuts = dict[str, list[int]]


def in_parts(name: str, tables: Rows, cuts: Cuts, seed: int = 0) -> Told:
    frames = {table: parts(table, rows, cuts.get(table, [])) for table, rows in tables.items()}
    others = {table: frame for table, frame in frames.items() if table != name}
    columns = as_polars(name, tables[name]).columns
    check = begin_partitions(columns, name, Profile.coded, others)
    answer = PartedFrame(check, frames[name], others).run(PolarsParts(seed))
    return told(pl.concat([check.faults_of_columns(), answer]))


@given(traced_tables(), st.integers(0, 9))
@settings(max_examples=12, deadline=None)
def test_values_and_spans_in_parts_are_told_as_in_one_frame(
    made: tuple[str, Rows, Cuts], seed: int
) -> None:
    name, tables, cuts = made
    assert in_parts(name, tables, cuts, seed) == local(name, tables, Profile.coded)


@pytest.mark.slow
@given(traced_tables(), st.integers(0, 9))
@settings(max_examples=300, deadline=None)
def test_values_and_spans_are_told_as_in_one_frame_however_long_one_tries(
    made: tuple[str, Rows, Cuts], seed: int
) -> None:
    name, tables, cuts = made
    assert in_parts(name, tables, cuts, seed) == local(name, tables, Profile.coded)
