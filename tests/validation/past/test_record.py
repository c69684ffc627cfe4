"""Nested records are judged by the schema that each names."""

import json
from pathlib import Path
from typing import Any

import pytest

from qantar.dataset import load
from qantar.dataset.folder import PACKAGED
from qantar.schema.migration import migrate_record
from qantar.validation import check_frame, check_path, check_record, check_records

NOTE = "schema-version-past"
UNRESOLVED = ("actor-unresolved", "event-unresolved")
LINES = (PACKAGED / "0.2.0" / "events.jsonl").read_text("utf-8").splitlines()


@pytest.fixture
def record() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(LINES[0])
    return read


def told(report: Any) -> list[tuple[str, int | None, str | None]]:
    return [(f.rule, f.row, f.pointer) for f in report if f.rule not in UNRESOLVED]


def test_a_sound_record_of_the_earlier_schema_gets_one_note(record: dict[str, Any]) -> None:
    report = check_record(record)
    assert [fault.rule for fault in report if fault.rule not in UNRESOLVED] == [NOTE]
    assert report.ok


@pytest.mark.parametrize(
    ("name", "value", "rule", "pointer"),
    [
        ("summary_vi", None, "value-missing", "/summary_vi"),
        ("factuality", "rumoured", "value-unknown", "/factuality"),
        ("direction", "directed", "field-unknown", "/direction"),
        ("symmetric", "no", "value-type", "/symmetric"),
        ("date_earliest", "2022-01-20", "date-reversed", "/date_latest"),
        ("latitude", 3.5, "longitude-missing", "/longitude"),
        ("mentions", [], "list-length", "/mentions"),
        ("mentions", 3, "value-type", "/mentions"),
        ("participants", [3], "value-type", "/participants/0"),
    ],
)
def test_a_fault_is_told_by_the_rule_of_that_schema(
    record: dict[str, Any], name: str, value: Any, rule: str, pointer: str
) -> None:
    changed = {key: held for key, held in record.items() if key != name or value is not None}
    changed |= {name: value} if value is not None else {}
    assert (rule, 1, pointer) in told(check_record(changed))


def test_a_null_is_told_as_one(record: dict[str, Any]) -> None:
    found = told(check_record(record | {"place_name": None}))
    assert any(pointer == "/place_name" for _, _, pointer in found)


def test_rules_that_went_are_still_asked(record: dict[str, Any]) -> None:
    changed = record | {"fatalities_best": 3}
    assert ("fatalities-claimant-missing", 1, "/fatalities_claimant_id") in told(
        check_record(changed)
    )


def test_records_of_both_schemas_keep_their_numbers(record: dict[str, Any]) -> None:
    now, _ = migrate_record(record)
    faulty = now | {"factuality": "rumoured"}
    old = record | {"event_id": "QTR-000099", "mentions": []}
    found = told(check_records([record, faulty, old]))
    assert ("value-unknown", 2, "/factuality") in found
    assert ("list-length", 3, "/mentions") in found
    assert [rule for rule, _, _ in found].count(NOTE) == 1


def test_a_file_has_one_note_and_faults_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    faulty = json.loads(LINES[2]) | {"polarity": "odd"}
    path.write_text("\n".join([*LINES[:2], json.dumps(faulty), *LINES[3:]]) + "\n", "utf-8")
    report = check_path(path)
    assert [f.rule for f in report].count(NOTE) == 1
    assert ("value-unknown", 3) in {(f.rule, f.line) for f in report}
    assert report.read[0].rows == len(LINES)


def test_a_file_of_both_schemas_is_judged_by_both(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    now, _ = migrate_record(json.loads(LINES[1]))
    now["polarity"] = "odd"
    path.write_text(f"{LINES[0]}\n{json.dumps(now)}\n", "utf-8")
    report = check_path(path)
    assert ("value-unknown", 2, 2) in {(f.rule, f.line, f.row) for f in report}
    assert NOTE in {fault.rule for fault in report}
    assert report.read[0].rows == 2


@pytest.mark.parametrize("version", ["0.9.0", "latest"])
def test_an_unknown_version_is_told_with_what_is_known(
    record: dict[str, Any], version: str
) -> None:
    [fault] = [
        f
        for f in check_record(record | {"schema_version": version})
        if f.rule == "schema-version-differs"
    ]
    assert (
        fault.message == f"schema_version is '{version}', but this package knows 0.2.0 and 0.1.0."
    )


def test_a_large_file_is_refused_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(LINES) + "\n", "utf-8")
    monkeypatch.setattr("qantar.validation.places.source_check.LARGEST_PAST", 1_000)
    report = check_path(path)
    assert [fault.rule for fault in report] == ["file-too-large"]
    assert "qantar migrate" in report.faults[0].message
    assert report.exit_code == 2


@pytest.mark.parametrize("form", ["csv", "parquet", "jsonl"])
def test_a_table_that_names_no_schema_gets_a_hint(form: str, tmp_path: Path) -> None:
    path = PACKAGED / "0.2.0" / form / f"actors.{form}"
    if form == "jsonl":
        path = tmp_path / "actors.jsonl"
        row = {"actor_id": "a", "kind": "state", "identified": True, "name_en": "A"}
        path.write_text(json.dumps(row | {"wikidata_id": "Q1"}) + "\n")
    [fault] = [f for f in check_path(path) if f.rule == NOTE]
    assert "`qantar migrate`" in fault.message
    assert fault.file == str(path)


def test_a_frame_of_the_earlier_schema_gets_the_same_hint() -> None:
    rules = sorted(fault.rule for fault in check_frame(load("actors", "0.1.0")))
    assert rules == ["column-unknown", NOTE]
