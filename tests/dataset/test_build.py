"""A build that fails says where in the sheets and why: sheet, line and event, each cause once."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from qantar.dataset.command import main

TUTORIAL = Path(__file__).parents[2] / "builders" / "tutorial"
SHEET = "articles/gazette.py"
SHEET_TEXT = (TUTORIAL / "project" / SHEET).read_text(encoding="utf-8")
Edit = Callable[[str, str, str], None]


@pytest.fixture
def edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edit:
    """Replace words of a file of the tutorial's project, which must be there."""
    shutil.copytree(TUTORIAL / "project", tmp_path / "project")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.delenv("QANTAR_ARTICLES", raising=False)

    def change(name: str, old: str, new: str) -> None:
        path = tmp_path / "project" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


def build(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["build", "--project", "project", "--out", "out", *arguments])


def line_of(words: str, after: str = "") -> int:
    """The line of the tutorial's sheet on which words stand, the first after others."""
    start = SHEET_TEXT.index(after)
    return SHEET_TEXT[: SHEET_TEXT.index(words, start)].count("\n") + 1


FIRST, SECOND, LAST = '"TUT-000001"', '"TUT-000002"', '"TUT-000004"'


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        (
            'between=("2021-04-26", "2021-05-02")',
            'between=("2021-05-02", "2021-04-26")',
            line_of("on(", LAST),
            "date_latest: error [date-reversed] TUT-000004: date_latest is",
        ),
        ('"Valletta", "MLT"', '"Valletta", "MTL"', line_of("place("), "[value-unknown] TUT-000004"),
        (
            '"Protesters in',
            '" Protesters in',
            line_of(LAST) - 1,
            "summary_en: error [value-malformed] TUT-000004",
        ),
        (
            'source("harbour-post"',
            'source("harbour"',
            line_of("source("),
            "actor_id: error [key-dangling] TUT-000004-M1: actor_id 'harbour'",
        ),
        (
            '"conditional_on", "TUT-000003"',
            '"conditional_on", "TUT-000009"',
            line_of('link("conditional_on"'),
            "other_event_id: error [key-dangling] TUT-000002: other_event_id 'TUT-000009'",
        ),
        (
            LAST,
            '"TUT-4"',
            line_of(LAST) - 1,
            "event_id: error [value-malformed] event_id is 'TUT-4'",
        ),
    ],
)
def test_a_fault_of_the_release_is_told_by_sheet_line_and_event_once(
    edit: Edit, old: str, new: str, line: int, told: str
) -> None:
    edit(SHEET, old, new)
    done = build()
    assert done.exit_code == 1
    assert f"project/{SHEET}:{line}:" in done.output
    assert told in done.output
    assert "\n1 error in" in done.output
    assert "csv" not in done.output.replace("changes.csv", "")
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("actors.csv", "borg,person", "borg,person,x", "actors.csv, line 3: 7 cells"),
        ("actor_roles.csv", "MLTGOV", "MLTGVO", "actor_roles.csv, line 3, column actor_code"),
    ],
)
def test_every_table_of_the_registry_is_told_in_one_run(
    edit: Edit, name: str, old: str, new: str, told: str
) -> None:
    edit(f"registry/{name}", old, new)
    edit("registry/actor_names.csv", ",en", ",english")
    edit("changes.csv", "TUT-000001,1,created", "TUT-000001,one,createt")
    edit(SHEET, '"cameo:0331"', '"cameo:0339"')
    done = build()
    assert done.exit_code == 1
    assert told in done.output
    assert "actor_names.csv, line 2, column language_code: " in done.output
    assert "changes.csv, line 2, column record_version: " in done.output
    assert "changes.csv, line 2, column change: " in done.output
    assert "not 'createt'" in done.output


def test_all_faults_of_all_sheets_are_told_in_one_run(edit: Edit) -> None:
    edit(SHEET, 'actors=["arna"]', 'actors=["arnaa"]')
    edit(SHEET, '"cameo:0331"', '"cameo:0339"')
    edit(SHEET, "                5,\n", "                9,\n")
    Path("project/articles/other.py").write_text("SHEET = 1\n")
    Path("project/articles/third.py").write_text("1 / 0\n")
    done = build()
    assert done.exit_code == 1
    for words in (
        f"{SHEET}, line {line_of(FIRST) - 1}: TUT-000001: there is no actor 'arnaa'",
        f"{SHEET}, line {line_of(SECOND) - 1}: TUT-000002: there is no actor 'arnaa'",
        f"{SHEET}, line {line_of('defensible(', 'links=')}: TUT-000002: a value considered",
        f"{SHEET}, line {line_of('mention(', LAST)}: TUT-000004: mention 1 names sentence 9",
        "other.py has 1 SHEETs",
        "third.py, line 1 cannot be read as a coding sheet: ZeroDivisionError",
    ):
        assert words in done.output


def test_a_sheet_that_was_not_pinned_is_told_once(edit: Edit) -> None:
    edit(SHEET, "Weather.", "The weather.")
    Path("project/articles/gazette.digests.json").unlink()
    done = build()
    assert done.exit_code == 1
    assert done.output.count("run qantar pin") == 1
    assert "more have none either" in done.output


