"""CSV and TSV read exactly: every cell, every fault, and the line on which each stands.

Quick readers pad short rows, drop surplus cells and lose the rest of a file after an
unclosed quote. This one goes on after every fault, and no fault moves another's line.
"""

import csv
import io
import re
from array import array
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import IO

import polars as pl

from qantar.schema.patterns import ColumnKind
from qantar.schema.rule import Severity
from qantar.schema.table import Table
from qantar.validation.faults.fault import Fault
from qantar.validation.readers.cell_table import CellTable, kept, type_faults, typed
from qantar.validation.readers.csv.decimal_comma import refuse_points, without_commas
from qantar.validation.readers.csv.header import read_header
from qantar.validation.readers.spelling import note_of_spelling, respelled
from qantar.validation.readers.text_line import (
    SPOILT,
    Line,
    lines_of,
    malformed,
    skip_mark,
    tracked,
)

LONGEST_RECORD = 1_000
ROWS_PER_BATCH = 50_000
STRAY_RETURN = "holds a carriage return outside quotes"
_OTHER_ENDS = (
    "is the header and holds a carriage return outside quotes, so lines do not end as they should. "
    "Save the file with the line ends of Unix or Windows: old Macintosh programs end lines with a "
    "carriage return alone, and Python's csv module writes one too many on Windows without "
    "newline=''"
)


@dataclass
class CsvText:
    """The cells of a file as text.

    names: of all columns, as `Header` has them; header: of those that are read. text: one
    String column for each of these, empty cells null. lines: the line on which each row begins,
    from 1. ragged: indices of rows whose cells cannot be told apart or do not fit the header.
    """

    header: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    text: pl.DataFrame = field(default_factory=pl.DataFrame)
    lines: "array[int]" = field(default_factory=lambda: array("q"))
    ragged: set[int] = field(default_factory=set)
    begins: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_csv(source: Path | bytes, table: Table, *, file: str, delimiter: str = ",") -> CellTable:
    """Read a CSV file into the columns of a table; never raises on what the file holds.

    Raises OSError where the file cannot be opened.
    """
    return type_cells(read_cells(source, delimiter=delimiter), table, file=file)


def read_cells(source: Path | bytes, *, delimiter: str = ",", first: int | None = None) -> CsvText:
    """Read a CSV file as text, or its first rows, without knowing which table it is."""
    found = CsvText()
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as handle:
        if not skip_mark(handle, found.faults):
            return found
        records = _records(lines_of(handle, found.faults), delimiter, found.faults)
        _begin(records, found)
        if found.header:
            found.text = _read_rows(islice(records, first), found)
    found.faults = [_with_row(fault, found.lines) for fault in found.faults]
    return found


def read_start(source: Path, *, delimiter: str = ",") -> tuple[CsvText, int, int]:
    """Read the header alone, and tell the byte and the line at which the rows begin.

    Raises OSError where the file cannot be opened.
    """
    found = CsvText()
    starts: dict[int, int] = {}
    with source.open("rb") as handle:
        if skip_mark(handle, found.faults):
            lines = tracked(lines_of(handle, found.faults), handle, starts)
            _begin(_records(lines, delimiter, found.faults), found)
        return found, handle.tell(), max(starts, default=0) + 1


def read_part(
    handle: IO[bytes], begun: CsvText, *, delimiter: str, first_line: int, end: int
) -> tuple[CsvText, int, int]:
    """Read the rows that begin before a byte of the file, from where the handle stands.

    begun: the header. first_line: the line at which it stands. Returns the rows, and the byte
    and the line at which the next row begins. Faults have rows from 1 within the part.
    """
    found = CsvText(begun.header, begun.names)
    starts: dict[int, int] = {}
    lines = tracked(lines_of(handle, found.faults, first_line), handle, starts)
    records = _records(lines, delimiter, found.faults)
    rest: list[int] = []
    found.text = _read_rows(_before(records, starts, end, rest), found)
    line = rest[0] if rest else max(starts, default=first_line - 1) + 1
    # What was read ahead is read again, with its faults.
    found.faults = [
        _with_row(fault, found.lines) for fault in found.faults if (fault.line or 0) < line
    ]
    return found, starts.get(line, handle.tell()), line


