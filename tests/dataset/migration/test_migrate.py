"""Files, packages and zips of schema 0.1.0 migrated beside the originals."""

import csv
import io
import json
import shutil
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from qantar.dataset import migrate
from qantar.dataset.command import main
from qantar.dataset.digest import sha256
from qantar.dataset.folder import PACKAGED
from qantar.dataset.freeze import release_faults
from qantar.schema.migration import MigrationError
from qantar.schema.version import SCHEMA_VERSION
from qantar.validation import check_path

RELEASES = ("0.1.0", "0.2.0")
EVENTS = "event_id,symmetric,mine,date_edtf\nT-000001,true, kept ,2022-01-01/2022-01-10\n"


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("version", RELEASES)
def test_a_release_becomes_a_valid_one_and_stays_itself(version: str, tmp_path: Path) -> None:
    before = digests(PACKAGED / version)
    done = migrate(PACKAGED / version, tmp_path / "made", lasting=["QTR-000017"])
    assert digests(PACKAGED / version) == before
    report = check_path(tmp_path / "made")
    assert [*report] == []
    assert report.ok
    assert release_faults(tmp_path / "made") == []
    text, told = (path.read_text("utf-8") for path in done.reports)
    assert text == done.account.as_text()
    assert json.loads(told)["to"] == SCHEMA_VERSION


def test_a_package_says_of_which_schema_and_languages_it_is(tmp_path: Path) -> None:
    migrate(PACKAGED / "0.2.0", tmp_path / "made")
    for form in ("csv", "parquet"):
        told = json.loads((tmp_path / "made" / form / "datapackage.json").read_text("utf-8"))
        assert told["qantar:schema_version"] == SCHEMA_VERSION
        assert told["qantar:languages"] == ["en", "vi"]
        assert {"counts", "contexts"} <= {one["name"] for one in told["resources"]}
    assert not (tmp_path / "made" / "explorer.html").exists()
    assert (tmp_path / "made" / "README.md").read_bytes() == (
        PACKAGED / "0.2.0" / "README.md"
    ).read_bytes()


@pytest.mark.parametrize("part", ["csv", "parquet"])
def test_one_package_of_a_release_is_migrated_alone(part: str, tmp_path: Path) -> None:
    done = migrate(PACKAGED / "0.2.0" / part / "datapackage.json", tmp_path / "made")
    assert done.account.rows["events"] == 37
    assert [*check_path(tmp_path / "made")] == []


def test_a_zip_becomes_a_zip(tmp_path: Path) -> None:
    shutil.make_archive(str(tmp_path / "old"), "zip", PACKAGED, "0.1.0")
    migrate(tmp_path / "old.zip", tmp_path / "new.zip")
    assert [*check_path(tmp_path / "new.zip")] == []
    with zipfile.ZipFile(tmp_path / "new.zip") as archive:
        assert "new/events.jsonl" in archive.namelist()


@pytest.mark.parametrize("separator", [",", "\t"])
def test_a_table_keeps_what_is_not_of_the_schema(separator: str, tmp_path: Path) -> None:
    name = "events.tsv" if separator == "\t" else "events.csv"
    source = written(tmp_path, name, EVENTS.replace(",", separator).replace("\n", "\r\n"))
    migrate(source, tmp_path / f"new{source.suffix}")
    content = (tmp_path / f"new{source.suffix}").read_bytes().decode()
    assert content.count("\r\n") == content.count("\n") == 2
    [row] = csv.DictReader(io.StringIO(content, newline=""), delimiter=separator)
    assert row == {
        "event_id": "T-000001",
        "symmetric": "true",
        "direction": "symmetric",
        "date_edtf": "[2022-01-01..2022-01-10]",
        "date_extent": "within",
        "mine": " kept ",
    }


def test_a_parquet_table_keeps_the_types_of_its_columns(tmp_path: Path) -> None:
    table = pa.table(
        {
            "actor_id": pa.array(["a", "b"]).dictionary_encode(),
            "wikidata_id": ["Q1", None],
            "mine": pa.array([1, 2], pa.int8()),
        }
    )
    pq.write_table(table, tmp_path / "actors.parquet")
    migrate(tmp_path / "actors.parquet", tmp_path / "new.parquet")
    made = pq.read_table(tmp_path / "new.parquet")
    assert made.column("external_id").to_pylist() == ["wikidata:Q1", None]
    assert made.schema.field("mine").type == pa.int8()
    assert "wikidata_id" not in made.column_names


def test_records_keep_their_numbers_as_they_are_spelled(tmp_path: Path) -> None:
    record = '{"schema_version": "0.1.0", "event_id": "T-1", "latitude": 1.0, "mine": 1e2}'
    migrate(written(tmp_path, "old.jsonl", f"{record}\n"), tmp_path / "new.jsonl")
    assert (tmp_path / "new.jsonl").read_text() == (
        '{"schema_version":"0.2.0","event_id":"T-1","latitude":1.0,"mine":100.0}\n'
    )
    migrate(written(tmp_path, "old.json", record), tmp_path / "new.json")
    assert json.loads((tmp_path / "new.json").read_text())["schema_version"] == SCHEMA_VERSION


