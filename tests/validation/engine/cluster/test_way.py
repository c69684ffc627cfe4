"""Spans in other parts than the values they show, in two shuffles, are told as in one frame."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.schema import Profile
from qantar.schema.shape import Rows
from qantar.validation.engine.cluster.parted_frame import PartedFrame
from qantar.validation.engine.cluster.partition import begin_partitions
from support import made_up
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
@settings(max_examples=8, deadline=None)
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


def without_place(tables: Rows, *names: str) -> Rows:
    """Tables of which no span shows the place of an event, in as many parts as they have rows."""
    spans = [span for span in tables["spans"] if span["field"] != "place"]
    return {name: tables[name] for name in names} | {
        "mentions": [dict(row) for row in tables["mentions"]],
        "spans": [dict(row) for row in spans],
    }


def untraced(name: str, tables: Rows) -> list[str | None]:
    """The records without a span, rows being parts; the same as in one frame."""
    cuts = {table: [*range(1, len(rows))] for table, rows in tables.items()}
    found = in_parts(name, tables, cuts)
    assert found == local(name, tables, Profile.coded)
    return sorted(str(record) for rule, *_, record in found if rule == "span-missing")


@pytest.fixture
def events() -> Rows:
    return without_place(made_up.corpus().tables(), "events")


def test_a_value_is_traced_over_parts(events: Rows) -> None:
    assert untraced("events", events) == ["TST-000002"]


@pytest.mark.parametrize("lost", [None, "no id"])
def test_a_span_without_a_mention_may_be_of_any_part(events: Rows, lost: str | None) -> None:
    events["spans"][0]["mention_id"] = lost
    assert untraced("events", events) == []


def test_a_dangling_span_shows_nothing(events: Rows) -> None:
    place = events["spans"][0] | {"field": "place", "mention_id": "TST-000009-M1"}
    events["spans"].append(place)
    assert untraced("events", events) == ["TST-000002"]


@pytest.mark.parametrize("column", ["mention_id", "event_id"])
def test_a_span_without_a_mention_is_that_of_a_faulty_one(events: Rows, column: str) -> None:
    events["spans"][0]["mention_id"] = None
    events["mentions"].append(events["mentions"][0] | {column: None})
    assert untraced("events", events) == ["TST-000002"]


def test_a_mention_without_an_id_leaves_its_event_open(events: Rows) -> None:
    events["mentions"].append(events["mentions"][1] | {"mention_id": None})
    assert untraced("events", events) == []


@pytest.mark.parametrize("is_last", [True, False])
def test_of_mentions_with_one_id_the_last_leads(events: Rows, is_last: bool) -> None:
    own = events["mentions"].pop(0)
    place = events["spans"][0] | {"field": "place", "mention_id": own["mention_id"]}
    events["spans"].append(place)
    again = own | {"event_id": "TST-000002"}
    events["mentions"].extend([own, again] if is_last else [again, own])
    expected = [] if is_last else ["TST-000002"]
    assert [record for record in untraced("events", events) if record == "TST-000002"] == expected


def test_of_mentions_with_one_id_one_without_an_event_leads_nowhere(events: Rows) -> None:
    own = next(row for row in events["mentions"] if row["event_id"] == "TST-000002")
    place = events["spans"][0] | {"field": "place", "mention_id": own["mention_id"]}
    events["spans"].append(place)
    events["mentions"].append(own | {"event_id": None})
    assert untraced("events", events) == []


def test_a_source_is_traced_by_its_own_mention_without_a_table_of_these() -> None:
    tables = made_up.corpus().tables()
    rows = tables["attributions"]
    spans = [span for span in tables["spans"] if span["field"] != "source"]
    held: Rows = {"attributions": rows, "spans": spans}
    assert len(untraced("attributions", held)) == len(rows)


def test_tables_that_no_rule_asks_for_are_not_judged() -> None:
    columns = as_polars("actors", made_up.corpus().tables()["actors"]).columns
    check = begin_partitions(columns, "actors", Profile.coded, ["mentions", "spans"])
    answer = PartedFrame(check, [pl.DataFrame(schema=columns)], {"mentions": None, "spans": None})
    assert answer.run(PolarsParts()).is_empty()
