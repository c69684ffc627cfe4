"""A wrong call raises, whichever public function is called, and says what was expected."""

import datetime
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from qantar.dataset import load, path
from qantar.schema import Profile
from qantar.validation import (
    check_frame,
    check_package,
    check_path,
    check_paths,
    check_record,
    check_records,
    faults_as_frame,
    split_rows,
)
from qantar.validation.engine.cluster.dask_frame import judge_dask
from qantar.validation.engine.cluster.partition import begin_partitions
from qantar.validation.engine.cluster.ray_dataset import judge_ray
from qantar.validation.engine.cluster.spark_frame import judge_spark
from qantar.validation.engine.sql.script import sql_of
from qantar.validation.places.engine import check_by_spark, print_sql
from support import made_up
from support.made_up_package import put, release

RECORDS = made_up.corpus().events
FRAME = pl.DataFrame(made_up.corpus().tables()["events"])
HERE = Path(__file__).parent
DOORS_WITH_PROFILE: dict[str, Callable[[Any], Any]] = {
    "check_record": lambda profile: check_record(RECORDS[0], profile),
    "check_records": lambda profile: check_records(RECORDS, profile),
    "check_frame": lambda profile: check_frame(FRAME, profile=profile),
    "check_path": lambda profile: check_path(HERE / "none.csv", profile=profile),
    "check_paths": lambda profile: check_paths([HERE / "none.csv"], profile=profile),
    "check_package": lambda profile: check_package(HERE, profile=profile),
    "begin_partitions": lambda profile: begin_partitions(FRAME.columns, profile=profile),
    "sql_of": lambda profile: sql_of("held", "events", profile=profile),
    "print_sql": lambda profile: print_sql("duckdb", ["events"], profile=profile),
}
# Spark itself is not reached where the call is wrong.
REFUSING = DOORS_WITH_PROFILE | {
    "check_by_spark": lambda profile: check_by_spark(["none.csv"], profile=profile)
}
DOORS_WITH_TABLE: dict[str, Callable[[Any], Any]] = {
    "check_frame": lambda table: check_frame(FRAME, table),
    "others": lambda table: check_frame(FRAME, "events", others={table: FRAME}),
    "known": lambda table: check_records(RECORDS, known={table: []}),
    "begin_partitions": lambda table: begin_partitions(FRAME.columns, table),
    "sql_of": lambda table: sql_of("held", table),
    "print_sql": lambda table: print_sql("duckdb", ["held"], table),
    "check_by_spark": lambda table: check_by_spark(["none.csv"], table=table),
}


@pytest.mark.parametrize("door", DOORS_WITH_PROFILE)
def test_a_profile_is_meant_by_its_name_as_by_itself(door: str) -> None:
    call = DOORS_WITH_PROFILE[door]
    for profile in Profile:
        assert call(str(profile)) == call(profile)


def test_the_name_of_a_profile_decides_what_is_asked() -> None:
    bare = FRAME.drop("confidence")
    rules = {p: {f.rule for f in check_frame(bare, profile=p)} for p in ("coded", "exchange")}
    assert "value-missing" in rules["coded"]
    assert "value-missing" not in rules["exchange"]


@pytest.mark.parametrize("door", REFUSING)
def test_a_profile_that_there_is_not_is_refused(door: str) -> None:
    with pytest.raises(ValueError, match=r"no profile 'codded'.*coded, exchange.*mean 'coded'"):
        REFUSING[door]("codded")
    with pytest.raises(TypeError, match="profile must be text, one of coded, exchange; got int"):
        REFUSING[door](7)


@pytest.mark.parametrize("door", DOORS_WITH_TABLE)
def test_a_table_that_the_format_does_not_have_is_refused(door: str) -> None:
    with pytest.raises(ValueError, match=r"no table 'event'.*mean 'events'"):
        DOORS_WITH_TABLE[door]("event")
    with pytest.raises(TypeError, match="table must be text"):
        DOORS_WITH_TABLE[door](7)


