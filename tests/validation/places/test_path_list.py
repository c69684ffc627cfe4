"""Patterns, folders and partitions stand for the files they should, and for no others."""

import json
from pathlib import Path

import polars as pl
import pytest

from qantar.schema.rule import Severity
from qantar.validation import check_path, check_paths
from support import made_up
from support.made_up_package import csv_package, put

HEADER = "event_id,record_version,action_code,date_earliest,date_latest\n"
GOOD = "TST-000001,1,cameo:041,2022-01-05,2022-01-05\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    names = ("a.csv", "b.csv", "deep/c.csv", ".hidden.csv", "[x].csv", "note.txt")
    rows = {name: GOOD.replace("1", str(n), 1) for n, name in enumerate(names)}
    return put({name: (HEADER + row).encode() for name, row in rows.items()}, tmp_path)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.csv", ["[x].csv", "a.csv", "b.csv"]),
        ("?.csv", ["a.csv", "b.csv"]),
        ("[ab].csv", ["a.csv", "b.csv"]),
        ("**/*.csv", ["[x].csv", "a.csv", "b.csv", "deep/c.csv"]),
        ("[x].csv", ["[x].csv"]),
        ("dee*", ["deep/c.csv"]),
        ("", ["[x].csv", "a.csv", "b.csv", "deep/c.csv"]),
    ],
)
def test_a_pattern_stands_for_files(folder: Path, pattern: str, found: list[str]) -> None:
    report = check_path(f"{folder}/{pattern}")
    assert report.faults == ()
    assert [Path(r.file).relative_to(folder).as_posix() for r in report.read] == found


def test_a_pattern_without_match_ends_with_2(folder: Path) -> None:
    report = check_path(f"{folder}/*.tsv")
    assert [fault.rule for fault in report.faults] == ["file-unreadable"]
    assert report.exit_code == 2


def without(row: dict[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in names}


def test_folder_names_give_columns_where_the_table_has_them(tmp_path: Path) -> None:
    rows = [
        without(row, "action_code", "polarity") for row in made_up.corpus().tables()["events"][:1]
    ]
    code, polarity = "action_code=cameo%3A041", "polarity=affirmative"
    place = tmp_path / code / polarity / "year=2022"
    place.mkdir(parents=True)
    pl.DataFrame(rows, infer_schema_length=None).write_parquet(place / "part-0.parquet")
    (place / "_SUCCESS").write_bytes(b"")
    put({"year=2022/_metadata.json": b"{"}, tmp_path / code / polarity)
    put({"_delta_log/0.json": b"{"}, tmp_path)
    (place / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    report = check_path(tmp_path)
    named = [
        fault for fault in report.faults if fault.column in ("action_code", "polarity", "year")
    ]
    assert [(f.rule, f.severity, f.column) for f in named] == [
        ("column-unknown", Severity.note, "year")
    ]
    assert [reading.table for reading in report.read] == ["events", "events"]


@pytest.mark.parametrize("kind", ["csv", "parquet", "jsonl"])
def test_a_wrong_value_in_a_folder_name_is_a_fault(tmp_path: Path, kind: str) -> None:
    row = without(made_up.corpus().tables()["events"][0], "polarity", "latitude")
    place = tmp_path / "polarity=affirmativ" / "latitude=north"
    place.mkdir(parents=True)
    frame = pl.DataFrame([row])
    if kind == "csv":
        put({"a.csv": csv_package({"events": [row]})["events.csv"]}, tmp_path / "whole")
        frame.write_csv(place / "a.csv")
    elif kind == "parquet":
        frame.write_parquet(place / "a.parquet")
    else:
        (place / "a.jsonl").write_text(json.dumps(row) + "\n")
    faults = check_path(place / f"a.{kind}").faults
    told = {(f.rule, f.column or (f.pointer or "")[1:]) for f in faults}
    assert {("value-type", "latitude"), ("value-unknown", "polarity")} <= told


def test_a_column_of_the_file_comes_before_the_folder_name(tmp_path: Path) -> None:
    put({"record_version=9/a.csv": (HEADER + GOOD).encode()}, tmp_path)
    assert check_path(tmp_path).faults == ()


def test_an_absent_partition_is_no_value(tmp_path: Path) -> None:
    put({"action_code=__HIVE_DEFAULT_PARTITION__/a.csv": (HEADER + GOOD).encode()}, tmp_path)
    assert check_path(tmp_path).faults == ()


def test_only_the_first_rows_are_read_and_that_is_told(tmp_path: Path) -> None:
    bad = GOOD.replace("041", "41x")
    jsonl = '{"actor_id": 3}\n' * 3
    put({"a.csv": (HEADER + GOOD + bad).encode(), "b.csv": (HEADER + bad).encode()}, tmp_path)
    put({"c.jsonl": jsonl.encode(), "d.json": b'[{"actor_id": 3}, {}]'}, tmp_path)
    pl.read_csv(tmp_path / "a.csv").write_parquet(tmp_path / "a.parquet")
    for name in ("a.csv", "a.parquet"):
        report = check_path(tmp_path / name, first=1)
        assert (report.faults, report.whole, report.read[0].rows) == ((), False, 1)
        assert check_path(tmp_path / name, first=3).whole
        assert check_path(tmp_path / name, first=3).exit_code == 1
    for name in ("c.jsonl", "d.json"):
        report = check_path(tmp_path / name, first=1, table="actors")
        assert {fault.row for fault in report.faults} == {1}
        assert not report.whole


def test_fail_fast_stops_at_the_first_error_and_says_so(tmp_path: Path) -> None:
    bad = HEADER + GOOD.replace("041", "41x") * 2
    put({"a.csv": (HEADER + GOOD).encode(), "b.csv": bad.encode()}, tmp_path)
    paths = [tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "none.csv"]
    report = check_paths(paths, fail_fast=True)
    assert [(f.rule, f.line) for f in report.faults] == [("value-unknown", 2)]
    assert not report.whole
    assert report.exit_code == 1
    assert check_path(paths[0], fail_fast=True).whole
