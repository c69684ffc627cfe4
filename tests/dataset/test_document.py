"""What stands at the top of the repository and in the release is what the sheets make."""

import json
import re
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from qantar.builders.project import Project
from qantar.dataset.document import AT_THE_TOP, own_documents, project_documents
from qantar.dataset.edition import OWN_EDITION
from qantar.dataset.folder import PACKAGED, versions
from qantar.dataset.release import release_files

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def corpus():
    return Project().compile()


@pytest.mark.parametrize("name", AT_THE_TOP)
def test_the_document_at_the_top_is_up_to_date(corpus, name):
    wanted = own_documents(corpus, OWN_EDITION.version)[name]
    mend = "run: python -m qantar.dataset.document"
    assert (ROOT / name).read_text(encoding="utf-8") == wanted, mend


def test_the_committed_release_is_what_the_sheets_make(corpus):
    files = release_files(
        corpus, OWN_EDITION.version, documents=own_documents(corpus, OWN_EDITION.version)
    )
    folder = PACKAGED / OWN_EDITION.version
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert there == set(files), "run: qantar build"
    # The footer of a Parquet file names the version of pyarrow that wrote it.
    differing = [
        path
        for path, content in files.items()
        if not path.startswith("parquet/")
        and path not in ("SHA256SUMS", "croissant.json")
        and (folder / path).read_bytes() != content
    ]
    assert not differing, "run: qantar build"


def test_the_latest_release_is_the_edition():
    assert versions()[-1] == OWN_EDITION.version


def test_every_figure_is_filled_in(corpus):
    for name, text in own_documents(corpus, "9.9.9").items():
        assert not re.search(r"\$[a-z]", text), name


# Gebru et al. (2021) ask this many questions in each of their seven sections.
ASKED = {1: 4, 2: 16, 3: 12, 4: 4, 5: 6, 6: 7, 7: 8}


def test_the_datasheet_answers_every_question_of_all_seven_sections(corpus):
    sheet = own_documents(corpus, OWN_EDITION.version)["DATASHEET.md"]
    assert re.findall(r"^## (\d)", sheet, re.M) == list("1234567")
    answers = re.findall(r"^\*\*(\d+)\.(\d+) [^*]+\?\*\* *(\S.*)$", sheet, re.M)
    numbers = [(int(section), int(question)) for section, question, _ in answers]
    assert numbers == [(s, q) for s, count in ASKED.items() for q in range(1, count + 1)]
    assert "No person has reviewed the records" in sheet


def test_another_project_gets_a_readme_and_its_own_documents(tmp_path, corpus):
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "NOTES.md").write_text("Mine.")
    (tmp_path / "project.toml").write_text('languages = ["es"]\n')
    documents = project_documents(Project(tmp_path), corpus, "0.1.0")
    assert documents["NOTES.md"] == "Mine."
    assert "release 0.1.0" in documents["README.md"]
    assert "Kazakhstan" not in documents["README.md"]


def test_the_citation_is_valid():
    schema = files("check_jsonschema.builtin_schemas.vendor") / "citation-file-format.json"
    validator = jsonschema.Draft7Validator(json.loads(schema.read_text(encoding="utf-8")))
    citation = YAML(typ="safe").load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert list(validator.iter_errors(citation)) == []
