"""The ids of other systems in our tables, which an event id holds as well."""

import re
from decimal import Decimal

import polars as pl

from qantar.dataset.repair.ledger import Verdict, left
from qantar.dataset.repair.number import EXPONENT, tell_exponent
from qantar.dataset.repair.sheet import Sheet

_FLOAT = re.compile(r"([0-9]+)[.]0+")
_DAMAGED = r"^[0-9]+\.0+$|^[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+$"


def mend_source_ids(sheet: Sheet) -> None:
    """Restore ids that became numbers, where the event id proves them."""
    key, beside = sheet.key("source_event_id"), sheet.key("event_id")
    if sheet.table is None or key is None or beside is None:
        return
    sheet.mend(key, pl.col(key).str.contains(_DAMAGED), _restored, (beside,))


def _restored(text: str, event_id: str) -> Verdict | None:
    held = event_id.partition("-")[2]
    if held == text:
        return None
    is_of_digits = held.isascii() and held.isdigit()
    found = _FLOAT.fullmatch(text)
    if found:
        if is_of_digits and int(held) == int(found[1]):
            return Verdict(found[1], "whole-number", f"The event id, {event_id}, has it so.")
        return None
    if not is_of_digits or _length(text) != len(held):
        return left(tell_exponent(text))
    if _rounds_to(held, text):
        return Verdict(held, "excel-number", f"The event id, {event_id}, holds it in full.")
    return left(f"The event id holds {held}, which is not {text}.")


def _length(text: str) -> int:
    found = EXPONENT.fullmatch(text)
    return int(found[2]) + 1 if found else 0


def _rounds_to(digits: str, text: str) -> bool:
    """Whether a number with all its digits is what a shorter one was made of."""
    mantissa = text.replace(",", ".").upper().partition("E")[0]
    places = len(mantissa.partition(".")[2])
    return f"{Decimal(digits):.{places}E}".partition("E")[0] == mantissa
