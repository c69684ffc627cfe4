"""A cell that gives no value is told as what it is, in the line that it stands in."""

from typing import Any

import polars as pl
import pytest

from qantar.schema.patterns import ColumnKind
from qantar.schema.table import Column
from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import Fault
from qantar.validation.readers.cell_table import CellTable, type_fault, type_faults, without_hidden

EVENTS = TABLES["events"].by_name
FREE = Column("n", ColumnKind.integer, "Made up.")


@pytest.mark.parametrize(
    ("column", "found", "rule", "said"),
    [
        (FREE, "9" * 19, "value-out-of-range", "must be at most 9007199254740991"),
        (
            EVENTS["n_mentions"],
            "9" * 19,
            "value-out-of-range",
            "must be from 1 to 9007199254740991",
        ),
        (FREE, "0" * 19, "value-type", "a whole number"),
        (FREE, 7, "value-out-of-range", "n is 7, but must have at most 18 digits."),
        (EVENTS["record_version"], 0, "value-out-of-range", "must be from 1 to 100000"),
        (EVENTS["record_version"], "1.5", "value-type", "record_version is 1.5, but"),
        (EVENTS["record_version"], "1e-3", "value-type", "record_version is 0.001, but"),
        (EVENTS["record_version"], "2.0", "value-type", "record_version is '2.0', but"),
        (EVENTS["record_version"], "1e999", "value-out-of-range", "1e999"),
        (EVENTS["record_version"], "x", "value-type", "record_version is 'x', but"),
        (EVENTS["latitude"], "x", "value-type", "latitude is 'x', but must be a number"),
        (EVENTS["latitude"], "1e999", "value-out-of-range", "must be from -90 to 90"),
        (
            EVENTS["attributed"],
            "1.5",
            "value-type",
            "attributed is '1.5', but must be true or false",
        ),
        (EVENTS["date_earliest"], "1.5", "value-malformed", "date_earliest is '1.5'"),
        (EVENTS["date_earliest"], 1.5, "value-type", "date_earliest is 1.5"),
    ],
)
def test_a_cell_without_a_value_is_told_as_in_a_record(
    column: Column, found: Any, rule: str, said: str
) -> None:
    fault = type_fault(4, column, found)
    assert (fault.rule, fault.row, fault.column) == (rule, 5, column.name)
    assert said in fault.message


def test_only_cells_that_hold_something_are_told() -> None:
    text, values = pl.Series(["1", None, "x", "y"]), pl.Series([1, None, None, None])
    assert [index for index, _ in type_faults(text, values, EVENTS["record_version"])] == [2, 3]


@pytest.mark.parametrize(
    ("lines", "facts", "line"),
    [
        ([2, 5], {"row": 2}, 5),
        ([2, 5], {"row": 1}, 2),
        ([2, 5], {}, 1),
        ([2, 5], {"row": 2, "line": 9}, 9),
        (None, {"row": 2}, None),
        (None, {"row": 2, "line": 9}, 9),
    ],
)
def test_a_fault_gets_the_line_of_its_row(
    lines: list[int] | None, facts: dict[str, int], line: int | None
) -> None:
    read = CellTable("a", pl.DataFrame({"n": [1, 2]}), lines)
    placed = read.place(Fault("value-type", "So.", column="n", **facts))
    assert (placed.file, placed.line, placed.pointer) == ("a", line, None)


def test_a_fault_of_json_points_into_its_row() -> None:
    read = CellTable("a", pl.DataFrame({"n": [1, 2]}), is_json=True)
    placed = read.place(Fault("value-type", "So.", column="n", row=2))
    assert placed.pointer == Fault("value-type", "So.", column="n", row=2).as_pointed().pointer
    assert placed.pointer is not None


def test_what_follows_from_a_cell_that_was_not_read_is_not_told() -> None:
    read = CellTable("a", pl.DataFrame({"n": [1, 2]}), unread=frozenset({(1, "n")}))
    facts: list[dict[str, Any]] = [
        {"row": 2, "column": "n"},
        {"row": 1, "column": "n"},
        {"row": 2, "column": "m"},
        {"row": 2},
        {"column": "n"},
        {},
    ]
    found = without_hidden(read, [Fault("value-missing", "So.", **place) for place in facts])
    assert [(fault.row, fault.column) for fault in found] == [
        (place.get("row"), place.get("column")) for place in facts[1:]
    ]
