"""Numbers in other spellings: with separators, exponents, blanks or wide digits."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from qantar.validation.faults.meanings.meaning import (
    LONGEST_READ,
    MOST_REMEMBERED,
    UNKNOWN,
    Meaning,
)
from qantar.validation.faults.meanings.spelling import plain, tell_absent, tell_blanks

_NUMBER = re.compile(r"[+-]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:([ '’_\u202f])[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]+)?")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:([.,])[0-9]{3})+(?:(?!\1)[.,][0-9]+)?")
_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
_DECIMAL = "Of a CSV file say --decimal ',' where commas are decimal signs."
# Larger powers of ten are no values of any column, and long to write out.
_LARGEST_EXPONENT = 20


def number_of(value: str, fits: Callable[[str], bool], *, is_whole: bool) -> Meaning:
    """What a text is that no number of its column is written like.

    fits: whether the column takes a number as it is spelled. is_whole: it holds whole numbers.
    """
    if len(value) > LONGEST_READ:
        return UNKNOWN
    text = plain(value).replace("\u2212", "-")
    blanks = tell_blanks(value)
    found = [spelled for spelled in _spellings(text, is_whole=is_whole) if fits(spelled)]
    if len(found) == 1:
        told = f"{blanks} {_DECIMAL}".strip() if _COMMA.fullmatch(text) else blanks
        return Meaning(told, found[0], is_known=True)
    if found:
        told = f"It may be {' or '.join(found)}: a comma or point may part thousands or decimals."
        return Meaning(told, is_known=True)
    return Meaning(blanks or tell_absent(text))


@lru_cache(MOST_REMEMBERED)
def _spellings(text: str, *, is_whole: bool) -> tuple[str, ...]:
    """The numbers that a text may be, as a column spells them, each once."""
    read = dict.fromkeys(_spelled(number, is_whole=is_whole) for number in _readings(text))
    return tuple(spelled for spelled in read if spelled is not None)


def _readings(text: str) -> list[Decimal]:
    """The numbers that a text may be."""
    texts: list[str] = []
    if _NUMBER.fullmatch(text):
        texts.append(text)
        # A point is the decimal one; 1.234 is no whole number, and 1.000 may be two.
        if re.fullmatch(r"[+-]?[1-9][0-9]{0,2}[.]000", text):
            texts.append(text.replace(".", ""))
    else:
        parted = _GROUPED.fullmatch(text) or _THOUSANDS.fullmatch(text)
        if parted and not text.lstrip("+-").startswith("0"):
            texts.append(text.replace(parted[1], "").replace(",", "."))
    if _COMMA.fullmatch(text):
        texts.append(text.replace(",", "."))
    return [number for number in map(_decimal, texts) if number is not None]


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and number.adjusted() <= _LARGEST_EXPONENT else None


def _spelled(number: Decimal, *, is_whole: bool) -> str | None:
    if number == number.to_integral_value():
        return str(int(number))
    if is_whole or number.adjusted() < -_LARGEST_EXPONENT:
        return None
    return f"{number.normalize():f}"
