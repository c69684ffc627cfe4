"""Workbooks of coders give the faults that a CSV of the same cells gives, at the sheet's rows."""

import io
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from qantar.schema.rule import Severity
from qantar.schema.tables import TABLES
from qantar.validation import check_path
from qantar.validation.readers.expansion import Expansion
from qantar.validation.readers.sheet import workbook
from qantar.validation.readers.sheet.workbook import LARGEST_EXPANSION
from support import made_up
from support.laid_out import LAID_OUT
from support.made_up_package import put

CORE = ["event_id", "record_version", "action_code", "date_earliest", "date_latest"]
GOOD: list[Any] = ["TST-000001", 1, "cameo:041", date(2022, 1, 5), datetime(2022, 1, 5)]


def save(path: Path, *sheets: tuple[str, list[list[Any]]]) -> Path:
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def table_rows(name: str) -> list[list[Any]]:
    table = LAID_OUT[name]
    names = list(table.by_name)
    rows = made_up.corpus().tables()[name]
    days = {c.name for c in table.columns if c.kind == "date"}
    return [
        names,
        *(
            [date.fromisoformat(row[n]) if n in days and n in row else row.get(n) for n in names]
            for row in rows
        ),
    ]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_of_a_release_is_valid_as_a_sheet(tmp_path: Path, name: str) -> None:
    report = check_path(save(tmp_path / "x.xlsx", ("Sheet1", table_rows(name))))
    assert report.faults == ()
    assert report.read[0].table == name
    assert report.read[0].rows == len(made_up.corpus().tables()[name])


def test_faults_have_the_row_of_the_sheet_and_the_column(tmp_path: Path) -> None:
    rows = [
        [],
        CORE,
        GOOD,
        [],
        ["TST-000002", 1.0, "cameo:41", datetime(2022, 1, 5, 9, 30), date(2022, 1, 5)],
        ["TST-000003", 1.5, "cameo:041", "2022-02-30", "2022-01-05"],
        ["TST-000004", True, 41, date(2022, 1, 7), date(2022, 1, 5)],
    ]
    report = check_path(save(tmp_path / "x.xlsx", ("events", rows)))
    assert sorted((f.line or 0, f.row or 0, f.rule, f.column) for f in report.faults) == [
        (5, 2, "value-malformed", "date_earliest"),
        (5, 2, "value-unknown", "action_code"),
        (6, 3, "value-malformed", "date_earliest"),
        (6, 3, "value-type", "record_version"),
        (7, 4, "date-reversed", "date_latest"),
        (7, 4, "value-type", "record_version"),
        (7, 4, "value-unknown", "action_code"),
    ]
    assert {fault.file for fault in report.faults} == {str(tmp_path / "x.xlsx")}
    assert report.exit_code == 1


def test_errors_formulas_and_cells_without_a_header_are_told(tmp_path: Path) -> None:
    rows = [
        [*CORE, None, "summary_en"],
        [*GOOD, None, "#N/A", "stray"],
        [*GOOD[:2], "=A1", *GOOD[3:], "unnamed"],
    ]
    report = check_path(save(tmp_path / "x.xlsx", ("events", rows)), profile="exchange")
    told = [
        (f.rule, f.line, f.column, f.message) for f in report.faults if f.rule != "key-duplicate"
    ]
    assert told == [
        ("csv-malformed", 2, None, "Cell H2 stands in a column without a name."),
        ("value-type", 2, "summary_en", "Cell G2 holds the spreadsheet's error #N/A."),
        ("csv-malformed", 3, None, "Cell F3 stands in a column without a name."),
        ("value-type", 3, "action_code", "Cell C3 holds a formula whose result was not saved."),
    ]


def test_sheets_that_are_tables_are_checked_and_others_noted(tmp_path: Path) -> None:
    bad = [*GOOD[:2], "cameo:41", *GOOD[3:]]
    sheets = [
        ("Coding", [CORE, bad]),
        ("notes", [["todo", "who"], ["x", "y"]]),
        ("empty", []),
        ("actor_names", table_rows("actor_names")),
    ]
    path = save(tmp_path / "x.xlsx", *sheets)
    report = check_path(path)
    assert [r.file for r in report.read] == [f"{path}[Coding]", f"{path}[actor_names]"]
    assert [(f.rule, f.severity, f.file) for f in report.faults] == [
        ("value-unknown", Severity.error, f"{path}[Coding]"),
        ("table-unknown", Severity.note, str(path)),
    ]
    assert [r.table for r in check_path(path, table="events").read] == ["events"]


