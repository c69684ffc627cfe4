"""One report, whatever was checked: faults, rows, what was not asked, and frames of faults."""

import pickle
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from qantar.dataset.csv_file import write_csv
from qantar.schema import Severity
from qantar.schema.shape import Row
from qantar.validation import (
    Fault,
    Report,
    check_frame,
    check_package,
    check_path,
    check_paths,
    check_record,
    check_records,
)
from qantar.validation.faults import fault_log
from qantar.validation.faults.fault_log import ManyFaults
from support import made_up
from support.held_frames import FRAMES
from support.made_up_package import put, release
from support.told_tables import CODED_TABLES

CORPUS = made_up.corpus()
FRAME_KINDS = {
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
    "arrow": pa.Table,
    "duckdb": duckdb.DuckDBPyRelation,
}


def csv_of(folder: Path, table: str, rows: list[Row]) -> Path:
    path = folder / f"{table}.csv"
    path.write_bytes(write_csv(CODED_TABLES[table], rows))
    return path


def test_every_door_returns_one_report(tmp_path: Path) -> None:
    path = csv_of(tmp_path, "actors", CORPUS.plain["actors"])
    put(release(), tmp_path / "release")
    reports = [
        check_frame(pl.DataFrame(CORPUS.tables()["actors"])),
        check_record(CORPUS.events[0]),
        check_records(CORPUS.events),
        check_path(path),
        check_paths([path]),
        check_package(tmp_path / "release"),
    ]
    assert [type(report) for report in reports] == [Report] * len(reports)
    assert all(report.ok and report.exit_code == 0 for report in reports)


def test_a_report_iterates_its_faults_and_is_no_truth_value() -> None:
    report = check_record(CORPUS.events[0] | {"confidence": "sure"})
    assert [*report] == [*report.faults]
    assert all(isinstance(fault, Fault) for fault in report)
    assert len(report) == report.total == len(report.faults)
    assert not report.ok
    for asked in (report, Report()):
        with pytest.raises(TypeError, match=r"report\.ok"):
            bool(asked)


def test_records_are_parted_as_they_were_given() -> None:
    bad = CORPUS.events[1] | {"confidence": "sure"}
    records: list[Any] = [CORPUS.events[0], bad, None]
    report = check_records(iter(records))
    assert report.good == [CORPUS.events[0]]
    assert report.bad == [bad, None]
    assert report.bad[0] is bad


@pytest.mark.parametrize("kind", ["pandas", "pandas on arrow", "polars", "pyarrow"])
def test_a_report_goes_to_another_process_with_its_rows(kind: str) -> None:
    frame = FRAMES[kind]("actors", CORPUS.plain["actors"])
    report = check_frame(frame, "actors")
    again = pickle.loads(pickle.dumps(report))
    assert again == report
    assert again.good.equals(report.good)


@pytest.mark.parametrize("hold", [lambda held: held, nw.from_native], ids=["plain", "in Narwhals"])
def test_a_report_on_a_relation_goes_to_another_process_with_its_rows(hold: Any) -> None:
    rows = pa.Table.from_pylist([{"actor_id": "A"}, {"actor_id": "\u00e4"}])
    connection = duckdb.connect()
    connection.register("held", rows)
    report = check_frame(hold(connection.sql("SELECT * FROM held")), "actors")
    again = pickle.loads(pickle.dumps(report))
    connection.close()
    assert again == report
    assert isinstance(again.as_frame(), duckdb.DuckDBPyRelation)
    assert again.as_frame().fetchall() == report.as_frame("duckdb").fetchall()
    parts = [
        part.to_arrow_table() if isinstance(part, duckdb.DuckDBPyRelation) else part
        for part in (again.good, again.bad)
    ]
    assert pa.concat_tables(parts).sort_by("actor_id") == rows.sort_by("actor_id")


def test_equal_reports_have_one_hash_however_many_faults_they_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few = check_record({})
    monkeypatch.setattr(fault_log, "MOST_HELD", 3)
    many = check_record({})
    assert isinstance(many.faults, ManyFaults)
    assert isinstance(few.faults, tuple)
    assert (many, hash(many)) == (few, hash(few))
    assert len({few, many, Report()}) == 2


def test_up_to_the_first_error_no_row_is_good_or_bad() -> None:
    bad = CORPUS.events[0] | {"confidence": "sure"}
    cut = check_records([bad, bad]).until_error()
    assert (cut.good, cut.bad, cut.count(Severity.error)) == (None, None, 1)


def test_files_keep_no_rows(tmp_path: Path) -> None:
    report = check_path(csv_of(tmp_path, "actors", CORPUS.plain["actors"]))
    assert (report.good, report.bad) == (None, None)


@pytest.mark.parametrize("kind", FRAME_KINDS)
def test_faults_are_a_frame_of_the_kind_that_is_named(kind: Any) -> None:
    for report in (check_record({}), check_frame(pl.DataFrame({"a": [1]})), Report()):
        assert isinstance(report.as_frame(kind), FRAME_KINDS[kind])
    held = check_record({}).as_frame("polars")
    assert held.height == len(check_record({}))
    assert set(held["row"]) == {1}


def test_a_frame_of_faults_is_of_pandas_where_no_frame_was_checked() -> None:
    assert isinstance(check_record({}).as_frame(), pd.DataFrame)
    with pytest.raises(ValueError, match="no kind 'excel'"):
        check_record({}).as_frame("excel")  # type: ignore[arg-type]


def unasked(report: Report) -> set[tuple[str, str, str]]:
    return {(one.table, one.rule, one.reason) for one in report.not_asked}


def test_files_tell_what_is_not_asked_for_want_of_tables(tmp_path: Path) -> None:
    tables = {name: rows for name, rows in CORPUS.tables().items() if rows}
    paths = {name: csv_of(tmp_path, name, rows) for name, rows in tables.items()}
    key = ("spans", "key-dangling", "It takes mentions, which was not given.")
    alone = unasked(check_path(paths["spans"]))
    assert key in alone
    assert {table for table, _, _ in alone} == {"spans"}
    both = unasked(check_paths([paths["spans"], paths["mentions"]]))
    assert key not in both
    assert ("spans", "key-dangling", "It takes articles, which was not given.") in both
    lacking = {reason for _, _, reason in unasked(check_paths(paths.values()))}
    assert not [reason for reason in lacking if "mentions" in reason or "events" in reason]
    # Of the first rows alone nothing between tables is asked.
    assert key in unasked(check_paths(paths.values(), first=1))


def test_a_release_asks_all_of_its_rules(tmp_path: Path) -> None:
    put(release(), tmp_path)
    assert check_path(tmp_path).not_asked == check_package(tmp_path).not_asked == ()


def test_records_tell_what_is_not_asked_for_want_of_rows() -> None:
    key = ("participants", "key-dangling", "It takes actors, which was not given.")
    assert key in unasked(check_records(CORPUS.events))
    assert key not in unasked(check_records(CORPUS.events, known=CORPUS.plain))
