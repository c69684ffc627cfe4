"""GDELT's day where a spreadsheet rounded it, from the month and the fraction of the year."""

import calendar
import re
from datetime import date

import polars as pl

from qantar.dataset.repair.ledger import Verdict, left
from qantar.dataset.repair.number import EXPONENT, tell_exponent
from qantar.dataset.repair.sheet import Sheet

_YEAR_AND_FRACTION = re.compile(r"[0-9]{4}[.][0-9]{4}")


def mend_gdelt_days(sheet: Sheet) -> None:
    """Restore SQLDATE from FractionDate and MonthYear."""
    if sheet.layout is None or not sheet.layout.system.startswith("gdelt"):
        return
    key = sheet.key("SQLDATE") or sheet.key("day")
    if key is None:
        return
    beside = tuple(map(sheet.key, ("FractionDate", "MonthYear")))
    sheet.mend(key, pl.col(key).str.contains(r"[0-9][eE]\+?[0-9]"), _restored, beside)


def _restored(text: str, fraction: str, month: str) -> Verdict | None:
    if not EXPONENT.fullmatch(text):
        return None
    days = [day for day in _days_of(fraction) if f"{day:%Y%m}" == month or not month]
    if not days:
        return left(tell_exponent(text))
    if len(days) > 1:
        return left(f"By FractionDate it may be {' or '.join(f'{d:%Y%m%d}' for d in days)}.")
    why = (
        f"FractionDate is {fraction} and MonthYear is {month}."
        if month
        else (f"FractionDate is {fraction}.")
    )
    return Verdict(f"{days[0]:%Y%m%d}", "excel-number", why)


def _days_of(fraction: str) -> list[date]:
    """The days of a fraction of the year: 30 days to each month before, of 365 days."""
    if not _YEAR_AND_FRACTION.fullmatch(fraction):
        return []
    year = int(fraction[:4])
    return [
        date(year, month, day)
        for month in range(1, 13)
        for day in range(1, calendar.monthrange(year, month)[1] + 1)
        if f"{year + ((month - 1) * 30 + day) / 365:.4f}" == fraction
    ]