def test_the_first_rows_of_a_sheet_will_do(tmp_path: Path) -> None:
    path = save(tmp_path / "x.xlsx", ("events", [CORE, GOOD, ["bad"]]))
    assert check_path(path).exit_code == 1
    report = check_path(path, first=1)
    assert (report.faults, report.whole) == ((), False)


@pytest.mark.parametrize(
    ("header", "code"),
    [([*CORE, "record_version"], 1), ([*CORE, "#REF!"], 2)],
    ids=["twice", "error"],
)
def test_a_header_that_makes_no_sense_is_one_fault(
    tmp_path: Path, header: list[str], code: int
) -> None:
    report = check_path(save(tmp_path / "x.xlsx", ("events", [header, GOOD])))
    assert [(f.rule, f.line) for f in report.faults] == [("csv-malformed", 1)]
    assert report.exit_code == code


def rezip(path: Path, member: str, content: bytes | None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != member:
                new.writestr(name, old.read(name))
            elif content is not None:
                new.writestr(name, content)
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "damage", ["short", "none", "no sheet", "half a sheet", "no zip", "entities"]
)
def test_a_damaged_workbook_is_a_fault(tmp_path: Path, damage: str) -> None:
    path = save(tmp_path / "x.xlsx", ("events", [CORE, *[GOOD] * 50]))
    xml = zipfile.ZipFile(path).read(SHEET)
    laughs = b'<!DOCTYPE x [<!ENTITY a "%s">' % (b"ha" * 1000)
    laughs += b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 50) for n in range(8))
    contents = {
        "short": path.read_bytes()[:-400],
        "none": b"",
        "no zip": b"\xd0\xcf\x11\xe0" * 100,
        "no sheet": rezip(path, SHEET, None),
        "half a sheet": rezip(path, SHEET, xml[: len(xml) // 2]),
        "entities": rezip(path, SHEET, laughs + b"]><worksheet>&h;</worksheet>"),
    }
    path.write_bytes(contents[damage])
    report = check_path(path)
    assert report.exit_code == 2
    assert {fault.rule for fault in report.faults} <= {"file-unreadable", "table-unknown"}


def test_a_workbook_that_expands_too_far_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path / "x.xlsx", ("events", [CORE]))
    bomb = rezip(path, SHEET, b" " * (LARGEST_EXPANSION + 1))
    wide = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(2, 9000))
    far = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>' * 20
    head = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>event_id</t></is></c></row>'
    end = b"</sheetData></worksheet>"
    cases = {"bomb": bomb, "wide": rezip(path, SHEET, head + row + wide + end)}
    for name, content in cases.items():
        report = check_path(put({f"{name}.xlsx": content}, tmp_path) / f"{name}.xlsx")
        assert [fault.rule for fault in report.faults] == ["file-too-large"], name
    # A far row is no large sheet: it must end without an exception.
    check_path(put({"far.xlsx": rezip(path, SHEET, head + row + far + end)}, tmp_path) / "far.xlsx")


NAMESPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = b'<worksheet xmlns="%s"><dimension ref="A1:E9"/><sheetData>' % NAMESPACE
END = b"</sheetData></worksheet>"


def xml_row(number: int, cells: list[str]) -> bytes:
    """A row as Excel stores it, with the texts in it."""
    told = b"".join(
        b'<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>' % (65 + n, number, cell.encode())
        for n, cell in enumerate(cells)
    )
    return b'<row r="%d" spans="1:5">%s</row>' % (number, told)


BAD_TEXTS = ["TST-000001", "1", "cameo:041", "2022-01-05", "2022-01-04"]


