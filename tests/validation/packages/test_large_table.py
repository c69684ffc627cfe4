"""Packages of which tables are too large to be held are judged in chunks."""

import hashlib
import io
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from qantar.schema.rule import Severity
from qantar.validation import Fault, Report, check_package
from qantar.validation.engine.large_file import check_large
from qantar.validation.packages import package, store
from qantar.validation.readers.expansion import Expansion
from qantar.validation.readers.nested.chunks import NestedChunks
from support import made_up
from support.made_up_package import csv_package, put, release, zipped


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
    assert all("is judged in chunks" in fault.message for fault in report.faults)
    assert report.whole


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


def lead_to_nobody(records: list[Any]) -> None:
    records[0]["participants"][0]["actor_id"] = "nobody"


def name_no_article(records: list[Any]) -> None:
    records[0]["mentions"][0]["article_id"] = "TST-A0009"


def lie_in_another_zone(records: list[Any]) -> None:
    records[0]["mentions"][0]["zone"] = "caption"


def end_past_the_text(records: list[Any]) -> None:
    records[0]["mentions"][0]["spans"][0]["char_end"] = 99_999


def have_another_version(records: list[Any]) -> None:
    records[0]["record_version"] = 7


def say_otherwise(records: list[Any]) -> None:
    records[1]["date_earliest"] = "2021-05-02"


def be_left_out(records: list[Any]) -> None:
    del records[0]


def come_in_addition(records: list[Any]) -> None:
    records.append(json.loads(json.dumps(records[0]).replace("TST-000001", "TST-000077")))


def come_twice(records: list[Any]) -> None:
    records.append(records[0])


def have_a_fault(records: list[Any]) -> None:
    records[0]["extra"] = 1
    records[0]["record_version"] = "1"


CHANGES: list[tuple[Any, set[str]]] = [
    (lead_to_nobody, {"key-dangling", "tables-differ"}),
    (name_no_article, {"key-dangling", "tables-differ"}),
    (lie_in_another_zone, {"zone-differs", "tables-differ"}),
    (end_past_the_text, {"span-past-end", "tables-differ"}),
    (have_another_version, {"version-unexplained", "tables-differ"}),
    (say_otherwise, {"tables-differ"}),
    (be_left_out, {"tables-differ"}),
    (come_in_addition, {"tables-differ"}),
    (come_twice, {"key-duplicate"}),
    (have_a_fault, {"field-unknown", "tables-differ"}),
]


@pytest.mark.parametrize(
    ("change", "rules", "held"),
    [
        *[(*change, "nothing") for change in CHANGES],
        *[(*change, held) for change in CHANGES[1:4] for held in ("records", "but the articles")],
    ],
)
def test_records_are_judged_and_compared_as_those_in_memory(
    change: Any, rules: set[str], held: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {n: c for n, c in release().items() if not n.startswith(("SHA256SUMS", "parquet/"))}
    records = [json.loads(line) for line in files["events.jsonl"].splitlines()]
    change(records)
    files["events.jsonl"] = "".join(json.dumps(record) + "\n" for record in records).encode()
    folder = put(files, tmp_path)
    least = {"nothing": 0, "records": len(files["events.jsonl"]), "but the articles": 10**6}
    monkeypatch.setattr(store, "LARGEST_HELD", least[held])
    if held == "but the articles":
        large = store.Folder.large

        def only_articles(self: store.Folder, path: str, least: int | None = None) -> Path | None:
            return large(self, path, 0 if "articles" in path else least)

        monkeypatch.setattr(store.Folder, "large", only_articles)
    in_chunks = check_package(folder)
    monkeypatch.undo()
    in_memory = check_package(folder)
    told = [f for f in errors(in_memory) if f.rule in rules or f.file == f"{folder}/events.jsonl"]
    assert rules <= {fault.rule for fault in told}
    assert set(told) <= {*in_chunks.faults}
    assert places(in_chunks) <= places(in_memory)


def test_records_without_a_fault_are_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    again = NestedChunks.again

    def counted(self: NestedChunks, records: Any) -> Any:
        asked.append(len(records))
        return again(self, records)

    monkeypatch.setattr(NestedChunks, "again", counted)
    check_package(put(release(), tmp_path))
    assert asked
    assert set(asked) == {0}


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


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files are made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_a_zip_is_judged_as_its_folder_is_and_nothing_stays(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = made_up.corpus().tables()
    tables["participants"][0]["actor_id"] = "nobody"
    tables["changes"].append(dict(tables["changes"][0]))
    files = csv_package(tables)
    (tmp_path / "package.zip").write_bytes(zipped(files))
    asked: list[Path] = []

    def check(place: Path, *args: Any, **named: Any) -> Report | None:
        asked.append(place)
        return check_large(place, *args, **named)

    monkeypatch.setattr(package, "check_large", check)
    in_zip = check_package(tmp_path / "package.zip")
    assert len(asked) == len(files) - 1
    assert all(temporary in place.parents for place in asked)
    assert [*temporary.iterdir()] == []
    in_folder = check_package(put(files, tmp_path / "package.zip.folder"))
    told = [
        [(f.rule, Path(f.file or "").name, f.line, f.column, f.message) for f in report.faults]
        for report in (in_zip, in_folder)
    ]
    assert told[0] == told[1]
    assert {"key-dangling", "key-duplicate"} <= {fault.rule for fault in in_zip.faults}


def test_a_damaged_file_of_a_zip_is_told_and_the_others_are_judged(
    tmp_path: Path, temporary: Path
) -> None:
    data = bytearray(zipped(csv_package(made_up.corpus().tables())))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        place = archive.getinfo("actors.csv").header_offset + 60
    data[place : place + 20] = bytes(20)
    (tmp_path / "package.zip").write_bytes(data)
    report = check_package(tmp_path / "package.zip")
    told = [(f.rule, Path(f.file or "").name) for f in errors(report)]
    assert told == [("file-unreadable", "actors.csv")]
    assert report.exit_code == 2
    assert {"events", "mentions"} <= {reading.table for reading in report.read}
    assert [*temporary.iterdir()] == []


def test_a_file_of_a_zip_that_expands_too_far_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "EXPANSION", Expansion(free=50_000, times=50))
    files = csv_package(made_up.corpus().tables())
    files["actors.csv"] += b" " * 1_000_000
    (tmp_path / "package.zip").write_bytes(zipped(files))
    report = check_package(tmp_path / "package.zip")
    [told] = errors(report)
    assert (told.rule, Path(told.file or "").name) == ("file-too-large", "actors.csv")
    assert "are allowed" in told.message
