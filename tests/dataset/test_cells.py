"""Values survive the way into a release and back."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qantar.dataset.arrow import arrow_rows
from qantar.dataset.cells import READ_AS_MISSING, portable_rows, read_cell, write_cell
from qantar.dataset.csv_file import read_csv, write_csv
from qantar.dataset.parquet_file import read_parquet, write_parquet
from qantar.schema.patterns import ColumnKind
from qantar.schema.table import Column, Table
from support.laid_out import LAID_OUT
from support.made_up_rows import rows

TOY = Table(
    "toy",
    "One row is a toy.",
    (
        Column("name", ColumnKind.string, "Name.", required=True),
        Column("price", ColumnKind.number, "Price."),
        Column("pieces", ColumnKind.integer, "Pieces."),
        Column("soft", ColumnKind.boolean, "Whether it is soft."),
        Column("made_on", ColumnKind.date, "Day."),
    ),
)


@pytest.mark.parametrize("name", LAID_OUT)
@given(data=st.data())
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_rows_come_back_from_both_formats(name: str, data: st.DataObject) -> None:
    assert_rows_come_back(LAID_OUT[name], data)


@pytest.mark.slow
@pytest.mark.parametrize("name", LAID_OUT)
@given(data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_rows_come_back_however_long_one_tries(name: str, data: st.DataObject) -> None:
    assert_rows_come_back(LAID_OUT[name], data)


def assert_rows_come_back(table: Table, data: st.DataObject) -> None:
    made = data.draw(rows(table))
    assert portable_rows(table, made) == made
    assert read_csv(table, write_csv(table, made)) == made
    assert arrow_rows(read_parquet(write_parquet(table, made))) == made


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        (ColumnKind.number, 1.0, "1.0"),
        (ColumnKind.number, 1, "1.0"),
        (ColumnKind.number, -0.1, "-0.1"),
        (ColumnKind.number, 1e-7, "0.0000001"),
        (ColumnKind.number, 1e22, "10000000000000000000000.0"),
        (ColumnKind.integer, 0, "0"),
        (ColumnKind.boolean, True, "true"),
        (ColumnKind.boolean, False, "false"),
        (ColumnKind.date, "2022-01-05", "2022-01-05"),
        (ColumnKind.string, "cameo:012", "cameo:012"),
        (ColumnKind.string, None, ""),
    ],
)
def test_cells_are_written_in_one_way(kind: ColumnKind, value: Any, cell: str) -> None:
    column = Column("a", kind, "A.")
    assert write_cell(column, value) == cell
    assert read_cell(column, cell) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_have_no_exponent_and_are_read_exactly(number: float) -> None:
    column = Column("a", ColumnKind.number, "A.")
    cell = write_cell(column, number)
    assert "e" not in cell
    assert float(cell) == number


def test_numbers_are_cut_to_what_quick_parsers_read_exactly() -> None:
    [row] = portable_rows(TOY, [{"name": "bear", "price": 1 / 6}])
    assert row["price"] == 0.166666666666667
    [row] = portable_rows(TOY, [{"name": "bear", "price": -0.0}])
    assert str(row["price"]) == "0.0"


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"name": ""},
        {"name": 5},
        {"name": "bear", "price": float("nan")},
        {"name": "bear", "price": float("inf")},
        {"name": "bear", "price": "1.0"},
        {"name": "bear", "pieces": True},
        {"name": "bear", "pieces": 1.0},
        {"name": "bear", "pieces": 2**63},
        {"name": "bear", "price": 10**400},
        {"name": "bear", "soft": "true"},
        {"name": "bear", "soft": 1},
    ],
)
def test_values_of_another_kind_are_refused(row: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"toy\.[a-z]+ must be a"):
        portable_rows(TOY, [row])


@pytest.mark.parametrize("word", sorted(READ_AS_MISSING))
def test_words_that_are_read_as_missing_are_refused(word: str) -> None:
    with pytest.raises(ValueError, match="reads as a missing"):
        portable_rows(TOY, [{"name": word}])


def test_only_cells_that_need_quotes_have_them() -> None:
    made = [{"name": 'a "b", c', "soft": True}, {"name": "d;e f'"}]
    assert write_csv(TOY, made) == (
        b'name,price,pieces,soft,made_on\n"a ""b"", c",,,true,\nd;e f\',,,,\n'
    )
