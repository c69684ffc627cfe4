"""The rows of a file of other event data, chunk by chunk, as columns of text."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from qantar.validation.readers.byte_scan import Offsets
from qantar.validation.readers.system.records import PIECE_BYTES, Records, records_of
from qantar.validation.readers.system.start import Start


@dataclass(frozen=True)
class SourceRow:
    """A row as it stands in the file. row: from 1, the header not counted; line: from 1."""

    row: int
    line: int
    text: bytes
    reason: str


@dataclass
class SourceChunk:
    """Some rows of a file: their cells as text, absent where they are blank.

    rows, lines: of each row of the frame, from 1. unread: rows that have no columns. joined: how
    many rows have a separator within the last cell.
    """

    frame: pl.DataFrame
    rows: Offsets
    lines: Offsets
    records: Records
    indexes: Offsets
    unread: list[SourceRow] = field(default_factory=list)
    height: int = 0
    notes: Mapping[str, int] = field(default_factory=dict)

    def hashes(self) -> npt.NDArray[np.uint64]:
        """A number of each row that only the same cells have."""
        return self.frame.hash_rows().to_numpy()

    @property
    def holds_nul(self) -> bool:
        """Whether a row may hold the character NUL."""
        return b"\0" in self.records.data

    def source_row(self, index: int, reason: str) -> SourceRow:
        """A row of the frame as it stands in the file."""
        text = self.records.text(int(self.indexes[index]))
        return SourceRow(int(self.rows[index]), int(self.lines[index]), text, reason)


@dataclass
class SourceChunks:
    """A table in text of a layout. most: bytes of a chunk."""

    path: Path
    start: Start
    most: int = PIECE_BYTES

    def __iter__(self) -> Iterator[SourceChunk]:
        """The chunks in order; raises OSError."""
        row, line = 1, self.start.line
        quoted = self.start.quoted
        with self.path.open("rb") as handle:
            handle.seek(self.start.offset)
            for records in records_of(handle, self.start.separator, quoted=quoted, most=self.most):
                chunk = self._read(records, row, line)
                if self.start.layout.quoted and not quoted:
                    chunk.frame = chunk.frame.select(_unquoted(n) for n in self.start.names)
                yield chunk
                row += chunk.height
                line += records.data.count(b"\n")

    def _read(self, records: Records, row: int, line: int) -> SourceChunk:
        names = self.start.names
        if records.are_all_of(len(names)):
            frame = self._fast(records.data, names, quote=None)
            if frame is not None and frame.height == records.lines:
                numbers = np.arange(frame.height)
                return SourceChunk(
                    frame, row + numbers, line + numbers, records, numbers, height=frame.height
                )
        return self._read_apart(records, row, line)

    def _read_apart(self, records: Records, row: int, line: int) -> SourceChunk:
        """Records of different widths, each with others of its own."""
        widths = records.outline.widths
        held = np.flatnonzero(widths)
        rows = np.zeros(len(widths), np.int64)
        rows[held] = row + np.arange(len(held))
        lines = line + records.lines_before()
        parts: list[tuple[Offsets, pl.DataFrame]] = []
        bad: dict[int, str] = {}
        for width in np.unique(widths[held]).tolist():
            indexes = np.flatnonzero(widths == width)
            if self._takes(width):
                parts.append((indexes, self._frame(records, indexes, width, bad)))
            else:
                parts.extend(self._mended(records, indexes, width, bad))
        frame, kept = _joined(parts, bad, self.start.names)
        unread = [
            SourceRow(int(rows[i]), int(lines[i]), records.text(i), reason)
            for i, reason in sorted(bad.items())
        ]
        return SourceChunk(frame, rows[kept], lines[kept], records, kept, unread, len(held))

    def _fast(self, data: bytes, names: tuple[str, ...], quote: str | None) -> pl.DataFrame | None:
        """Records of one width as a frame; None where something in them is not as it should be."""
        try:
            return pl.read_csv(
                data,
                has_header=False,
                separator=self.start.separator,
                quote_char=quote,
                schema={name: pl.String() for name in names},
            )
        except pl.exceptions.PolarsError:
            return None

    def _takes(self, width: int) -> bool:
        names, columns = self.start.names, self.start.layout.columns
        if self.start.has_header:
            # Some headers name more columns than the rows have.
            is_named_too_long = width == len(columns) < len(names) and {*columns} <= {*names}
            return width == len(names) or is_named_too_long
        return width == len(names) or width in self.start.layout.counts

    def _frame(
        self, records: Records, indexes: Offsets, width: int, bad: dict[int, str]
    ) -> pl.DataFrame:
        names = self._named(width)
        quote = '"' if records.is_quoted else None
        frame = self._fast(records.joined(indexes), names, quote)
        if frame is None or frame.height != len(indexes):
            frame = self._one_by_one(records, indexes, names, bad)
        return frame

    def _named(self, width: int) -> tuple[str, ...]:
        names = self.start.names
        return names if width == len(names) else self.start.layout.columns[:width]

    def _one_by_one(
        self, records: Records, indexes: Offsets, names: tuple[str, ...], bad: dict[int, str]
    ) -> pl.DataFrame:
        """Rows read alone, since something in them is not as it should be."""
        found: list[list[str | None]] = []
        for index in indexes.tolist():
            try:
                text = records.text(index).decode()
            except UnicodeDecodeError:
                bad[index] = "It is no text in UTF-8; say its encoding with --encoding."
                found.append([None] * len(names))
                continue
            cells = self._cells(text)
            if len(cells) != len(names):
                bad[index] = _told_width(len(cells), len(names))
                cells = [""] * len(names)
            found.append([cell or None for cell in cells])
        schema = {name: pl.String() for name in names}
        return pl.DataFrame(found, schema=schema, orient="row")

    def _cells(self, text: str) -> list[str]:
        if not self.start.quoted:
            return text.split(self.start.separator)
        try:
            return next(csv.reader([text], delimiter=self.start.separator), [])
        except csv.Error:
            # A quote within a cell hid a line end.
            return text.split(self.start.separator)

    def _mended(
        self, records: Records, indexes: Offsets, width: int, bad: dict[int, str]
    ) -> Iterator[tuple[Offsets, pl.DataFrame]]:
        """Rows of another width, in so far as it can be told which cells they have."""
        names = self.start.names
        wanted = len(names)
        good: list[int] = []
        found: list[list[str | None]] = []
        for index in indexes.tolist():
            try:
                cells = self._cells(records.text(index).decode())
            except UnicodeDecodeError:
                bad[index] = "It is no text in UTF-8; say its encoding with --encoding."
                continue
            mended = _mend(cells, wanted, self.start)
            if mended is None:
                bad[index] = _told_width(width, wanted)
                continue
            good.append(index)
            found.append([cell or None for cell in mended])
        if good:
            schema = {name: pl.String() for name in names}
            yield np.array(good, np.int64), pl.DataFrame(found, schema=schema, orient="row")


def _mend(cells: list[str], wanted: int, start: Start) -> list[str] | None:
    """The cells where only blank ones follow the last, or the last holds separators."""
    if len(cells) <= wanted:
        return None
    if not any(cell.strip() for cell in cells[wanted:]):
        return cells[:wanted]
    patterns = start.layout.cells.items()
    if start.names[-1] == "SOURCEURL" and all(re.fullmatch(p, cells[n]) for n, p in patterns):
        return [*cells[: wanted - 1], start.separator.join(cells[wanted - 1 :])]
    return None


def _unquoted(name: str) -> pl.Expr:
    """A column without the quotes that enclose a whole cell; others are letters."""
    inner = pl.col(name).str.extract('^"((?:[^"]|"")*)"$').str.replace_all('""', '"', literal=True)
    text = pl.coalesce(inner, pl.col(name))
    return pl.when(text != "").then(text).alias(name)


def _told_width(width: int, wanted: int) -> str:
    return f"It has {width} columns instead of {wanted}."


def _joined(
    parts: list[tuple[Offsets, pl.DataFrame]], bad: dict[int, str], names: tuple[str, ...]
) -> tuple[pl.DataFrame, Offsets]:
    """The rows of all parts in the order of the file, without those that are bad."""
    if not parts:
        return pl.DataFrame(schema={name: pl.String() for name in names}), np.zeros(0, np.int64)
    indexes = np.concatenate([part[0] for part in parts])
    frame = parts[0][1] if len(parts) == 1 else pl.concat([p[1] for p in parts], how="diagonal")
    order = np.argsort(indexes, kind="stable")
    if bad:
        order = order[~np.isin(indexes[order], list(bad))]
    if len(parts) > 1 or bad:
        frame = frame[order]
    return frame, indexes[order]
