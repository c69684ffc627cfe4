"""A value is traced by the spans of its own event; where those are unsure nothing is said."""

from typing import Any

import pytest

from qantar.schema import Profile
from qantar.validation.rules.link.registry import faults_of_tables
from qantar.validation.rules.value.rule import BROKEN
from support import made_up

Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture
def tables() -> Tables:
    return made_up.corpus().tables()


def untraced(tables: Tables, profile: Profile = Profile.coded) -> list[tuple[str, str | None]]:
    found = faults_of_tables(tables, profile)
    return [(p.table, p.fault.column) for p in found if p.rule.id == "span-missing"]


def without(tables: Tables, field: str) -> Tables:
    tables["spans"] = [span for span in tables["spans"] if span["field"] != field]
    return tables


def test_a_span_of_another_event_does_not_count(tables: Tables) -> None:
    tables["events"][0]["place_name"] = "Valletta"
    assert untraced(tables) == [("events", "place_name")]


def test_converted_rows_have_no_spans_to_be_asked_for(tables: Tables) -> None:
    assert untraced(without(tables, "place"), Profile.exchange) == []


def test_an_implied_source_has_no_words(tables: Tables) -> None:
    assert untraced(without(tables, "source")) == [("attributions", "actor_id")]
    tables["attributions"][0]["implied"] = True
    assert untraced(tables) == []


def test_a_date_between_bounds_has_no_words(tables: Tables) -> None:
    tables["events"][0]["date_basis"] = "bounded"
    assert ("events", "date_edtf") in untraced(without(tables, "time"))
    tables["events"][1]["date_basis"] = "bounded"
    assert untraced(tables) == []


@pytest.mark.parametrize("column", ["field", "ordinal", "mention_id"])
@pytest.mark.parametrize("value", [None, BROKEN])
def test_a_faulty_span_may_be_the_one_that_is_missed(
    tables: Tables, column: str, value: Any
) -> None:
    place = next(span for span in tables["spans"] if span["field"] == "place")
    place[column] = value
    assert untraced(tables) == []


def test_a_faulty_mention_may_hold_the_span_that_is_missed(tables: Tables) -> None:
    leading = next(m for m in tables["mentions"] if m["event_id"] == "TST-000002")
    leading["mention_id"] = BROKEN
    assert untraced(tables) == []


@pytest.mark.parametrize("missing", ["spans", "mentions"])
def test_tables_that_are_not_there_are_not_missed(tables: Tables, missing: str) -> None:
    del tables[missing]
    assert [found for found in untraced(tables) if found[0] == "events"] == []


@pytest.mark.parametrize("value", [None, BROKEN])
def test_of_mentions_with_one_id_one_without_an_event_leads_nowhere(
    tables: Tables, value: Any
) -> None:
    tables["mentions"].extend([mention | {"event_id": value} for mention in tables["mentions"]])
    assert untraced(tables) == []
