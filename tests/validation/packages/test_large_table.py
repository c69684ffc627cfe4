"""Packages of which tables are too large to be held are judged in blocks."""

import hashlib
import json
from pathlib import Path

import polars as pl
import pytest

import made_up
from made_up_package import csv_package, put, release
from qantar.schema.rule import Severity
from qantar.validation import Fault, Report, check_package
from qantar.validation.packages import store


@pytest.fixture(autouse=True)
def _all_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LARGEST_HELD", 0)


def described(descriptor: Path, name: str, path: Path) -> None:
    """Give a resource of a descriptor the digest that its file has now."""
    stated = json.loads(descriptor.read_text())
    for resource in stated["resources"]:
        if resource["name"] == name:
            resource["hash"] = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    descriptor.write_text(json.dumps(stated))


def errors(report: Report) -> list[Fault]:
    return [fault for fault in report.faults if fault.severity is Severity.error]


def places(report: Report) -> set[tuple[object, ...]]:
    return {(f.rule, f.file, f.line, f.row, f.column, f.message) for f in errors(report)}


def test_a_sound_release_is_clean_and_what_is_not_judged_is_told(tmp_path: Path) -> None:
    report = check_package(put(release(), tmp_path))
    assert errors(report) == []
    assert {fault.rule for fault in report.faults} == {"file-too-large"}
    assert all("is judged in blocks" in fault.message for fault in report.faults)
    assert not report.whole


def test_faults_of_rows_and_between_tables_are_those_of_tables_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = made_up.corpus().tables()
    tables["participants"][0]["actor_id"] = "nobody"
    tables["mentions"][0]["factuality"] = "judged"
    tables["events"][1]["date_latest"] = "2021-05-01"
    tables["changes"].append(dict(tables["changes"][0]))
    folder = put(csv_package(tables), tmp_path)
    found = places(check_package(folder))
    assert {rule for rule, *_ in found} >= {
        "key-dangling",
        "key-duplicate",
        "date-reversed",
        "leading-factuality-differs",
    }
    monkeypatch.setattr(store, "LARGEST_HELD", 10**6)
    whole = places(check_package(folder))
    assert found <= whole
    assert {rule for rule, *_ in whole - found} <= {
        "role-unknown",
        "derived-differs",
        "date-outside-mentions",
        "source-is-actor",
    }


def test_a_file_that_is_not_what_its_digest_pins_is_not_judged(tmp_path: Path) -> None:
    files = csv_package(made_up.corpus().tables())
    files["actors.csv"] += b"\n"
    report = check_package(put(files, tmp_path))
    told = [fault for fault in errors(report) if (fault.file or "").endswith("actors.csv")]
    assert [fault.rule for fault in told] == ["digest-differs"]


def test_a_cell_that_one_form_has_otherwise_is_told(tmp_path: Path) -> None:
    files = release()
    folder = put({n: c for n, c in files.items() if n != "SHA256SUMS"}, tmp_path)
    path = folder / "parquet" / "actors.parquet"
    frame = pl.read_parquet(path)
    frame[1, "name_en"] = "Somebody else"
    frame.write_parquet(path)
    described(folder / "parquet" / "datapackage.json", "actors", path)
    told = [fault for fault in errors(check_package(folder)) if fault.rule == "tables-differ"]
    assert [(f.row, f.line, f.column) for f in told] == [(2, 3, "name_en")]
    assert "Somebody else" in told[0].message
