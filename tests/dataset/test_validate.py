"""What `qantar validate` takes and writes beyond plain files, and how it ends."""

import gzip
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import polars as pl
import pytest
from click.testing import CliRunner, Result

from qantar.dataset.command import main

HEADER = "event_id,record_version,action_code,date_earliest,date_latest\n"
GOOD = "TST-{n:06},1,cameo:041,2022-01-05,2022-01-05\n"
BAD = "TST-{n:06},1,cameo:41,2022-01-05,2020-01-05\n"


def run(*arguments: Any, given: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["validate", *map(str, arguments)], input=given)


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "x.csv"
    rows = [GOOD.format(n=1), *(BAD.format(n=n) for n in range(2, 32))]
    path.write_text(HEADER + "".join(rows))
    return path


@pytest.mark.parametrize("kind", ["parquet", "csv", "jsonl"])
def test_all_faults_go_to_a_file_however_few_are_shown(faulty: Path, kind: str) -> None:
    out = faulty.parent / f"faults.{kind}"
    result = run(faulty, "--max-faults", 3, "--output", out, "--format", "json")
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert (len(document["faults"]), document["count"], document["complete"]) == (3, 60, True)
    readers = {"parquet": pl.read_parquet, "csv": pl.read_csv, "jsonl": pl.read_ndjson}
    assert readers[kind](out).height == 60


def test_many_faults_are_summarised_and_detailed_on_demand(faulty: Path) -> None:
    short, long = run(faulty).output, run(faulty, "--details").output
    assert "30  value-unknown (action_code 30)\n" in short
    assert short.count("[value-unknown]") == 3
    assert long.count("[value-unknown]") == 30
    for text in (short, long):
        assert "60 errors in " in text


def test_jsonl_is_one_fault_a_line_and_junit_is_xml(faulty: Path) -> None:
    lines = run(faulty, "--format", "jsonl").stdout.splitlines()
    assert {json.loads(line)["rule"] for line in lines} == {"value-unknown", "date-reversed"}
    root = ElementTree.fromstring(run(faulty, "--format", "junit").stdout)
    assert root.get("failures") == "60"


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "github", "sarif", "junit"])
@pytest.mark.parametrize(("option", "status"), [(("--first", 1), 0), (("--fail-fast",), 1)])
def test_what_was_not_read_is_told(faulty: Path, form: str, option: Any, status: int) -> None:
    result = run(faulty, *option, "--format", form)
    assert result.exit_code == status
    # On a terminal both streams are seen, and once is enough.
    shown = result.stdout if form == "text" else result.stderr
    assert shown.count("Not everything was read") == 1
    assert result.stderr == "" or form != "text"
    assert run(faulty, "--format", form).stderr == ""


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ((HEADER + GOOD.format(n=1)).encode(), 0),
        (gzip.compress((HEADER + BAD.format(n=1)).encode()), 1),
        (b"", 2),
    ],
)
def test_standard_input_is_read(given: bytes, status: int) -> None:
    assert run("-", "--kind", "csv", given=given).exit_code == status


@pytest.mark.parametrize(
    "arguments",
    [
        ("-",),
        ("x.csv", "--kind", "doc"),
        ("x.csv", "--first", 0),
        ("x.csv", "--max-faults", -1),
        ("x.csv", "--output", "faults.xml"),
        ("x.csv", "--output", "none/faults.csv"),
        ("nosuch://x.csv",),
    ],
)
def test_wrong_use_ends_with_2(
    faulty: Path, monkeypatch: pytest.MonkeyPatch, arguments: Any
) -> None:
    monkeypatch.chdir(faulty.parent)
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.output.strip()


