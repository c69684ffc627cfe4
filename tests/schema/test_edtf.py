"""EDTF dates mean the days that ISO 8601-2 says."""

import re
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qantar.schema.edtf import date_extent, edtf_bounds, is_qualified, is_reversed
from qantar.schema.patterns import DATE_PATTERN
from qantar.schema.tables import TABLES

BOUNDS = [
    ("2022-01-06", date(2022, 1, 6), date(2022, 1, 6)),
    ("2022-01-06?", date(2022, 1, 6), date(2022, 1, 6)),
    ("2022-02-XX", date(2022, 2, 1), date(2022, 2, 28)),
    ("2024-02-XX~", date(2024, 2, 1), date(2024, 2, 29)),
    ("2001-XX-XX", date(2001, 1, 1), date(2001, 12, 31)),
    ("2022-01-02/2022-01-05", date(2022, 1, 2), date(2022, 1, 5)),
    ("2022-01-XX/2022-03-XX", date(2022, 1, 1), date(2022, 3, 31)),
    ("../2022-01-05", None, date(2022, 1, 5)),
    ("2022-01-05/..", date(2022, 1, 5), None),
    ("2022-01-02?/2022-01-05?", date(2022, 1, 2), date(2022, 1, 5)),
    ("[2022-01-02..2022-01-05]", date(2022, 1, 2), date(2022, 1, 5)),
    ("[2022-01-02..]", date(2022, 1, 2), None),
    ("[..2022-01-05]", None, date(2022, 1, 5)),
    ("0001-01-01", date.min, date.min),
    ("9999-12-31/..", date.max, None),
    ("0004-02-XX", date(4, 2, 1), date(4, 2, 29)),
    ("9999-XX-XX", date(9999, 1, 1), date.max),
]
NOT_EDTF = [
    "",
    "2022",
    "2022-01",
    "2022-1-6",
    "2022-13-01",
    "2022-02-30",
    "2023-02-29",
    "../..",
    "2022-XX-05",
    "2022-01-06\n",
    "06/01/2022",
    "2022-01-06T01:11",
    "0000-01-01",
    "0000-XX-XX",
    "10000-01-01",
    "-0044-03-15",
    "0100-02-29",
    "[2022-01-06]",
    "[2022-01-06..2022-01-08",
    "2022-01-06..2022-01-08",
    "{2022-01-06..2022-01-08}",
    "[2022-01-06, 2022-01-08]",
    "[2022-01-06..2022-01-08]?",
    "[2022-01-06?..2022-01-08]",
    "[2022-01-XX..2022-03-XX]",
    "[2022-01-06..2022-01-08]/..",
    "[2022-01-06/2022-01-08]",
    "[2022-01-06 .. 2022-01-08]",
    "[..]",
]
REVERSED = [
    "2022-01-06/2022-01-05",
    "2022-01-06?/2022-01-05~",
    "2022-02-XX/2022-01-05",
    "[2022-01-06..2022-01-05]",
]


@pytest.mark.parametrize(("text", "first", "last"), BOUNDS)
def test_bounds_are_the_first_and_last_day(text, first, last):
    assert edtf_bounds(text) == (first, last)


@pytest.mark.parametrize("text", NOT_EDTF)
def test_what_is_no_date_of_the_subset_is_refused(text):
    with pytest.raises(ValueError, match="EDTF"):
        edtf_bounds(text)


@pytest.mark.parametrize("text", REVERSED)
def test_what_ends_before_it_begins_has_no_bounds(text):
    assert is_reversed(text)
    with pytest.raises(ValueError, match="ends before it begins"):
        edtf_bounds(text)


@given(st.dates())
def test_every_day_means_itself(day):
    assert re.fullmatch(DATE_PATTERN, day.isoformat())
    assert edtf_bounds(day.isoformat()) == (day, day)


def test_every_month_of_every_year_ends_as_in_the_calendar():
    is_day = re.compile(DATE_PATTERN).fullmatch
    for year, month, day in product(range(10_000), (0, 2, 4, 12, 13), (0, 28, 29, 30, 31, 32)):
        text = f"{year:04}-{month:02}-{day:02}"
        assert bool(is_day(text)) is _is_day(text), text


@given(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99))
def test_three_numbers_are_a_day_where_the_calendar_has_it(year, month, day):
    text = f"{year:04}-{month:02}-{day:02}"
    assert bool(re.fullmatch(DATE_PATTERN, text)) is _is_day(text)


@given(st.dates())
def test_a_month_holds_its_days_and_no_others(day):
    first, last = edtf_bounds(f"{day.isoformat()[:7]}-XX")
    assert first <= day <= last
    assert first == date.min or (first - timedelta(days=1)).month != day.month
    assert last == date.max or (last + timedelta(days=1)).month != day.month


@given(st.dates(), st.dates())
def test_an_interval_and_a_set_reach_from_one_day_to_the_other(one, other):
    low, high = sorted((one, other))
    for text in (f"{low}/{high}", f"[{low}..{high}]"):
        assert edtf_bounds(text) == (low, high)
    for text in (f"{high}/{low}", f"[{high}..{low}]"):
        assert is_reversed(text) is (low < high)


@pytest.mark.parametrize(
    ("text", "extent"),
    [
        ("2022-01-06", "day"),
        ("2022-01-06%", "day"),
        ("2022-01-XX", "within"),
        ("2022-XX-XX~", "within"),
        ("[2022-01-02..2022-01-05]", "within"),
        ("[2022-01-02..]", "within"),
        ("[..2022-01-05]", "within"),
        ("2022-01-02/2022-01-05", "span"),
        ("2022-01-XX/2022-03-XX", "span"),
        ("../2022-01-05", "span"),
        ("2022-01-02?/2022-01-05?", "span"),
    ],
)
def test_the_extent_tells_a_day_from_a_range_and_a_range_from_what_lasts(text, extent):
    assert date_extent(text) == extent


@pytest.mark.parametrize("text", NOT_EDTF)
def test_what_is_no_date_of_the_subset_has_no_extent(text):
    with pytest.raises(ValueError, match="EDTF"):
        date_extent(text)


def test_the_longest_date_is_as_long_as_the_column_allows():
    column = TABLES["events"].by_name["date_edtf"]
    days = (f"[{date.min}..{date.max}]", f"{date.min}?/{date.max}?")
    assert max(map(len, days)) == column.max_length


def _is_day(text):
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@pytest.mark.parametrize(
    ("text", "qualified"),
    [("2022-01-06", False), ("2022-01-06?", False), ("2022-01-06~", True), ("2022-01-06%", True)],
)
def test_only_approximate_dates_are_soft(text, qualified):
    assert is_qualified(text) is qualified