def test_rows_in_json_are_those_of_a_table(tmp_path: Path) -> None:
    source = written(tmp_path, "actors.jsonl", '{"actor_id": "a", "wikidata_id": "Q5"}\n')
    migrate(source, tmp_path / "new.jsonl")
    assert json.loads((tmp_path / "new.jsonl").read_text())["external_id"] == "wikidata:Q5"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (
            "a.json",
            '{"event_id": "T-000001", "mentions": []}',
            "a.json, line 1: It has no schema_v",
        ),
        ("a.jsonl", '{"schema_version": "0.9.0"}\n', "line 1: It is of schema '0.9.0'"),
        ("a.jsonl", '{"schema_version": "0.2.0"}\n', "It is of schema 0.2.0 already"),
        ("a.json", "{", "is not strict JSON"),
        ("a.jsonl", "", "holds no record"),
        ("a.jsonl", "[1]\n3\n", "record"),
        ("a.csv", "", "is empty"),
        ("a.csv", "x,y\n1,2\n", "do not tell which table this is"),
        (
            "a.csv",
            "event_id,symmetric\nT-000001\n",
            "line 2: the row has 1 cells, and the header 2",
        ),
        ("a.csv", "event_id,event_id\n", "two columns named 'event_id'"),
        ("a.csv", "event_id,action_code,direction\n", "already: it has the column direction"),
        ("a.jsonl", '{"actor_id": "a", "external_id": "x:1"}\n', "already: it has the column ext"),
        ("a.csv", b"event_id\n\xff\n", "is not UTF-8"),
        ("a.csv", 'event_id\n"x\n', "is no sound table of text"),
        ("a.parquet", b"PAR1", "is no readable Parquet file"),
        ("a.zip", b"PK", "is no readable zip"),
        ("a.xlsx", b"", "is none of .json, .jsonl, .csv, .tsv, .parquet, .zip"),
    ],
)
def test_bad_input_is_told_in_a_sentence_and_nothing_is_written(
    name: str, content: str | bytes, told: str, tmp_path: Path
) -> None:
    source = written(tmp_path, name, content)
    with pytest.raises(MigrationError) as error:
        migrate(source, tmp_path / f"new{source.suffix}")
    assert told in str(error.value)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_nothing_is_written_over_or_into_what_is_read(tmp_path: Path) -> None:
    source = written(tmp_path, "events.csv", EVENTS)
    there = written(tmp_path, "there.csv", "")
    release = shutil.copytree(PACKAGED / "0.1.0", tmp_path / "release")
    before = digests(tmp_path)
    for one, target in (
        (source, source),
        (source, there),
        (release, release),
        (release, release / "new"),
        (release, tmp_path),
        (release / "csv" / "events.csv", release / "csv" / "new.csv"),
        (source, tmp_path / "none" / "new.csv"),
        (source, tmp_path / "new.tsv"),
    ):
        with pytest.raises(MigrationError):
            migrate(one, target)
    assert digests(tmp_path) == before


def test_an_altered_package_is_refused(tmp_path: Path) -> None:
    release = shutil.copytree(PACKAGED / "0.1.0", tmp_path / "release")
    (release / "README.md").write_text("Another.")
    with pytest.raises(MigrationError, match="differs from its digest in SHA256SUMS"):
        migrate(release, tmp_path / "new")
    migrate(PACKAGED / "0.1.0", tmp_path / "once")
    with pytest.raises(MigrationError, match=r"of schema 0\.2\.0 already"):
        migrate(tmp_path / "once", tmp_path / "twice")


def test_the_command_prints_the_report(tmp_path: Path) -> None:
    source = written(tmp_path, "events.csv", EVENTS)
    other = written(tmp_path, "actors.csv", "actor_id,kind,wikidata_id\na,state,Q1\n")
    asked = ["migrate", str(source), str(other), "-o", str(tmp_path / "out")]
    found = CliRunner().invoke(main, asked)
    assert found.exit_code == 0, found.output
    assert "events.csv: 0.1.0 -> 0.2.0 (1 events)" in found.output
    assert (tmp_path / "out" / "actors.csv.migration.txt").is_file()
    asked = ["migrate", str(source), "-o", str(tmp_path / "new.csv"), "--lasting", "T-000001,T-2"]
    assert CliRunner().invoke(main, asked).exit_code == 0
    assert "2022-01-01/2022-01-10" in (tmp_path / "new.csv").read_text()


def test_the_command_ends_with_a_sentence(tmp_path: Path) -> None:
    source = written(tmp_path, "events.csv", EVENTS)
    for asked in ([str(source), "-o", str(source)], ["none.csv", "-o", str(tmp_path / "new.csv")]):
        found = CliRunner().invoke(main, ["migrate", *asked])
        assert found.exit_code == 2
        assert found.output.startswith("Error: ")
        assert isinstance(found.exception, SystemExit)
