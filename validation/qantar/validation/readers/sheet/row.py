"""The rows of a sheet that hold anything, read from its XML in one go.

What a workbook says of a sheet's size is not trusted, and rows that are only formatted cost
no more than their letters: a sheet may have millions of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

# What a sheet can have, and how many elements a cell of it is made of.
MOST_COLUMNS = 16_384
_ELEMENTS_PER_CELL = 8
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DATA, _ROW, _CELL = f"{_MAIN}sheetData", f"{_MAIN}row", f"{_MAIN}c"
_PIECE = 1 << 18
_COUNTED = re.compile(rb"<(?:row|c)(?![^<>]*\sr=)[\s/>]")
_EMPTY_CELL = re.compile(rb"<c\s[^<>]*/>|<c\s[^<>/]*></c>")
_EMPTY_ROW = re.compile(rb"<row\s[^<>]*/>|<row\s[^<>/]*>\s*</row>")
_FORMULA, _VALUE = f"{_MAIN}f", f"{_MAIN}v"


@dataclass(frozen=True)
class StoredRow:
    """A row by its number: value by column (from 0), and columns of formulas never computed."""

    number: int
    values: dict[int, Any]
    uncomputed: frozenset[int] = frozenset()


def stored_rows(sheet: Any) -> Iterator[StoredRow]:
    """Rows of a sheet that openpyxl opened read-only; raises ValueError for an endless one."""
    from openpyxl.worksheet._reader import WorkSheetParser
    from openpyxl.xml.functions import iterparse

    book = sheet.parent
    # openpyxl's own loop makes up every row that is left out, and keeps the form of each.
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        data = None
        waiting = number = 0
        for event, element in iterparse(_Sieve(source), events=("start", "end")):
            if event == "start":
                data = element if element.tag == _DATA else data
                continue
            if element.tag == _DATA:
                return
            waiting += 1
            if waiting > MOST_COLUMNS * _ELEMENTS_PER_CELL:
                raise ValueError("a row has more cells than a sheet can have")
            if element.tag == _ROW and data is not None:
                waiting = 0
                stated = element.get("r")
                number = int(float(stated)) if stated else number + 1
                if any(len(cell) for cell in element):
                    yield _row(parser, number, element)
                data.clear()


def _row(parser: Any, number: int, element: Any) -> StoredRow:
    parser.row_counter, parser.col_counter = number, 0
    values: dict[int, Any] = {}
    uncomputed: set[int] = set()
    for cell in element:
        if cell.tag != _CELL:
            continue
        read = parser.parse_cell(cell)
        place = read["column"] - 1
        if place >= MOST_COLUMNS:
            raise ValueError(f"row {number} has more cells than a sheet can have")
        if read["value"] is not None:
            values[place] = read["value"]
        elif cell.find(_FORMULA) is not None and not _is_empty_text(cell):
            uncomputed.add(place)
    return StoredRow(number, values, frozenset(uncomputed))


def _is_empty_text(cell: Any) -> bool:
    """Whether a formula was computed, and its result is an empty text."""
    return cell.get("t") == "str" and cell.find(_VALUE) is not None


class _Sieve:
    """A sheet's XML without cells and rows that hold nothing, a piece at a time.

    To parse each of millions would take minutes. Only those that say where they stand are
    left out, since the place of others is counted.
    """

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.rest = b""

    def read(self, _size: int = -1) -> bytes:
        """The next piece; nothing at the end."""
        while piece := self.source.read(_PIECE):
            self.rest += piece
            # A row that has begun waits for its end, as far as it can be a short one.
            end = self.rest.rfind(b"<row", 0, -1) if len(self.rest) < 2 * _PIECE else -1
            end = end if end > 0 else self.rest.rfind(b"<")
            if end > 0:
                whole, self.rest = self.rest[:end], self.rest[end:]
                if sifted := _sifted(whole):
                    return sifted
        whole, self.rest = self.rest, b""
        return _sifted(whole)


def _sifted(piece: bytes) -> bytes:
    # In a comment or a quoted section the same letters mean nothing.
    if b"<!" in piece or _COUNTED.search(piece):
        return piece
    return _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", piece))
