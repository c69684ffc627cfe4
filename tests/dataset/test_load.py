"""Tables come back as they were released, or not at all."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pandas
import polars
import pyarrow
import pytest

import qantar.dataset
from qantar.dataset import DatasetError, as_of, load, path, tables, versions
from qantar.dataset.arrow import arrow_rows
from qantar.dataset.load import Form
from qantar.dataset.release import write_release
from qantar.schema.digest import DIGESTS, list_digests
from support.laid_out import LAID_OUT
from support.made_up import corpus
from support.made_up_history import DOCUMENTS, RELEASES, second

FORMS = get_args(Form)


@pytest.fixture
def folder(release: Path, tmp_path: Path) -> Path:
    """A copy of a release that may be damaged."""
    return Path(shutil.copytree(release, tmp_path / "0.1.0")).parent


def length(frame: Any) -> int:
    return len(frame.fetchall()) if hasattr(frame, "fetchall") else len(frame)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", LAID_OUT)
def test_every_table_loads_in_every_form(release: Path, name: str, form: Form) -> None:
    frame: Any = load(name, form=form, folder=release.parent)  # type: ignore[call-overload]
    assert length(frame) == len(corpus().tables()[name])
    assert list(frame.schema.names if form == "arrow" else frame.columns) == list(
        LAID_OUT[name].by_name
    )


def test_pandas_columns_have_the_types_that_are_promised(release: Path) -> None:
    events = load(folder=release.parent)
    assert isinstance(events, pandas.DataFrame)
    types = events.dtypes.astype(str)
    assert types["record_version"] == "int64"
    assert types["quad_class_gdelt"] == types["fatalities_best"] == "Int64"
    assert types["attributed"] == types["occurred"] == "bool"
    assert types["symmetric"] == "boolean"
    assert types["date_earliest"].startswith("datetime64")
    assert types["latitude"] == "float64"
    assert types["action_code"] == str(pandas.Series(["x"]).dtype)
    assert events["fatalities_best"].isna().tolist() == [True, False]
    assert events["place_name"].isna().tolist() == [True, False]


def test_other_frames_have_plain_types(release: Path) -> None:
    in_polars = load(form="polars", folder=release.parent)
    assert in_polars.schema["date_earliest"] == polars.Date
    assert in_polars.schema["action_code"] == polars.String
    in_arrow = load(form="arrow", folder=release.parent)
    assert in_arrow.schema.field("date_earliest").type == pyarrow.date32()
    in_duckdb = load(form="duckdb", folder=release.parent)
    assert "DATE" in map(str, in_duckdb.types)


def test_rows_are_those_of_the_corpus(release: Path) -> None:
    for name, rows in corpus().tables().items():
        assert arrow_rows(load(name, form="arrow", folder=release.parent)) == rows


def test_the_latest_release_goes_by_numbers(tmp_path: Path) -> None:
    for version in ("0.9.0", "0.10.0", "0.2.0"):
        write_release(corpus(), tmp_path, version, documents={})
    (tmp_path / "draft").mkdir()
    (tmp_path / "1.0.0").write_text("not a folder")
    assert versions(tmp_path) == ["0.2.0", "0.9.0", "0.10.0"]
    assert tables(folder=tmp_path) == list(LAID_OUT)


def test_any_release_can_be_restored(releases: Path) -> None:
    for version, make in RELEASES.items():
        assert as_of(version, folder=releases) == make()
    assert len(load("events", "1.1.0", folder=releases)) == len(second().events)
    assert as_of(folder=releases) == RELEASES["2.0.0"]()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"table": "event"}, "did you mean events?"),
        ({"table": "weather"}, "there are events, participants"),
        ({"version": "7.0.0"}, "There is no release 7.0.0 in .*, only 0.1.0"),
        ({"form": "excel"}, "take one of pandas, arrow, polars, duckdb"),
        ({"table": "../../secret"}, "There is no table"),
        ({"version": "../0.1.0"}, "There is no release"),
    ],
)
def test_what_is_not_there_is_told(release: Path, arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(DatasetError, match=words):
        load(**arguments, folder=release.parent)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert versions(tmp_path) == versions(tmp_path / "missing") == []
    with pytest.raises(DatasetError, match="There is no release"):
        load(folder=tmp_path)


@pytest.mark.parametrize("place", ["start", "middle", "end", "cut", "longer", "empty"])
def test_altered_bytes_are_never_decoded(folder: Path, place: str) -> None:
    path = folder / "0.1.0" / "parquet" / "events.parquet"
    content = bytearray(path.read_bytes())
    at = {"start": 0, "middle": len(content) // 2, "end": len(content) - 1}
    if place in at:
        content[at[place]] ^= 1
    else:
        content = {"cut": content[:-9], "longer": content + b"\0", "empty": bytearray()}[place]
    path.write_bytes(content)
    with pytest.raises(DatasetError, match=r"is not the file that was released: its SHA-256"):
        load(folder=folder)
    assert length(load("actors", folder=folder)) == 4


def test_both_digests_must_agree(folder: Path) -> None:
    release = folder / "0.1.0"
    descriptor = release / "parquet" / "datapackage.json"
    altered = json.loads(descriptor.read_text("utf-8"))
    altered["resources"][0]["hash"] = "sha256:" + "0" * 64
    descriptor.write_text(json.dumps(altered), "utf-8")
    with pytest.raises(DatasetError, match=rf"datapackage\.json is not the .*{DIGESTS} says"):
        load(folder=folder)
    files = {
        path.relative_to(release).as_posix(): path.read_bytes()
        for path in release.rglob("*")
        if path.is_file() and path.name != DIGESTS
    }
    (release / DIGESTS).write_text(list_digests(files))
    with pytest.raises(DatasetError, match=r"datapackage\.json says 0000"):
        load(folder=folder)


@pytest.mark.parametrize("path", [DIGESTS, "parquet/events.parquet", "parquet/datapackage.json"])
def test_missing_files_are_told(folder: Path, path: str) -> None:
    (folder / "0.1.0" / path).unlink()
    with pytest.raises(DatasetError, match="cannot be read: no such file"):
        load(folder=folder)


def test_altered_records_are_not_restored(folder: Path) -> None:
    with (folder / "0.1.0" / "events.jsonl").open("a") as file:
        file.write("{}\n")
    with pytest.raises(DatasetError, match=r"events\.jsonl is not the file"):
        as_of(folder=folder)


def test_the_package_leaves_heavy_libraries_alone_until_they_are_needed() -> None:
    code = (
        "import sys; import qantar.dataset; "
        "print(*{'pandas', 'polars', 'pyarrow', 'duckdb', 'pydantic'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.split() == []


def test_unknown_attributes_are_told() -> None:
    with pytest.raises(AttributeError, match="no attribute 'weather'"):
        _ = qantar.dataset.weather


def test_documents_are_released_as_they_are(release: Path) -> None:
    for name, content in DOCUMENTS.items():
        expected = content.encode() if isinstance(content, str) else content
        assert (release / name).read_bytes() == expected


@pytest.mark.parametrize("version", versions())
def test_a_release_is_read_as_its_own_descriptor_declares(version: str) -> None:
    place = path(version) / "parquet" / "datapackage.json"
    for resource in json.loads(place.read_text("utf-8"))["resources"]:
        frame = load(resource["name"], version, form="arrow")
        assert frame.column_names == [field["name"] for field in resource["schema"]["fields"]]
