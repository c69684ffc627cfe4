"""Paths of every kind are checked, and none ends in an exception."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qantar.dataset.parquet_file import write_parquet
from qantar.schema.rule import Profile
from qantar.schema.tables import TABLES
from qantar.validation import check_path, check_paths
from support import made_up
from support.made_up_package import csv_package, put, release

CORE = ("event_id", "record_version", "action_code", "date_earliest", "date_latest")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(release(), tmp_path_factory.mktemp("release"))


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_every_table_is_known_by_its_columns(folder: Path, form: str, name: str) -> None:
    report = check_path(folder / form / f"{name}.{form}")
    assert report.faults == ()
    assert [(r.kind, r.table, r.profile) for r in report.read] == [(form, name, Profile.coded)]
    assert report.read[0].rows == len(made_up.corpus().tables()[name])


def test_records_are_checked_with_notes_where_the_registry_is_elsewhere(folder: Path) -> None:
    report = check_path(str(folder / "events.jsonl"))
    assert {fault.rule for fault in report.faults} == {"actor-unresolved"}
    assert all(fault.file == str(folder / "events.jsonl") for fault in report.faults)
    assert report.exit_code == 0


@pytest.mark.parametrize("name", ["", "csv", "csv/datapackage.json"])
def test_a_package_is_checked_as_one(folder: Path, name: str) -> None:
    report = check_path(folder / name)
    assert report.faults == ()
    assert report.read[0].kind == "package"


def test_a_folder_without_a_package_is_checked_file_by_file(tmp_path: Path) -> None:
    rows = made_up.corpus().tables()
    files = csv_package({"events": rows["events"], "spans": rows["spans"]})
    del files["datapackage.json"]
    parquet = write_parquet(TABLES["actors"], rows["actors"])
    put(files | {"deep/a.parquet": parquet, ".git/x.csv": b"x", "notes.md": b""}, tmp_path)
    put(csv_package({"codes": rows["codes"]}), tmp_path / "package")
    report = check_path(tmp_path)
    assert report.faults == ()
    assert [reading.table for reading in report.read] == [
        "actors",
        "events",
        None,
        "codes",
        "spans",
    ]


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("x.csv", b"", "csv-malformed"),
        ("x.csv", b"a,b\n1,2\n", "table-unknown"),
        ("x.tsv", b"a\tb\n", "table-unknown"),
        ("x.parquet", b"PAR1", "file-unreadable"),
        ("x.json", b"{", "json-malformed"),
        ("x.json", b"", "json-malformed"),
        ("x.jsonl", b"\xff\n", "file-encoding"),
        ("x.zip", b"PK", "file-unreadable"),
        ("x.docx", b"PK", "file-unreadable"),
        ("x", b"", "file-unreadable"),
    ],
)
def test_what_cannot_be_judged_ends_with_2(
    tmp_path: Path, name: str, content: bytes, rule: str
) -> None:
    report = check_path(put({name: content}, tmp_path) / name)
    assert [fault.rule for fault in report.faults] == [rule]
    assert report.faults[0].file == str(tmp_path / name)
    assert report.exit_code == 2


def test_a_path_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    report = check_path(tmp_path / "none.csv")
    assert [fault.rule for fault in report.faults] == ["file-unreadable"]
    assert "does not exist" in report.faults[0].message
    assert report.exit_code == 2


def test_a_folder_with_nothing_to_check_ends_with_2(tmp_path: Path) -> None:
    assert check_path(tmp_path).exit_code == 2


def test_faults_end_with_1_and_have_their_line(tmp_path: Path) -> None:
    rows = made_up.corpus().tables()["events"]
    rows[1]["polarity"] = "affirmativ"
    path = put(csv_package({"events": rows}), tmp_path) / "events.csv"
    report = check_path(path)
    fault = report.faults[0]
    assert (fault.rule, fault.line, fault.row, fault.column) == ("value-unknown", 3, 2, "polarity")
    assert fault.suggestion == "affirmative"
    assert report.exit_code == 1


def test_an_unread_cell_is_one_fault_and_not_two(tmp_path: Path) -> None:
    content = csv_package({"events": made_up.corpus().tables()["events"]})["events.csv"]
    first, second, rest = content.split(b"\n", 2)
    short = b",".join(second.split(b",")[:5])
    path = put({"events.csv": b"\n".join((first, short, rest))}, tmp_path) / "events.csv"
    assert [(f.rule, f.line) for f in check_path(path).faults] == [("csv-malformed", 2)]


def test_a_column_that_is_missing_or_unknown_is_one_fault(tmp_path: Path) -> None:
    content = csv_package({"changes": made_up.corpus().tables()["changes"]})["changes.csv"]
    path = put({"c.csv": content.replace(b"reason", b"reasn", 1)}, tmp_path) / "c.csv"
    report = check_path(path, profile="coded")
    assert [(f.rule, f.line, f.column) for f in report.faults] == [
        ("value-missing", 1, "reason"),
        ("column-unknown", 1, "reasn"),
    ]


def test_few_rows_and_many_are_judged_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = made_up.corpus().tables()["events"]
    rows[0] |= {"date_latest": "2020-01-01", "latitude": 99.0, "n_mentions": 0}
    rows.append(rows[1] | {"occurred": False, "event_id": "TST-000001"})
    path = put(csv_package({"events": rows}), tmp_path) / "events.csv"
    few = check_path(path).faults
    monkeypatch.setattr("qantar.validation.engine.held_table.FEW_ROWS", 0)
    assert sorted(check_path(path).faults, key=str) == sorted(few, key=str)
    assert len(few) > 5


def test_few_rows_and_many_are_judged_alike_where_cells_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = made_up.corpus().tables()["events"]
    path = put(csv_package({"events": rows}), tmp_path) / "events.csv"
    header, first, *rest = path.read_text("utf-8").splitlines()
    names, cells = header.split(","), first.split(",")
    wrong = [
        ",".join(text if name == column else cell for name, cell in zip(names, cells, strict=False))
        for column, text in (("latitude", "north"), ("occurred", "no"), ("date_latest", "late"))
    ]
    lines = [header, first, *wrong, ",".join(cells[:5]), first + ",more", *rest]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    few = check_path(path).faults
    monkeypatch.setattr("qantar.validation.engine.held_table.FEW_ROWS", 0)
    assert sorted(check_path(path).faults, key=str) == sorted(few, key=str)
    assert {"value-type", "value-malformed", "csv-malformed"} <= {fault.rule for fault in few}


def test_flat_rows_are_known_by_their_fields(tmp_path: Path) -> None:
    rows = made_up.corpus().tables()["events"]
    rows[1]["polarity"] = "negatd"
    rows[0]["kolor"] = "red"
    lines = "".join(f"{json.dumps(row)}\n" for row in rows).encode()
    report = check_path(put({"rows.jsonl": lines}, tmp_path) / "rows.jsonl")
    assert [(f.rule, f.line, f.row, f.pointer) for f in report.faults] == [
        ("field-unknown", 1, 1, "/kolor"),
        ("value-unknown", 2, 2, "/polarity"),
    ]
    assert report.read[0].table == "events"


def test_flat_rows_may_be_a_list_and_of_a_table_that_is_named(tmp_path: Path) -> None:
    rows = [{"actor_id": "arna", "name": None}, 3]
    path = put({"rows.json": json.dumps(rows, indent=1).encode()}, tmp_path) / "rows.json"
    report = check_path(path, table="actor_names")
    assert [(f.rule, f.line, f.pointer) for f in report.faults] == [
        ("coded-column-missing", None, None),
        ("value-null", 4, "/name"),
        ("value-type", 6, ""),
    ]


def test_exchange_rows_are_asked_for_their_core_only(tmp_path: Path) -> None:
    rows = [{k: row[k] for k in CORE} for row in made_up.corpus().tables()["events"]]
    path = put(csv_package({"events": rows}), tmp_path) / "events.csv"
    lines = path.read_text().splitlines()
    path.write_text("\n".join(",".join(line.split(",")[:3]) for line in lines))
    report = check_path(path, table="events")
    assert {(f.rule, f.column) for f in report.faults if f.row is None} == {
        ("value-missing", "date_earliest"),
        ("value-missing", "date_latest"),
    }
    assert report.read[0].profile is Profile.exchange


def test_a_table_that_is_not_known_is_a_fault() -> None:
    report = check_path("x.csv", table="event")
    assert [(f.rule, f.suggestion) for f in report.faults] == [("table-unknown", "events")]
    assert report.exit_code == 2


def test_a_profile_that_there_is_not_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="loose"):
        check_path("x.csv", profile="loose")


def test_single_tables_are_held_against_the_texts(folder: Path, tmp_path: Path) -> None:
    texts = put({"a.txt": made_up.TEXT.replace("telephoned", "Telephoned").encode()}, tmp_path)
    paths = [
        folder / "csv" / f"{name}.csv" for name in ("articles", "mentions", "spans", "sentences")
    ]
    report = check_paths(paths, articles=texts)
    assert [(f.rule, Path(f.file or "").name, f.line) for f in report.faults] == [
        ("text-differs", "articles.csv", 2),
        ("sentence-digest-differs", "sentences.csv", 3),
        ("span-digest-differs", "spans.csv", 2),
    ]


def test_a_table_in_parts_is_held_against_the_texts(folder: Path, tmp_path: Path) -> None:
    texts = put({"a.txt": made_up.TEXT.replace("telephoned", "Telephoned").encode()}, tmp_path)
    header, *rows = (folder / "csv" / "spans.csv").read_bytes().splitlines(keepends=True)
    parts = {"1.csv": header + rows[0], "2.csv": header + b"".join(rows[1:])}
    paths = [folder / "csv" / f"{name}.csv" for name in ("articles", "mentions", "sentences")]
    for order in (["1.csv", "2.csv"], ["2.csv", "1.csv"]):
        spans = [put(parts, tmp_path / "spans") / name for name in order]
        found = check_paths([*paths, *spans], articles=texts).faults
        told = [(Path(f.file or "").name, f.line) for f in found if f.rule.startswith("span")]
        assert told == [("1.csv", 2)]


def test_progress_is_told(folder: Path) -> None:
    steps: list[str] = []
    check_path(folder, progress=steps.append)
    assert "Comparing digests" in steps
    assert "Checking events" in steps


@pytest.fixture
def forbid(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Forbid to look into a folder, also for the superuser, whom the system forbids nothing."""

    def do(folder: Path) -> None:
        def guarded(name: str) -> None:
            original = getattr(Path, name)

            def act(path: Path, *arguments: Any) -> Any:
                inside = path == folder if name == "iterdir" else folder in path.parents
                if inside:
                    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
                return original(path, *arguments)

            monkeypatch.setattr(Path, name, act)

        for name in ("iterdir", "is_file", "is_dir", "is_symlink", "lstat", "read_bytes"):
            guarded(name)
        allowed = os.access
        monkeypatch.setattr(os, "access", lambda path, mode: path != folder and allowed(path, mode))

    return do


