"""CSV and TSV read exactly: every cell, every fault, and the line on which each stands.

Quick readers pad short rows, drop surplus cells and lose the rest of a file after an
unclosed quote. This one goes on after every fault, and no fault moves another's line.
"""

import io
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO

import polars as pl

from qantar.schema.rule import Severity
from qantar.validation.faults.fault import Fault
from qantar.validation.readers.csv.header import read_header
from qantar.validation.readers.csv.record import STRAY_RETURN, Record, records_of
from qantar.validation.readers.text_line import (
    lines_of,
    malformed,
    skip_mark,
    tracked,
)

ROWS_PER_BATCH = 50_000
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


def read_cells(source: Path | bytes, *, delimiter: str = ",", first: int | None = None) -> CsvText:
    """Read a CSV file as text, or its first rows, without knowing which table it is."""
    found = CsvText()
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as handle:
        if not skip_mark(handle, found.faults):
            return found
        records = records_of(lines_of(handle, found.faults), delimiter, found.faults)
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
            _begin(records_of(lines, delimiter, found.faults), found)
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
    records = records_of(lines, delimiter, found.faults)
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
    found = [starts[n] for n, _ in _before(records_of(lines, delimiter, []), starts, end, rest)]
    line = rest[0] if rest else max(starts, default=first_line - 1) + 1
    return found, starts.get(line, handle.tell()), line


def _begin(records: Iterator[Record], found: CsvText) -> None:
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
    records: Iterator[Record],
    starts: dict[int, int],
    end: int,
    rest: list[int],
) -> Iterator[Record]:
    for line, cells in records:
        if starts[line] >= end:
            rest.append(line)
            return
        yield line, cells


def _with_row(fault: Fault, lines: Sequence[int]) -> Fault:
    row = bisect_right(lines, fault.line) if fault.line else 0
    return fault.at(row=row) if row else fault


def _read_rows(records: Iterable[Record], found: CsvText) -> pl.DataFrame:
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
