"""Numbers as spreadsheets and other programs spoil them."""

import re

import polars as pl

from qantar.dataset.repair.column_kind import ColumnKinds, Kind
from qantar.dataset.repair.ledger import Verdict, left
from qantar.dataset.repair.sheet import Sheet

_WHOLE = r"^[+-]?[0-9]+$"
_DECIMAL = r"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$"
_POINT_ZERO = re.compile(r"([+-]?[0-9]+)[.]0+")
_COMMA_ZERO = re.compile(r"([+-]?[0-9]+),0{1,2}")
_COMMA = re.compile(r"([+-]?[0-9]*),([0-9]+)")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
EXPONENT = re.compile(r"[+-]?([0-9](?:[.,][0-9]+)?)[eE][+]?([0-9]+)")
_FRACTION = re.compile(r"[+-]?[0-9]*[.,][0-9]+")


def mend_decimals(sheet: Sheet, kinds: ColumnKinds) -> None:
    """Write decimals with a point."""
    for key in kinds.with_kind(Kind.decimal):
        sheet.mend(key, ~pl.col(key).str.contains(_DECIMAL), _decimal)


def mend_whole_numbers(sheet: Sheet, kinds: ColumnKinds) -> None:
    """Write whole numbers without a fraction."""
    for key in kinds.with_kind(Kind.whole):
        sheet.mend(key, ~pl.col(key).str.contains(_WHOLE), _whole)
    for key in kinds.with_kind(Kind.digits):
        sheet.mend(key, pl.col(key).str.contains(r"[.,]0+$|[0-9][eE]\+?[0-9]"), _digits)


def _whole(text: str) -> Verdict | None:
    found = _digits(text)
    if found is not None:
        return found
    if _THOUSANDS.fullmatch(text):
        digits = text.replace(",", "")
        return left(f"It may be {text.partition(',')[0]} or {digits}.")
    if _FRACTION.fullmatch(text):
        return left("It is no whole number.")
    return None


def _digits(text: str) -> Verdict | None:
    found = _POINT_ZERO.fullmatch(text) or _COMMA_ZERO.fullmatch(text)
    if found:
        return Verdict(found[1], "whole-number", "It is a whole number, written as a decimal one.")
    return left(tell_exponent(text)) if EXPONENT.fullmatch(text) else None


def tell_exponent(text: str) -> str:
    """How much of a number is left that was written with an exponent."""
    found = EXPONENT.fullmatch(text)
    if found is None:
        return "It is no number."
    kept = sum(sign.isdigit() for sign in found[1])
    return f"Only {kept} of its {int(found[2]) + 1} digits are left."


def _decimal(text: str) -> Verdict | None:
    found = _COMMA.fullmatch(text)
    if found:
        return Verdict(f"{found[1]}.{found[2]}", "decimal-comma", "A comma was its decimal sign.")
    if re.search("[0-9]", text):
        return left("It is no number.")
    return None