def test_a_folder_that_may_not_be_read_ends_with_2(
    tmp_path: Path, forbid: Callable[[Path], None]
) -> None:
    (tmp_path / "shut").mkdir()
    forbid(tmp_path / "shut")
    report = check_path(tmp_path / "shut")
    assert [fault.rule for fault in report.faults] == ["file-unreadable"]
    assert "Permission denied" in report.faults[0].message
    assert report.exit_code == 2


def test_beside_a_folder_that_may_not_be_read_the_others_are(
    folder: Path, tmp_path: Path, forbid: Callable[[Path], None]
) -> None:
    (tmp_path / "a-shut").mkdir()
    (tmp_path / "b.csv").write_bytes((folder / "csv" / "events.csv").read_bytes())
    forbid(tmp_path / "a-shut")
    report = check_path(tmp_path)
    assert [fault.rule for fault in report.faults] == ["file-unreadable"]
    assert [reading.rows for reading in report.read] == [0, 2]
    assert report.exit_code == 2


def test_a_package_of_which_a_folder_may_not_be_read_ends_with_2(
    folder: Path, forbid: Callable[[Path], None]
) -> None:
    forbid(folder / "parquet")
    report = check_path(folder)
    assert {fault.rule for fault in report.faults} == {"file-unreadable"}
    assert "events" in {reading.table for reading in report.read}
    assert report.exit_code == 2
