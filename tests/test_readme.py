"""What the README tells people to do works as it stands there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from qantar.dataset.command import main
from qantar.dataset.edition import OWN_EDITION
from qantar.schema.version import SCHEMA_VERSION

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def snippets(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.S)


def test_there_are_five_lines_for_each_tool():
    assert [len(snippets(language)) for language in ("python", "r")] == [3, 1]
    for language in ("python", "r"):
        for snippet in snippets(language):
            assert len([line for line in snippet.splitlines() if line]) <= 5


@pytest.fixture
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_in_an_empty_folder")
@pytest.mark.parametrize("number", range(3))
def test_the_python_snippets_print_something_in_an_empty_folder(number, capsys):
    exec(compile(snippets("python")[number], "README.md", "exec"), {})
    assert len(capsys.readouterr().out.splitlines()) > 3


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed here")
@pytest.mark.usefixtures("_in_an_empty_folder")
def test_the_r_snippet_prints_a_table_in_an_empty_folder():
    commands = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["Rscript", "-e", snippets("r")[0]],
        env=os.environ | {"PATH": commands},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "KAZ" in done.stdout


@pytest.mark.usefixtures("_in_an_empty_folder")
def test_what_the_snippets_ask_the_shell_is_a_file():
    asked = re.findall(r"qantar (path[^\"`)]*)", README)
    assert len(asked) > 3
    for call in asked:
        done = CliRunner().invoke(main, call.split())
        assert done.exit_code == 0, call
        assert Path(done.stdout.removesuffix("\n")).exists()


@pytest.mark.usefixtures("_in_an_empty_folder")
def test_duckdb_reads_the_file_that_the_shell_names():
    file = CliRunner().invoke(main, ["path", "--table", "events"]).stdout.strip()
    assert len(duckdb.sql(f"FROM '{file}'").fetchall()) > 5


def test_the_readme_names_the_edition():
    others = {"0.1.0", "1.0.0", SCHEMA_VERSION}
    named = set(re.findall(r"[0-9]+[.][0-9]+[.][0-9]+", README)) - others
    assert named == {OWN_EDITION.version}
    assert f"published/{SCHEMA_VERSION}/" in README
    assert f"releases/{OWN_EDITION.version}/" in README


def test_every_link_leads_somewhere():
    for target in re.findall(r"\]\((?!https:)([^)]+)\)", README):
        assert (ROOT / target).exists(), target
