"""Days of our tables, of ICEWS and of UCDP GED that a spreadsheet wrote its own way."""

import re
from collections.abc import Collection
from datetime import date
from functools import partial

import polars as pl

from qantar.dataset.repair.column_kind import ColumnKinds, Kind
from qantar.dataset.repair.day_reading import Reading, reading
from qantar.dataset.repair.ledger import Verdict, left
from qantar.dataset.repair.sheet import Sheet
from qantar.schema.edtf import edtf_bounds, is_qualified
from qantar.schema.patterns import EDTF_PATTERN

_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:$|[T ])"
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BOUNDS = {"date_earliest": 0, "date_latest": 1}
_ICEWS_DAY = rf"{_DAY}|^[0-9]{{8}}$"
_ICEWS_FIRST, _ICEWS_LAST = date(1995, 1, 1), date(2023, 4, 11)
# Of one layout of ICEWS all days are published with the month first, and its codes so.
_MONTH_FIRST = r"^(?:0?[1-9]|1[0-2])/[0-9]{1,2}/[0-9]{4}$"
_SPOILT_CODE = r"^[0-9]+[a-z]$"
_ROUNDS = 3
_WHY = "It is a day as spreadsheets write it."


def mend_days(sheet: Sheet, kinds: ColumnKinds) -> None:
    """Write days as YYYY-MM-DD where only one can be meant."""
    if sheet.layout is not None and sheet.layout.system == "icews":
        _mend_icews(sheet)
        return
    edtf = sheet.key("date_edtf") if sheet.table is not None else None
    # A bound that is mended may prove the date, and the date the other bound.
    for _ in range(_ROUNDS if edtf is not None else 1):
        _mend_columns(sheet, kinds, edtf)


def _mend_columns(sheet: Sheet, kinds: ColumnKinds, edtf: str | None) -> None:
    if edtf is not None:
        bounds = [sheet.key(name) for name in _BOUNDS]
        sheet.mend(edtf, ~pl.col(edtf).str.contains(_DAY), _edtf, bounds)
    for key in kinds.with_kind(Kind.date):
        bound = _BOUNDS.get(sheet.names[key])
        judge = _alone if bound is None else partial(_bound, bound)
        beside = () if bound is None else (edtf,)
        damaged = ~pl.col(key).str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}")
        sheet.mend(key, damaged, judge, beside)


def _edtf(text: str, earliest: str, latest: str) -> Verdict | None:
    if re.fullmatch(EDTF_PATTERN, text):
        return None
    known = {date.fromisoformat(day) for day in (earliest, latest) if _is_day(day)}
    return _judged(reading(text), known, "date_earliest and date_latest say so")


def _bound(bound: int, text: str, edtf: str) -> Verdict | None:
    try:
        # About a day, the bounds are for the coder to say.
        known = None if is_qualified(edtf) else edtf_bounds(edtf)[bound]
    except ValueError:
        known = None
    return _judged(reading(text), {known} if known else (), f"date_edtf is {edtf}")


def _alone(text: str) -> Verdict:
    return _judged(reading(text), (), "")


def _judged(read: Reading, known: Collection[date], proof: str) -> Verdict:
    """The one day that the cell can mean; known: the days that it must be by other columns."""
    if len(known) > 1:
        return left(f"{read.told} Its bounds are two days.")
    if known:
        found = read.among(known)
        if not found:
            return left(f"{read.told} By the row it would be {min(known)}.")
        return Verdict(found[0].isoformat(), "excel-date", f"{_WHY[:-1]}, and {proof}.")
    if len(read.days) != 1:
        return left(read.told)
    return Verdict(read.days[0].isoformat(), "excel-date", _WHY)


def _is_day(text: str) -> bool:
    try:
        return bool(_ISO.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _mend_icews(sheet: Sheet) -> None:
    key = sheet.key("Event Date")
    if key is None:
        return
    judge = _month_first if _is_month_first(sheet, key) else _icews
    sheet.mend(key, ~pl.col(key).str.contains(_ICEWS_DAY), judge)


def _is_month_first(sheet: Sheet, key: str) -> bool:
    """Whether a file is of the layout with the month first, as its codes or their lack tell."""
    days, code = sheet.cells[key], sheet.key("CAMEO Code")
    is_spoilt = code is None or bool(sheet.cells[code].str.contains(_SPOILT_CODE).any())
    return is_spoilt and bool(((days == "") | days.str.contains(_MONTH_FIRST)).all())


def _month_first(text: str) -> Verdict:
    month, day, year = map(int, text.split("/"))
    try:
        found = date(year, month, day)
    except ValueError:
        return left("There is no such day.")
    why = "In this layout of ICEWS the month comes first."
    return Verdict(found.isoformat(), "excel-date", why)


def _icews(text: str) -> Verdict:
    read = reading(text)
    held = tuple(day for day in read.days if _ICEWS_FIRST <= day <= _ICEWS_LAST)
    if read.days and not held:
        return left(f"{read.told} ICEWS has days from 1995 to 11 April 2023.")
    return _judged(Reading(held, read.lost, read.month_day), (), "")
