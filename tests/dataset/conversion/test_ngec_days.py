"""What NGEC's coder resolved, as bounds and EDTF."""

import polars as pl
import pytest

from qantar.dataset.conversion.ngec_days import ngec_days
from qantar.schema.edtf import date_extent, edtf_bounds

COLUMNS = ("resolved_date", "date_end", "granularity", "date_type", "date_raw")
PUBLISHED = "2026-02-03"


def days(*cells: str | None, published: str | None = PUBLISHED, typed: bool = True) -> list[object]:
    held = dict(zip(COLUMNS, (*cells, *(None for _ in COLUMNS)), strict=False))
    schema = dict.fromkeys((*COLUMNS, "pub_date"), pl.String)
    frame = pl.DataFrame([{**held, "pub_date": published}], schema=schema)
    return [*ngec_days(frame, typed=typed).row(0)]


@pytest.mark.parametrize(
    ("cells", "edtf"),
    [
        (("2026-01-12", None, "day", "exact"), "2026-01-12"),
        (("2026-01-12 00:00:00", None, None, "exact"), "2026-01-12"),
        (("20260112", None, "day", "exact"), "2026-01-12"),
        (("2026-01-12", None, "day", "approximate"), "2026-01-12~"),
        (("2026-01-12", None, "day", None), "2026-01-12?"),
        (("2026-01-12", None, "day", "guessed"), "2026-01-12?"),
        (("2026-01-12", None, "week", "exact"), "[2026-01-06..2026-01-18]"),
        (("2026-01-12", "2026-01-18", "week", "exact"), "[2026-01-12..2026-01-18]"),
        (("2026-01-20", None, "month", "exact"), "2026-01-XX"),
        (("2026-01-01", "2026-01-31", "month", "exact"), "2026-01-XX"),
        (("2026-01-20", None, "month", "approximate"), "2026-01-XX~"),
        (("2025-11-20", None, "quarter", "exact"), "[2025-10-01..2025-12-31]"),
        (("2025-11-20", None, "year", "exact"), "2025-XX-XX"),
        (("2026-01-12", "2026-01-14", "day", "exact"), "[2026-01-12..2026-01-14]"),
        (("2026-01-12", "2026-01-16", "day", "range"), "2026-01-12/2026-01-16"),
        (("2026-01-12", "2026-01-12", "day", "range"), "2026-01-12"),
        (("2026-01-12", None, "day", "range"), "2026-01-12/.."),
        (("2025-11-20", "2026-01-05", "month", "range"), "2025-11-XX/2026-01-XX"),
        (("2025-02-20", "2025-11-05", "quarter", "range"), "2025-02-20~/2025-11-05~"),
        (("2026-02-03", None, None, "unresolved"), "[..2026-02-03]"),
        ((None, None, "day", "exact"), "[..2026-02-03]"),
        (("2026-01-12", None, "decade", "exact"), "[..2026-02-03]"),
        (("9999-12-31", None, "week", "exact"), "[9999-12-25..9999-12-31]"),
    ],
)
def test_edtf_has_the_bounds_that_are_given(cells: tuple[str | None, ...], edtf: str) -> None:
    found, extent, earliest, latest, basis, is_reversed = days(*cells)
    assert found == edtf
    assert extent == date_extent(edtf)
    assert basis == ("bounded" if edtf == "[..2026-02-03]" else None)
    assert is_reversed is False
    if "~/" not in edtf:
        bounds = [None if day is None else str(day) for day in edtf_bounds(edtf)]
        assert [earliest, latest] == bounds
    else:
        assert (earliest, latest) == ("2025-01-01", "2025-12-31")


def test_the_day_of_publication_is_never_the_day_of_the_act() -> None:
    found = days(PUBLISHED, None, None, None, "<No date detected--using publication date>")
    assert found[0] == "[..2026-02-03]"
    assert days(PUBLISHED, None, None, None, "on Tuesday", typed=False)[0] == "2026-02-03"


def test_without_any_day_there_is_none() -> None:
    assert days(None, None, None, "unresolved", published=None)[:5] == [None] * 5
    assert days("2026-02-03", None, None, "unresolved", published=None)[0] == "[..2026-02-03]"


def test_an_end_before_the_day_is_told() -> None:
    assert days("2026-01-12", "2026-01-02", "day", "range")[5] is True
