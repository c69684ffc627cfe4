"""The days that a date in Extended Date/Time Format can mean.

The subset of EDTF level 1 (ISO 8601-2:2019) that records use: full dates, unspecified
days and months, the qualifiers ``? ~ %`` and intervals with at most one open end.
"""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from qantar.schema.patterns import EDTF_PATTERN

_SHAPE = re.compile(EDTF_PATTERN)
OPEN_END = ".."


@lru_cache(maxsize=100_000)
def edtf_bounds(text: str) -> tuple[date | None, date | None]:
    """Return the first and last day that ``text`` can mean; None is an open end.

    Raises ValueError where ``text`` is not of the subset. Qualifiers do not widen the
    bounds: how far "about" reaches is for the coder to say in date_earliest, date_latest.

    >>> edtf_bounds("2022-01-XX")
    (datetime.date(2022, 1, 1), datetime.date(2022, 1, 31))
    >>> edtf_bounds("2001-XX-XX/..")
    (datetime.date(2001, 1, 1), None)
    """
    if not _SHAPE.fullmatch(text):
        raise ValueError(f"{text!r} is not a date of the EDTF subset that Qantar uses")
    first, _, last = text.partition("/")
    last = last or first
    lower = None if first == OPEN_END else _days(first)[0]
    upper = None if last == OPEN_END else _days(last)[1]
    return lower, upper


def is_qualified(text: str) -> bool:
    """Whether the date is marked as approximate, so that its bounds are soft."""
    return "~" in text or "%" in text


def _days(text: str) -> tuple[date, date]:
    year, month, day = text.rstrip("?~%").split("-")
    first_month, last_month = (1, 12) if month == "XX" else (int(month), int(month))
    if day != "XX":
        only = date(int(year), first_month, int(day))
        return only, only
    end = monthrange(int(year), last_month)[1]
    return date(int(year), first_month, 1), date(int(year), last_month, end)


def date_extent(text: str) -> str:
    """Whether a date is a day, one day within several, or a span of days."""
    if "/" in text:
        return "span"
    return "within" if "X" in text or "[" in text else "day"
