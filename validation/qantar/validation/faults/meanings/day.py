"""Days in other spellings, read as YYYY-MM-DD or as EDTF."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from qantar.schema.patterns import DATE_PATTERN, EDTF_PATTERN
from qantar.validation.faults.meanings.day_set import set_of
from qantar.validation.faults.meanings.day_text import read_day
from qantar.validation.faults.meanings.meaning import (
    LONGEST_READ,
    MOST_REMEMBERED,
    UNKNOWN,
    Meaning,
)
from qantar.validation.faults.meanings.spelling import plain, spelling_of, tell_absent

_DAY = re.compile(DATE_PATTERN)
_EDTF = re.compile(EDTF_PATTERN)
OPEN_END = (
    "An open end is written in date_edtf, such as 2024-03-11/.. or ../2024-03-11, and the day "
    "of that end is left out."
)
NO_END = "Where an end is open or unknown, the day of that end is left out."
BOTH_OPEN = "A date that is open at both ends is none: leave it out, and say none in date_basis."
_BOTH_OPEN = frozenset({"../..", "[..]", "[../..]", ".."})
_QUOTED = "YAML takes brackets without quotes around them for a list: write the date in quotes."
_OPEN = re.compile(r"(?:[.]{2}|open|unknown|present|ongoing|now|infinity|-infinity)?", re.I)
_OPEN_SIDE = re.compile(r"^\[?[.]{2}|[.]{2}\]?$")
# A day so far on stands for no end in databases and spreadsheets.
_SENTINELS = frozenset({"9999-12-31", "9999-12-30", "0001-01-01", "1-01-01"})
_IN_EDTF = re.compile(r" write \S+ in date_edtf, and here")
# Of years far from these four digits alone may be anything.
_YEAR = "([12][0-9]{3})"
# Days since 1899-12-30, as spreadsheets hold days, that lie between 1954 and 2119.
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_SHEET_START = date(1899, 12, 30)
_EPOCH = date(1970, 1, 1)
_UNITS = {10: (86_400, "seconds"), 13: (86_400_000, "milliseconds"), 19: (86_400 * 10**9, "ns")}


@lru_cache(MOST_REMEMBERED)
def day_of(value: str, *, is_edtf: bool = False, has_edtf: bool = True) -> Meaning:
    """What a text or number is that is no day as the column asks for.

    is_edtf: the column holds dates in EDTF, in which a month or an open end can be written.
    has_edtf: there is such a column beside this one.
    """
    meaning = _read(value, is_edtf=is_edtf)
    if has_edtf or "date_edtf" not in meaning.told:
        return meaning
    told = meaning.told.replace(OPEN_END, NO_END)
    return replace(meaning, told=_IN_EDTF.sub(" write", told))


def day_of_list(days: Sequence[object]) -> Meaning:
    """What a list is where a date in EDTF is asked for: a set of days that YAML took apart."""
    if not days or not all(isinstance(day, str) for day in days):
        return UNKNOWN
    text = f"[{', '.join(map(str, days))}]"
    found = Meaning("", text) if _fits_edtf(text) else day_of(text, is_edtf=True)
    if not found.told and found.suggestion is None:
        return UNKNOWN
    return replace(found, told=f"{_QUOTED} {found.told}".rstrip(), is_known=True)


def _read(value: str, *, is_edtf: bool) -> Meaning:
    if len(value) > LONGEST_READ:
        return UNKNOWN
    fits = _fits_edtf if is_edtf else _fits_day
    spelled = spelling_of(value, fits)
    if spelled.suggestion:
        return spelled
    text = plain(value)
    if absent := tell_absent(text):
        return Meaning(absent, is_known=True)
    if text in _BOTH_OPEN:
        return Meaning(BOTH_OPEN if is_edtf else OPEN_END, is_known=True)
    for read in (_set, _interval, _number, _part_of_year) if is_edtf else (_number, _part):
        meaning = read(text)
        if meaning is not None:
            return _checked(meaning, fits)
    if not is_edtf and (_fits_edtf(text) or _OPEN.fullmatch(text)):
        return Meaning(_tell_edtf(text), is_known=True) if text else spelled
    return _checked(read_day(text), fits)


def _fits_day(text: str) -> bool:
    return _DAY.fullmatch(text) is not None


def _fits_edtf(text: str) -> bool:
    return _EDTF.fullmatch(text) is not None


def _checked(meaning: Meaning, fits: Callable[[str], bool]) -> Meaning:
    """The meaning, without a day that no column can hold."""
    day = meaning.suggestion
    if day is None or fits(day):
        return meaning
    return Meaning("", is_known=True)


def _tell_edtf(text: str) -> str:
    if _fits_edtf(text) and not _OPEN_SIDE.search(text):
        return (
            f"{text} is a date in EDTF, but here is asked for a day: write it in date_edtf, and "
            "here the first or last day it can mean."
        )
    return OPEN_END


def _number(text: str) -> Meaning | None:
    """Days written as digits only."""
    digits = text.removesuffix(".0")
    if not (digits.isascii() and digits.isdigit()):
        return None
    if len(digits) in (8, 14):
        return read_day(f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}")
    if len(digits) == 5 and _FIRST_SERIAL <= int(digits) <= _LAST_SERIAL:
        day = _SHEET_START + timedelta(int(digits))
        told = f"It is probably a spreadsheet's number of days, which is {day}."
        return Meaning(told, day.isoformat(), is_known=True)
    if len(digits) in _UNITS:
        size, unit = _UNITS[len(digits)]
        days, rest = divmod(int(digits), size)
        day = _EPOCH + timedelta(days)
        told = f"It is probably a number of {unit} since 1970, as pandas writes times"
        if rest:
            return Meaning(f"{told}: a time on {day} in UTC.", is_known=True)
        return Meaning(f"{told}: {day}.", day.isoformat(), is_known=True)
    return None


def _part(text: str) -> Meaning | None:
    """A month or a year, where a day is asked for."""
    meaning = _part_of_year(text)
    if meaning is None:
        return None
    return Meaning(
        f"It is no whole day: write {meaning.suggestion} in date_edtf, and here the first or "
        "last day it can mean."
    )


def _part_of_year(text: str) -> Meaning | None:
    """A month or a year as EDTF with unspecified days."""
    if found := re.fullmatch(rf"{_YEAR}(?:-(?:00|XX))?(?:-(?:00|XX))?", text.upper()):
        return Meaning("", f"{found[1]}-XX-XX", is_known=True)
    month = re.fullmatch(
        rf"{_YEAR}[-/.]?(0[1-9]|1[0-2])(?:[-/.](?:00|XX))?", text.upper()
    ) or re.fullmatch(rf"{_YEAR}[-/.]([1-9])", text)
    return Meaning("", f"{month[1]}-{month[2]:0>2}-XX", is_known=True) if month else None


def _interval(text: str) -> Meaning | None:
    """Two ends with a slash between, of which each is read alone."""
    ends = text.split("/")
    if len(ends) != 2 or not all(_OPEN.fullmatch(e) or len(e) >= len("2022") for e in ends):
        return None
    read = [".." if _is_open(end) else _end(end) for end in ends]
    if None in read:
        return None
    return Meaning("", "/".join(filter(None, read)), is_known=True)


def _set(text: str) -> Meaning | None:
    """Days in brackets, or with dots between."""
    return set_of(text, lambda end: ".." if _OPEN.fullmatch(end) else _end(end))


def _is_open(end: str) -> bool:
    return _OPEN.fullmatch(end) is not None or end in _SENTINELS


def _end(text: str) -> str | None:
    return text if _fits_edtf(text) else day_of(text, is_edtf=True).suggestion