@pytest.mark.parametrize(
    "between",
    [
        b"".join(b'<row r="%d" s="1" customFormat="1"/>' % n for n in range(2, 40_000)),
        b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(2, 40_000)),
        b"".join(b'<row r="%d"><c r="A%d" s="1"></c></row>' % (n, n) for n in range(2, 40_000)),
        b"<!-- a comment --><row/>" * 39_998,
        b"<row><c/></row>" * 39_998,
        b"",
    ],
    ids=["rows", "cells", "cells spelled out", "comments", "counted", "left out"],
)
def test_rows_that_hold_nothing_are_none_and_keep_their_place(
    tmp_path: Path, between: bytes
) -> None:
    path = save(tmp_path / "x.xlsx", ("events", [CORE]))
    sheet = HEAD + xml_row(1, CORE) + between + xml_row(40_000, BAD_TEXTS) + END
    report = check_path(put({"y.xlsx": rezip(path, SHEET, sheet)}, tmp_path) / "y.xlsx")
    assert [(f.rule, f.line, f.row) for f in report.faults] == [("date-reversed", 40_000, 1)]
    assert report.read[0].rows == 1


def test_a_cell_without_a_place_comes_after_the_one_before(tmp_path: Path) -> None:
    path = save(tmp_path / "x.xlsx", ("events", [CORE]))
    text = b'<c t="inlineStr"><is><t>%s</t></is></c>'
    row = b"<row>" + b"".join(text % cell.encode() for cell in BAD_TEXTS) + b"<c/></row>"
    sheet = HEAD + xml_row(1, CORE) + row + END
    report = check_path(put({"y.xlsx": rezip(path, SHEET, sheet)}, tmp_path) / "y.xlsx")
    assert [(f.rule, f.line) for f in report.faults] == [("date-reversed", 2)]


def test_a_formula_of_which_the_result_is_empty_is_an_empty_cell(tmp_path: Path) -> None:
    path = save(tmp_path / "x.xlsx", ("events", [CORE]))
    header = [*CORE, "summary_en"]
    row = xml_row(2, [*BAD_TEXTS[:4], "2022-01-05"])
    empty = b'<c r="F2" t="str"><f>IF(A2="","x","")</f><v></v></c></row>'
    sheet = HEAD + xml_row(1, header) + row.replace(b"</row>", empty) + END
    report = check_path(put({"y.xlsx": rezip(path, SHEET, sheet)}, tmp_path) / "y.xlsx")
    assert report.faults == ()


def test_a_row_without_end_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path / "x.xlsx", ("events", [CORE]))
    sheet = (
        HEAD + xml_row(1, CORE) + b'<row r="2">' + b"<c><v>1</v></c>" * 200_000 + b"</row>" + END
    )
    report = check_path(put({"y.xlsx": rezip(path, SHEET, sheet)}, tmp_path) / "y.xlsx")
    assert [fault.rule for fault in report.faults] == ["file-unreadable"]
    assert "more cells than a sheet can have" in report.faults[0].message


def test_a_large_sheet_is_judged_and_the_refusal_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(tmp_path / "x.xlsx", ("events", [CORE, GOOD]))
    monkeypatch.setattr(workbook, "EXPANSION", Expansion(most=10**9, free=10, times=100))
    assert check_path(path).faults == ()
    monkeypatch.setattr(workbook, "MOST_CELLS", 11)
    report = check_path(path)
    assert (report.exit_code, [fault.rule for fault in report.faults]) == (2, ["file-too-large"])
    assert ".csv" in report.faults[0].message


@pytest.mark.slow
def test_a_sheet_of_more_than_a_million_cells_is_judged(tmp_path: Path) -> None:
    path = save(tmp_path / "x.xlsx", ("events", [CORE]))
    rows = (xml_row(n, [f"TST-{n:06d}", *BAD_TEXTS[1:4], "2022-01-05"]) for n in range(2, 240_002))
    sheet = b"".join([HEAD, xml_row(1, CORE), *rows, END])
    report = check_path(put({"y.xlsx": rezip(path, SHEET, sheet)}, tmp_path) / "y.xlsx")
    assert (report.faults, report.read[0].rows) == ((), 240_000)


def test_without_the_extra_a_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(tmp_path / "x.xlsx", ("events", [CORE, GOOD]))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    report = check_path(path)
    assert report.exit_code == 2
    assert "qantar[excel]" in report.faults[0].message
