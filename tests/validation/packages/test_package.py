"""Packages: what is whole passes; what is damaged, unsafe or at odds with itself does not."""

import hashlib
import json
import random
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qantar.dataset.archive import write_zip
from qantar.dataset.csv_file import write_csv
from qantar.dataset.record import write_records
from qantar.schema.rule import Profile
from qantar.schema.tables import TABLES
from qantar.validation import Fault, Report, check_package
from support import made_up
from support.made_up_package import Files, csv_package, put, redescribe, release, rules_at, zipped
from support.told_tables import CODED_TABLES

SEED = 20220105


def resigned(files: Files) -> Files:
    """A release whose list of digests fits its files again."""
    rest = {path: content for path, content in files.items() if path != "SHA256SUMS"}
    lines = (f"{hashlib.sha256(c).hexdigest()}  {p}\n" for p, c in sorted(rest.items()))
    return rest | {"SHA256SUMS": "".join(lines).encode()}


@pytest.fixture(scope="module")
def files() -> Files:
    return release()


@pytest.mark.parametrize("part", ["", "csv", "parquet"])
def test_a_release_and_its_packages_are_free_of_faults(
    files: Files, tmp_path: Path, part: str
) -> None:
    report = check_package(put(files, tmp_path) / part)
    assert report.faults == ()
    assert report.exit_code == 0
    assert report.read[0].profile is Profile.coded
    assert {reading.table for reading in report.read} >= set(TABLES)


@pytest.mark.parametrize("top", ["qantar-0.1.0", ""])
def test_a_zip_is_read_without_being_unpacked(files: Files, tmp_path: Path, top: str) -> None:
    content = write_zip(files, top) if top else zipped(files)
    path = tmp_path / "r.zip"
    path.write_bytes(content)
    assert check_package(path).faults == ()
    assert [p.name for p in tmp_path.iterdir()] == ["r.zip"]


def test_with_the_texts_every_span_is_checked(files: Files, tmp_path: Path) -> None:
    folder = put(files, tmp_path / "release")
    texts = put({"a.txt": made_up.TEXT.encode()}, tmp_path / "texts")
    assert check_package(folder, articles=texts).faults == ()
    put({"a.txt": made_up.TEXT.replace("aid", "Aid").encode()}, texts)
    found = check_package(folder, articles=texts).faults
    assert [(f.rule, Path(f.file or "").name, f.line) for f in found] == [
        ("text-differs", "articles.csv", 2),
        ("sentence-digest-differs", "sentences.csv", 4),
        ("span-digest-differs", "spans.csv", 6),
    ]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("csv/events.csv", {("digest-differs", "events.csv")}),
        ("parquet/spans.parquet", {("digest-differs", "spans.parquet")}),
        ("README.md", {("digest-differs", "README.md")}),
        ("events.jsonl", {("digest-differs", "events.jsonl")}),
    ],
)
def test_an_altered_file_is_told_and_not_read(
    files: Files, tmp_path: Path, path: str, found: set[tuple[str, str]]
) -> None:
    altered = files | {path: files[path] + b"not,for,reading\n"}
    assert rules_at(check_package(put(altered, tmp_path))) == found


def test_a_file_that_is_gone_or_that_nobody_vouches_for_is_told(
    files: Files, tmp_path: Path
) -> None:
    folder = put(files | {"csv/more.csv": b"a\n"}, tmp_path)
    (folder / "README.md").unlink()
    (folder / "csv" / "codings.csv").unlink()
    assert rules_at(check_package(folder)) == {
        ("file-missing", "README.md"),
        ("file-missing", "codings.csv"),
        ("digest-differs", "more.csv"),
    }


