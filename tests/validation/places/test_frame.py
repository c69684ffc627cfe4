"""The verdict on a frame of any kind: faults as a frame, rows parted, other tables."""

from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.schema import Profile, Severity
from qantar.schema.patterns import ColumnKind
from qantar.schema.shape import Row, Rows
from qantar.validation import Fault, check_frame, faults_as_frame
from support import made_up
from support.held_frames import FRAMES, as_pandas, as_polars
from support.judged_tables import judge_tables
from support.mutations import HOSTILE_TEXTS
from support.told_tables import TOLD_TABLES

LINKED = ("events", "participants", "mentions", "spans", "sentences", "changes")
KINDS: dict[str, type] = {
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
    "polars lazy": pl.LazyFrame,
    "pyarrow": pa.Table,
    "duckdb": duckdb.DuckDBPyRelation,
}


def listed(frame: Any) -> list[dict[str, Any]]:
    """The rows of any frame as plain dicts."""
    held = nw.from_native(frame)
    eager = held.collect() if isinstance(held, nw.LazyFrame) else held
    return eager.to_polars().to_dicts()


@st.composite
def mutated_tables(draw: st.DrawFn) -> tuple[str, Rows]:
    """The made-up corpus with rows of one table dropped, repeated or changed in their links."""
    tables = made_up.corpus().tables()
    name = draw(st.sampled_from(LINKED))
    rows = [dict(r) for r in draw(st.lists(st.sampled_from(tables[name]), min_size=1, max_size=9))]
    texts = [c.name for c in TOLD_TABLES[name].columns if c.kind is ColumnKind.string]
    values = sorted({r[c] for t in tables.values() for r in t for c in texts if r.get(c)})
    for _ in range(draw(st.integers(0, 4))):
        column = draw(st.sampled_from(texts))
        draw(st.sampled_from(rows))[column] = draw(st.sampled_from([*values, *HOSTILE_TEXTS, None]))
    for other in LINKED:
        if other != name and draw(st.booleans()):
            kept = tables[other]
            tables[other] = [row for row in kept if draw(st.booleans())] or kept[:1]
    return name, tables | {name: rows}


@given(mutated_tables(), st.sampled_from(Profile), st.sampled_from(sorted(KINDS)))
@settings(max_examples=15, deadline=None)
def test_a_frame_beside_others_is_told_the_same_as_the_tables_together(
    made: tuple[str, Rows], profile: Profile, kind: str
) -> None:
    assert_told_the_same(*made, profile, kind)


@pytest.mark.slow
@given(mutated_tables(), st.sampled_from(Profile), st.sampled_from(sorted(KINDS)))
@settings(max_examples=100, deadline=None)
def test_a_frame_beside_others_is_told_the_same_however_long_one_tries(
    made: tuple[str, Rows], profile: Profile, kind: str
) -> None:
    assert_told_the_same(*made, profile, kind)


def assert_told_the_same(name: str, tables: Rows, profile: Profile, kind: str) -> None:
    others = {other: as_polars(other, rows) for other, rows in tables.items() if rows}
    frame = FRAMES[kind](name, tables[name])
    verdict = check_frame(frame, name, profile, others)
    found = {(f.rule, f.row, f.column, f.message) for f in verdict.faults if f.row}
    absent = {f.column for f in verdict.faults if f.row is None}
    told = {
        (fault.rule, fault.row, fault.column, fault.message)
        for table, fault in judge_tables({k: v for k, v in tables.items() if v}, profile)
        if table == name and not (fault.rule == "value-missing" and fault.column in absent)
    }
    assert found == told


@pytest.mark.parametrize("kind", KINDS)
def test_faults_are_a_frame_of_the_callers_kind(kind: str) -> None:
    rows = made_up.corpus().tables()["events"]
    rows[1] |= {"latitude": 91.0, "confidence": "sure"}
    frame = FRAMES[kind]("events", rows)
    told = check_frame(frame).as_frame()
    assert isinstance(told, KINDS[kind])
    held = [
        {k: v for k, v in row.items() if v is not None and not pd.isna(v)} for row in listed(told)
    ]
    assert held == [fault.as_dict() for fault in check_frame(frame)]


@pytest.mark.parametrize("kind", KINDS)
def test_no_faults_are_a_frame_without_rows(kind: str) -> None:
    frame = FRAMES[kind]("events", made_up.corpus().tables()["events"])
    told = faults_as_frame([], like=frame)
    assert isinstance(told, KINDS[kind])
    assert listed(told) == []