def test_a_table_that_is_asked_of_paths_is_a_fault_as_on_the_command_line() -> None:
    report = check_path(HERE / "none.csv", table="event")
    assert [(f.rule, f.suggestion) for f in report.faults] == [("table-unknown", "events")]
    assert report.exit_code == 2
    with pytest.raises(TypeError, match="table must be text"):
        check_path(HERE / "none.csv", table=7)  # type: ignore[arg-type]


def test_an_option_that_there_is_not_is_refused() -> None:
    with pytest.raises(TypeError, match=r"no option 'tabel'.*mean 'table'"):
        check_path(HERE / "none.csv", tabel="events")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="no option 'first'"):
        # Rows beyond would be written unjudged.
        split_rows(HERE / "none.csv", first=1)  # type: ignore[call-arg]


@pytest.mark.parametrize("door", [check_path, check_paths, split_rows])
def test_help_names_every_option(door: Callable[..., Any]) -> None:
    named = inspect.signature(door).parameters
    assert {"profile", "table", "separator", "max_expansion"} < named.keys()
    assert all(named[name].default is None for name in ("profile", "table"))
    assert ("fail_fast" in named) is (door is not split_rows)


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ("events.jsonl", "check_path"),
        (b"{}", "check_path"),
        (Path("events.jsonl"), "check_path"),
        (RECORDS[0], "check_record"),
        (FRAME, "check_frame"),
        (7, "each a dict"),
        (None, "each a dict"),
    ],
    ids=str,
)
def test_what_is_no_row_of_records_is_refused(records: Any, told: str) -> None:
    with pytest.raises(TypeError, match=f"records must be several records.*{told}"):
        check_records(records)


def test_records_may_come_one_by_one() -> None:
    assert check_records(record for record in RECORDS) == check_records(RECORDS)


@pytest.mark.parametrize("known", ["actors", [("actors", [])], {"actors": "x"}, {"actors": ["x"]}])
def test_what_is_known_must_be_rows_by_table(known: Any) -> None:
    with pytest.raises(TypeError, match="known"):
        check_records(RECORDS, known=known)


def test_known_rows_may_hold_anything() -> None:
    odd: Any = [{}, {"actor_id": []}, {"actor_id": {}}, {"actor_id": None}, {"": float("nan")}]
    faults = check_records(RECORDS, known={"actors": odd})
    assert {fault.rule for fault in faults} == {"key-dangling"}
    tables: Any = {name: [{"event_id": [], "mention_id": {}}] for name in ("events", "mentions")}
    assert check_records(RECORDS, known=tables).faults == check_records(RECORDS).faults


@pytest.mark.parametrize("paths", ["events.csv", Path("events.csv"), b"events.csv", 7, None, [7]])
def test_what_are_no_paths_is_refused(paths: Any) -> None:
    with pytest.raises(TypeError, match="path"):
        check_paths(paths)


@pytest.mark.parametrize("path", [b"events.csv", 7, None, ["events.csv"]])
def test_what_is_no_path_is_refused(path: Any) -> None:
    for door in (check_path, check_package):
        with pytest.raises(TypeError, match=r"A path must be text or a pathlib\.Path"):
            door(path)