def row_starts(
    handle: IO[bytes], *, delimiter: str, first_line: int, end: int
) -> tuple[list[int], int, int]:
    """The bytes at which the rows begin that `read_part` would read; then as it returns."""
    starts: dict[int, int] = {}
    lines = tracked(lines_of(handle, [], first_line), handle, starts)
    rest: list[int] = []
    found = [starts[n] for n, _ in _before(_records(lines, delimiter, []), starts, end, rest)]
    line = rest[0] if rest else max(starts, default=first_line - 1) + 1
    return found, starts.get(line, handle.tell()), line


def _begin(records: Iterator[tuple[int, list[str] | None]], found: CsvText) -> None:
    """Read the header."""
    line, names = next(records, (0, None))
    if not names or names == [""]:
        if not line:
            told = "The file is empty: there is no header and nothing to judge."
            found.faults.append(Fault("csv-malformed", told, line=1))
        elif all(fault.severity is not Severity.error for fault in found.faults):
            found.faults.append(Fault("csv-malformed", "The file has no header.", line=1))
        return
    if any(fault.message == malformed(line, STRAY_RETURN).message for fault in found.faults):
        found.faults[:] = [malformed(line, _OTHER_ENDS)]
        return
    header = read_header(names, line)
    found.header, found.names = header.kept, header.names
    found.faults.extend(header.faults)
    if not header.kept:
        found.faults.append(malformed(line, "is the header and holds no name of a column"))


def _before(
    records: Iterator[tuple[int, list[str] | None]],
    starts: dict[int, int],
    end: int,
    rest: list[int],
) -> Iterator[tuple[int, list[str] | None]]:
    for line, cells in records:
        if starts[line] >= end:
            rest.append(line)
            return
        yield line, cells


def with_decimals(cells: CsvText, table: Table, decimal: str) -> CsvText:
    """The cells with numbers as the format has them, where another decimal sign is said."""
    if decimal == ".":
        return cells
    text, faults = refuse_points(cells.text, table, cells.lines)
    return replace(cells, text=without_commas(text, table), faults=[*cells.faults, *faults])


def type_cells(cells: CsvText, table: Table, *, file: str) -> CellTable:
    """Give each column of the table its type; other columns stay text.

    Of a ragged row only the key is kept, so that rows which point to it do not dangle.
    """
    columns: list[pl.Series] = []
    unread: set[tuple[int, str]] = set()
    faults = list(cells.faults)
    spellings: dict[str, set[str]] = {}
    for text, unreadable in told_cells(cells, table):
        unread |= {(index, text.name) for index in unreadable}
        column = table.by_name.get(text.name)
        values = typed(text, column.kind if column else ColumnKind.string)
        if column:
            spellings[text.name] = respelled(text, column.kind)
            for index, fault in type_faults(text, values, column):
                unread.add((index, text.name))
                faults.append(fault.at(line=cells.lines[index]))
        columns.append(values)
    faults.extend(note_of_spelling(spellings))
    return CellTable(
        file,
        pl.DataFrame(columns),
        cells.lines,
        frozenset(unread),
        tuple(fault.at(file=file) for fault in sorted(faults, key=lambda fault: fault.line or 0)),
        table.name,
    )


def told_cells(cells: CsvText, table: Table) -> Iterator[tuple[pl.Series, set[int]]]:
    """Each column as text, and the rows in which its cell could not be told.

    Such a cell is null, but for the key of a ragged row.
    """
    for text in cells.text.get_columns():
        spoilt = text.str.contains(SPOILT, literal=True).fill_null(False).arg_true().to_list()
        unreadable = {*spoilt, *cells.ragged}
        dropped = spoilt if text.name in table.primary_key else sorted(unreadable)
        if dropped:
            text = kept(text, ~pl.int_range(len(text), eager=True).is_in(dropped))
        yield text, unreadable


