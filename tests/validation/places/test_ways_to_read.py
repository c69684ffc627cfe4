"""The same content gets the same verdict in memory and in chunks, through a pipe and as a file."""

import io
import os
import threading
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from qantar.validation import check_path, check_paths
from qantar.validation.engine.large_file import check_large
from qantar.validation.readers.csv.form import csv_form

NAMES = (
    *("event_id", "record_version", "action_code", "date_earliest", "date_latest"),
    *("attributed", "fatalities_best", "actor_country_code", "place_name", "latitude", "longitude"),
)
ROWS = 120
HEADER = "event_id,record_version,action_code,date_earliest,date_latest\n"
BAD = "AB-000001,1,cameo:042,2024-03-11,2024-03-10\n"


def row(number: int, **others: str) -> dict[str, str]:
    day = "2024-03-11"
    values = ("1", "cameo:042", day, day, "true", "3", "KEN", f"Town {number}", "47.5", "8.5")
    return {"event_id": f"AB-{number:06d}", **dict(zip(NAMES[1:], values, strict=True)), **others}


def lines(rows: list[dict[str, str]], separator: str = ",") -> str:
    told = [NAMES, *([cells[name] for name in NAMES] for cells in rows)]
    return "".join(f"{separator.join(cells)}\n" for cells in told)


def rows_of(change: Any) -> list[dict[str, str]]:
    return [row(n, **change(n)) for n in range(ROWS)]


def true_or_false(number: int) -> dict[str, str]:
    return {
        "attributed": ("True", "true", "WAHR", "FALSE")[number % 4],
        "fatalities_best": ("3", "1e+02", "4.0", "")[number % 4],
    }


def words(number: int) -> dict[str, str]:
    return {
        "attributed": "NA" if number % 5 == 0 else "true",
        "actor_country_code": "NULL" if number % 4 == 0 else "KEN",
        "place_name": "None" if number % 9 == 0 else f"Town {number}",
    }


CHANGES: dict[str, Any] = {
    "spelled": true_or_false,
    "words": words,
    "words in text": lambda _: {"place_name": "nan"},
    "one word": lambda n: {"fatalities_best": "NA" if n == 70 else "1"},
    "days": lambda n: {"date_earliest": "01/02/2022", "date_latest": f"0{n % 9 + 1}/02/2022"},
    "some days": lambda n: {"date_latest": "11.03.2024"} if n % 3 == 0 else {},
    "blanks": lambda n: {"event_id": f"AB-{n:06d} "},
    "another type": lambda n: {"record_version": f"v{n}"},
    "a column of nothing": lambda _: {"date_latest": ""},
    "keys that come twice": lambda n: {"event_id": f"AB-{n // 2:06d}", "fatalities_best": "NA"},
    "decimal commas that nobody named": lambda _: {"latitude": '"47,5"'},
}


def same_in_chunks(path: Path, **options: str) -> list[Any]:
    """The faults of a file, which are those of it in chunks too."""
    whole = check_path(path, **options)
    form = csv_form(**options)
    chunks = check_large(path, "csv", file=str(path), least=0, chunk=2_000, form=form)
    assert chunks is not None
    assert sorted(map(str, chunks.faults)) == sorted(map(str, whole.faults))
    assert chunks.exit_code == whole.exit_code
    return [*whole.faults]


@pytest.mark.parametrize("what", CHANGES)
def test_a_cause_is_told_the_same_in_memory_and_in_chunks(tmp_path: Path, what: str) -> None:
    path = tmp_path / "e.csv"
    path.write_text(lines(rows_of(CHANGES[what])))
    assert same_in_chunks(path)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("\n", ",,\n", [("column-unknown", "warning")]),
        ("AB-", ",AB-", [("column-unknown", "warning")]),
        (",latitude", ",place_name", [("csv-malformed", "error")]),
    ],
    ids=["nameless at the end", "nameless at the start", "twice"],
)
def test_a_header_is_told_the_same_in_chunks(
    tmp_path: Path, before: str, after: str, told: list[tuple[str, str]]
) -> None:
    content = lines(rows_of(lambda _: {"longitude": "", "latitude": ""}))
    content = content.replace("event_id", ",event_id") if before == "AB-" else content
    path = tmp_path / "e.csv"
    path.write_text(content.replace(before, after))
    faults = same_in_chunks(path)
    assert [(fault.rule, str(fault.severity)) for fault in faults] == told


