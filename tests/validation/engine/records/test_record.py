"""Records alone and together: what they point to, and what is told only once."""

import json
from typing import Any

import pytest

from qantar.schema import Event, Profile, Severity
from qantar.validation import Fault, check_record, check_records
from qantar.validation.engine.records.record_file import check_entries
from qantar.validation.readers.json.text import read_json, read_jsonl
from support import made_up


def told(faults: list[Fault]) -> list[tuple[str, int | None, str | None]]:
    return [(fault.rule, fault.row, fault.pointer) for fault in faults]


def errors(faults: list[Fault]) -> list[Fault]:
    return [fault for fault in faults if fault.severity is Severity.error]


def test_records_that_are_right_have_no_faults() -> None:
    corpus = made_up.corpus()
    assert check_records(corpus.events, known=corpus.plain).faults == ()
    assert errors(check_records(corpus.events)) == []
    assert check_records([]).faults == ()


def test_models_are_checked_as_the_records_they_make() -> None:
    corpus = made_up.corpus()
    events = [Event.model_validate(record) for record in corpus.events]
    assert check_records(events, known=corpus.plain).faults == ()


def test_records_are_left_as_they_were() -> None:
    record = made_up.corpus().events[0]
    before = json.dumps(record)
    check_record(record)
    assert json.dumps(record) == before


def test_an_actor_without_a_registry_is_noted_once_a_record() -> None:
    record = made_up.corpus().events[1]
    record["mentions"][1]["attributions"] = [
        {**record["mentions"][0]["attributions"][0], "actor_id": "arna"}
    ]
    notes = [f for f in check_record(record) if f.rule == "actor-unresolved"]
    assert sorted(f.value or "" for f in notes) == ["arna", "gazette", "malta"]
    assert {f.severity for f in notes} == {Severity.note}


def test_an_event_elsewhere_is_noted_and_one_that_is_known_is_not() -> None:
    corpus = made_up.corpus()
    alone = check_record(corpus.events[1], known=corpus.plain)
    assert told(alone) == [("event-unresolved", 1, "/date_anchor_event_id")]
    known = {**corpus.plain, "events": [{"event_id": "TST-000001"}]}
    assert check_record(corpus.events[1], known=known).faults == ()


def test_an_event_that_a_full_list_of_events_lacks_is_an_error() -> None:
    corpus = made_up.corpus()
    found = check_record(corpus.events[1], known={**corpus.plain, "events": []})
    assert told(found) == [
        ("key-dangling", 1, "/date_anchor_event_id"),
        ("key-dangling", 1, "/relations/0/other_event_id"),
    ]


def test_keys_into_articles_are_passed_over_where_no_articles_are_given() -> None:
    record = made_up.corpus().events[0]
    record["mentions"][0] |= {"article_id": "TST-A9999", "sentence_no": 77}
    assert errors(check_record(record)) == []


def test_two_records_of_one_id_are_told_at_the_second() -> None:
    corpus = made_up.corpus()
    faults = errors(check_records([corpus.events[0], corpus.events[0]]))
    assert ("key-duplicate", 2, "/event_id") in told(faults)
    assert {fault.row for fault in faults if fault.rule == "key-duplicate"} == {2}


def test_faults_stand_in_the_order_of_the_records() -> None:
    records = [r for _ in range(3) for r in made_up.corpus().events]
    for record in records:
        record["confidence"] = "sure"
    rows = [fault.row or 0 for fault in check_records(records)]
    assert rows == sorted(rows)


def test_a_broken_id_is_told_where_it_stands_and_not_in_what_inherits_it() -> None:
    record = made_up.corpus().events[0]
    record["event_id"] = "first"
    assert told(errors(check_record(record))) == [("value-malformed", 1, "/event_id")]
    record = made_up.corpus().events[1]
    record["mentions"][1]["mention_id"] = 2
    assert told(errors(check_record(record))) == [("value-type", 1, "/mentions/1/mention_id")]


@pytest.mark.parametrize("value", [0, "TST-000009", True, "x"])
def test_an_item_that_brings_the_key_it_inherits_has_a_field_too_many(value: Any) -> None:
    record = made_up.corpus().events[1]
    record["mentions"][0]["event_id"] = value
    record["mentions"][0]["spans"][0]["mention_id"] = value
    record["relations"][0]["event_id"] = value
    assert told(errors(check_record(record))) == [
        ("field-unknown", 1, "/mentions/0/spans/0/mention_id"),
        ("field-unknown", 1, "/mentions/0/event_id"),
        ("field-unknown", 1, "/relations/0/event_id"),
    ]


def test_a_list_that_is_missing_is_not_counted_as_well() -> None:
    for broken in ([], {}, None, ["text"]):
        record = made_up.corpus().events[0]
        record["mentions"] = broken
        rules = {fault.rule for fault in errors(check_record(record))}
        assert rules <= {"list-length", "value-type", "value-null"}, broken


def test_a_converted_record_needs_only_the_core() -> None:
    full = made_up.corpus().events[0]
    core = {
        name: full[name]
        for name in (
            "schema_version",
            "event_id",
            "record_version",
            "action_code",
            "date_earliest",
            "date_latest",
        )
    }
    core["mentions"] = []
    assert check_record({**core, "action_code": "icews:1213"}, Profile.exchange).faults == ()
    assert {fault.rule for fault in errors(check_record(core))} == {"value-missing", "list-length"}


def test_a_code_of_another_system_is_known_in_converted_records_only() -> None:
    record = made_up.corpus().events[0] | {"action_code": "icews:1213"}
    assert errors(check_record(record, Profile.exchange)) == []
    assert told(errors(check_record(record))) == [("value-unknown", 1, "/action_code")]


@pytest.mark.parametrize("indent", [None, 1])
def test_a_fault_in_a_file_has_its_line(indent: int | None) -> None:
    corpus = made_up.corpus()
    corpus.events[1]["confidence"] = "sure"
    text = json.dumps(corpus.events, indent=indent, ensure_ascii=False)
    (fault,) = check_entries(read_json(text.encode()), known=corpus.plain)
    assert told([fault]) == [("value-unknown", 2, "/confidence")]
    lines = text.split("\n")
    assert '"confidence": "sure"' in lines[(fault.line or 0) - 1]


def test_a_fault_in_a_file_of_lines_has_its_line_and_row() -> None:
    corpus = made_up.corpus()
    corpus.events[1]["confidence"] = "sure"
    first, second = (json.dumps(record).encode() + b"\n" for record in corpus.events)
    read = read_jsonl([first, b"\n", b"{broken\n", second])
    found = check_entries(read, known=corpus.plain)
    assert [(f.rule, f.row, f.line) for f in found] == [
        ("json-malformed", 2, 3),
        ("value-unknown", 3, 4),
    ]


def test_every_fault_points_to_its_record_and_names_its_value() -> None:
    record: dict[str, Any] = made_up.corpus().events[0]
    record["conditional"] = "yes"
    record["participants"][0]["actor_country_code"] = "Iceland"
    faults = {fault.pointer: fault for fault in errors(check_record(record))}
    assert faults["/conditional"].message == "conditional is 'yes', but must be true or false."
    assert faults["/participants/0/actor_country_code"].value == "Iceland"
