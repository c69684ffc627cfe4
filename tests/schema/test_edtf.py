"""EDTF dates mean the days that ISO 8601-2 says."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qantar.schema.edtf import edtf_bounds, is_qualified

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
    "0099-01-01",
]


@pytest.mark.parametrize(("text", "first", "last"), BOUNDS)
def test_bounds_are_the_first_and_last_day(text, first, last):
    assert edtf_bounds(text) == (first, last)


@pytest.mark.parametrize("text", NOT_EDTF)
def test_what_is_no_date_of_the_subset_is_refused(text):
    with pytest.raises(ValueError, match="EDTF"):
        edtf_bounds(text)


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_every_day_means_itself(day):
    assert edtf_bounds(day.isoformat()) == (day, day)


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_a_month_holds_its_days_and_no_others(day):
    first, last = edtf_bounds(f"{day:%Y-%m}-XX")
    assert first <= day <= last
    assert (first - timedelta(days=1)).month != day.month
    assert last.year == 2999 or (last + timedelta(days=1)).month != day.month


@pytest.mark.parametrize(
    ("text", "qualified"),
    [("2022-01-06", False), ("2022-01-06?", False), ("2022-01-06~", True), ("2022-01-06%", True)],
)
def test_only_approximate_dates_are_soft(text, qualified):
    assert is_qualified(text) is qualified