@pytest.mark.parametrize("pointed", [None, 60])
def test_separators_and_decimal_commas_are_read_in_chunks(
    tmp_path: Path, pointed: int | None
) -> None:
    rows = rows_of(lambda n: {"latitude": "47.5" if n == pointed else "47,5", "longitude": "8,25"})
    path = tmp_path / "e.csv"
    path.write_text(lines(rows, ";"))
    faults = same_in_chunks(path, separator=";", decimal=",")
    assert [(f.line, f.value) for f in faults] == ([(62, "47.5")] if pointed else [])


def test_a_large_file_in_another_encoding_is_read(tmp_path: Path) -> None:
    rows = [row(n, place_name="Zürich", latitude="47,5", longitude="8,5") for n in range(20_000)]
    rows[17_000]["date_latest"] = "2024-03-10"
    path = tmp_path / "e.csv"
    path.write_bytes(lines(rows, ";").encode("cp1252"))
    report = check_path(path, separator=";", decimal=",", encoding="cp1252")
    assert [(f.rule, f.line) for f in report.faults] == [("date-reversed", 17_002)]
    assert report.read[0].rows == 20_000


def plain() -> str:
    return lines(rows_of(lambda _: {}))


@pytest.mark.parametrize(
    ("content", "rule", "says"),
    [
        (plain().replace("Town", "Zür").encode("cp1252"), "file-encoding", "120 lines"),
        (plain().replace("8.5\n", "8.5,\n").encode(), "csv-malformed", "120 lines"),
        (plain().replace("\n", "\n\n").encode(), "csv-malformed", "newline=''"),
    ],
    ids=["encoding", "cells too many", "every second line empty"],
)
def test_what_is_wrong_with_every_line_is_told_once(
    tmp_path: Path, content: bytes, rule: str, says: str
) -> None:
    path = tmp_path / "e.csv"
    path.write_bytes(content)
    [fault] = same_in_chunks(path)
    assert (fault.rule, str(fault.severity)) == (rule, "error")
    assert says in fault.message


def workbook() -> bytes:
    book, made = openpyxl.Workbook(), io.BytesIO()
    for cells in (HEADER, BAD):
        book.active.append(cells.strip().split(","))
    book.save(made)
    return made.getvalue()


def test_a_workbook_without_a_suffix_is_read_where_its_kind_is_said(tmp_path: Path) -> None:
    path = tmp_path / "events"
    path.write_bytes(workbook())
    assert [f.rule for f in check_path(path, kind="xlsx").faults] == ["date-reversed"]


def test_a_pipe_that_is_named_is_read_where_its_kind_is_said(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=(HEADER + BAD,))
    writer.start()
    assert [f.rule for f in check_path(path, kind="csv").faults] == ["date-reversed"]
    writer.join()


def test_a_pipe_of_which_the_kind_is_not_said_is_told_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.csv"
    os.mkfifo(path)
    report = check_path(path)
    assert [(f.rule, "--kind" in f.message) for f in report.faults] == [("file-unreadable", True)]
    assert report.exit_code == 2


def test_a_pipe_in_a_folder_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "e.csv").write_text(HEADER + BAD)
    found = check_paths([tmp_path], kind="csv").faults
    assert [f.rule for f in found] == ["path-unsafe", "date-reversed"]


@pytest.mark.parametrize(
    "options",
    [
        {"separator": "ab"},
        {"separator": '"'},
        {"separator": ""},
        {"encoding": "nothing-of-the-kind"},
        {"encoding": "base64"},
        {"decimal": "x"},
        {"separator": ",", "decimal": ","},
    ],
)
def test_a_form_that_cannot_be_is_a_sentence(tmp_path: Path, options: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        check_path(tmp_path, **options)


def test_the_sheet_of_a_frame_with_its_index_is_judged(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([None, *HEADER.strip().split(",")])
    book.active.append([0, *BAD.strip().split(",")])
    book.save(tmp_path / "e.xlsx")
    report = check_path(tmp_path / "e.xlsx")
    assert [(f.rule, str(f.severity)) for f in report.faults] == [
        ("column-unknown", "warning"),
        ("date-reversed", "error"),
    ]


def test_a_sheet_with_a_title_beside_another_is_not_passed_over(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for cells in (HEADER, BAD):
        book.active.append(cells.strip().split(","))
    other = book.create_sheet("more")
    for cells in ("My events", HEADER, BAD):
        other.append(cells.strip().split(","))
    book.save(tmp_path / "e.xlsx")
    report = check_path(tmp_path / "e.xlsx")
    assert [(f.rule, str(f.severity)) for f in report.faults] == [
        ("date-reversed", "error"),
        ("table-unknown", "error"),
    ]
    assert "Line 2" in report.faults[1].message
    assert report.exit_code == 2
