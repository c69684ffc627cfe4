"""The days that a cell can mean after a spreadsheet wrote it its own way."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from qantar.validation.faults.meanings.day import day_of

_NUMBERS = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})")
_WORDS = re.compile(r"([0-9]{1,2})[- ]([A-Za-z]{3})(?:[- ]([0-9]{4}|[0-9]{2}))?")
_SERIAL = re.compile(r"([0-9]{5})(?:[.]0+)?")
_MONTH = re.compile(r"[0-9]{1,2}/[0-9]{4}|[A-Za-z]{3}-[0-9]{2,4}")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_STARTS = (date(1899, 12, 30), date(1904, 1, 1))
_CENTURIES = (1900, 2000)
_FIRST_SERIAL = 10_000


@dataclass(frozen=True)
class Reading:
    """days: all that the cell can mean, where it has a year; lost: what is missing, in words.

    month_day: the month and day of a cell that has no year.
    """

    days: tuple[date, ...] = ()
    lost: str = ""
    month_day: tuple[int, int] | None = None

    def among(self, days: Iterable[date]) -> list[date]:
        """Which of some days the cell can mean."""
        return [d for d in days if d in self.days or (d.month, d.day) == self.month_day]

    @property
    def told(self) -> str:
        """Why no day was taken, as a sentence."""
        if self.lost:
            return self.lost
        return f"It may be {' or '.join(map(str, self.days))}."


@cache
def reading(text: str) -> Reading:
    """What a cell can mean.

    >>> reading("3/7/2016").told
    'It may be 2016-03-07 or 2016-07-03.'
    """
    if found := _NUMBERS.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        pairs = dict.fromkeys(((first, second), (second, first)))
        days = (_day(year, *pair) for year in _years(found[3]) for pair in pairs)
        return _of(days)
    if (found := _WORDS.fullmatch(text)) and found[2].lower() in _MONTHS:
        month, day = _MONTHS.index(found[2].lower()) + 1, int(found[1])
        if found[3] is None:
            return Reading(lost="The year is lost.", month_day=(month, day))
        return _of(_day(year, month, day) for year in _years(found[3]))
    if (found := _SERIAL.fullmatch(text)) and int(found[1]) >= _FIRST_SERIAL:
        return Reading(tuple(start + timedelta(int(found[1])) for start in _STARTS))
    if _MONTH.fullmatch(text):
        return Reading(lost="The day is lost.")
    suggested = day_of(text).suggestion
    return _of([date.fromisoformat(suggested)] if suggested else [])


def _of(days: Iterable[date | None]) -> Reading:
    found = tuple(dict.fromkeys(day for day in days if day is not None))
    return Reading(found, "" if found else "There is no such day.")


def _years(text: str) -> list[int]:
    return [int(text)] if len(text) == 4 else [start + int(text) for start in _CENTURIES]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
