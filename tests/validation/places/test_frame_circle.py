"""Circles within a frame of any kind, and within one in parts, are those of its rows."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.schema import Profile
from qantar.schema.shape import Row
from qantar.validation import check_frame
from qantar.validation.engine.cluster.partition import begin_partitions
from support import made_up
from support.held_frames import FRAMES, as_polars
from support.judged_tables import judge_tables

CIRCLES = {"relation-cycle", "cause-cycle", "date-anchor-cycle"}
TYPES = ["part_of", "precedes", "responds_to", "caused_by", "about"]
IDS = st.sampled_from([f"TST-{number:06}" for number in range(1, 7)])
# A pointer to nothing, a broken one, and one of another kind.
ENDS = st.one_of(IDS, IDS, IDS, st.sampled_from([None, "first"]))


@st.composite
def pointing_rows(draw: st.DrawFn) -> tuple[str, list[Row]]:
    """Relations that lead from event to event, or events whose dates rest on each other."""
    if draw(st.booleans()):
        pairs = draw(st.lists(st.tuples(ENDS, ENDS, st.sampled_from(TYPES)), min_size=1))
        names = ("event_id", "other_event_id", "relation")
        return "relations", [dict(zip(names, pair, strict=True)) for pair in pairs]
    event = made_up.corpus().tables()["events"][1]
    anchors = draw(st.lists(st.tuples(IDS, ENDS), min_size=1))
    return "events", [event | {"event_id": a, "date_anchor_event_id": b} for a, b in anchors]


def in_rows(table: str, rows: list[Row]) -> set[Any]:
    told = judge_tables({table: rows}, Profile.coded)
    return {(f.rule, f.row, f.column, f.message) for _, f in told if f.rule in CIRCLES}


@pytest.mark.parametrize("kind", FRAMES)
@given(pointing_rows())
@settings(max_examples=4, deadline=None)
def test_a_frame_is_told_of_the_circles_among_its_rows(
    kind: str, made: tuple[str, list[Row]]
) -> None:
    table, rows = made
    found = check_frame(FRAMES[kind](table, rows), table, Profile.coded)
    told = {(f.rule, f.row, f.column, f.message) for f in found if f.rule in CIRCLES}
    assert told == in_rows(table, rows)


@given(pointing_rows(), st.integers(0, 12))
@settings(max_examples=15, deadline=None)
def test_parts_are_told_of_circles_across_them(made: tuple[str, list[Row]], cut: int) -> None:
    table, rows = made
    frame = as_polars(table, rows)
    check = begin_partitions(frame.columns, table, Profile.coded)
    found = pl.concat([check.judge(frame[:cut]), check.judge(frame[cut:], 1_000)])
    answers = [check.join(group) for group in found.partition_by("link", "key")]
    told = [m for a in answers for m in a.filter(pl.col("rule").is_in([*CIRCLES]))["message"]]
    assert sorted(told) == sorted(message for _, _, _, message in in_rows(table, rows))


@pytest.mark.parametrize("kind", FRAMES)
def test_a_circle_of_each_rule_is_found(kind: str) -> None:
    row = made_up.corpus().tables()["relations"][0]
    for relation, rule in (("part_of", "relation-cycle"), ("caused_by", "cause-cycle")):
        one, two = "TST-000001", "TST-000002"
        changed = row | {"relation": relation}
        rows = [
            changed | {"event_id": one, "other_event_id": two, "mention_id": f"{one}-M1"},
            changed | {"event_id": two, "other_event_id": one, "mention_id": f"{two}-M1"},
        ]
        assert [(f.rule, f.row) for f in check_frame(FRAMES[kind]("relations", rows))] == [
            (rule, 1),
            (rule, 2),
        ]
