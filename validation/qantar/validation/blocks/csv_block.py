"""CSV and TSV in blocks: read fast where that is exact, and exactly where it is not.

A block is taken from the fast reader only where its bytes show that both readers must
agree: quotes in pairs at the edges of cells, no NUL, no lone carriage return, the same
number of cells in every row, valid UTF-8. Otherwise the exact reader takes the block.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.csv as arrow_csv

from qantar.schema.table import Table
from qantar.validation.blocks.block import Block, Stored, is_varied
from qantar.validation.tables.csv_text import LONGEST_RECORD, read_part, told_cells

BLOCK_BYTES = 16 * 2**20
SMALL_BYTES = 2**20
# Rows longer than this may hold cells beyond the limit of the exact reader.
LONGEST_ROW = 100_000
WORKERS = 2
LONGEST_HEADER = 100_000
_QUOTE, _LINE_END, _RETURN = ord('"'), ord("\n"), ord("\r")


@dataclass(frozen=True)
class Piece:
    """Bytes of a file; whole: they end where a line or the file does."""

    offset: int
    data: bytes
    whole: bool = True

    @property
    def end(self) -> int:
        return self.offset + len(self.data)


@dataclass(frozen=True)
class Mark:
    """Where a block stands: its piece of the file, its first line and first row (from 0)."""

    offset: int
    size: int
    line: int
    row: int
    height: int
    is_fast: bool


@dataclass
class CsvBlocks:
    """A CSV file with a plain header, block by block.

    header: names of the columns. start: the byte at which the rows begin.
    """

    path: Path
    header: tuple[str, ...]
    start: int
    delimiter: str
    table: Table
    block_bytes: int = BLOCK_BYTES
    plain: set[str] = field(default_factory=set)
    is_typed: bool = False
    marks: list[Mark] = field(default_factory=list)

    def __iter__(self) -> Iterator[Block]:
        """The blocks in order; raises OSError."""
        line, position = 2, self.start
        with (
            self.path.open("rb") as handle,
            self.path.open("rb") as exact,
            ThreadPoolExecutor(WORKERS) as pool,
        ):
            pieces = self._pieces(handle, position)
            waiting: deque[tuple[Piece, Future[pa.Table | None]]] = deque()
            while True:
                for piece in islice(pieces, WORKERS + 1 - len(waiting)):
                    waiting.append((piece, pool.submit(self._read_fast, piece)))
                if not waiting:
                    return
                piece, read = waiting.popleft()
                rows = read.result()
                if rows is not None:
                    self._mark(piece, line, rows.num_rows, is_fast=True)
                    lines = _lines_of(piece.data, rows.num_rows, line)
                    line += piece.data.count(b"\n")
                    yield self._fast_block(rows, lines)
                    continue
                if len(piece.data) > SMALL_BYTES:
                    # Only where the damage lies the exact reader is needed.
                    waiting.clear()
                    pieces = self._pieces(handle, piece.offset, small_until=piece.end)
                    continue
                exact.seek(piece.offset)
                first = line
                block, position, line = self._read_exactly(exact, line, piece.end)
                self._mark(piece, first, block.height, is_fast=False)
                yield block
                if position != piece.end:
                    waiting.clear()
                    pieces = self._pieces(handle, position)

    def again(
        self, rows: npt.NDArray[np.int64], names: tuple[str, ...]
    ) -> Iterator[tuple[npt.NDArray[np.int64], Block]]:
        """Some rows once more (from 0, in order), with the blocks that hold them and no others."""
        with self.path.open("rb") as handle:
            for mark in self.marks:
                low, high = np.searchsorted(rows, (mark.row, mark.row + mark.height))
                if low == high:
                    continue
                asked = rows[low:high]
                handle.seek(mark.offset)
                if mark.is_fast:
                    data = handle.read(mark.size)
                    lines = _lines_of(data, mark.height, mark.line)[asked - mark.row]
                    data = _rows_at(data, asked - mark.row)
                    found = self._read_fast(Piece(mark.offset, data))
                    assert found is not None
                    yield asked, self._fast_block(found, lines)
                else:
                    end = mark.offset + mark.size
                    block, _, _ = self._read_exactly(handle, mark.line, end)
                    yield asked, block.only(asked - mark.row)

    def _mark(self, piece: Piece, line: int, height: int, *, is_fast: bool) -> None:
        row = self.marks[-1].row + self.marks[-1].height if self.marks else 0
        self.marks.append(Mark(piece.offset, len(piece.data), line, row, height, is_fast))

    def _pieces(self, handle: IO[bytes], position: int, small_until: int = 0) -> Iterator[Piece]:
        """Runs of whole lines of which the quotes are even in number."""
        # The first is small: it tells which columns have values that come back.
        small_until = max(small_until, self.start + 1)
        while True:
            size = (
                min(SMALL_BYTES, self.block_bytes) if position < small_until else self.block_bytes
            )
            handle.seek(position)
            data = handle.read(size)
            if not data:
                return
            is_last = len(data) < size
            if not is_last:
                data = data[: _cut(data)]
            yield Piece(position, data, is_last or data.endswith(b"\n"))
            position += len(data)

    def _read_fast(self, piece: Piece) -> pa.Table | None:
        """The cells of a block as text; None where that would not be exact."""
        data = piece.data
        if not (piece.whole and _is_regular(data, self.delimiter)):
            return None
        types = {
            name: pa.string() if name in self.plain else pa.dictionary(pa.int32(), pa.string())
            for name in self.header
        }
        try:
            return arrow_csv.read_csv(
                pa.BufferReader(data),
                read_options=arrow_csv.ReadOptions(
                    column_names=self.header, block_size=len(data) + 1, use_threads=False
                ),
                parse_options=arrow_csv.ParseOptions(
                    delimiter=self.delimiter, newlines_in_values=True, ignore_empty_lines=False
                ),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=types, strings_can_be_null=True, null_values=[""]
                ),
            )
        except pa.ArrowException:
            return None

    def _fast_block(self, rows: pa.Table, lines: npt.NDArray[np.int64]) -> Block:
        columns: dict[str, Stored] = {}
        for name, column in zip(self.header, rows.columns, strict=True):
            chunk = column.combine_chunks()
            chunk = chunk.chunk(0) if isinstance(chunk, pa.ChunkedArray) else chunk
            if isinstance(chunk, pa.DictionaryArray):
                columns[name] = chunk
                if is_varied(len(chunk.dictionary), len(chunk)):
                    self.plain.add(name)
                    columns[name] = _as_series(name, chunk.cast(pa.string()))
            else:
                columns[name] = _as_series(name, chunk)
        return Block(rows.num_rows, columns, lines)

    def _read_exactly(self, handle: IO[bytes], line: int, end: int) -> tuple[Block, int, int]:
        cells, position, next_line = read_part(
            handle, self.header, delimiter=self.delimiter, first_line=line, end=end
        )
        block = Block(len(cells.lines), {}, cells.lines, faults=cells.faults)
        for text, unreadable in told_cells(cells, self.table):
            block.columns[text.name] = text
            block.unread |= {(index, text.name) for index in unreadable}
        return block, position, next_line


def begin_csv(path: Path, delimiter: str) -> tuple[tuple[str, ...], int] | None:
    """Names of the columns and the byte after the header; None where it is not plain.

    Raises OSError.
    """
    with path.open("rb") as handle:
        raw = handle.readline(LONGEST_HEADER)
    try:
        text = raw.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        return None
    names = text.split(delimiter)
    odd = any(mark in text for mark in '"\0\r\ufeff') or not raw.endswith(b"\n")
    if odd or len(names) < 2 or len({*names}) < len(names) or "" in names:
        return None
    return tuple(names), len(raw)


def _as_series(name: str, array: pa.Array) -> pl.Series:
    made = pl.from_arrow(array)
    assert isinstance(made, pl.Series)
    return made.alias(name)


def _cut(data: bytes) -> int:
    """Where the last row ends that is whole; all of it where that cannot be told."""
    end = data.rfind(b"\n") + 1
    quotes = data.count(b'"', 0, end)
    for _ in range(LONGEST_RECORD):
        if not end or quotes % 2 == 0:
            break
        before = data.rfind(b"\n", 0, end - 1) + 1
        quotes -= data.count(b'"', before, end)
        end = before
    return end or len(data)


def _is_regular(data: bytes, delimiter: str) -> bool:
    """Whether every quick reader must read these bytes as the exact one does."""
    # The quick reader takes an empty line for a row without values.
    if b"\0" in data or b"\n\n" in data or data.startswith((b"\n", b"\r\n")):
        return False
    if b"\r" in data and (data.count(b"\r") != data.count(b"\r\n") or b"\n\r" in data):
        return False
    if b'"' not in data:
        return True
    letters = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(letters == _QUOTE)
    if len(quotes) % 2:
        return False
    opening, closing = quotes[::2], quotes[1::2]
    edges = np.array([ord(delimiter), _LINE_END], np.uint8)
    before = letters[np.maximum(opening - 1, 0)]
    after = letters[np.minimum(closing + 1, len(letters) - 1)]
    # A quote in a quoted cell is two, of which one closes and the next one opens.
    doubled = closing[:-1] + 1 == opening[1:]
    opens = (before == edges[0]) | (before == edges[1]) | (opening == 0)
    closes = (after == edges[0]) | (after == edges[1]) | (closing == len(letters) - 1)
    returns = (after == _RETURN) & ~closes
    if returns.any():
        second = letters[np.minimum(closing + 2, len(letters) - 1)]
        closes |= returns & (second == _LINE_END)
    opens[1:] |= doubled
    closes[:-1] |= doubled
    return bool(opens.all() and closes.all()) and _is_short(letters, quotes)


def _is_short(letters: npt.NDArray[np.uint8], quotes: npt.NDArray[np.int64]) -> bool:
    """Whether no row comes near the limits of the exact reader, in bytes or in lines."""
    ends = np.flatnonzero(letters == _LINE_END)
    last = np.flatnonzero(np.searchsorted(quotes, ends) % 2 == 0)
    lines = np.diff(last, prepend=-1, append=len(ends))
    lengths = np.diff(ends[last], prepend=-1, append=len(letters))
    return bool((lines < LONGEST_RECORD).all() and (lengths < LONGEST_ROW).all())


def _row_ends(
    letters: npt.NDArray[np.uint8], quotes: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Positions of the line ends outside quotes."""
    ends = np.flatnonzero(letters == _LINE_END)
    return np.extract(np.searchsorted(quotes, ends) % 2 == 0, ends)


def _lines_of(data: bytes, rows: int, first: int) -> npt.NDArray[np.int64]:
    """The line on which each row begins."""
    count = data.count(b"\n") + (not data.endswith(b"\n"))
    if count == rows:
        return np.arange(first, first + rows)
    letters = np.frombuffer(data, np.uint8)
    all_ends = np.flatnonzero(letters == _LINE_END)
    ends = _row_ends(letters, np.flatnonzero(letters == _QUOTE))
    starts = np.concatenate([[0], ends[: rows - 1] + 1])
    return np.asarray(np.searchsorted(all_ends, starts) + first, np.int64)


def _rows_at(data: bytes, rows: npt.NDArray[np.int64]) -> bytes:
    """The bytes of some rows, each with its line end."""
    letters = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(letters == _QUOTE) if b'"' in data else np.zeros(0, np.int64)
    ends = np.append(_row_ends(letters, quotes), len(data) - 1)
    starts = np.concatenate([[0], ends + 1])
    kept = (data[starts[row] : ends[row] + 1].rstrip(b"\r\n") for row in rows.tolist())
    return b"".join(row + b"\n" for row in kept)
