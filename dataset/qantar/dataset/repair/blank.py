"""Blanks around cells, and words that programs write where a cell is empty."""

import polars as pl

from qantar.dataset.repair.column_kind import ColumnKinds, Kind
from qantar.dataset.repair.ledger import Verdict
from qantar.dataset.repair.sheet import Sheet

_BLANKS = " \t\r\n\u00a0"
WORDS = ("NA", "N/A", "#N/A", "<NA>", "NULL", "null", "None", "nan", "NaN", "NaT")
# As POLECAT is published, its files have this word in blank cells.
_OWN_WORDS = {"polecat": ("None",)}


def trim(sheet: Sheet) -> None:
    """Take the blanks off the ends of cells."""
    for key in sheet.names:
        text = pl.col(key)
        has_blanks = text != text.str.strip_chars(_BLANKS)
        sheet.mend(key, has_blanks, _trimmed)


def _trimmed(text: str) -> Verdict:
    bare = text.strip(_BLANKS)
    why = "Blanks stood around it." if bare else "It held nothing but blanks."
    return Verdict(bare, "blanks", why)


def empty_words(sheet: Sheet, kinds: ColumnKinds) -> None:
    """Empty the cells that hold nothing but a word for an absent value.

    In a column of two letters NA may be a country, and in one with a list it may be a value.
    """
    own = _OWN_WORDS.get(sheet.layout.system, ()) if sheet.layout else ()
    for key in sheet.names:
        column = kinds.columns.get(key)
        kept = {*own, *(column.codes if column else ())}
        if kinds.of(key) in (Kind.country, Kind.letters):
            kept.add("NA")
        words = [word for word in WORDS if word not in kept]
        sheet.mend(key, pl.col(key).is_in(words), _emptied)


def _emptied(text: str) -> Verdict:
    return Verdict("", "absent-word", f"{text} is how programs write an absent value.")
