"""The qantar command does what its help says, and fails with a sentence and a status."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from qantar.dataset.command import main
from qantar.dataset.folder import PACKAGED, versions
from qantar.dataset.release import write_release
from support import made_up

BUILT = re.compile(r"events +(\d+)  (\d+) occurred")


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch):
    monkeypatch.chdir(Path(__file__).parents[2])


@pytest.fixture(scope="module")
def latest():
    return PACKAGED / versions()[-1]


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "record.json"
    path.write_text(json.dumps(made_up.corpus().events[0]))
    return path


def test_help_lists_every_command():
    result = run("--help")
    assert result.exit_code == 0
    for name in ("validate", "template", "explain", "quote", "pin", "why", "build", "path", "diff"):
        assert f"\n  {name} " in result.output
        assert run(name, "--help").exit_code == 0


def test_version_tells_package_schema_and_data():
    lines = run("--version").output.splitlines()
    assert [line.split()[0] for line in lines] == ["package", "schema", "data"]
    assert lines[2].endswith(versions()[-1])


def test_help_loads_no_heavy_library():
    code = (
        "import sys; from qantar.dataset.command import main; "
        "from click.testing import CliRunner; CliRunner().invoke(main, ['--help']); "
        "print(sorted({'pandas', 'polars', 'pyarrow', 'pydantic', 'duckdb'} & set(sys.modules)))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]"


@pytest.mark.parametrize("part", ["", "csv", "parquet"])
def test_the_release_is_valid(latest, part):
    result = run("validate", latest / part)
    assert result.exit_code == 0, result.output


def test_the_release_is_valid_against_the_texts(latest, articles):
    result = run("validate", latest, "--articles", articles)
    assert result.exit_code == 0, result.output


def test_a_zip_is_valid_too(tmp_path):
    write_release(made_up.corpus(), tmp_path, "0.1.0", documents={})
    assert run("validate", tmp_path / "qantar-0.1.0.zip").exit_code == 0


def test_a_valid_record_is_clean_but_for_notes(record):
    result = run("validate", record, "--format", "json")
    assert result.exit_code == 0
    faults = json.loads(result.output)["faults"]
    assert {fault["severity"] for fault in faults} == {"note"}


def test_a_fault_has_its_rule_and_place(record):
    event = made_up.corpus().events[0] | {"date_earliest": "2021-06-01"}
    record.write_text(json.dumps([event], indent=1))
    result = run("validate", record, "--format", "json")
    assert result.exit_code == 1
    document = json.loads(result.output)
    assert document["count"] == len(document["faults"])
    fault = next(f for f in document["faults"] if f["rule"] == "date-reversed")
    assert fault["row"] == 1
    assert fault["pointer"] == "/date_latest"
    line = record.read_text().splitlines()[fault["line"] - 1]
    assert '"date_latest"' in line


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_every_format_names_the_fault(record, form):
    record.write_text(json.dumps(made_up.corpus().events[0] | {"action_code": "cameo:41"}))
    result = run("validate", record, "--format", form)
    assert result.exit_code == 1
    assert "value-unknown" in result.output
    assert "cameo:041" in result.output


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["validate", "nowhere.csv"], 2),
        (["validate"], 2),
        (["validate", "x.json", "--format", "xml"], 2),
        (["validate", "x.json", "--articles", "nowhere"], 2),
        (["explain", "no-such-rule"], 2),
        (["why", "QTR-999999"], 1),
        (["why", "QTR-000001", "--version", "9.9.9"], 2),
        (["quote", "nowhere.txt", "words"], 2),
        (["pin"], 2),
        (["pin", "--articles", "."], 2),
        (["diff", "0.1.0", "9.9.9"], 2),
        (["build", "--project", "nowhere"], 2),
        (["build", "--articles", "nowhere"], 2),
        (["prune"], 2),
    ],
)
def test_wrong_use_ends_with_a_sentence_and_a_status(tmp_path, monkeypatch, arguments, status):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QANTAR_ARTICLES", raising=False)
    result = run(*arguments)
    assert result.exit_code == status
    assert result.output.strip()
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_explain_says_what_to_do():
    assert "What to do: Swap the two dates" in run("explain", "date-reversed").output
    assert "date-reversed" in run("explain").output.splitlines()


def test_why_shows_codes_and_reasons_and_only_with_texts_the_words(articles):
    plain = run("why", "QTR-000010")
    assert "cameo:040" in plain.output
    assert "Hôm 6/1" not in plain.output
    assert "Hôm 6/1" in run("why", "QTR-000010", "--articles", articles).output


def test_quote_prints_a_span_to_paste(tmp_path):
    (tmp_path / "text.txt").write_text(made_up.TEXT, encoding="utf-8")
    start = made_up.TEXT.index("telephoned")
    result = run("quote", tmp_path / "text.txt", "telephoned")
    assert result.output == f"({start}, {start + 10})\n"


def test_quote_names_the_sentence_of_a_coded_text(articles):
    for path in articles.glob("003*.txt"):
        assert "sentence" in run("quote", path, "CSTO").output


def test_quote_of_other_words_gives_the_nearest(tmp_path):
    (tmp_path / "text.txt").write_text(made_up.TEXT, encoding="utf-8")
    result = run("quote", tmp_path / "text.txt", "TELEPHONED")
    assert result.exit_code == 1
    assert "do not stand in text.txt" in result.output
    assert "But for case" in result.output


def test_quote_tells_of_a_text_in_another_normal_form(tmp_path):
    text = tmp_path / "nfd.txt"
    text.write_text("O\u0302ng Tru\u031bo\u031bng Minh go\u0323i.\n", encoding="utf-8")
    result = run("quote", text, "Trương Minh")
    assert result.exit_code == 1
    assert "do not stand in nfd.txt. But for the normal form" in result.output
    assert "they do at (5, 18)" in result.output
    assert "not in the normal form NFC, which the format asks for" in result.output
    found = run("quote", text, "Minh")
    assert (found.exit_code, found.stdout) == (0, "(14, 18)\n")
    assert "uconv -x any-nfc" in found.stderr


def test_build_writes_and_prints(tmp_path, articles):
    result = run("build", "--articles", articles, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    events, occurred = map(int, BUILT.search(result.output).groups())
    assert events > occurred > 10
    assert "verified against the texts" in result.output
    built = next(tmp_path.glob("[0-9]*"))
    assert run("validate", built).exit_code == 0
    assert "do not differ" in run("diff", built, built).output


def test_build_refuses_an_unwritable_folder(tmp_path):
    (tmp_path / "file").write_text("")
    result = run("build", "--out", tmp_path / "file" / "below")
    assert result.exit_code == 1
    assert "could not be written" in result.output


def test_build_does_not_claim_what_it_did_not_verify(tmp_path):
    (tmp_path / "a.txt").write_text("Something else.")
    result = run("build", "--out", tmp_path / "out", "--articles", tmp_path)
    assert result.exit_code == 1
    assert "text-missing" in result.output
    assert "verified" not in result.output


def test_another_project_never_replaces_our_release(tmp_path):
    project = Path(__file__).parents[2] / "builders" / "tutorial" / "project"
    assert (
        run("build", "--out", tmp_path, "--version", "0.1.0", "--project", project).exit_code == 0
    )
    result = run("build", "--out", tmp_path, "--version", "0.1.0")
    assert result.exit_code == 1
    assert "is a release of tutorial, not of qantar" in result.output


def test_why_tells_what_became_of_a_record_that_is_gone():
    assert "merged into QTR-000023 in 0.2.0" in run("why", "QTR-000024").output
    assert "retracted in 0.2.0" in run("why", "QTR-000028").output


@pytest.mark.parametrize("written", ["QTR-1", "qtr-000001", "QTR-0000001"])
def test_why_guesses_the_event_that_was_meant(written):
    result = run("why", written)
    assert result.exit_code == 1
    assert "Did you mean QTR-000001?" in result.output
