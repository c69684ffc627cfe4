"""What the README tells people to do works as it stands there."""

import re
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest

from qantar.dataset.edition import OWN_EDITION

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def snippets(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.S)


def test_there_are_five_lines_for_each_tool():
    for language in ("python", "sql", "r"):
        for snippet in snippets(language):
            assert len([line for line in snippet.splitlines() if line]) <= 5


@pytest.mark.parametrize("number", [0, 1])
def test_the_python_snippets_print_something(number, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    exec(compile(snippets("python")[number], "README.md", "exec"), {})
    assert len(capsys.readouterr().out.splitlines()) > 3


def test_the_sql_snippet_finds_events(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert len(duckdb.sql(snippets("sql")[0]).fetchall()) > 5


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed here")
def test_the_r_snippet_prints_a_table():
    done = subprocess.run(
        ["Rscript", "-e", snippets("r")[0]], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "KAZ" in done.stdout


def test_the_readme_names_the_edition():
    named = set(re.findall(r"[0-9]+[.][0-9]+[.][0-9]+", README)) - {"0.1.0", "1.0.0"}
    assert named == {OWN_EDITION.version}
    assert f"releases/{OWN_EDITION.version}/" in README


def test_every_link_leads_somewhere():
    for target in re.findall(r"\]\((?!https:)([^)]+)\)", README):
        assert (ROOT / target).exists(), target
