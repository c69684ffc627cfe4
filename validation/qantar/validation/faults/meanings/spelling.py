"""Values that are right but for blanks, wide letters, case or dashes."""

import re
import unicodedata
from collections.abc import Callable

from qantar.validation.faults.meanings.meaning import LONGEST_READ, UNKNOWN, Meaning

_INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_NAMES = {
    " ": "a space",
    "\t": "a tab",
    "\n": "a line end",
    "\r": "a carriage return",
    "\u00a0": "a no-break space",
    "\u200b": "a zero-width space",
    "\ufeff": "a byte order mark",
    "\u3000": "an ideographic space",
    "\u202f": "a narrow no-break space",
}
# R, SQL, pandas, spreadsheets and people write an absent value so.
_ABSENT = frozenset({"na", "n/a", "#n/a", "<na>", "nan", "nat", "null", "none", "nil", "n.a."})
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d_]")


def trimmed(text: str) -> str:
    """The text without blanks and invisible characters at its ends."""
    before = None
    while text != before:
        before, text = text, text.strip().strip(_INVISIBLE)
    return text


def plain(text: str) -> str:
    """The text with plain letters for wide ones, and nothing invisible."""
    shown = "".join(c for c in text if c not in _INVISIBLE)
    return trimmed(unicodedata.normalize("NFKC", shown))


def spelling_of(text: str, fits: Callable[[str], bool]) -> Meaning:
    """What keeps a text from the form that `fits` tells, where it is only how it is written."""
    if len(text) > LONGEST_READ:
        return UNKNOWN
    told = tell_blanks(text)
    bare = trimmed(text)
    if bare != text and fits(bare):
        return Meaning(told, bare, is_known=True)
    simple = plain(text)
    for spelled in (simple, simple.upper(), simple.lower()):
        for form in (spelled, _DASHES.sub("-", spelled)):
            if form != text and fits(form):
                return Meaning(told or _tell(text, form), form, is_known=True)
    return Meaning(told)


def tell_blanks(text: str) -> str:
    """A sentence on the blanks at the ends of a text; empty where there are none."""
    bare = trimmed(text)
    if bare == text:
        return ""
    if not bare:
        return "It holds nothing but blanks; leave it empty."
    start = text.index(bare)
    ends = [("begins", text[:start]), ("ends", text[start + len(bare) :])]
    return f"It {' and '.join(f'{verb} with {_name(part)}' for verb, part in ends if part)}."


def _name(blanks: str) -> str:
    first = blanks[0]
    return _NAMES.get(first) or f"the invisible character U+{ord(first):04X}"


def _tell(text: str, form: str) -> str:
    if any(c in _INVISIBLE for c in text):
        return "It holds invisible characters."
    if unicodedata.normalize("NFKC", text) != text:
        return "It is written with wide or compatibility letters."
    return "" if text.casefold() == form.casefold() else "Its dashes are not hyphens."


def tell_absent(text: str) -> str:
    """What a word is that stands for no value; empty where it is another."""
    if text.casefold() not in _ABSENT:
        return ""
    return f"{text} is how R, SQL, pandas and spreadsheets write an absent value: leave it out."