@pytest.mark.parametrize("content", ["{", "[]", "version https://git-lfs.github.com/spec/v1\n"])
@pytest.mark.usefixtures("edit")
def test_a_file_of_digests_that_is_none_is_told_once(content: str) -> None:
    Path("project/articles/gazette.digests.json").write_text(content)
    done = build()
    assert done.exit_code == 1
    assert done.output.count("run qantar pin") == 1
    assert "gazette.digests.json is not a file of digests" in done.output
    assert len(done.output.splitlines()) == 1


def test_an_id_that_two_codings_have_is_told_where_both_stand(edit: Edit) -> None:
    edit(SHEET, '        "TUT-000002"', '        "TUT-000001"')
    done = build()
    assert done.exit_code == 1
    second, first = line_of('"TUT-000002"', "SHEET.event") - 1, line_of("event(", "SHEET.event") + 1
    assert f"{SHEET}, line {second}: TUT-000001 is the event of project/{SHEET}, line {first}" in (
        done.output
    )
    assert len(done.output.splitlines()) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('when=on("2021-05-03", "stated", between=("2021-05-03", "2021-05-03"))', "when=None"),
        ('"trigger": (92, 102)', '"trigger": 92'),
        (
            "mentions=[\n            mention(\n                3,",
            "mentions=[\n            str(\n 3,",
        ),
    ],
)
def test_whatever_a_call_is_given_is_told_at_its_line(edit: Edit, old: str, new: str) -> None:
    edit(SHEET, old, new)
    done = build()
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert re.search(rf"{SHEET}, line \d+", done.output)


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('"2021-04-26", "2021-05-02"', '"2021-02-31", "2021-05-02"', "on(", "date_earliest must"),
        ('"2021-04-26", "2021-05-02"', '"20210426", "2021-05-02"', "on(", "date_earliest must"),
        ('summary="Protesters', 'summary="\\ud800Protesters', "", "half of a character"),
        ('"city", (35.9, 14.5)', '"city", ("35.9", 14.5)', "place(", "latitude must be a number"),
        ('"Valletta", "MLT"', '"NA", "MLT"', "place(", "reads as a missing value"),
    ],
)
def test_what_no_file_can_hold_is_told_by_sheet_line_and_event(
    edit: Edit, old: str, new: str, line: str, told: str
) -> None:
    edit(SHEET, old, new)
    done = build()
    place = line_of(line, LAST) if line else line_of(LAST) - 1
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    head, *faults = done.output.splitlines()
    assert head == "Error: Release 0.1.0 cannot be made:"
    assert len(faults) == 1
    assert f"project/{SHEET}, line {place}: TUT-000004: events." in faults[0]
    assert told in faults[0]
    assert not Path("out").exists()


def test_a_change_that_is_not_explained_is_told_where_it_is_coded(edit: Edit) -> None:
    edit("changes.csv", "TUT-000004", "TUT-000005")
    edit(SHEET, '"Valletta", "MLT"', '"Valletta", "MTL"')
    done = build()
    assert done.exit_code == 1
    assert "changes.csv, line 5: TUT-000005 has changes but is not among the events" in done.output
    assert f"{SHEET}, line {line_of(LAST) - 1}: TUT-000004 is new" in done.output
    assert "[value-unknown] TUT-000004" in done.output


def test_warnings_are_shown_and_stop_nothing(edit: Edit) -> None:
    edit(SHEET, '                    "source": (212, 228),\n', "")
    done = build()
    assert done.exit_code == 0
    assert "warning [span-missing]" in done.stderr
    assert f"{SHEET}:{line_of('source(', LAST) - 1}:" in done.stderr
    assert "events          4  3 occurred" in done.stdout
    assert "warning" not in build("--version", "0.1.0").stdout


@pytest.mark.parametrize("wrong", ["MTL", "MLT"])
def test_what_failed_is_kept_where_asked(edit: Edit, tmp_path: Path, wrong: str) -> None:
    edit(SHEET, '"Valletta", "MLT"', f'"Valletta", "{wrong}"')
    edit("changes.csv", "TUT-000004", "TUT-000005")
    assert build().exit_code == 1
    assert [*tmp_path.glob("qantar-failed-*")] == []
    done = build("--keep-failed")
    assert done.exit_code == 1
    (kept,) = re.findall(r"What was made lies in (.+)\.", done.output)
    assert (Path(kept) / "csv" / "events.csv").is_file()
    assert not Path("out").exists()


def test_nothing_is_kept_of_what_did_not_fail(edit: Edit, tmp_path: Path) -> None:
    edit(SHEET, "Weather.", "The weather.")
    done = build("--keep-failed")
    assert done.exit_code == 0, done.output
    assert [*tmp_path.glob("qantar-failed-*")] == []


@pytest.mark.usefixtures("edit")
def test_a_pass_alone_is_released_without_agreement_which_is_said() -> None:
    codings = Path("project/codings")
    codings.mkdir()
    rows = ("coding_id,field,value", "c1-01,trigger,TUT-A0001 92-102")
    more = ("c1-01,action_code,cameo:041", "tut-s1,disposition,coded", "")
    (codings / "coder-1.csv").write_text("\n".join((*rows, *more)), encoding="utf-8")
    settled = "coding_id,event_id\nc1-01,TUT-000001\n"
    (codings / "settlement.csv").write_text(settled, encoding="utf-8")
    done = build()
    assert done.exit_code == 0
    assert "Note: project/codings has one pass, coder-1, so no agreement" in done.output
    released = Path("out/0.1.0/csv")
    assert (released / "agreement.csv").read_text("utf-8").count("\n") == 1
    assert (released / "codings.csv").read_text("utf-8").count("\n") == 4