@pytest.mark.parametrize(
    ("options", "error", "told"),
    [
        ({"kind": "cvs"}, ValueError, "no kind 'cvs'; take one of csv"),
        ({"kind": 7}, TypeError, "kind must be text"),
        ({"first": 0}, ValueError, "first must be a whole number from 1"),
        ({"first": True}, TypeError, "first must be a whole number from 1"),
        ({"first": "3"}, TypeError, "first must be a whole number from 1"),
        ({"articles": 7}, TypeError, "A path must be"),
        ({"separator": 7}, TypeError, "separator must be text; got int '7'"),
        ({"encoding": b"cp1252"}, TypeError, "encoding must be text"),
        ({"decimal": 1}, TypeError, "decimal must be text"),
        ({"decimal": ""}, ValueError, "decimal sign '' cannot be used"),
        ({"max_expansion": 0}, ValueError, "max_expansion must be a whole number from 1"),
        ({"max_expansion": "9"}, TypeError, "max_expansion must be a whole number from 1"),
    ],
)
def test_options_of_paths_are_refused(
    options: dict[str, Any], error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        check_path(HERE / "none.csv", **options)


@pytest.mark.parametrize("frame", ["events.csv", RECORDS, {"event_id": ["a"]}, None, Path("x")])
def test_what_is_no_frame_is_refused(frame: Any) -> None:
    calls: list[Callable[[], Any]] = [
        lambda: check_frame(frame),
        lambda: check_frame(frame),
        lambda: check_frame(FRAME, others={"mentions": frame}),
        lambda: faults_as_frame([], like=frame),
    ]
    for call in calls:
        with pytest.raises(TypeError, match=r"A frame of pandas, Polars, pyarrow or DuckDB"):
            call()


def test_others_must_be_frames_by_name() -> None:
    with pytest.raises(TypeError, match="others must be frames by the name of their table"):
        check_frame(FRAME, others=[FRAME])  # type: ignore[arg-type]


def test_faults_must_be_faults() -> None:
    wrong: Any = ["date-reversed"]
    with pytest.raises(TypeError, match="faults must be faults"):
        faults_as_frame(wrong, like=FRAME)


@pytest.mark.parametrize("judge", [judge_spark, judge_dask, judge_ray])
def test_what_is_no_frame_of_an_engine_is_refused(judge: Callable[[Any], Any]) -> None:
    with pytest.raises(TypeError, match=r"A frame of (Spark|Dask|Ray) is expected"):
        judge("events.csv")


def test_a_dialect_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no dialect 'postgres'; take one of duckdb"):
        sql_of("held", "events", "postgres")  # type: ignore[arg-type]


@pytest.mark.parametrize("articles", ["nowhere", __file__])
def test_texts_in_no_folder_are_told_as_what_was_not_checked(articles: str, tmp_path: Path) -> None:
    put(release(), tmp_path / "held")
    for door in (check_path, check_package):
        report = door(tmp_path / "held", articles=articles)
        [lost] = [fault for fault in report.faults if fault.rule == "file-unreadable"]
        assert f"There is no folder {articles}, so no span was checked" in lost.message
        assert not [fault for fault in report.faults if fault.rule == "text-missing"]
        assert (lost.severity, report.exit_code) == ("error", 2)


def test_a_name_that_is_too_long_keeps_nothing_else_from_being_read(tmp_path: Path) -> None:
    sound = tmp_path / "sound.csv"
    sound.write_text(
        "event_id,record_version,action_code,date_earliest,date_latest\n"
        "AB-000001,1,cameo:042,2024-03-11,2024-03-10\n"
    )
    report = check_paths([f"{'a' * 5000}.csv", sound])
    assert [fault.rule for fault in report.faults] == ["file-unreadable", "date-reversed"]
    assert report.exit_code == 2


def test_what_is_asked_of_the_path_of_a_release_is_text() -> None:
    with pytest.raises(TypeError, match="table must be the name of a table"):
        path(table=7)  # type: ignore[arg-type]
    for door in (path, load):
        with pytest.raises(TypeError, match="folder must be text"):
            door(folder=7)


def test_a_table_of_a_release_is_named_by_a_text() -> None:
    with pytest.raises(TypeError, match="table must be the name of a table"):
        load(7)  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="table must be the name of a table"):
        load(["events"])  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "value",
    [datetime.date(2022, 1, 5), 10**5000, object(), {1, 2}],
    ids=["date", "int", "any", "set"],
)
def test_values_of_python_are_faults_and_no_exceptions(value: Any) -> None:
    for record in (value, {"event_id": value}, RECORDS[0] | {"participants": [value]}):
        assert not check_record(record).ok
