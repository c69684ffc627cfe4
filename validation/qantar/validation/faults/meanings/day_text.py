"""Days written out with separators, months as words or a time of day."""

import re
from calendar import monthrange
from datetime import date

from qantar.validation.faults.meanings.meaning import UNKNOWN, Meaning

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SHORT = {month[:3]: number for number, month in enumerate(_MONTHS, start=1)} | {"sept": 9}
_SEPARATOR = r"\s*[-/.,]\s*"
_YEAR_FIRST = re.compile(rf"([+-]?[0-9]{{4,}}){_SEPARATOR}([0-9]{{1,2}}){_SEPARATOR}([0-9]{{1,2}})")
_YEAR_LAST = re.compile(rf"([0-9]{{1,2}}){_SEPARATOR}([0-9]{{1,2}}){_SEPARATOR}([0-9]{{4}})")
_SHORT_YEAR = re.compile(
    rf"[0-9]{{1,2}}{_SEPARATOR}[0-9]{{1,2}}{_SEPARATOR}[0-9]{{2}}"
    r"|[0-9]{1,2}[\s-]+[a-z]{3,9}[.,]?[\s-]+'?[0-9]{2}",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(.+?)(?:T|\s+)([0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?)\s*"
    r"(Z|UTC|GMT|[+-][0-9]{2}:?(?:[0-9]{2})?)?",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?:[a-z]+day,?\s+)?(?:"
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<month>[a-z]+)[.,]?[\s-]+(?P<year>[0-9]{4})"
    r"|(?P<month2>[a-z]+)[.]?\s+(?P<day2>[0-9]{1,2})(?:st|nd|rd|th)?,?\s+(?P<year2>[0-9]{4})"
    r"|(?P<year3>[0-9]{4})[\s-]+(?P<month3>[a-z]+)[.]?[\s-]+(?P<day3>[0-9]{1,2}))",
    re.IGNORECASE,
)
_VIETNAMESE = re.compile(
    r"(?:ngày\s+)?([0-9]{1,2})\s+tháng\s+([0-9]{1,2})(?:,|\s+năm)?\s+([0-9]{4})", re.IGNORECASE
)


def read_day(text: str) -> Meaning:
    """The day that a text names, where only one can be meant."""
    timed = _TIME.fullmatch(text)
    if timed:
        return _of_time(read_day(timed[1]), timed[2], timed[3])
    if found := _YEAR_FIRST.fullmatch(text):
        return _of_numbers(found[1], int(found[2]), int(found[3]))
    if found := _YEAR_LAST.fullmatch(text):
        return _of_two_readings(int(found[1]), int(found[2]), found[3])
    if found := _VIETNAMESE.fullmatch(text):
        return _of_numbers(found[3], int(found[2]), int(found[1]))
    if found := _WORDS.fullmatch(text):
        return _of_words(found)
    if _SHORT_YEAR.fullmatch(text):
        return Meaning("The year needs four digits.", is_known=True)
    return _of_week(text)


def _of_numbers(year: str, month: int, day: int) -> Meaning:
    if len(year) != 4:
        # A year before the first, or beyond four digits.
        return Meaning(is_known=True)
    if int(year) == month == day == 0:
        told = "A day of zeros is how MySQL writes an absent one: leave it empty."
        return Meaning(told, is_known=True)
    if not 1 <= month <= 12:
        return Meaning(f"There is no month {month}.", is_known=True)
    # The calendar of year 0 is that of any year of 400.
    last = monthrange(int(year) or 2000, month)[1]
    if not 1 <= day <= last:
        named = f"{_MONTHS[month - 1].capitalize()} {year}"
        return Meaning(f"There is no day {day} in {named}, which has {last} days.", is_known=True)
    return Meaning("", f"{year}-{month:02}-{day:02}", is_known=True)


def _of_two_readings(first: int, second: int, year: str) -> Meaning:
    """A day before its month, as most write it, or after it, as Americans do."""
    readings = [_of_numbers(year, second, first), _of_numbers(year, first, second)]
    days = list(dict.fromkeys(r.suggestion for r in readings if r.suggestion))
    if len(days) == 1:
        return Meaning("", days[0], is_known=True)
    if not days:
        return readings[0]
    told = f"It may be {days[0]} (the day first) or {days[1]} (the month first)."
    return Meaning(told, is_known=True)


def _of_time(day: Meaning, time: str, zone: str | None) -> Meaning:
    if day.suggestion is not None and time.startswith("24:"):
        return Meaning("Its time, 24:00, is the start of the next day.", is_known=True)
    if day.suggestion is None or not zone or not re.search("[1-9]", time):
        return day
    told = f"The day depends on the time zone: {time} {zone} is another day elsewhere."
    return Meaning(told, is_known=True)


def _of_words(found: re.Match[str]) -> Meaning:
    parts = {name.rstrip("23"): part for name, part in found.groupdict().items() if part}
    word = parts["month"].lower()
    is_month = word in _SHORT or word in _MONTHS
    month = _SHORT.get(word[:3]) if is_month else None
    return _of_numbers(parts["year"], month, int(parts["day"])) if month else UNKNOWN


def _of_week(text: str) -> Meaning:
    if not re.fullmatch(r"[0-9]{4}-?W[0-9]{2}-?[1-7]", text):
        return UNKNOWN
    try:
        return Meaning("", date.fromisoformat(text).isoformat(), is_known=True)
    except ValueError:
        return UNKNOWN