def test_the_hook_for_commits_checks_what_it_is_given(faulty: Path) -> None:
    hooks = (Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text()
    facts = dict(line.strip("- ").split(": ", 1) for line in hooks.splitlines())
    command, *options = facts["entry"].split()[1:]
    names = ["x.csv"]
    for name, text in {"a.json": '{"event_id": 1}', "b.jsonl": '{"event_id": 1}\n'}.items():
        (faulty.parent / name).write_text(text)
        names.append(name)
    for name in names:
        result = CliRunner().invoke(main, [command, *options, str(faulty.parent / name)])
        assert result.exit_code == 1
        assert f"{name}:" in result.output


def workbook() -> bytes:
    book, made = openpyxl.Workbook(), io.BytesIO()
    for cells in (HEADER, BAD.format(n=1)):
        book.active.append(cells.strip().split(","))
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("given", "arguments", "code", "says"),
    [
        (workbook(), ["-", "--kind", "xlsx"], 1, "date-reversed"),
        (HEADER.encode(), ["-", "-", "--kind", "csv"], 2, "only once"),
        (HEADER.encode(), ["-"], 2, "--kind"),
        (b"", ["-", "--kind", "csv"], 2, "empty"),
        (b"", ["-", "--kind", "jsonl"], 2, "empty"),
        (b"", ["-", "--kind", "parquet"], 2, "empty"),
        (b"\xef\xbb\xbf", ["-", "--kind", "csv"], 2, "empty"),
        (b"x", ["-", "--kind", "csv", "--separator", "ab"], 2, "separator"),
        (b"x", ["-", "--kind", "csv", "--encoding", "rot13"], 2, "encoding"),
        (b"x", ["-", "--kind", "csv", "--decimal", ";"], 2, "decimal"),
    ],
)
def test_what_is_piped_in_ends_with_a_sentence(
    given: bytes, arguments: list[str], code: int, says: str
) -> None:
    result = run(*arguments, given=given)
    assert result.exit_code == code
    assert says in result.output


def test_a_german_spreadsheet_is_read_as_the_options_say(tmp_path: Path) -> None:
    content = HEADER.strip() + ",latitude,longitude,place_name\n" + GOOD.format(n=1).strip()
    path = tmp_path / "e.csv"
    path.write_bytes((content.replace(",", ";") + ";47,5;8,5;Zürich\n").encode("cp1252"))
    options = ["--separator", ";", "--decimal", ",", "--encoding", "cp1252"]
    assert run(path).exit_code == 2
    assert all(option in run(path).output for option in options)
    assert run(path, *options).exit_code == 0


def test_good_and_bad_rows_are_written_apart(faulty: Path) -> None:
    good, bad = faulty.parent / "good.csv", faulty.parent / "bad.csv.gz"
    result = run(faulty, "--good", good, "--bad", bad, "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["count"] == 60
    assert result.stderr == f"Wrote 1 good row to {good} and 30 bad rows to {bad}.\n"
    assert good.read_text() == HEADER + GOOD.format(n=1)
    assert gzip.decompress(bad.read_bytes()).decode().count("cameo:41") == 30
    again = run(good, "--bad", faulty.parent / "none.csv")
    assert again.exit_code == 0
    assert (faulty.parent / "none.csv").read_text() == HEADER


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("x.csv", "x.csv"), "were named"),
        (("x.csv", "--first", 3), "--first leaves rows unread"),
        (("x.csv", "--fail-fast"), "--fail-fast leaves rows unread"),
        (("x.csv", "--engine", "spark"), "--engine local"),
        (("x.csv", "--engine", "sql"), "--engine local"),
        (("x.csv", "--output", "good.csv"), "--output and --good name one file"),
        (("x.csv", "--bad", "x.csv"), "is the same file as x.csv, which is read"),
        (("x.csv", "--bad", "nowhere/bad.csv"), "there is no folder"),
        (("x.csv", "--bad", "bad.csv.valid"), "does not end with .csv"),
        ((".",), "lies in ., which is read"),
        (("-", "--kind", "csv"), "Write it to a file first"),
    ],
)
def test_rows_that_cannot_be_written_apart_are_refused(
    faulty: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[Any, ...], told: str
) -> None:
    monkeypatch.chdir(faulty.parent)
    result = run(*options, "--good", "good.csv")
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert [path.name for path in faulty.parent.iterdir()] == ["x.csv"]


def test_no_row_is_written_of_what_cannot_be_judged(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    result = run(tmp_path / "x.csv", "--good", tmp_path / "good.csv")
    assert result.exit_code == 2
    assert "could not be judged, so no row was written" in result.stderr
    assert not (tmp_path / "good.csv").exists()
