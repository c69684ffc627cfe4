"""Templates are empty, and validate once they are filled in."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from qantar.dataset.command import main
from qantar.dataset.template import (
    TEMPLATE_TABLES,
    csv_template,
    describe_cell,
    json_template,
    template_columns,
    template_table,
)
from qantar.dataset.template_workbook import workbook_template
from qantar.schema.rule import Profile, Severity
from qantar.schema.tables import TABLES
from qantar.validation import check_path
from support import made_up

LAID_OUT = {name: template_table(name, ("en", "vi")) for name in TEMPLATE_TABLES}


@pytest.mark.parametrize("name", TEMPLATE_TABLES)
def test_a_csv_template_is_the_table_and_filled_in_is_valid(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(csv_template(LAID_OUT[name]))
    empty = check_path(path)
    assert (empty.faults, empty.read[0].table) == ((), name)
    header = next(csv.reader(io.StringIO(path.read_text())))
    text = io.StringIO()
    writer = csv.DictWriter(text, header, extrasaction="ignore", lineterminator="\n")
    for row in made_up.corpus().tables()[name]:
        bare = {k: str(v).lower() if isinstance(v, bool) else v for k, v in row.items()}
        writer.writerow(bare)
    path.write_text(path.read_text() + text.getvalue())
    report = check_path(path)
    assert report.faults == ()
    # What a release derives for coded events is not a coder's to fill in.
    assert report.read[0].profile is (Profile.exchange if name == "events" else Profile.coded)


@pytest.mark.parametrize("name", TEMPLATE_TABLES)
def test_a_workbook_filled_in_is_valid(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(workbook_template(LAID_OUT[name]))
    assert (check_path(path).faults, check_path(path).read[0].table) == ((), name)
    book = openpyxl.load_workbook(path)
    sheet = book[name]
    columns = template_columns(LAID_OUT[name])
    for number, row in enumerate(made_up.corpus().tables()[name], start=2):
        for index, column in enumerate(columns, start=1):
            value: Any = row.get(column.name)
            if value is not None:
                value = date.fromisoformat(value) if column.kind == "date" else value
                sheet.cell(number, index, value)
    book.save(path)
    report = check_path(path)
    assert report.faults == ()
    assert report.read[0].rows == len(made_up.corpus().tables()[name])


ROW: dict[str, Any] = {
    "event_id": "AB-000001",
    "record_version": 1,
    "action_code": "cameo:042",
    "code_fit": "exact",
    "actor_id": "arna",
    "actor_name": "Arna",
    "actor_code": "ISLGOV",
    "actor_country_code": "ISL",
    "target_id": "malta",
    "target_name": "Malta",
    "target_code": "MLT",
    "target_country_code": "MLT",
    "direction": "directed",
    "factuality": "asserted",
    "polarity": "affirmative",
    "conditional": False,
    "date_edtf": "2024-03-11",
    "date_earliest": date(2024, 3, 11),
    "date_latest": date(2024, 3, 11),
    "date_basis": "stated",
    "summary_en": "Arna visits Malta.",
    "summary_vi": "Arna thăm Malta.",
    "confidence": "high",
}


def fill_workbook(path: Path, row: dict[str, Any]) -> None:
    """Type a row below the headers that a template has, as a coder would."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headers = [cell.value for cell in sheet[1]]
    for name, value in row.items():
        sheet.cell(2, headers.index(name) + 1, value)
    book.save(path)


@pytest.mark.parametrize(
    ("changes", "status", "rules"),
    [
        ({}, 0, []),
        ({"actor_id": None, "actor_code": None, "target_id": None, "target_name": None}, 0, []),
        ({"date_latest": date(2024, 3, 10), "date_edtf": None}, 1, ["date-reversed"]),
        ({"actor_code": "Iceland"}, 1, ["value-malformed"]),
        ({"target_country_code": "XXX"}, 1, ["value-unknown"]),
        ({"action_code": None}, 1, ["action-code-missing"]),
    ],
)
def test_a_workbook_filled_in_by_a_coder_is_judged_by_what_was_typed(
    tmp_path: Path, changes: dict[str, Any], status: int, rules: list[str]
) -> None:
    path = tmp_path / "filled.xlsx"
    path.write_bytes(workbook_template(LAID_OUT["events"]))
    fill_workbook(path, ROW | changes)
    done = CliRunner().invoke(main, ["validate", str(path), "--format", "json"])
    assert done.exit_code == status, done.output
    faults = json.loads(done.output)["faults"]
    assert [fault["rule"] for fault in faults] == rules
    assert {fault["severity"] for fault in faults} <= {"error"}


@pytest.mark.parametrize("name", TEMPLATE_TABLES)
def test_a_template_asks_for_nothing_that_a_release_derives(name: str) -> None:
    table = LAID_OUT[name]
    asked = {column.name for column in template_columns(table)}
    parties = {
        f"{slot}_{part}"
        for slot in ("actor", "target")
        for part in ("id", "name", "code", "country_code")
    }
    derived = {column.name for column in table.columns if column.derived}
    assert asked & derived == (parties if name == "events" else set())
    assert asked - derived == {column.name for column in table.stored}


