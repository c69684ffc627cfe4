"""Days in brackets, or with dots between, as people write them beside EDTF's sets."""

import re
from collections.abc import Callable

from qantar.schema.edtf import OPEN_END, edtf_bounds
from qantar.validation.faults.meanings.meaning import Meaning

_FRAMED = re.compile(r"([\[({]?)\s*(.*?)\s*([\])}]?)\s*([?~%]?)")
# Dots come first, since what is else between days may also stand in them.
_SIGNS = (r"[.]{2,3}", r"[,;]|\s(?:to|until|till|and|or)\s|\s-\s|--|[\u2013\u2014]", "/")
_BETWEEN = [re.compile(rf"(.*?)\s*({sign})\s*(.*)", re.IGNORECASE) for sign in _SIGNS]
_WORDS = re.compile(r"(from|between)\s+", re.IGNORECASE)
_MARKS = "?~%"
_BEHIND = "A set of days has no mark such as ? or ~ at it or in it"


def set_of(text: str, read_end: Callable[[str], str | None]) -> Meaning | None:
    """What days in brackets or with dots between are; None where there are no such.

    read_end: an end as EDTF or `..`, None where it is neither. A set is suggested only where
    nothing else can be meant.
    """
    word = _WORDS.match(text)
    framed = _FRAMED.fullmatch(text[word.end() :] if word else text)
    if not framed:
        return None
    opening, inside, closing, mark = framed.groups()
    parts = next(filter(None, (sign.fullmatch(inside) for sign in _BETWEEN)), None)
    if not parts or (parts[2] == "/" and not (word or opening or closing)):
        return _single(inside, read_end) if opening and closing else None
    ends = [read_end(end.strip(_MARKS) or OPEN_END) for end in (parts[1], parts[3])]
    if None in ends:
        return _list(inside, read_end) if opening else None
    first, last = filter(None, ends)
    days = _set(first, last)
    if days is None:
        return Meaning("It ends before it begins, or is open at both ends.", is_known=True)
    is_set = parts[2].startswith("..") and "[" in (opening, *closing.replace("]", "["))
    if word and word[1].lower() == "between":
        return Meaning("", days, is_known=True)
    if not is_set:
        return Meaning(_readings(first, last, days), is_known=True)
    if {"~", "%"} & {*inside, mark}:
        told = f"{_BEHIND}: make the set as wide as the day is uncertain."
        return Meaning(told, is_known=True)
    if "?" in (*inside, mark):
        return Meaning(f"{_BEHIND}: it says itself that the day is not known.", days, is_known=True)
    told = "The days of a set are whole." if "X" in f"{first}{last}" else ""
    return Meaning(told, days, is_known=True)


def _single(inside: str, read_end: Callable[[str], str | None]) -> Meaning | None:
    day = read_end(inside) if inside else None
    return None if day in (None, OPEN_END) else Meaning("", day, is_known=True)


def _list(inside: str, read_end: Callable[[str], str | None]) -> Meaning | None:
    days = [read_end(day) for day in re.split(r"\s*[,;]\s*", inside)]
    if None in days or OPEN_END in days:
        return None
    told = "Lists of days are not used: a day between two others is [2022-01-05..2022-01-08]."
    return Meaning(told, is_known=True)


def _set(first: str, last: str) -> str | None:
    """The set of days that the ends span, None where there is none."""
    try:
        start = None if first == OPEN_END else edtf_bounds(first)[0]
        end = None if last == OPEN_END else edtf_bounds(last)[1]
    except ValueError:
        return None
    if not (start or end) or (start and end and start > end):
        return None
    return f"[{start or ''}..{end or ''}]"


def _readings(first: str, last: str, days: str) -> str:
    return (
        f"An act that lasts from the first day to the last is written {first}/{last}, and one "
        f"on a day between them {days}."
    )