def _records(
    lines: Iterator[Line], delimiter: str, faults: list[Fault]
) -> Iterator[tuple[int, list[str] | None]]:
    """(line, cells) of each record; None for one whose quotes make no sense.

    Lines taken up in search of a closing quote are read again where there was none.
    """
    shape = _shape(delimiter)
    waiting: deque[Line] = deque()
    while line := waiting.popleft() if waiting else next(lines, None):
        number, text = line
        if '"' not in text:
            plain = _without_end(text)
            if "\r" in plain:
                faults.append(malformed(number, STRAY_RETURN))
                plain = plain.replace("\r", SPOILT)
            yield number, plain.split(delimiter)
            continue
        taken = [line, *_until_closed(text, waiting, lines)]
        whole = "".join(piece for _, piece in taken)
        cells = _parse(whole, shape, delimiter)
        if cells is None:
            fault = _quote_fault(number, whole, shape)
            faults.append(fault)
            waiting.extendleft(reversed(taken[(fault.line or number) - number + 1 :]))
        yield number, cells


def _until_closed(text: str, waiting: deque[Line], lines: Iterator[Line]) -> list[Line]:
    """The lines on which a record goes on: up to the next with an odd number of quotes."""
    taken: list[Line] = []
    is_open = text.count('"') % 2 == 1
    while is_open and len(taken) < LONGEST_RECORD:
        line = waiting.popleft() if waiting else next(lines, None)
        if line is None:
            break
        taken.append(line)
        is_open = line[1].count('"') % 2 == 0
    return taken


def _shape(delimiter: str) -> re.Pattern[str]:
    """Matches the cells of a record that RFC 4180 allows, as far as they go."""
    end = f"(?:{re.escape(delimiter)}|\\r?\\n?\\Z)"
    cell = f'(?:"[^"]*+(?:""[^"]*+)*+"|[^"{re.escape(delimiter)}\\r\\n]*+)'
    return re.compile(f"(?:{cell}{end})*+")


def _parse(whole: str, shape: re.Pattern[str], delimiter: str) -> list[str] | None:
    matched = shape.match(whole)
    if matched is None or matched.end() < len(whole):
        return None
    try:
        return next(csv.reader(io.StringIO(whole, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None


def _quote_fault(number: int, whole: str, shape: re.Pattern[str]) -> Fault:
    matched = shape.match(whole)
    start = matched.end() if matched else 0
    line = number + whole.count("\n", 0, start)
    if whole.startswith('"', start):
        return malformed(line, "opens a quote that is not closed as it should be", whole[start:])
    if start == len(whole):
        return malformed(line, f"holds a cell of more than {csv.field_size_limit()} characters")
    return malformed(line, "has a quote inside a cell that does not begin with one", whole[start:])


def _with_row(fault: Fault, lines: Sequence[int]) -> Fault:
    row = bisect_right(lines, fault.line) if fault.line else 0
    return fault.at(row=row) if row else fault


def _read_rows(records: Iterable[tuple[int, list[str] | None]], found: CsvText) -> pl.DataFrame:
    width = len(found.names)
    frames: list[pl.DataFrame] = []
    batch: list[list[str]] = []
    for line, cells in records:
        if cells is None or len(cells) != width:
            cells = _fitted(line, cells, width, found)
        found.lines.append(line)
        batch.append(cells)
        if len(batch) == ROWS_PER_BATCH:
            frames.append(_text_frame(found.names, batch))
            batch = []
    whole = pl.concat([*frames, _text_frame(found.names, batch)])
    return whole.select(found.header)


def _fitted(line: int, cells: list[str] | None, width: int, found: CsvText) -> list[str]:
    found.ragged.add(len(found.lines))
    if cells is None:
        return [""] * width
    count = len(cells)
    said = (
        "is empty"
        if cells == [""]
        else f"has {count} {'cell' if count == 1 else 'cells'} where the header has {width}"
    )
    found.faults.append(malformed(line, said))
    return [*cells[:width], *[""] * (width - count)]


def _text_frame(header: tuple[str, ...], rows: list[list[str]]) -> pl.DataFrame:
    columns = zip(*rows, strict=True) if rows else ((),) * len(header)
    series = [
        pl.Series(name, cells, dtype=pl.String) for name, cells in zip(header, columns, strict=True)
    ]
    return pl.DataFrame(series).with_columns(pl.when(pl.all() != "").then(pl.all()))


def _without_end(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")
