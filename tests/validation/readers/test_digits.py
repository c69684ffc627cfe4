"""Whole numbers have 18 digits at most, so that every reader holds them exactly."""

import polars as pl
import pytest

from qantar.schema import Profile
from qantar.schema.patterns import ColumnKind
from qantar.schema.tables import TABLES
from qantar.validation.readers.cell_table import typed
from qantar.validation.rules.value.rule import judge_cell, read_text

COLUMN = TABLES["events"].by_name["record_version"]


# Nineteen nines are beyond 64 bits, and nineteen ones are not.
@pytest.mark.parametrize("digit", ["1", "9"])
@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize(
    ("digits", "is_number"), [(1, True), (17, True), (18, True), (19, False), (20, False)]
)
def test_eighteen_digits_are_a_whole_number_and_more_are_out_of_range(
    digits: int, is_number: bool, sign: str, digit: str
) -> None:
    text = sign + digit * digits
    value = int(text) if is_number else None
    assert typed(pl.Series("n", [text]), ColumnKind.integer).to_list() == [value]
    assert read_text(COLUMN, text) == int(text)
    fault = judge_cell(COLUMN, read_text(COLUMN, text), Profile.exchange)
    assert (fault and fault.rule) == (None if digits == 1 and not sign else "value-out-of-range")


@pytest.mark.parametrize("text", ["", "-", "+1", "1.00", "1e3", " 1", "1\n", "\u0661"])
def test_what_is_no_row_of_digits_is_no_whole_number(text: str) -> None:
    assert typed(pl.Series("n", [text]), ColumnKind.integer).to_list() == [None]
    assert read_text(COLUMN, text) == text