@pytest.mark.parametrize("kind", KINDS)
@given(st.lists(st.booleans(), min_size=1, max_size=30))
@settings(max_examples=10, deadline=None)
def test_good_and_bad_rows_are_all_rows_in_their_order(kind: str, marks: list[bool]) -> None:
    whole = made_up.corpus().tables()["actors"]
    rows: list[Row] = [
        whole[0] | {"actor_id": f"actor-{n}", "name_en": "=x" if bad else f"Actor {n}"}
        for n, bad in enumerate(marks)
    ]
    verdict = check_frame(FRAMES[kind]("actors", rows))
    good, bad = verdict.good, verdict.bad
    assert isinstance(good, KINDS[kind])
    assert isinstance(bad, KINDS[kind])
    held = as_polars("actors", rows)
    assert listed(good) == held.filter([not mark for mark in marks]).to_dicts()
    assert listed(bad) == held.filter(marks).to_dicts()


def test_the_parts_keep_index_columns_and_types_of_pandas() -> None:
    frame = as_pandas("events", made_up.corpus().tables()["events"])
    frame = frame.assign(mine=1, confidence=frame["confidence"].astype("category"))
    frame.index = pd.Index([f"row {n}" for n in range(len(frame))])
    frame.loc["row 0", "latitude"] = 91.0
    verdict = check_frame(frame)
    pd.testing.assert_frame_equal(pd.concat([verdict.bad, verdict.good]), frame)
    assert list(verdict.bad.index) == ["row 0"]


def test_a_missing_column_leaves_no_row_good() -> None:
    rows = made_up.corpus().tables()["events"]
    verdict = check_frame(
        as_polars("events", rows).drop("summary_en", "summary_vi"), "events", Profile.coded
    )
    assert (len(verdict.good), len(verdict.bad)) == (0, len(rows))


def test_columns_that_tell_no_table_leave_no_row_good() -> None:
    verdict = check_frame(pl.DataFrame({"a": [1, 2]}))
    assert ([f.rule for f in verdict.faults], len(verdict.bad)) == (["table-unknown"], 2)


def test_what_points_to_a_table_that_is_not_given_is_not_judged() -> None:
    rows = made_up.corpus().tables()["participants"]
    rows[0]["actor_id"] = "nobody"
    frame = as_polars("participants", rows)
    assert check_frame(frame).faults == ()
    actors = as_pandas("actors", made_up.corpus().tables()["actors"])
    faults = check_frame(frame, others={"actors": actors})
    assert [(f.rule, f.row, f.value) for f in faults] == [("key-dangling", 1, "nobody")]


def test_what_is_not_asked_for_want_of_tables_is_told() -> None:
    frame = as_polars("relations", made_up.corpus().tables()["relations"])
    alone = check_frame(frame)
    assert {"key-dangling", "relation-mention-foreign"} & {one.rule for one in alone.not_asked} == {
        "key-dangling"
    }
    events = as_polars("events", made_up.corpus().tables()["events"])
    unasked = {one.rule: one for one in check_frame(events).not_asked}
    assert unasked["span-missing"].table == "events"
    assert unasked["span-missing"].reason == "It takes mentions and spans, which were not given."
    given = {n: as_polars(n, r) for n, r in made_up.corpus().tables().items() if r}
    assert check_frame(events, others=given).not_asked == ()
    assert check_frame(frame, others=given).not_asked == ()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("table", "field", "column"),
    [("events", "place", "place_name"), ("participants", "actor", "slot")],
)
def test_a_value_without_a_span_is_told_beside_mentions_and_spans(
    kind: str, table: str, field: str, column: str
) -> None:
    tables = made_up.corpus().tables()
    spans = [span for span in tables["spans"] if span["field"] != field]
    others = {
        "mentions": FRAMES[kind]("mentions", tables["mentions"]),
        "spans": FRAMES[kind]("spans", spans),
    }
    found = check_frame(FRAMES[kind](table, tables[table]), others=others)
    assert {(f.rule, f.severity, f.column) for f in found} == {
        ("span-missing", Severity.warning, column)
    }


def test_a_table_that_the_format_does_not_have_is_refused() -> None:
    frame = as_polars("events", made_up.corpus().tables()["events"])
    with pytest.raises(ValueError, match="people"):
        check_frame(frame, others={"people": frame})


def test_a_frame_of_faults_keeps_hostile_values() -> None:
    faults = [Fault("value-type", "told", value=text) for text in HOSTILE_TEXTS]
    for like in (pl.DataFrame(), pd.DataFrame(), pl.DataFrame().to_arrow()):
        assert [row["value"] for row in listed(faults_as_frame(faults, like))] == HOSTILE_TEXTS
