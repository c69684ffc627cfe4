"""Packages of schema 0.1.0 are judged by what was published of it."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from qantar.dataset.digest import DIGESTS, sha256
from qantar.dataset.folder import PACKAGED
from qantar.schema.digest import list_digests
from qantar.validation import Fault, check_package, check_path
from qantar.validation.packages.store import Folder
from qantar.validation.past import note
from qantar.validation.past.version import package_version

NOTE = "schema-version-past"
LEADING = "QTR-000003-M1"
Change = Callable[[str], str]


def copied(folder: Path, version: str = "0.2.0") -> Path:
    return shutil.copytree(PACKAGED / version, folder / "release")


def sealed(release: Path) -> Path:
    """Make the digests of a changed release fit again."""
    for form in ("csv", "parquet"):
        path = release / form / "datapackage.json"
        if not path.is_file():
            continue
        told = json.loads(path.read_text("utf-8"))
        for resource in told["resources"]:
            file = release / form / resource["path"]
            if file.is_file():
                resource["hash"] = f"sha256:{sha256(file.read_bytes())}"
                if "bytes" in resource:
                    resource["bytes"] = file.stat().st_size
        path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8")
    files = {
        path.relative_to(release).as_posix(): path.read_bytes()
        for path in release.rglob("*")
        if path.is_file() and path.name != DIGESTS
    }
    (release / DIGESTS).write_text(list_digests(files))
    return release


def faults_of(release: Path, *more: str) -> list[Fault]:
    return [fault for fault in check_path(release) if fault.rule not in (NOTE, *more)]


def alter(release: Path, table: str, change: Callable[[pl.DataFrame], pl.DataFrame]) -> Path:
    """Change a table in both forms."""
    parquet = release / "parquet" / f"{table}.parquet"
    changed = change(pl.read_parquet(parquet))
    changed.write_parquet(parquet)
    text = io.BytesIO()
    changed.write_csv(text)
    (release / "csv" / f"{table}.csv").write_bytes(text.getvalue())
    return sealed(release)


def set_cell(row: int, column: str, value: Any) -> Callable[[pl.DataFrame], pl.DataFrame]:
    def change(frame: pl.DataFrame) -> pl.DataFrame:
        held = frame[column].to_list()
        held[row - 1] = value
        return frame.with_columns(pl.Series(column, held, frame.schema[column], strict=False))

    return change


@pytest.mark.parametrize("version", ["0.1.0", "0.2.0"])
def test_a_release_of_the_earlier_schema_is_sound_and_a_note_says_of_which_it_is(
    version: str,
) -> None:
    report = check_path(PACKAGED / version)
    assert [fault.rule for fault in report] == [NOTE]
    assert "judged by it; `qantar migrate` brings it to 0.2.0" in report.faults[0].message
    assert report.ok
    assert len(report.read) == 38


@pytest.mark.parametrize("part", ["csv", "parquet", "csv/datapackage.json"])
def test_one_package_of_a_release_is_judged_likewise(part: str) -> None:
    assert [fault.rule for fault in check_path(PACKAGED / "0.2.0" / part)] == [NOTE]


def test_a_zip_is_judged_likewise(tmp_path: Path) -> None:
    shutil.make_archive(str(tmp_path / "old"), "zip", PACKAGED, "0.1.0")
    assert [fault.rule for fault in check_path(tmp_path / "old.zip")] == [NOTE]
    assert [fault.rule for fault in check_package(tmp_path / "old.zip")] == [NOTE]


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "rule"),
    [
        ("events", 3, "factuality", "rumoured", "value-unknown"),
        ("events", 3, "summary_vi", None, "value-missing"),
        ("events", 1, "event_id", "QTR-1", "value-malformed"),
        ("participants", 1, "actor_id", "nobody", "key-dangling"),
        ("actors", 4, "wikidata_id", "232", "value-malformed"),
        ("spans", 5, "char_start", -1, "value-out-of-range"),
    ],
)
def test_a_faulty_cell_is_told_with_its_place(
    table: str, row: int, column: str, value: Any, rule: str, tmp_path: Path
) -> None:
    release = alter(copied(tmp_path), table, set_cell(row, column, value))
    found = [f for f in faults_of(release) if (f.row, f.column, f.rule) == (row, column, rule)]
    assert [fault.file for fault in found] == [str(release / "csv" / f"{table}.csv")]
    assert found[0].line == row + 1


def test_days_in_the_wrong_order_are_told(tmp_path: Path) -> None:
    events = pl.read_parquet(PACKAGED / "0.2.0" / "parquet" / "events.parquet")
    row = 1 + events["date_edtf"].to_list().index("2022-01-01/2022-01-10")
    late = events["date_latest"].max()
    release = alter(copied(tmp_path), "events", set_cell(row, "date_earliest", late))
    assert "date-reversed" in {f.rule for f in faults_of(release) if f.row == row}


def test_a_key_that_is_there_twice_is_told(tmp_path: Path) -> None:
    release = alter(copied(tmp_path), "actors", set_cell(2, "actor_id", "blinken"))
    assert "key-duplicate" in {fault.rule for fault in faults_of(release)}


def test_a_row_that_is_gone_is_told_by_the_rules_and_the_records(tmp_path: Path) -> None:
    release = alter(
        copied(tmp_path), "mentions", lambda f: f.filter(pl.col("mention_id") != LEADING)
    )
    rules = {fault.rule for fault in faults_of(release)}
    assert {"key-dangling", "leading-mention-count", "tables-differ"} <= rules


def test_a_broken_digest_and_a_wrong_file_are_told(tmp_path: Path) -> None:
    release = copied(tmp_path)
    (release / "README.md").write_text("Another.")
    (release / "parquet" / "events.parquet").write_bytes(b"PAR1 no more")
    (release / "stray.txt").write_text("Not listed.")
    told = {
        (fault.rule, (fault.file or "").removeprefix(f"{release}/"))
        for fault in check_path(release)
    }
    assert ("digest-differs", "README.md") in told
    assert ("digest-differs", "parquet/events.parquet") in told
    assert any(file == "stray.txt" for _, file in told)


def test_a_table_of_another_content_is_told(tmp_path: Path) -> None:
    release = copied(tmp_path)
    path = release / "csv" / "actors.csv"
    path.write_text(path.read_text("utf-8").replace("wikidata_id", "wikidata"), "utf-8")
    found = faults_of(sealed(release))
    assert {f.column for f in found if f.rule == "column-unknown"} == {"wikidata"}
    (release / "csv" / "events.csv").unlink()
    assert "file-missing" in {fault.rule for fault in faults_of(sealed(release))}


def test_a_descriptor_is_held_against_the_tables_as_they_were(tmp_path: Path) -> None:
    release = copied(tmp_path)
    path = release / "csv" / "datapackage.json"
    path.write_text(path.read_text("utf-8").replace('"wikidata_id"', '"external_id"'), "utf-8")
    [fault] = faults_of(sealed(release))
    assert (fault.rule, fault.file) == ("descriptor-differs", str(path))
    assert fault.line


def test_a_faulty_record_is_told_with_its_line_and_pointer(tmp_path: Path) -> None:
    release = copied(tmp_path)
    path = release / "events.jsonl"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    record = json.loads(lines[4])
    del record["summary_vi"]
    record["mentions"][0]["polarity"] = "odd"
    lines[4] = json.dumps(record, ensure_ascii=False) + "\n"
    path.write_text("".join(lines), "utf-8")
    told = {(f.rule, f.line, f.pointer) for f in faults_of(sealed(release)) if f.file == str(path)}
    assert ("value-missing", 5, "/summary_vi") in told
    assert ("value-unknown", 5, "/mentions/0/polarity") in told


def test_a_package_tells_its_version_by_what_lies_in_it(tmp_path: Path) -> None:
    release = copied(tmp_path)
    assert package_version(Folder(release)) == "0.1.0"
    (release / "event.schema.json").unlink()
    assert package_version(Folder(release)) == "0.1.0"
    (release / "events.jsonl").unlink()
    assert package_version(Folder(release)) == "0.1.0"
    for form in ("csv", "parquet"):
        path = release / form / "datapackage.json"
        told = json.loads(path.read_text("utf-8")) | {"qantar:schema_version": "0.2.0"}
        path.write_text(json.dumps(told), "utf-8")
    assert package_version(Folder(release)) == "0.2.0"


@pytest.mark.parametrize("stated", ["0.9.0", 2])
def test_a_package_of_an_unknown_version_is_told_with_what_is_known(
    stated: Any, tmp_path: Path
) -> None:
    release = copied(tmp_path)
    path = release / "csv" / "datapackage.json"
    told = json.loads(path.read_text("utf-8")) | {"qantar:schema_version": stated}
    path.write_text(json.dumps(told, indent=2), "utf-8")
    found = [f for f in check_path(release / "csv") if f.rule == "schema-version-differs"]
    if stated == "0.9.0":
        [fault] = found
        assert "this package knows 0.2.0 and 0.1.0" in fault.message
        assert fault.pointer == "/qantar:schema_version"
    else:
        # The columns tell the version, where what is stated is no version at all.
        assert package_version(Folder(release / "csv")) == "0.1.0"


def test_what_is_too_large_to_be_held_is_refused_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("qantar.validation.packages.store.LARGEST_HELD", 10_000)
    report = check_path(PACKAGED / "0.1.0")
    told = [fault for fault in report if fault.rule == "file-too-large"]
    assert told
    assert all("qantar migrate" in fault.message for fault in told)
    assert report.exit_code == 2
    assert note.LARGEST_PAST > 10_000
