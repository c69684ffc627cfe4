"""Excel workbooks of hand coders: the sheets that are tables, with the sheet's row numbers."""

import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from qantar.schema.rule import Severity
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.readers.csv.header import read_header, tell_nameless
from qantar.validation.readers.csv.text import CsvText
from qantar.validation.readers.expansion import HOW_TO_RAISE, Expansion, raised
from qantar.validation.readers.sheet.row import StoredRow, stored_rows
from qantar.validation.readers.text_line import SPOILT
from qantar.validation.readers.unknown_table import seems_meant, start_of_cells
from qantar.validation.rules.observation import fault_by
from qantar.validation.rules.table_kind import table_of

LARGEST_EXPANSION = 64_000_000
EXPANSION = Expansion(most=512_000_000, free=LARGEST_EXPANSION, times=100)
MOST_CELLS = 4_000_000
ROWS_OF_START = 20
LABELS = "labels"
LABELS_HEADER = ("column", "code", "label")
_SMALLER = "Save its sheets as .csv, which is read chunk by chunk."
_SHEET_ERRORS = ("#N/A", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")


@dataclass(frozen=True)
class Sheet:
    """A sheet's name, and its cells as the text that a CSV file of it would hold."""

    name: str
    cells: CsvText


@dataclass(frozen=True)
class SheetRow:
    """A row that holds anything: its number, its cells as text, and faults with cell indices."""

    number: int
    cells: list[str]
    faults: tuple[tuple[int, Fault], ...] = ()

    @property
    def ragged(self) -> list[str]:
        """The cells without the empty ones at the end."""
        end = len(self.cells)
        while end and not self.cells[end - 1]:
            end -= 1
        return self.cells[:end]


class SheetError(Exception):
    """A workbook cannot be read: the rule that says so, and a sentence."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message


def is_table(sheet: Sheet, sheets: Sequence[Sheet], table: str | None) -> bool:
    """Whether a sheet is to be checked: its header tells a table, or it must be the one given."""
    if _is_of_labels(sheet) and len(sheets) > 1:
        return False
    told = table_of(sheet.cells.header) if sheet.cells.header else None
    if table is None:
        meant = told is not None or seems_meant(start_of_cells(sheet.cells))
        return meant or len(sheets) == 1
    return told == table or sheet.name == table or len(sheets) == 1


def _is_of_labels(sheet: Sheet) -> bool:
    """Whether it is the sheet of labels of our own template, which names columns too."""
    return sheet.name == LABELS and (*sheet.cells.header,) == LABELS_HEADER


def passed_over(sheet: Sheet, file: str) -> Iterator[Fault]:
    """A note that a sheet is no table; the labels of our own template need none."""
    if sheet.name != LABELS:
        told = f"The sheet {shown(sheet.name)!r} is no table that is known; it is passed over."
        yield fault_by("table-unknown", told, file=file).at(severity=Severity.note)


def read_sheets(path: Path, *, first: int | None = None) -> Iterator[Sheet]:
    """The sheets of a workbook that hold anything, whole or their first rows.

    Dates are as ISO text, booleans as true and false, and the lines are the sheet's rows.
    Raises SheetError for what is no workbook or expands too far.
    """
    try:
        import openpyxl
    except ImportError:
        told = "Excel sheets need the extra 'excel': pip install 'qantar[excel]'."
        raise SheetError("file-unreadable", told) from None
    _refuse_large(path)
    try:
        with warnings.catch_warnings(), path.open("rb") as handle:
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(handle, read_only=True, keep_links=False)
            for shown_sheet in book.worksheets:
                cells = _read(_rows(shown_sheet), first)
                if cells is not None:
                    yield Sheet(str(shown_sheet.title), cells)
            book.close()
    except (SheetError, OSError):
        raise
    # The library raises whatever the damage happens to hit.
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0][:200].rstrip(".")
        told = f"The file is no whole and readable workbook: {reason}."
        raise SheetError("file-unreadable", told) from error


def _refuse_large(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as parts:
            size = sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        told = f"The file is no workbook, or is locked with a password: {error}."
        raise SheetError("file-unreadable", told) from error
    packed = path.stat().st_size
    if not EXPANSION.allows(size, packed):
        told = (
            f"The workbook expands to {size:,} bytes; {EXPANSION.bytes_for(packed):,} are "
            f"allowed. {_SMALLER} {HOW_TO_RAISE}"
        )
        raise SheetError("file-too-large", told)


def _rows(sheet: Any) -> Iterator[SheetRow]:
    seen = 0
    for stored in stored_rows(sheet):
        if not (stored.values or stored.uncomputed):
            continue
        width = max((*stored.values, *stored.uncomputed)) + 1
        seen += width + 1
        if seen > raised(MOST_CELLS):
            told = f"A sheet has more than {raised(MOST_CELLS):,} cells. {_SMALLER} {HOW_TO_RAISE}"
            raise SheetError("file-too-large", told)
        yield _row(stored, width)


def _row(stored: StoredRow, width: int) -> SheetRow:
    cells: list[str] = []
    faults: list[tuple[int, Fault]] = []
    for index in range(width):
        value = stored.values.get(index)
        text = _as_text(value)
        problem = None
        if text in _SHEET_ERRORS:
            problem = f"holds the spreadsheet's error {text}"
        elif index in stored.uncomputed:
            problem = "holds a formula whose result was not saved"
        if problem:
            told = f"Cell {_letters(index)}{stored.number} {problem}."
            fault = Fault("value-type", told, line=stored.number, value=shown(value))
            faults.append((index, fault))
        cells.append(SPOILT if problem else text)
    return SheetRow(stored.number, cells, tuple(faults))


def _as_text(value: object) -> str:
    """A cell as CSV has it; Excel keeps a day as its midnight, and whole numbers as floats."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        day_only = value.time() == time()
        return value.date().isoformat() if day_only else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _read(rows: Iterator[SheetRow], first: int | None) -> CsvText | None:
    header = next(rows, None)
    if header is None:
        return None
    found = CsvText(begins=[(header.number, header.ragged)])
    names = header.ragged
    told = read_header(names, header.number)
    if any(SPOILT in name for name in names) or not told.kept:
        what = "has an error" if told.kept else "holds no name of a column"
        told_row = f"Row {header.number} is the header and {what}."
        found.faults.append(Fault("csv-malformed", told_row, line=header.number))
        return found
    found.header, found.names = told.kept, told.names
    kept = [index for index, name in enumerate(told.names) if name in {*told.kept}]
    texts: list[list[str]] = []
    placed: list[tuple[int, Fault]] = []
    for row in islice(rows, first):
        found.lines.append(row.number)
        if len(texts) < ROWS_OF_START:
            found.begins.append((row.number, row.cells))
        placed += [(i, f.at(row=len(found.lines))) for i, f in _row_faults(row, told.names)]
        cells = [*row.cells, *[""] * (len(names) - len(row.cells))]
        texts.append([cells[index] for index in kept])
    repeated = (f for f in told.faults if f.rule != "column-unknown")
    found.faults = [f.at(message=f.message.replace("Line", "Row", 1)) for f in repeated]
    found.faults += _without_filled(placed, header, len(texts))
    found.text = _frame(found.header, texts)
    return found


def _row_faults(row: SheetRow, names: Sequence[str]) -> Iterator[tuple[int, Fault]]:
    """(index of the column, fault); what stands in a column without a name has no column."""
    held = dict(row.faults)
    for index, cell in enumerate(row.cells):
        name = names[index] if index < len(names) else ""
        if name and not name.startswith(SPOILT):
            if index in held:
                yield index, held[index].at(column=name)
        elif cell:
            told = f"Cell {_letters(index)}{row.number} stands in a column without a name."
            value = None if cell == SPOILT else shown(cell)
            yield index, Fault("csv-malformed", told, line=row.number, value=value)


def _without_filled(
    placed: Sequence[tuple[int, Fault]], header: SheetRow, height: int
) -> Iterator[Fault]:
    """The faults, with one warning for all cells of columns without a name that are filled."""
    width = len(header.ragged)
    counts = Counter(index for index, fault in placed if fault.column is None)
    filled = sorted(i for i, count in counts.items() if i < width and 2 * count > height)
    if filled:
        yield tell_nameless(filled, width, header.number)
    yield from (fault for index, fault in placed if index not in filled or fault.column)


def _frame(header: tuple[str, ...], rows: list[list[str]]) -> pl.DataFrame:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(header)
    return pl.DataFrame(
        [
            pl.Series(name, [cell or None for cell in cells], dtype=pl.String)
            for name, cells in zip(header, columns, strict=True)
        ]
    )


def _letters(index: int) -> str:
    """A column's letters: A for 0, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
