"""Columns that pandas and R add: numbers of rows, without a name of their own."""

import re

import polars as pl

from qantar.dataset.repair.ledger import LEFT
from qantar.dataset.repair.sheet import Sheet

_UNNAMED = re.compile(r"(?:Unnamed: [0-9.]+|[.]{3}[0-9]+|V1)?")
# What R makes of a column without a name.
_R_NAME = re.compile(r"X(?:[.][0-9]+)?")


def drop_index(sheet: Sheet) -> None:
    """Take out the first columns, as long as they count the rows and have no name."""
    while sheet.names:
        key, name = next(iter(sheet.names.items()))
        is_unnamed = _UNNAMED.fullmatch(name.strip()) is not None
        if not is_unnamed and not _R_NAME.fullmatch(name):
            return
        why = _hindrance(sheet, key)
        if why:
            if is_unnamed:
                sheet.ledger.note(name, name, "", LEFT, why)
            return
        why = "It counts the rows, and has no name of its own."
        sheet.ledger.note(name, name, "", "index-column", why)
        sheet.drop(key)


def _hindrance(sheet: Sheet, key: str) -> str:
    """Why a column is not taken out, as a sentence; empty where it may be."""
    if not _counts(sheet.cells[key]):
        return "It has no name, and does not count the rows."
    if any(aside.cells for aside in sheet.asides):
        # Without it such a line could have as many cells as a row, and be taken for one.
        return "It stays, since lines with more or fewer cells stand among the rows."
    return ""


def _counts(cells: pl.Series) -> bool:
    """Whether cells count from 0 or from 1."""
    numbers = cells.cast(pl.Int64, strict=False)
    if numbers.is_empty() or numbers.has_nulls() or numbers[0] not in (0, 1):
        return False
    return bool((numbers.diff().drop_nulls() == 1).all())
