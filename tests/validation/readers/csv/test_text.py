"""Every damage of a CSV file is found on its line, and moves no other line."""

from pathlib import Path
from typing import Any

import pytest

from qantar.dataset.csv_file import write_csv
from qantar.schema.tables import TABLES
from qantar.validation.readers.cell_table import CellTable, plain_rows
from qantar.validation.readers.csv.record import LONGEST_RECORD
from qantar.validation.readers.csv.typed_cells import read_csv
from support import made_up
from support.told_tables import CODED_TABLES

CHANGES = TABLES["changes"]
HEADER = "event_id,record_version,change,fields,reason,dataset_version,other_event_id\n"
GOOD = "TST-000001,1,created,,First coding.,0.1.0,\n"


def read(content: str | bytes, **facts: Any) -> CellTable:
    data = content.encode() if isinstance(content, str) else content
    return read_csv(data, CHANGES, file="changes.csv", **facts)


def found(content: str | bytes) -> list[tuple[str, int | None, int | None, str | None]]:
    return [(f.rule, f.line, f.row, f.column) for f in read(content).faults]


@pytest.mark.parametrize("name", TABLES)
def test_what_a_release_writes_is_read_back(name: str) -> None:
    rows = made_up.corpus().tables()[name]
    held = read_csv(write_csv(CODED_TABLES[name], rows), TABLES[name], file="t.csv")
    assert held.faults == ()
    assert plain_rows(held.frame) == rows
    assert list(held.lines or ()) == list(range(2, len(rows) + 2))


@pytest.mark.parametrize(
    ("what", "damage", "rule", "row"),
    [
        ("short", "TST-000002,1\n", "csv-malformed", 2),
        ("long", GOOD.replace("\n", ",,\n"), "csv-malformed", 2),
        ("empty", "\n", "csv-malformed", 2),
        ("unclosed", 'TST-000002,1,created,,"First.,0.1.0,\n', "csv-malformed", 2),
        ("stray", 'TST-000002,1,created,,The "first".,0.1.0,\n', "csv-malformed", 2),
        ("after quote", 'TST-000002,1,created,,"First"s,0.1.0,\n', "csv-malformed", 2),
        ("NUL", "TST-000002,1,created,,Fi\0rst.,0.1.0,\n", "csv-malformed", 2),
        ("return", "TST-000002,1,created,,Fi\rrst.,0.1.0,\n", "csv-malformed", 2),
    ],
)
def test_damage_is_found_on_its_line_and_later_faults_on_theirs(
    what: str, damage: str, rule: str, row: int
) -> None:
    bad = "TST-000003,one,created,,First coding.,0.1.0,\n"
    faults = found(HEADER + GOOD + damage + GOOD + bad + GOOD)
    later = ("value-type", 5, 4, "record_version")
    assert faults == [(rule, 3, row, None), later], what


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("record_version", "one"),
        ("record_version", "1.5"),
        ("record_version", "1.000"),
        ("record_version", " 1"),
        ("record_version", "1e3"),
    ],
)
def test_a_cell_of_another_type_is_found(column: str, cell: str) -> None:
    held = read(HEADER + GOOD.replace(",1,", f",{cell},"))
    assert [(f.rule, f.line, f.row, f.column, f.value) for f in held.faults] == [
        ("value-type", 2, 1, column, cell)
    ]
    assert held.frame[column].to_list() == [None]
    assert (0, column) in held.unread


@pytest.mark.parametrize("day", ["2024-02-30", "2023-02-29", "2024-13-01", "24-01-01", "2024-1-1"])
def test_a_day_that_no_calendar_has_is_found(day: str) -> None:
    content = f"actor_id,represents_id,actor_code,code_source,valid_from\na,b,MED,cameo,{day}\n"
    held = read_csv(content.encode(), TABLES["actor_roles"], file="r.csv")
    assert [(f.rule, f.line, f.column) for f in held.faults] == [
        ("value-malformed", 2, "valid_from")
    ]


def test_rows_with_line_ends_in_quotes_are_counted_by_their_first_line() -> None:
    quoted = 'TST-000002,1,created,,"First\r\n\ncoding, ""so"" to say.",0.1.0,\n'
    held = read(HEADER + quoted + GOOD)
    assert held.faults == ()
    assert list(held.lines or ()) == [2, 5]
    assert held.frame["reason"][0] == 'First\r\n\ncoding, "so" to say.'


def test_a_quote_that_opens_on_a_later_line_of_a_row_is_told_there() -> None:
    damage = 'TST-000002,1,created,"fields\nmore","First.,0.1.0,\n'
    faults = found(HEADER + damage + GOOD)
    assert ("csv-malformed", 3, 1, None) in faults
    assert read(HEADER + damage + GOOD).frame["event_id"].to_list()[-1] == "TST-000001"


def test_an_unclosed_quote_swallows_nothing_however_long_the_file() -> None:
    rest = GOOD * (LONGEST_RECORD + 10)
    held = read(HEADER + 'TST-000002,1,created,,"First\n' + rest)
    assert [(f.rule, f.line) for f in held.faults] == [("csv-malformed", 2)]
    assert held.frame["event_id"].null_count() == 1
    assert held.frame.height == LONGEST_RECORD + 11


def test_bytes_that_are_not_utf8_spoil_one_cell() -> None:
    held = read((HEADER + GOOD).encode() + b"TST-000002,1,created,,Fi\xffrst.,0.1.0,\n")
    assert [(f.rule, f.line, f.row) for f in held.faults] == [("file-encoding", 3, 2)]
    assert held.unread == {(1, "reason")}
    assert held.frame["event_id"].to_list() == ["TST-000001", "TST-000002"]


def test_a_byte_order_mark_is_told_and_passed_over() -> None:
    held = read(b"\xef\xbb\xbf" + (HEADER + GOOD).encode())
    assert [(f.rule, f.line) for f in held.faults] == [("file-encoding", 1)]
    assert held.frame.columns[0] == "event_id"


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\xff\xfea\0", b"\xfe\xff\0a", b'"open', b"a,a\n"]
)
def test_a_file_without_a_header_gives_one_fault_and_no_rows(content: bytes) -> None:
    held = read(content)
    assert len(held.faults) == 1
    assert held.faults[0].line == 1
    assert held.frame.height == 0


def test_of_a_ragged_row_the_key_is_kept() -> None:
    held = read(HEADER + "TST-000002,1\n")
    assert plain_rows(held.frame) == [{"event_id": "TST-000002", "record_version": 1}]
    assert {column for _, column in held.unread} == set(CHANGES.by_name)


def test_crlf_and_a_missing_last_line_end_are_no_faults() -> None:
    held = read((HEADER + GOOD + GOOD).replace("\n", "\r\n").removesuffix("\r\n"))
    assert held.faults == ()
    assert held.frame["dataset_version"].to_list() == ["0.1.0", "0.1.0"]


def test_tabs_may_separate() -> None:
    held = read((HEADER + GOOD).replace(",", "\t"), delimiter="\t")
    assert held.faults == ()
    assert held.frame.height == 1


def test_a_path_is_read_like_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "changes.csv"
    path.write_bytes((HEADER + GOOD).encode())
    assert read_csv(path, CHANGES, file="c").frame.equals(read(HEADER + GOOD).frame)
