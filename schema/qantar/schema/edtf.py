"""The days that a date in Extended Date/Time Format can mean.

The subset of EDTF (ISO 8601-2:2019) that records use. Of level 1: full dates, unspecified days
and months, the qualifiers ``? ~ %`` behind a date, and intervals with at most one open end. Of
level 2: sets of full days of which one is meant, with at most one open end.
"""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Literal, TypeAlias

from qantar.schema.patterns import EDTF_PATTERN

DateExtent: TypeAlias = Literal["day", "within", "span"]

_SHAPE = re.compile(EDTF_PATTERN)
OPEN_END = ".."


@lru_cache(maxsize=100_000)
def edtf_bounds(text: str) -> tuple[date | None, date | None]:
    """Return the first and last day that ``text`` can mean; None is an open end.

    Raises ValueError where ``text`` is not of the subset, or its end lies before its start.
    Qualifiers do not widen the bounds: how far "about" reaches is for the coder to say in
    date_earliest, date_latest.

    >>> edtf_bounds("2022-01-XX")
    (datetime.date(2022, 1, 1), datetime.date(2022, 1, 31))
    >>> edtf_bounds("2001-XX-XX/..")
    (datetime.date(2001, 1, 1), None)
    >>> edtf_bounds("[2022-01-05..2022-01-08]")
    (datetime.date(2022, 1, 5), datetime.date(2022, 1, 8))
    """
    lower, upper = _ends(text)
    if lower and upper and lower > upper:
        raise ValueError(f"{text!r} ends before it begins")
    return lower, upper


def is_reversed(text: str) -> bool:
    """Whether all days of the end lie before all days of the start.

    Raises ValueError where ``text`` is not of the subset.

    >>> is_reversed("2022-01-08/2022-01-05")
    True
    >>> is_reversed("2022-01-XX/2022-01-05")
    False
    """
    lower, upper = _ends(text)
    return bool(lower and upper and lower > upper)


def is_qualified(text: str) -> bool:
    """Whether the date is marked as approximate, so that its bounds are soft."""
    return "~" in text or "%" in text


def date_extent(text: str) -> DateExtent:
    """Whether ``text`` is one day, one day within a range, or an act that lasts.

    Raises ValueError where ``text`` is not of the subset.

    >>> [date_extent(text) for text in ("2022-01-05?", "2022-01-XX", "2022-01-05/..")]
    ['day', 'within', 'span']
    >>> date_extent("[2022-01-05..2022-01-08]")
    'within'
    """
    _check(text)
    if "/" in text:
        return "span"
    return "within" if "X" in text or text.startswith("[") else "day"


def _check(text: str) -> None:
    if not _SHAPE.fullmatch(text):
        raise ValueError(f"{text!r} is not a date of the EDTF subset that Qantar uses")


def _ends(text: str) -> tuple[date | None, date | None]:
    _check(text)
    if text.startswith("["):
        first, _, last = text.strip("[]").partition(OPEN_END)
    else:
        first, slash, last = text.partition("/")
        last = last if slash else first
    lower = None if first in ("", OPEN_END) else _days(first)[0]
    upper = None if last in ("", OPEN_END) else _days(last)[1]
    return lower, upper


def _days(text: str) -> tuple[date, date]:
    year, month, day = text.rstrip("?~%").split("-")
    first_month, last_month = (1, 12) if month == "XX" else (int(month), int(month))
    if day != "XX":
        only = date(int(year), first_month, int(day))
        return only, only
    end = monthrange(int(year), last_month)[1]
    return date(int(year), first_month, 1), date(int(year), last_month, end)
