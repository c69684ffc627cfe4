"""Dates of the subset mean to the library `edtf` what they mean here."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.schema.edtf import edtf_bounds

library = pytest.importorskip("edtf", reason="edtf is not installed, so that nothing is compared")
DAYS = st.dates()
MARKS = st.sampled_from(["", "?", "~", "%"])
LATER = st.integers(0, 800)


def bounds(text):
    parsed = library.parse_edtf(text)
    return tuple(
        None if isinstance(end, float) else date(*end[:3])
        for end in (parsed.lower_strict(), parsed.upper_strict())
    )


@given(DAYS, LATER, MARKS, MARKS)
@settings(max_examples=20, deadline=None)
def test_both_give_the_same_days(first, after, one, other):
    last = min(date.max, first + timedelta(days=min(after, (date.max - first).days)))
    month = first.isoformat()[:7]
    for text in (
        f"{first}{one}",
        f"{month}-XX{one}",
        f"{month[:4]}-XX-XX{one}",
        f"{first}{one}/{last}{other}",
        f"{month}-XX/{last.isoformat()[:7]}-XX",
        f"{first}{one}/..",
        f"../{last}{other}",
        f"[{first}..{last}]",
        f"[{first}..]",
        f"[..{last}]",
    ):
        assert bounds(text) == edtf_bounds(text), text


@pytest.mark.parametrize(
    "text",
    [
        "[2022-01-05..2022-01-08]?",
        "[2022-01-05?..2022-01-08]",
        "[2022-01-XX..2022-03-XX]",
        "2022-02-30",
    ],
)
def test_both_refuse_the_same(text):
    with pytest.raises(library.EDTFParseException):
        library.parse_edtf(text)
    with pytest.raises(ValueError, match="EDTF"):
        edtf_bounds(text)
