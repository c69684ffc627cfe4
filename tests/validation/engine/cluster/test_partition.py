"""Tables in parts are told the same as in one frame."""

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.schema import Profile
from qantar.schema.shape import Rows
from qantar.validation.engine.cluster.parted_frame import PLACES_PER_PART
from qantar.validation.engine.cluster.partition import begin_partitions
from support import made_up
from support.held_frames import FRAMES, as_polars
from support.parted_tables import local, parted_tables, told


@pytest.mark.parametrize("kind", ["polars", "pandas", "pyarrow"])
@given(parted_tables(), st.sampled_from(Profile))
@settings(max_examples=6, deadline=None)
def test_parts_are_told_the_same_as_the_whole(
    kind: str, made: tuple[str, Rows, list[int]], profile: Profile
) -> None:
    assert_told_the_same(kind, *made, profile)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["polars", "pandas", "pyarrow"])
@given(parted_tables(), st.sampled_from(Profile))
@settings(max_examples=30, deadline=None)
def test_parts_are_told_the_same_however_long_one_tries(
    kind: str, made: tuple[str, Rows, list[int]], profile: Profile
) -> None:
    assert_told_the_same(kind, *made, profile)


def assert_told_the_same(
    kind: str, name: str, tables: Rows, cuts: list[int], profile: Profile
) -> None:
    whole = FRAMES[kind](name, tables[name])
    others = [other for other in tables if other != name]
    check = begin_partitions(as_polars(name, tables[name]).columns, name, profile, others)
    ends = [0, *cuts, len(whole)]
    found = [
        check.judge(whole[low:high], number * PLACES_PER_PART)
        for number, (low, high) in enumerate(pairwise(ends))
    ]
    for other in others:
        found.append(check.judge_other(other, as_polars(other, tables[other])))
    brought = pl.concat(found).sample(fraction=1, shuffle=True, seed=0)
    groups = brought.partition_by("link", "key") or [brought]
    answer = pl.concat([check.faults_of_columns(), *map(check.join, groups)])
    assert told(answer) == local(name, tables, profile, kind)


@pytest.mark.parametrize("cut", [1, 2])
def test_of_rows_of_another_table_with_one_key_the_first_counts_in_parts(cut: int) -> None:
    tables = made_up.corpus().tables()
    again = tables["events"][1] | {"factuality": "predicted"}
    tables = {"mentions": tables["mentions"], "events": [*tables["events"], again]}
    frame, other = (as_polars(name, rows) for name, rows in tables.items())
    check = begin_partitions(frame.columns, "mentions", Profile.coded, ["events"])
    found = [
        check.judge(frame),
        check.judge_other("events", other[cut:], PLACES_PER_PART),
        check.judge_other("events", other[:cut]),
    ]
    groups = pl.concat(found).partition_by("link", "key")
    answer = pl.concat([check.faults_of_columns(), *map(check.join, groups)])
    assert told(answer) == local("mentions", tables, Profile.coded)


def test_the_file_of_a_row_is_told_and_not_judged() -> None:
    rows = made_up.corpus().tables()["actors"]
    frame = as_polars("actors", [*rows, rows[0]]).with_columns(origin=pl.lit("a.csv"))
    check = begin_partitions(frame.columns, file="origin")
    answer = check.join(check.judge(frame))
    assert check.faults_of_columns().is_empty()
    assert answer.select("rule", "record", "file").rows() == [
        ("key-duplicate", rows[0]["actor_id"], "a.csv")
    ]


def test_columns_that_tell_no_table_are_refused() -> None:
    with pytest.raises(ValueError, match="do not tell"):
        begin_partitions(["a"])
    with pytest.raises(ValueError, match="people"):
        begin_partitions(["a"], "people")


def test_a_column_of_another_type_is_told_at_the_first_record_that_has_it() -> None:
    rows = made_up.corpus().tables()["actors"][:2]
    held = pl.Series("name_en", [None, b"x"])
    frame = as_polars("actors", rows).with_columns(held)
    check = begin_partitions(frame.columns, "actors", Profile.exchange)
    answer = check.join(check.judge(frame)).filter(rule="value-type")
    assert answer.select("record", "column").rows() == [(rows[1]["actor_id"], "name_en")]
    assert answer["message"][0].startswith("name_en holds bytes")


def test_a_part_whose_column_stands_twice_is_told() -> None:
    table = as_polars("actors", made_up.corpus().tables()["actors"]).to_arrow()
    check = begin_partitions(table.column_names, "actors", Profile.exchange)
    twice = table.append_column("name_en", table.column("name_en"))
    messages = check.join(check.judge(twice))["message"].to_list()
    assert any("2 columns named name_en" in message for message in messages)
