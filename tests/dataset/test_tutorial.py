"""A new article goes from nothing to a valid package by the commands of the manual."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from qantar.dataset.command import main
from qantar.dataset.load import load

TUTORIAL = Path(__file__).parents[2] / "builders" / "tutorial"
TEXTS = TUTORIAL / "texts"


def run(*arguments):
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    shutil.copytree(TUTORIAL / "project", folder)
    (folder / "articles" / "gazette.digests.json").unlink()
    return folder


def test_from_the_text_to_a_valid_package(project, tmp_path):
    quoted = run("quote", TEXTS / "gazette.txt", "telephoned", "--project", project)
    assert quoted == "(92, 102)  sentence 3 (body)\n"
    assert "gazette.digests.json" in run("pin", "--project", project, "--articles", TEXTS)
    out = tmp_path / "out"
    built = run("build", "--project", project, "--articles", TEXTS, "--out", out)
    assert "4  3 occurred" in built
    assert "No faults" in run("validate", out / "0.1.0", "--articles", TEXTS)
    assert "No faults" in run("validate", out / "tutorial-0.1.0.zip")
    assert list(load("events", folder=out)["event_id"]) == [f"TUT-{n:06d}" for n in range(1, 5)]
    assert "demanded" in run("why", "TUT-000004", "--folder", out, "--articles", TEXTS)


def test_the_digests_that_ship_are_those_of_the_text(project):
    run("pin", "--project", project, "--articles", TEXTS)
    shipped = TUTORIAL / "project" / "articles" / "gazette.digests.json"
    assert (project / "articles" / "gazette.digests.json").read_text() == shipped.read_text()


def test_without_digests_the_build_says_what_to_run(project, tmp_path):
    result = CliRunner().invoke(
        main, ["build", "--project", str(project), "--out", str(tmp_path / "out")]
    )
    assert result.exit_code == 1
    assert "run qantar pin" in result.output
    assert not (tmp_path / "out").exists()


def test_a_fault_stops_the_build_and_names_the_record(project, tmp_path):
    sheet = project / "articles" / "gazette.py"
    sheet.write_text(
        sheet.read_text().replace('"2021-04-26", "2021-05-02"', '"2021-05-02", "2021-04-26"')
    )
    run("pin", "--project", project, "--articles", TEXTS)
    result = CliRunner().invoke(
        main, ["build", "--project", str(project), "--out", str(tmp_path / "out")]
    )
    assert result.exit_code == 1
    assert "date-reversed" in result.output
    assert not (tmp_path / "out" / "0.1.0").exists()


def test_a_sentence_that_is_left_out_of_the_ledger_stops_the_build(project, tmp_path):
    sheet = project / "articles" / "gazette.py"
    last = 'SHEET.out_of_scope(6, "body", 310, 327, "not_political", "Weather.")\n'
    sheet.write_text(sheet.read_text().replace(last, ""))
    run("pin", "--project", project, "--articles", TEXTS)
    arguments = ["build", "--project", project, "--articles", TEXTS, "--out", tmp_path / "out"]
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 1
    assert "text-outside-ledger" in result.output
    assert "Characters 310 to 327" in result.output
    assert not (tmp_path / "out" / "0.1.0").exists()


def test_a_release_of_a_project_claims_no_licence_it_does_not_state(project, tmp_path):
    run("pin", "--project", project, "--articles", TEXTS)
    run("build", "--project", project, "--out", tmp_path / "out")
    descriptor = (tmp_path / "out" / "0.1.0" / "csv" / "datapackage.json").read_text()
    assert "Tutorial: Iceland offers Malta engineers" in descriptor
    assert "licenses" not in descriptor
    assert "Kazakhstan" not in descriptor.split('"resources"')[0]
