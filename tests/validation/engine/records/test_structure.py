"""One schema, one verdict: the engines agree, and faults are told where they stand."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from qantar.schema import TABLES, Profile, Severity
from qantar.schema.condition import expressible_rules
from qantar.validation import check_record
from qantar.validation.engine.records.structure import faults_of_structure
from qantar.validation.readers.json.text import parse
from qantar.validation.rules.row.registry import faults_of_rule
from qantar.validation.rules.value.rule import BROKEN, prose_of
from support import made_up
from support.mutations import mutated_records
from support.peer_schemas import by_models, by_models_from_text, by_reference, by_rust

PROFILES = list(Profile)


def through_reader(record: Any) -> Any:
    """The record as the strict reader gives it; engines are only asked what it lets by."""
    value, faults = parse(json.dumps(record).encode())
    assert not faults
    return value


@pytest.mark.parametrize("profile", PROFILES)
def test_the_made_up_records_are_valid_in_every_engine(profile: Profile) -> None:
    for record in made_up.corpus().events:
        assert by_reference(profile)(record)
        assert by_rust(profile)(record)
        assert by_models(record)
        assert not list(faults_of_structure(record, profile))


@given(mutated_records())
@settings(max_examples=400, deadline=None)
def test_engines_and_faults_agree_on_the_structure(record: dict[str, Any]) -> None:
    record = through_reader(record)
    verdicts = {
        "reference": by_reference(Profile.coded)(record),
        "rust": by_rust(Profile.coded)(record),
        "faults": not list(faults_of_structure(record, Profile.coded)),
    }
    assert len(set(verdicts.values())) == 1, verdicts


def row_of(record: dict[str, Any]) -> dict[str, Any]:
    """The record's own values, what it has of a prose under its base name, too."""
    row = {k: v for k, v in record.items() if not isinstance(v, dict | list)}
    return row | prose_of(TABLES["events"], row)


def agree_on_the_whole(record: dict[str, Any]) -> None:
    """The published schema with its conditions, the models and the faults: one verdict."""
    text = json.dumps(record)
    record = through_reader(record)
    row = row_of(record)
    rules = expressible_rules(Profile.coded)
    verdicts = {
        "reference": by_reference(Profile.coded)(record)
        and by_reference(Profile.coded, conditions=True)(record),
        "rust": by_rust(Profile.coded)(record) and by_rust(Profile.coded, conditions=True)(record),
        "models": by_models(record),
        "models from text": by_models_from_text(text),
        "faults": not list(faults_of_structure(record, Profile.coded))
        and not [fault for rule in rules for fault in faults_of_rule(rule, row)],
    }
    assert len(set(verdicts.values())) == 1, verdicts


@given(mutated_records())
@settings(max_examples=300, deadline=None)
def test_schema_and_models_agree_on_mutated_records(record: dict[str, Any]) -> None:
    agree_on_the_whole(record)


@pytest.mark.slow
@given(mutated_records())
@settings(max_examples=20_000, deadline=None)
def test_schema_and_models_agree_however_long_one_tries(record: dict[str, Any]) -> None:
    agree_on_the_whole(record)


@given(mutated_records())
@settings(max_examples=200, deadline=None)
def test_engines_and_faults_agree_on_exchange_records(record: dict[str, Any]) -> None:
    record = through_reader(record)
    found = list(faults_of_structure(record, Profile.exchange))
    assert by_reference(Profile.exchange)(record) is by_rust(Profile.exchange)(record)
    assert by_rust(Profile.exchange)(record) is (not found)


@pytest.mark.parametrize("profile", PROFILES)
@given(mutated_records())
@settings(max_examples=200, deadline=None)
def test_conditions_of_the_schema_agree_with_the_rules_they_come_from(
    profile: Profile, record: dict[str, Any]
) -> None:
    record = through_reader(record)
    if not by_rust(profile)(record):
        return
    row = row_of(record)
    faults = [f for rule in expressible_rules(profile) for f in faults_of_rule(rule, row)]
    assert by_reference(profile, conditions=True)(record) is (not faults)
    assert by_rust(profile, conditions=True)(record) is (not faults)


@given(mutated_records())
@settings(max_examples=200, deadline=None)
def test_no_place_has_the_same_fault_twice(record: dict[str, Any]) -> None:
    faults = [f for f in check_record(record) if f.severity is Severity.error]
    told = [(fault.rule, fault.pointer) for fault in faults]
    assert len(told) == len(set(told))


@given(mutated_records())
@settings(max_examples=100, deadline=None)
def test_a_pointer_leads_to_the_fault_or_to_what_lacks_it(record: dict[str, Any]) -> None:
    for fault in check_record(record):
        place: Any = record
        *outer, last = (fault.pointer or "").split("/")[1:] or [""]
        for step in outer:
            place = place[int(step) if isinstance(place, list) else step]
        assert isinstance(place, dict | list), fault
        if fault.rule == "value-missing" and isinstance(place, dict):
            # A null where a value is needed is as good as none.
            assert place.get(last) is None


def test_a_cell_with_a_fault_is_not_judged_by_the_rules_of_its_row() -> None:
    record = made_up.corpus().events[0]
    record["date_latest"] = "2021-05-32"
    errors = [f for f in check_record(record) if f.severity is Severity.error]
    assert [fault.rule for fault in errors] == ["value-malformed"]


def test_a_broken_cell_is_neither_present_nor_absent() -> None:
    rule = next(r for r in expressible_rules(Profile.coded) if r.id == "condition-missing")
    assert not list(faults_of_rule(rule, {"conditional": True, "condition": BROKEN}))
    assert not list(faults_of_rule(rule, {"conditional": BROKEN}))
    assert list(faults_of_rule(rule, {"conditional": True}))


@pytest.mark.parametrize(
    "record", [None, [], "text", 7, True, float("nan"), {1: 2}, {"event_id": object()}, {}]
)
def test_anything_may_be_asked_for_and_is_told_as_faults(record: Any) -> None:
    faults = check_record(record).faults
    assert faults
    assert all(fault.row == 1 and fault.pointer is not None for fault in faults)


def test_what_json_lacks_is_told_with_what_was_found() -> None:
    record = made_up.corpus().events[1]
    record["latitude"] = float("nan")
    record["summary_en"] = "half \ud800 a pair"
    faults = {f.pointer: f for f in check_record(record) if f.severity is Severity.error}
    assert {p: f.rule for p, f in faults.items()} == {
        "/latitude": "value-type",
        "/summary_en": "value-malformed",
    }
    assert faults["/latitude"].value == "nan"
