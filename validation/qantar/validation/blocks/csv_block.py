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

from qantar.schema.table import Table
from qantar.validation.blocks.block import Block, Stored, is_varied
from qantar.validation.blocks.csv_layout import CsvLayout
from qantar.validation.tables.csv_text import LONGEST_RECORD, read_part, told_cells

BLOCK_BYTES = 16 * 2**20
SMALL_BYTES = 2**20
# A column with more values than this is read as plain text from then on.
MOST_CODES = 50_000
WORKERS = 2
LONGEST_HEADER = 100_000


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
class Quick:
    """What the fast reader made of a piece: texts, coded where values come back."""

    frame: pl.DataFrame
    layout: CsvLayout


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

    header: names of the columns. start: the byte at which the rows begin. plain: columns
    whose values hardly come back; types: of the others, by which their values are
    coded; anchor: a frame of them, since Polars forgets codes of which no series is left.
    """

    path: Path
    header: tuple[str, ...]
    start: int
    delimiter: str
    table: Table
    block_bytes: int = BLOCK_BYTES
    plain: set[str] = field(default_factory=set)
    types: dict[str, pl.DataType] = field(default_factory=dict)
    anchor: pl.DataFrame = field(default_factory=pl.DataFrame)
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
            waiting: deque[tuple[Piece, Future[Quick | None]]] = deque()
            while True:
                for piece in islice(pieces, WORKERS + 1 - len(waiting)):
                    waiting.append((piece, pool.submit(self._read_fast, piece)))
                if not waiting:
                    return
                piece, read = waiting.popleft()
                quick = read.result()
                if quick is not None:
                    self._mark(piece, line, quick.frame.height, is_fast=True)
                    yield self._fast_block(quick, line)
                    line += quick.layout.lines
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
                    layout = CsvLayout(handle.read(mark.size), self.delimiter)
                    found = self._read_fast(Piece(mark.offset, layout.only(asked - mark.row)))
                    assert found is not None
                    block = self._fast_block(found, mark.line)
                    block.lines = layout.first_lines(mark.line)[asked - mark.row]
                    yield asked, block
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
                # Quotes are only counted where a block has failed: they rarely span lines.
                is_small = size <= SMALL_BYTES
                data = data[: _cut(data) if is_small else data.rfind(b"\n") + 1 or len(data)]
            yield Piece(position, data, is_last or data.endswith(b"\n"))
            position += len(data)

    def _read_fast(self, piece: Piece) -> Quick | None:
        """The cells of a block as text; None where that would not be exact."""
        layout = CsvLayout(piece.data, self.delimiter)
        if not (piece.whole and layout.is_regular()):
            return None
        coded = self.types
        is_first = not coded and not self.plain
        as_texts = is_first or layout.has_empty_quotes
        types = pl.Schema(
            dict.fromkeys(self.header, pl.String()) | ({} if as_texts else dict(coded))
        )
        try:
            frame = pl.read_csv(
                piece.data, has_header=False, schema=types, separator=self.delimiter
            )
            if as_texts:
                # What is empty in quotes is as absent as what is empty without.
                frame = frame.with_columns(pl.all().replace({"": None}))
                frame = frame if is_first else frame.cast(pl.Schema(coded))
        except pl.exceptions.PolarsError:
            return None
        is_last_full = not frame.to_series(-1).has_nulls()
        if frame.height != layout.height or not layout.has_every_cell(
            len(self.header), is_last_full=is_last_full
        ):
            return None
        return Quick(frame, layout)

    def _fast_block(self, read: Quick, line: int) -> Block:
        frame = read.frame
        self._tell_apart(frame)
        types, text = self.types, pl.String()
        columns: dict[str, Stored] = {}
        for series in frame:
            wanted = types.get(series.name, text)
            columns[series.name] = series if series.dtype == wanted else series.cast(wanted)
        lines = read.layout.first_lines(line)
        return Block(frame.height, columns, lines, is_printable=read.layout.is_printable)

    def _tell_apart(self, frame: pl.DataFrame) -> None:
        """Decide which columns are plain: by the first block, and where they grow later."""
        if not self.types and not self.plain:
            varied = {s.name for s in frame if is_varied(s.n_unique(), len(s))}
        else:
            varied = {s.name for s in frame if s.dtype != pl.String and _codes(s) > MOST_CODES}
            if not varied:
                return
        # Other threads read both, so they are replaced, not changed.
        self.plain = self.plain | varied
        kept, self.types = (
            self.types,
            {
                name: kept.get(name) or pl.Categorical(pl.Categories.random())
                for name in self.header
                if name not in self.plain
            },
        )
        self.anchor = pl.DataFrame(schema=self.types)

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


def _codes(series: pl.Series) -> int:
    """How many values a categorical column has come to have."""
    largest = series.to_physical().max()
    return 0 if largest is None else int(str(largest)) + 1


def _cut(data: bytes) -> int:
    """Where the last row ends that is whole; all of it where that cannot be told."""
    end = data.rfind(b"\n") + 1
    quotes = int(np.count_nonzero(np.frombuffer(data, np.uint8, end) == ord('"')))
    for _ in range(LONGEST_RECORD):
        if not end or quotes % 2 == 0:
            break
        before = data.rfind(b"\n", 0, end - 1) + 1
        quotes -= data.count(b'"', before, end)
        end = before
    return end or len(data)
