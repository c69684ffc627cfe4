"""A command works on the project that is named, else on the one in which it is run."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from qantar.builders.project import OWN_PROJECT
from qantar.dataset.command import main
from qantar.dataset.error import DatasetError
from qantar.dataset.workplace import find_workplace, is_own

TUTORIAL = Path(__file__).parents[2] / "builders" / "tutorial"
TEXTS = str(TUTORIAL / "texts")


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(autouse=True)
def _without_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QANTAR_ARTICLES", raising=False)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    shutil.copytree(TUTORIAL / "project", folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "qantar"\n')
    own = tmp_path / "builders" / "qantar" / "builders"
    own.mkdir(parents=True)
    for name in ("articles", "registry"):
        shutil.copytree(OWN_PROJECT / name, own / name)
    for name in ("project.toml", "changes.csv"):
        shutil.copy(OWN_PROJECT / name, own)
    return tmp_path


@pytest.mark.parametrize("arguments", [["build"], ["pin", "--articles", TEXTS], ["pin"]])
def test_without_a_project_a_command_says_what_it_needs(empty: Path, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert "There is no project here: give its folder with --project" in done.output
    assert [*empty.iterdir()] == []


@pytest.mark.parametrize("command", ["build", "pin", "why", "quote"])
@pytest.mark.parametrize(("named", "told"), [("nowhere", "no folder nowhere"), (".", "no project")])
def test_a_folder_that_is_no_project_is_refused(
    empty: Path, command: str, named: str, told: str
) -> None:
    (empty / "a.txt").write_text("words")
    given = {"why": ["QTR-000001"], "quote": ["a.txt", "words"], "pin": ["--articles", "."]}
    done = run(command, *given.get(command, []), "--project", named)
    assert (done.exit_code, told in done.output) == (2, True)
    assert "A project is a folder with articles/ and registry/ in it" in done.output


@pytest.mark.parametrize("below", [".", "articles"])
def test_a_project_is_found_from_within(
    project: Path, below: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / below)
    built = run("build")
    assert built.exit_code == 0, built.output
    assert (project / "releases" / "0.1.0" / "csv" / "events.csv").is_file()
    assert "All digests are up to date" in run("pin", "--articles", TEXTS).output
    assert "Borg" in run("why", "TUT-000004").output
    assert "sentence 3 (body)" in run("quote", f"{TEXTS}/gazette.txt", "telephoned").output


def test_releases_of_a_project_that_is_named_go_here() -> None:
    assert find_workplace(TUTORIAL / "project").releases == Path("releases")


def test_a_checkout_holds_our_own_project(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = checkout / "builders" / "qantar" / "builders"
    releases = checkout / "dataset" / "qantar" / "dataset" / "releases"
    for place in (checkout, own, own / "articles"):
        monkeypatch.chdir(place)
        found = find_workplace()
        assert (found.project.folder, found.releases) == (own, releases)
        assert is_own(found.project)
    assert find_workplace(checkout).releases == releases
    assert not is_own(find_workplace(TUTORIAL / "project").project)


def test_a_checkout_without_sheets_is_no_project(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(checkout / "builders")
    monkeypatch.chdir(checkout)
    with pytest.raises(DatasetError, match="no project here"):
        find_workplace()


@pytest.mark.usefixtures("empty")
def test_quote_needs_no_project() -> None:
    done = run("quote", f"{TEXTS}/gazette.txt", "telephoned")
    assert (done.exit_code, done.output) == (0, "(92, 102)\n")


def test_quote_works_while_a_sheet_does_not(project: Path) -> None:
    (project / "articles" / "gazette.py").write_text("def")
    done = run("quote", f"{TEXTS}/gazette.txt", "telephoned")
    assert done.exit_code == 0
    assert "(92, 102)" in done.output
    assert "sentences are not named" in done.output


@pytest.mark.usefixtures("empty")
def test_why_reads_the_release_that_came_with_the_package() -> None:
    done = run("why", "QTR-000004")
    assert done.exit_code == 0
    assert "give a folder that holds the text of QTR-A0001" in done.output
    absent = run("why", "TUT-000004")
    assert absent.exit_code == 1
    assert "that came with the package. For others give --project or --folder" in absent.output


@pytest.mark.usefixtures("empty")
def test_why_reads_a_project_before_it_is_built() -> None:
    project = TUTORIAL / "project"
    assert "the minister's resignation" not in run("why", "TUT-000004", "--project", project).output
    worded = run("why", "TUT-000004", "--project", project, "--articles", TEXTS)
    assert "the minister's resignation" in worded.output
    assert "Note:" not in worded.output
    absent = run("why", "TUT-4", "--project", project)
    assert (absent.exit_code, "Did you mean TUT-000004?" in absent.output) == (1, True)
    both = run("why", "TUT-000004", "--project", project, "--version", "0.1.0")
    assert both.exit_code == 2


def test_why_tells_how_a_text_differs_from_the_one_that_was_coded(empty: Path) -> None:
    text = (TUTORIAL / "texts" / "gazette.txt").read_bytes().replace(b"\n", b"\r\n")
    (empty / "gazette.txt").write_bytes(text)
    done = run("why", "TUT-000004", "--project", TUTORIAL / "project", "--articles", empty)
    assert done.exit_code == 0
    assert "one file is the text with other line ends" in done.output
    nowhere = run("why", "TUT-000004", "--articles", "nowhere")
    assert (nowhere.exit_code, "no folder nowhere" in nowhere.output) == (2, True)


@pytest.mark.usefixtures("empty")
def test_path_is_for_shells() -> None:
    done = run("path", "--table", "events", "--format", "csv")
    assert done.exit_code == 0
    assert Path(done.stdout.removesuffix("\n")).name == "events.csv"
    assert Path(run("path").stdout.strip(), "SHA256SUMS").is_file()
    wrong = run("path", "--table", "event")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "did you mean events?" in wrong.stderr
