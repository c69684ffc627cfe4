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

import made_up
from qantar.dataset.command import main
from qantar.dataset.template import TEMPLATE_TABLES, csv_template, json_template, template_columns
from qantar.dataset.template_workbook import workbook_template
from qantar.schema.rule import Profile, Severity
from qantar.schema.tables import TABLES
from qantar.validation import check_path


@pytest.mark.parametrize("name", TEMPLATE_TABLES)
def test_a_csv_template_is_the_table_and_filled_in_is_valid(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(csv_template(TABLES[name]))
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
    assert report.read[0].profile is Profile.coded


@pytest.mark.parametrize("name", TEMPLATE_TABLES)
def test_a_workbook_filled_in_is_valid(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(workbook_template(TABLES[name]))
    assert (check_path(path).faults, check_path(path).read[0].table) == ((), name)
    book = openpyxl.load_workbook(path)
    sheet = book[name]
    columns = template_columns(TABLES[name])
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


@pytest.mark.parametrize("name", TEMPLATE_TABLES)
def test_drop_down_lists_hold_exactly_the_codes(name: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_template(TABLES[name])))
    columns = template_columns(TABLES[name])
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
    book = openpyxl.load_workbook(io.BytesIO(workbook_template(TABLES[name])))
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
    blank = json_template(TABLES["events"])
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
    blank = json.loads(json_template(TABLES[name]))
    path.write_text(json.dumps(fill(blank, made_up.corpus().tables()[name])))
    report = check_path(path, table=name)
    assert report.faults == ()


def test_the_command_prints_writes_and_overwrites_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    printed = runner.invoke(main, ["template", "csv", "--table", "actor_names"])
    assert printed.output.encode() == csv_template(TABLES["actor_names"])
    assert runner.invoke(main, ["template", "xlsx"]).exit_code == 0
    assert check_path(tmp_path / "events.xlsx").exit_code == 0
    assert runner.invoke(main, ["template", "xlsx"]).exit_code == 2
    assert runner.invoke(main, ["template", "json", "--out", "no/x.json"]).exit_code == 2
    assert runner.invoke(main, ["template", "doc"]).exit_code == 2