@pytest.mark.parametrize("name", TEMPLATE_TABLES)
def test_every_header_explains_itself(name: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_template(LAID_OUT[name])))[name]
    for cell, column in zip(sheet[1], template_columns(LAID_OUT[name]), strict=True):
        told = cell.comment.text
        assert column.description in told
        needed = column.required or column.required_in_exchange
        assert ("May stay empty." in told) == (not needed)
        for code in (column.enum or ())[:1]:
            assert code in told


def test_a_header_says_what_its_cells_take() -> None:
    columns = LAID_OUT["events"].by_name
    assert describe_cell(columns["event_id"]).endswith(
        "Required.\nCapitals, a hyphen and at least six digits, such as QTR-000001."
    )
    assert "Required in coded records.\nOne of: " in describe_cell(columns["confidence"])
    assert "One of 3" in describe_cell(columns["action_code"])
    assert describe_cell(columns["conditional"]).endswith("true or false.")
    assert describe_cell(columns["latitude"]).endswith("A number from -90 to 90.")
    assert "May stay empty.\nA day of the calendar" in describe_cell(
        TABLES["actor_roles"].by_name["valid_to"]
    )


@pytest.mark.parametrize("name", TEMPLATE_TABLES)
def test_drop_down_lists_hold_exactly_the_codes(name: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_template(LAID_OUT[name])))
    columns = template_columns(LAID_OUT[name])
    guards = book[name].data_validations.dataValidation
    by_letter = {str(guard.sqref).split(":")[0].rstrip("2"): guard for guard in guards}
    for index, column in enumerate(columns, start=1):
        letter = openpyxl.utils.get_column_letter(index)
        guard = by_letter[letter]
        assert guard.prompt
        if column.enum:
            place = guard.formula1.removeprefix("labels!").replace("$", "")
            cells = [row[0].value for row in book["labels"][place]]
            assert tuple(cells) == column.enum
        if column.kind == "string":
            assert book[name].column_dimensions[letter].number_format == "@"


@pytest.mark.parametrize("name", TEMPLATE_TABLES)
def test_every_code_of_a_workbook_has_a_label(name: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_template(LAID_OUT[name])))
    assert all(row[2] for row in book["labels"].iter_rows(values_only=True))


def test_every_table_that_is_not_computed_has_a_template() -> None:
    assert TABLES.keys() - TEMPLATE_TABLES.keys() == {"dyads"}


def fill(blank: Any, known: Any) -> Any:
    if isinstance(blank, dict):
        return {key: fill(value, known[key]) for key, value in blank.items() if key in known}
    if isinstance(blank, list):
        return [fill(blank[0], item) for item in known]
    assert blank in ("", None, known)
    return known


def test_a_json_template_is_a_record_and_filled_in_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    blank = json_template(LAID_OUT["events"])
    path.write_bytes(blank)
    report = check_path(path)
    assert report.exit_code == 1
    assert not [f for f in report.faults if f.rule in ("field-unknown", "json-malformed")]
    filled = fill(json.loads(blank), made_up.corpus().events[0])
    path.write_text(json.dumps(filled))
    assert {fault.severity for fault in check_path(path).faults} <= {Severity.note}


@pytest.mark.parametrize("name", [name for name in TEMPLATE_TABLES if name != "events"])
def test_a_flat_json_template_filled_in_is_valid(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.json"
    blank = json.loads(json_template(LAID_OUT[name]))
    path.write_text(json.dumps(fill(blank, made_up.corpus().tables()[name])))
    report = check_path(path, table=name)
    assert report.faults == ()


def test_the_command_prints_writes_and_overwrites_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    printed = runner.invoke(main, ["template", "csv", "--table", "actor_names"])
    assert printed.output.encode() == csv_template(LAID_OUT["actor_names"])
    assert runner.invoke(main, ["template", "xlsx"]).exit_code == 0
    assert check_path(tmp_path / "events.xlsx").exit_code == 0
    assert runner.invoke(main, ["template", "xlsx"]).exit_code == 2
    assert runner.invoke(main, ["template", "json", "--out", "no/x.json"]).exit_code == 2
    assert runner.invoke(main, ["template", "doc"]).exit_code == 2


def test_templates_ask_for_prose_in_the_languages_of_the_project_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def columns(*options: str) -> list[str]:
        done = CliRunner().invoke(main, ["template", "csv", "--table", "actors", *options])
        assert done.exit_code == 0, done.output
        return [name for name in done.output.strip().split(",") if name.startswith("name_")]

    monkeypatch.chdir(tmp_path)
    assert columns() == ["name_en"]
    assert columns("--languages", "ar,pt-BR") == ["name_ar", "name_pt_br"]
    for part in ("articles", "registry"):
        (tmp_path / part).mkdir()
    (tmp_path / "project.toml").write_text('languages = ["es"]\n')
    assert columns() == ["name_es"]
    record = CliRunner().invoke(main, ["template", "json"]).output
    assert '"summary_es": ""' in record
    assert not [name for name in json.loads(record) if name.endswith(("_en", "_vi"))]
    refused = CliRunner().invoke(main, ["template", "csv", "--languages", "Spanish!"])
    assert refused.exit_code == 2
    assert "is no language" in refused.output
