"""Whatever JSON holds, wherever it lies, gives a report that every form can show."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qantar.schema import Profile
from qantar.schema.shape import RECORD_TABLES
from qantar.validation import Fault, Report, check_path, check_paths, check_record, check_records
from qantar.validation.engine.large_file import check_large
from qantar.validation.reports.report import FORMS, render
from support import made_up_package
from support.any_json import ODD_KEYS, VALUES
from support.case_folder import sealed
from support.made_up import corpus

RELEASE = made_up_package.release()
SEVERAL = st.lists(VALUES, min_size=1, max_size=3)
PROFILES = st.sampled_from(Profile)
TABLES_ASKED = st.sampled_from([None, "events", "spans", "codes"])
UNKNOWN_KEYS = [key for key in ODD_KEYS if key not in (*RECORD_TABLES, "schema_version")]
SHAPES: list[Any] = [
    {"participants": {}},
    {"participants": "x"},
    {"participants": [[]]},
    {"participants": [["x"]]},
    {"participants": [{"slot": []}]},
    {"participants": [{"actor_id": {"": 1}}]},
    {"mentions": {"": {}}},
    {"mentions": [{"mention_id": []}]},
    {"mentions": [{"spans": {}}]},
    {"mentions": [{"spans": [{"field": {}, "ordinal": []}]}]},
    {"mentions": [{"participants": [{"": 1}]}]},
    {"event_id": {}},
    {"event_id": ["TST-000001"]},
    {"action_code": []},
    {"relations": [{"other_event_id": [[]]}]},
    {"alternatives": [None, True, 1.5, "x"]},
]


def as_lines(values: Sequence[Any]) -> bytes:
    return "".join(f"{json.dumps(value)}\n" for value in values).encode()


def as_told(report: Report) -> list[tuple[Any, ...]]:
    told = ((f.rule, f.severity, f.row, f.pointer, f.message) for f in report.faults)
    return sorted(told, key=repr)


def judge_values(values: Sequence[Any], profile: Profile) -> None:
    found = check_records(values, profile)
    assert all(isinstance(fault, Fault) and fault.pointer is not None for fault in found)
    assert all(fault.row in range(1, len(values) + 1) for fault in found)


def judge_files(values: Sequence[Any], profile: Profile, table: str | None, folder: Path) -> None:
    lines, document = folder / "a.jsonl", folder / "b.json"
    lines.write_bytes(as_lines(values))
    document.write_text(json.dumps(values, indent=1))
    whole = check_path(lines, profile=profile, table=table)
    listed = check_path(document, profile=profile, table=table)
    for report in (whole, listed, check_paths([lines, document])):
        # Two forms have a line for each fault and nothing else.
        told = {form: render(report, form) for form in FORMS}
        assert all(told[form] or not report.faults for form in told)
    chunks = check_large(
        lines, "jsonl", file=str(lines), least=0, chunk=2_000, profile=profile, table=table
    )
    # Of a whole run only it is told that most records lack what coding asks.
    alone = Report(tuple(f for f in whole.faults if f.rule != "coded-values-missing"), whole.read)
    assert chunks is None or as_told(chunks) == as_told(alone)


def judge_package(values: Sequence[Any], folder: Path) -> Report:
    files = sealed(RELEASE | {"events.jsonl": as_lines(values)})
    report = check_path(made_up_package.put(files, folder))
    # The records were read, not refused for a digest that is not theirs.
    assert "digest-differs" not in report.by_rule()
    assert report.exit_code == 1
    return report


@given(SEVERAL, PROFILES)
@settings(max_examples=60)
def test_any_values_are_told_as_faults(values: list[Any], profile: Profile) -> None:
    judge_values(values, profile)


@pytest.mark.slow
@given(SEVERAL, PROFILES)
@settings(max_examples=20_000)
def test_any_values_are_told_as_faults_however_long_one_tries(
    values: list[Any], profile: Profile
) -> None:
    judge_values(values, profile)


@given(values=SEVERAL, profile=PROFILES, table=TABLES_ASKED)
@example(values=[{}], profile=Profile.coded, table="events")
@example(values=[{"certainty": None, "action_name": None}], profile=Profile.coded, table="events")
@example(values=[{"symmetric": None}], profile=Profile.coded, table="events")
@example(values=[None, {"summary_vi": "x"}], profile=Profile.coded, table="events")
@settings(max_examples=30)
def test_any_values_in_files_are_told_the_same_whole_and_in_chunks(
    values: list[Any],
    profile: Profile,
    table: str | None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    judge_files(values, profile, table, tmp_path_factory.mktemp("any"))


@pytest.mark.slow
@given(values=SEVERAL, profile=PROFILES, table=TABLES_ASKED)
@settings(max_examples=3_000)
def test_any_values_in_files_are_told_the_same_however_long_one_tries(
    values: list[Any],
    profile: Profile,
    table: str | None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    judge_files(values, profile, table, tmp_path_factory.mktemp("any"))


@given(values=SEVERAL)
@settings(max_examples=4)
def test_any_values_as_records_of_a_release_give_a_report(
    values: list[Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    judge_package(values, tmp_path_factory.mktemp("any"))


@pytest.mark.parametrize("value", [[], {}, [[1]]], ids=ascii)
def test_what_is_no_id_in_a_record_of_a_release_is_told(value: Any, tmp_path: Path) -> None:
    report = judge_package([corpus().events[0] | {"event_id": value}], tmp_path)
    assert "value-type" in report.by_rule()


@pytest.mark.parametrize("place", ["", "participants", "mentions", "relations", "alternatives"])
@pytest.mark.parametrize("key", UNKNOWN_KEYS, ids=lambda key: ascii(key[:20]))
def test_a_key_that_the_format_does_not_have_is_told_where_it_stands(key: str, place: str) -> None:
    record = corpus().events[1]
    (record[place][0] if place else record)[key] = "x"
    faults = [f for f in check_record(record) if f.rule == "field-unknown"]
    pointer = f"{f'/{place}/0' if place else ''}/{key.replace('~', '~0').replace('/', '~1')}"
    assert [fault.pointer for fault in faults] == [pointer]


@pytest.mark.parametrize(
    "key",
    ["\ud800", "a\udfff", 1, None, True, ("a",), 10**5000],
    ids=["half", "last half", "int", "null", "bool", "tuple", "endless"],
)
def test_a_key_that_json_cannot_hold_is_told(key: Any) -> None:
    for record in ({key: 1}, {"participants": [{key: 1}]}):
        assert "field-unknown" in {fault.rule for fault in check_record(record)}


def test_keys_of_other_types_hide_no_fault_behind_the_same_text() -> None:
    record = corpus().events[0] | {1: "x", "1": "y"}
    assert {f.pointer for f in check_record(record) if f.rule == "field-unknown"} == {"/1"}


@pytest.mark.parametrize("shape", SHAPES, ids=json.dumps)
def test_another_shape_than_a_record_is_told_in_every_way_in(shape: Any, tmp_path: Path) -> None:
    for profile in Profile:
        judge_values([shape], profile)
        judge_files([shape, *corpus().events], profile, None, tmp_path)
    assert judge_package([shape], tmp_path / "release").by_rule()
