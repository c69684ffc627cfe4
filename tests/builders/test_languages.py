"""A project's prose is in the languages that it names, and in no other."""

import re
import shutil
from pathlib import Path

import pytest

from qantar.builders import CodingError, Project
from qantar.builders.account import give_account
from qantar.schema import Event

TUTORIAL = Path(__file__).parents[2] / "builders" / "tutorial" / "project"


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    shutil.copytree(TUTORIAL, folder)
    return folder


def replace_in(path, old, new):
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")


def name_languages(project, *languages):
    stated = ", ".join(f'"{language}"' for language in languages)
    replace_in(project / "project.toml", 'languages = ["en"]', f"languages = [{stated}]")


def test_a_project_in_one_language_has_no_word_of_another(project):
    name_languages(project, "es")
    for name in ("actors.csv", "actor_roles.csv"):
        replace_in(project / "registry" / name, "_en", "_es")
    corpus = Project(project).compile()
    assert corpus.languages == ("es",)
    for event in corpus.events:
        assert Event.model_validate(event).plain() == event
    rows = [*corpus.events, *(row for rows in corpus.plain.values() for row in rows)]
    keys = {key for row in rows for key in row}
    assert not [key for key in keys if re.search("_(en|vi)$", key)]
    assert {"summary_es", "name_es", "note_es", "date_note_es", "office_es"} <= keys
    account = give_account(corpus, "TUT-000004", {})
    assert "Protesters in Valletta demand" in account


def test_a_second_language_is_asked_of_summaries_and_names_alone(project):
    name_languages(project, "en", "ar")
    with pytest.raises(CodingError) as caught:
        Project(project).compile()
    told = str(caught.value)
    assert "actors.csv, line 1: the file has no column name_ar" in told
    assert "note" not in told
    replace_in(project / "registry" / "actors.csv", "name_en,", "name_en,name_ar,")
    actors = project / "registry" / "actors.csv"
    head, *lines = actors.read_text(encoding="utf-8").splitlines()
    with_names = [re.sub("((?:[^,]*,){4})", r"\1اسم,", line, count=1) for line in lines]
    actors.write_text("\n".join([head, *with_names]) + "\n", encoding="utf-8")
    with pytest.raises(CodingError) as caught:
        Project(project).compile()
    told = str(caught.value).splitlines()
    assert len(told) == 4
    assert all("summary_ar is missing" in line for line in told)
    sheet = project / "articles" / "gazette.py"
    replace_in(sheet, "        summary=", '        summary_ar="ملخص",\n        summary=')
    corpus = Project(project).compile()
    assert corpus.events[0]["summary_ar"] == "ملخص"
    account = give_account(corpus, "TUT-000001", {})
    assert "  \u2068ملخص\u2069\n" in account


def test_an_empty_name_is_told_with_its_line(project):
    name_languages(project, "en", "vi")
    (project / "registry" / "actors.csv").write_text(
        "actor_id,kind,identified,name_en,name_vi\narna,person,true,Arna,\nborg,person,true,,\n"
    )
    with pytest.raises(CodingError) as caught:
        Project(project).compile()
    told = [line for line in str(caught.value).splitlines() if "actors.csv" in line]
    assert [re.search("line [0-9]+, column name_..", line)[0] for line in told] == [
        "line 2, column name_vi",
        "line 3, column name_en",
        "line 3, column name_vi",
    ]


def test_a_name_in_a_language_that_the_project_has_not_is_refused(project):
    replace_in(project / "registry" / "actors.csv", "name_en,", "name_en,name_fr,")
    with pytest.raises(CodingError, match=r"the column 'name_fr' is unknown; known are .*name_en"):
        Project(project).compile()


def test_without_project_toml_the_line_to_write_is_told(project):
    (project / "project.toml").unlink()
    with pytest.raises(CodingError, match=r"no project.toml; make one, with the line languages = "):
        Project(project).compile()


def test_an_office_may_be_left_out_in_a_further_language_but_not_in_the_main_one(project):
    name_languages(project, "vi", "en")
    replace_in(project / "registry" / "actors.csv", "name_en,", "name_en,name_vi,")
    actors = project / "registry" / "actors.csv"
    head, *lines = actors.read_text(encoding="utf-8").splitlines()
    lines = [re.sub("((?:[^,]*,){4})", r"\1Tên,", line, count=1) for line in lines]
    actors.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    with pytest.raises(CodingError, match=r"actor_roles.csv, line 2, column office_vi: .*main"):
        Project(project).compile()
