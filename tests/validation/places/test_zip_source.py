"""A zip of tables that is no package is checked as a folder of them is."""

import io
import tempfile
import zipfile
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from qantar.dataset.csv_file import write_csv
from qantar.validation import check_path
from qantar.validation.engine.large_file import check_large
from qantar.validation.places import source_check
from support import made_up
from support.made_up_package import put, zipped
from support.told_tables import CODED_TABLES


@pytest.fixture
def files() -> dict[str, bytes]:
    """Tables of which one row leads to an actor that there is not, one of them in two parts."""
    tables = made_up.corpus().tables()
    tables["participants"][0]["actor_id"] = "nobody"
    actors = io.BytesIO()
    pl.DataFrame(tables["actors"][1:], infer_schema_length=None).write_parquet(actors)
    return {
        "x/participants.csv": write_csv(CODED_TABLES["participants"], tables["participants"]),
        "x/actors/first.csv": write_csv(CODED_TABLES["actors"], tables["actors"][:1]),
        "x/actors/rest.parquet": actors.getvalue(),
        "x/note.txt": b"What is no data is left out.",
    }


@pytest.mark.parametrize("least", [0, 2**40], ids=["in chunks", "whole"])
def test_it_is_told_what_its_folder_is_told(
    least: int, files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_check, "check_large", partial(check_large, least=least))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "a.zip").write_bytes(zipped(files))
    in_zip, in_folder = check_path(tmp_path / "a.zip"), check_path(put(files, tmp_path / "a") / "x")
    assert [fault.rule for fault in in_zip.faults] == ["key-dangling"]
    assert in_zip.faults[0].file == f"{tmp_path}/a.zip/x/participants.csv"
    assert [f.line for f in in_zip.faults] == [f.line for f in in_folder.faults]
    assert [(r.table, r.rows) for r in in_zip.read] == [(r.table, r.rows) for r in in_folder.read]
    assert [*(tmp_path / "temporary").iterdir()] == []


def test_a_damaged_file_is_told_and_the_others_are_checked(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    data = bytearray(zipped(files))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        place = archive.getinfo("x/participants.csv").header_offset + 70
    data[place : place + 20] = bytes(20)
    (tmp_path / "a.zip").write_bytes(data)
    report = check_path(tmp_path / "a.zip")
    [fault] = report.faults
    assert (fault.rule, fault.file) == ("file-unreadable", f"{tmp_path}/a.zip/x/participants.csv")
    assert [reading.judged for reading in report.read] == [True, True, False]


def test_what_is_neither_a_package_nor_has_data_is_told_as_before(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"note.txt": b"Nothing."}))
    report = check_path(tmp_path / "a.zip")
    assert [fault.rule for fault in report.faults] == ["file-missing"]
    assert report.exit_code == 2
