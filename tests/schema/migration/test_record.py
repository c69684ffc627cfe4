"""Records and tables of schema 0.1.0 brought to 0.2.0, with an account."""

import copy
import json
from typing import Any

import pytest

from qantar.dataset.folder import PACKAGED
from qantar.schema.event_record import Event
from qantar.schema.migration import (
    MigrationError,
    Surety,
    migrate_record,
    migrate_records,
    migrate_rows,
    migrate_tables,
)
from qantar.schema.version import SCHEMA_VERSION

RELEASES = ("0.1.0", "0.2.0")


def records_of(version: str) -> list[dict[str, Any]]:
    text = (PACKAGED / version / "events.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("version", RELEASES)
def test_released_records_become_sound_ones_of_the_schema_as_it_is(version: str) -> None:
    records = records_of(version)
    before = copy.deepcopy(records)
    made, account = migrate_records(records)
    assert records == before
    for record in made:
        assert Event.model_validate(record).plain().keys() <= record.keys() | {"counts", "contexts"}
        assert record["schema_version"] == SCHEMA_VERSION
    assert account.rows == {"events": len(records)}


def test_an_event_that_is_named_as_lasting_keeps_its_interval() -> None:
    records = {record["event_id"]: record for record in records_of("0.2.0")}
    record = records["QTR-000017"]
    made, _ = migrate_record(record, lasting=["QTR-000017"])
    assert made["date_edtf"] == record["date_edtf"] == "2022-01-01/2022-01-10"
    made, _ = migrate_record(record)
    assert made["date_edtf"] == "[2022-01-01..2022-01-10]"


def test_deeds_and_stances_that_may_last_are_listed() -> None:
    _, account = migrate_records(records_of("0.2.0"))
    listed = {one.key for one in account.to_check if one.step == "date"}
    assert {f"QTR-0000{number}" for number in ("05", "06", "17", "20", "26")} <= listed
    assert "QTR-000001" not in listed


def test_deaths_of_a_record_are_a_row_of_counts() -> None:
    records = {record["event_id"]: record for record in records_of("0.2.0")}
    made, _ = migrate_record(records["QTR-000026"])
    assert made["counts"] == [
        {
            "ordinal": 1,
            "kind": "deaths",
            "of_whom": "all",
            "best": 164,
            "precision": "exact",
            "claimant_id": "kaz-government",
        }
    ]
    assert not [name for name in made if name.startswith("fatalities_")]


def test_deaths_of_a_converted_record_stay_in_their_columns() -> None:
    record = {"schema_version": "0.1.0", "event_id": "GED-000001", "fatalities_low": 9}
    made, _ = migrate_record(record)
    assert made == record | {"schema_version": SCHEMA_VERSION}


def test_what_the_schema_does_not_have_is_kept() -> None:
    record = {"schema_version": "0.1.0", "mine": [1, {"a": None}], "mentions": [3, {"x": 1}]}
    made, settings = migrate_record(record)
    assert made == record | {"schema_version": SCHEMA_VERSION}
    assert settings == []


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ([], "This is no record"),
        ({}, "It has no schema_version"),
        ({"schema_version": "0.9.0"}, "which this package does not know"),
        ({"schema_version": 1}, "which this package does not know"),
        ({"schema_version": SCHEMA_VERSION}, "already; nothing is to be done"),
    ],
)
def test_what_cannot_be_migrated_is_told_in_a_sentence(record: Any, told: str) -> None:
    with pytest.raises(MigrationError, match=told):
        migrate_record(record)
    with pytest.raises(MigrationError, match="Record 1: "):
        migrate_records([record])


def test_the_account_tells_how_much_was_set_and_what_is_to_be_checked() -> None:
    _, account = migrate_records(records_of("0.2.0"))
    text = account.as_text()
    assert "0.1.0 -> 0.2.0 (37 events)" in text
    assert "37  direction from symmetric: mechanical" in text
    assert "QTR-000029 certainty: nothing -> possible" in text
    told = json.loads(account.as_json())
    assert told["mechanical"] + told["to_be_checked"] == len(told["settings"])
    assert told["to_be_checked"] == len(account.to_check) > 0
    assert {one["surety"] for one in told["settings"]} <= {str(one) for one in Surety}


def test_a_table_alone_keeps_its_numbers_of_deaths() -> None:
    row = {
        "event_id": "T-000001",
        "symmetric": False,
        "factuality": "predicted",
        "polarity": "affirmative",
        "occurred": True,
        "date_edtf": "2022-01-01/2022-01-10",
        "fatalities_best": 3,
        "mine": "kept",
    }
    [made], account = migrate_rows("events", [row])
    assert made == row | {
        "direction": "directed",
        "certainty": "possible",
        "occurred": False,
        "date_edtf": "[2022-01-01..2022-01-10]",
        "date_extent": "within",
    }
    assert account.rows == {"events": 1}


def test_a_row_from_which_others_cannot_follow_is_told() -> None:
    tables = {"events": [{"x": 1}], "participants": [{}], "mentions": [{}], "actors": [{}]}
    made, account = migrate_tables(tables)
    assert made["events"] == [{"x": 1}]
    assert "derived columns and dyads stay" in account.to_check[0].told
