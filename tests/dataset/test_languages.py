"""Releases in the languages of their corpus, and in no other."""

import csv
import json
from pathlib import Path

import duckdb
import pyarrow.parquet
import pytest
from click.testing import CliRunner

from qantar.builders.edition import Edition
from qantar.builders.project import Project
from qantar.dataset import load, path, tables
from qantar.dataset.build import build_release
from qantar.dataset.card import write_card
from qantar.dataset.command import main
from qantar.dataset.release import write_release
from qantar.schema.language import split_prose
from qantar.schema.package_tables import OF_THE_CODEBOOK
from qantar.schema.tables import TABLES
from qantar.validation import check_package
from support.made_up import corpus
from support.made_up_languages import arabic_and_english, spanish

EXAMPLES = Path(__file__).parents[1] / "examples"
EDITION = Edition("faroleros", "Los faroleros", summary="Un ejemplo.", creator="Nadie")
CORPORA = {"es": spanish, "ar en": arabic_and_english, "en vi": corpus}


def written(folder: Path, languages: str) -> Path:
    made = CORPORA[languages]()
    documents = {"README.md": f"{write_card(EDITION, made.tables())}\n\n# {EDITION.title}\n"}
    return write_release(made, folder, "0.1.0", documents=documents, edition=EDITION)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Read only."""
    return {name: written(tmp_path_factory.mktemp("releases"), name) for name in CORPORA}


@pytest.mark.parametrize("languages", CORPORA)
def test_the_validator_finds_no_fault(folders: dict[str, Path], languages: str) -> None:
    assert check_package(folders[languages]).faults == ()


@pytest.mark.parametrize("languages", CORPORA)
def test_every_prose_column_is_there_once_for_each_language(
    folders: dict[str, Path], languages: str
) -> None:
    suffixes = languages.split()
    for file in (folders[languages] / "parquet").glob("*.parquet"):
        bases = TABLES[file.stem].prose
        names = pyarrow.parquet.read_schema(file).names
        prose = [split for name in names if (split := split_prose(name, bases))]
        known = [s for s in suffixes if file.stem not in OF_THE_CODEBOOK or s in ("en", "vi")]
        for base in bases:
            assert [suffix for found, suffix in prose if found == base] == known


def test_a_spanish_package_has_no_word_of_another_language(folders: dict[str, Path]) -> None:
    for file in (folders["es"] / "csv").glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            header, *rows = csv.reader(lines)
        assert not [name for name in header if name.endswith(("_en", "_vi"))], file.name
        assert not [row for row in rows if "(none)" in row]
    record = json.loads((folders["es"] / "events.jsonl").read_text("utf-8").splitlines()[0])
    assert not [name for name in record if name.endswith(("_en", "_vi"))]


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("languages", CORPORA)
def test_the_descriptor_names_the_languages_and_states_their_columns(
    folders: dict[str, Path], languages: str, form: str
) -> None:
    text = (folders[languages] / form / "datapackage.json").read_text("utf-8")
    package = json.loads(text)
    assert package["qantar:languages"] == languages.split()
    for resource in package["resources"]:
        stated = [field["name"] for field in resource["schema"]["fields"]]
        file = folders[languages] / "parquet" / f"{resource['name']}.parquet"
        assert stated == pyarrow.parquet.read_schema(file).names


def test_a_required_prose_is_so_where_there_is_one_language_only(
    folders: dict[str, Path],
) -> None:
    schema = {
        name: pyarrow.parquet.read_schema(folders[name] / "parquet" / "events.parquet")
        for name in CORPORA
    }
    assert not schema["es"].field("summary_es").nullable
    assert schema["ar en"].field("summary_ar").nullable


def test_derived_names_are_in_the_main_language(folders: dict[str, Path]) -> None:
    for name, wanted in {"es": "Arna", "ar en": "أرنا"}.items():
        folder = folders[name].parent
        assert set(load("events", folder=folder)["actor_name"]) == {wanted}
        assert set(load("dyads", folder=folder)["actor_name"]) >= {wanted}


@pytest.mark.parametrize("languages", CORPORA)
def test_other_descriptions_name_the_languages(folders: dict[str, Path], languages: str) -> None:
    release = folders[languages]
    croissant = json.loads((release / "croissant.json").read_text("utf-8"))
    assert croissant["inLanguage"] == languages.split()
    crate = json.loads((release / "ro-crate-metadata.json").read_text("utf-8"))
    root = next(item for item in crate["@graph"] if item["@id"] == "./")
    assert root["inLanguage"] == languages.split()
    card = (release / "README.md").read_text("utf-8")
    # The article is in English.
    told = list(dict.fromkeys(["en", *languages.split()]))
    assert f"language: {json.dumps(told)}" in card


def test_it_is_read_as_any_other(folders: dict[str, Path]) -> None:
    folder = folders["es"].parent
    assert tables(folder=folder) == list(TABLES)
    assert "summary_es" in load(folder=folder).columns
    events = path(table="events", folder=folder)
    told = duckdb.sql(f"SELECT count(*), count(summary_es) FROM '{events}'").fetchall()
    assert told == [(2, 2)]
    shown = CliRunner().invoke(main, ["path", "--table", "codes", "--folder", str(folder)])
    assert Path(shown.output.strip()).name == "codes.parquet"


@pytest.mark.parametrize(
    ("name", "languages", "texts"),
    [
        ("spanish", ["es"], []),
        ("arabic_english", ["ar", "en"], ["MED-A0001.txt", "MED-A0002.txt"]),
    ],
)
def test_an_example_project_goes_from_sheets_to_a_valid_package(
    tmp_path: Path, name: str, languages: list[str], texts: list[str]
) -> None:
    articles = EXAMPLES / "texts" / name
    built = build_release(Project(EXAMPLES / "projects" / name), tmp_path, articles=articles)
    assert built.warnings == ""
    assert check_package(built.folder).faults == ()
    package = json.loads((built.folder / "csv" / "datapackage.json").read_text("utf-8"))
    assert package["qantar:languages"] == languages
    events = load(folder=tmp_path)
    suffixes = {column[-2:] for column in events.columns if column.startswith("summary_")}
    assert suffixes == {*languages}
    assert events[[f"summary_{language}" for language in languages]].notna().all(axis=None)
    # Where the sheet states no licence the text stays out, though the build has read it.
    assert sorted(path.name for path in built.folder.glob("texts/*")) == texts