def test_a_release_without_its_list_of_digests_is_told(files: Files, tmp_path: Path) -> None:
    folder = put(files, tmp_path)
    (folder / "SHA256SUMS").unlink()
    assert rules_at(check_package(folder)) == {("file-missing", "SHA256SUMS")}


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The bytes with one bit flipped, or cut short."""
    at = chance.randrange(len(content))
    if chance.random() < 0.25:
        return content[:at]
    return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]


def refuses_damage(files: Files, folder: Path, number: int, seed: int) -> None:
    chance = random.Random(seed)
    put(files, folder)
    for _ in range(number):
        path = chance.choice([path for path in sorted(files) if files[path]])
        (folder / path).write_bytes(damaged(files[path], chance))
        assert check_package(folder).exit_code, path
        (folder / path).write_bytes(files[path])


def test_no_flipped_bit_and_no_cut_goes_unseen(files: Files, tmp_path: Path) -> None:
    refuses_damage(files, tmp_path, 30, SEED)


@pytest.mark.slow
def test_no_flipped_bit_and_no_cut_goes_unseen_among_hundreds(files: Files, tmp_path: Path) -> None:
    refuses_damage(files, tmp_path, 400, SEED + 1)


def test_no_damage_of_a_zip_ends_in_an_exception(files: Files, tmp_path: Path) -> None:
    content, chance, path = write_zip(files, "q"), random.Random(SEED), tmp_path / "r.zip"
    for _ in range(60):
        path.write_bytes(damaged(content, chance))
        check_package(path)


def _set(*steps: Any) -> Callable[[Any], None]:
    *path, last, value = steps

    def change(descriptor: Any) -> None:
        for step in path:
            descriptor = descriptor[step]
        if value is None:
            del descriptor[last]
        else:
            descriptor[last] = value

    return change


FIELD = ("resources", 0, "schema", "fields", 0)


@pytest.mark.parametrize(
    ("change", "rule", "pointer"),
    [
        (_set("resources", None), "descriptor-malformed", ""),
        (_set("resources", []), "descriptor-malformed", ""),
        (_set("resources", 0, "x"), "descriptor-malformed", "/resources/0"),
        (_set("resources", 0, "hash", None), "descriptor-malformed", "/resources/0/hash"),
        (_set("resources", 0, "hash", "md5:1"), "descriptor-malformed", "/resources/0/hash"),
        (_set("resources", 0, "path", ["a"]), "descriptor-malformed", "/resources/0/path"),
        (_set("resources", 0, "schema", None), "descriptor-malformed", "/resources/0/schema"),
        (_set("resources", 0, "bytes", "many"), "descriptor-malformed", "/resources/0/bytes"),
        (_set("resources", 0, "format", "xls"), "descriptor-malformed", "/resources/0/format"),
        (_set("qantar:profile", "loose"), "descriptor-malformed", "/qantar:profile"),
        (_set("resources", 0, "name", "code"), "table-unknown", "/resources/0/name"),
        (_set(*FIELD, "type", "any"), "descriptor-differs", f"/{'/'.join(map(str, FIELD))}/type"),
        (_set(*FIELD, "name", "cod"), "descriptor-differs", f"/{'/'.join(map(str, FIELD))}/name"),
        (_set(*FIELD, "constraints", None), "descriptor-differs", f"/{'/'.join(map(str, FIELD))}"),
        (
            _set("resources", 0, "schema", "primaryKey", ["x"]),
            "descriptor-differs",
            "/resources/0/schema/primaryKey",
        ),
    ],
)
def test_a_descriptor_that_is_wrong_is_told_where(
    tmp_path: Path, change: Callable[[Any], None], rule: str, pointer: str
) -> None:
    package = csv_package({"codes": made_up.corpus().tables()["codes"]})
    faults = check_package(put(redescribe(package, change), tmp_path)).faults
    assert (rule, pointer) in [(fault.rule, fault.pointer) for fault in faults]
    assert all(fault.line for fault in faults)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b'{"a":1,"a":2}', b"\xff", b"[" * 99]
)
def test_a_descriptor_that_is_no_json_is_told(tmp_path: Path, content: bytes) -> None:
    report = check_package(put({"datapackage.json": content}, tmp_path))
    assert len(report.faults) == 1
    assert report.exit_code == 2


def faults_of(report: Report, rule: str) -> list[Fault]:
    return [fault for fault in report.faults if fault.rule == rule]


def test_csv_and_parquet_that_differ_are_told_cell_by_cell(files: Files, tmp_path: Path) -> None:
    rows = made_up.corpus().tables()["articles"]
    rows[0]["title"] = "Another"
    csv = write_csv(CODED_TABLES["articles"], rows)
    descriptor = json.loads(files["csv/datapackage.json"])
    for resource in descriptor["resources"]:
        if resource["name"] == "articles":
            resource |= {"hash": f"sha256:{hashlib.sha256(csv).hexdigest()}", "bytes": len(csv)}
    changed = {"csv/articles.csv": csv, "csv/datapackage.json": json.dumps(descriptor).encode()}
    found = check_package(put(resigned(files | changed), tmp_path)).faults
    assert [(f.rule, Path(f.file or "").name, f.line, f.column) for f in found] == [
        ("tables-differ", "articles.csv", 2, "title")
    ]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda events: events[0].update(confidence="low"), ("events.csv", 2, "confidence")),
        (
            lambda events: events[1]["participants"][1].update(actor_country_code="ISL"),
            ("participants.csv", 5, "actor_country_code"),
        ),
    ],
)
def test_records_that_differ_from_the_tables_are_told(
    files: Files, tmp_path: Path, change: Callable[[Any], None], place: tuple[str, int, str]
) -> None:
    events = made_up.corpus().events
    change(events)
    changed = resigned(files | {"events.jsonl": write_records(events)})
    found = faults_of(check_package(put(changed, tmp_path)), "tables-differ")
    assert [(Path(f.file or "").name, f.line, f.column) for f in found] == [place]


def test_a_record_that_is_missing_is_told(files: Files, tmp_path: Path) -> None:
    events = made_up.corpus().events[:1]
    changed = resigned(files | {"events.jsonl": write_records(events)})
    found = faults_of(check_package(put(changed, tmp_path)), "tables-differ")
    assert ("events.csv", 3) in [(Path(f.file or "").name, f.line) for f in found]


def test_a_key_that_dangles_is_told_at_the_row_that_holds_it(tmp_path: Path) -> None:
    tables = made_up.corpus().tables()
    tables["relations"][0]["other_event_id"] = "TST-000009"
    found = faults_of(check_package(put(csv_package(tables), tmp_path)), "key-dangling")
    assert [(Path(f.file or "").name, f.line, f.row, f.column) for f in found] == [
        ("relations.csv", 2, 1, "other_event_id")
    ]


def test_a_package_of_some_tables_is_valid_as_far_as_it_goes(tmp_path: Path) -> None:
    tables = made_up.corpus().tables()
    assert check_package(put(csv_package({"events": tables["events"]}), tmp_path)).faults == ()


def test_an_exchange_package_asks_for_less(tmp_path: Path) -> None:
    core = ("event_id", "record_version", "action_code", "date_earliest", "date_latest")
    rows = [{k: row[k] for k in core} for row in made_up.corpus().tables()["events"]]
    package = csv_package({"events": rows})
    coded = check_package(put(package, tmp_path / "coded"))
    assert {fault.rule for fault in coded.faults} == {"value-missing", "content-status-unexplained"}
    exchange = redescribe(package, _set("qantar:profile", "exchange"))
    assert check_package(put(exchange, tmp_path / "exchange")).faults == ()


def test_no_socket_is_opened(files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert check_package(put(files, tmp_path)).faults == ()
    shutil.rmtree(tmp_path)
