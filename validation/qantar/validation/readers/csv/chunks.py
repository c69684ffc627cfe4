"""CSV and TSV in chunks: read fast where that is exact, and exactly where it is not.

A chunk is taken from the fast reader only where its bytes show that both readers must agree.
Otherwise the exact reader takes it.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path
from typing import IO

import numpy as np

from qantar.schema.table import Table
from qantar.validation.readers.byte_offset import ROWS_OF_STRETCH, Mark, marks_of
from qantar.validation.readers.csv.layout import CsvLayout
from qantar.validation.readers.csv.piece import SMALL_BYTES, Piece, pieces
from qantar.validation.readers.csv.quick import Quick, QuickReader
from qantar.validation.readers.csv.start import CsvStart
from qantar.validation.readers.csv.text import read_part
from qantar.validation.readers.csv.typed_cells import told_cells, with_decimals
from qantar.validation.tables.array import LineNumbers, RowNumbers
from qantar.validation.tables.chunk import Chunk

CHUNK_BYTES = 24 * 2**20
# By the values of the first chunk it is told which come back, so it holds many rows.
FIRST_BYTES = 4 * 2**20
# So many rows of several chunks are read again at once.
ROWS_TOGETHER = 1_000
# The quick reader uses all cores for one chunk; two at a time would get into each other's way.
WORKERS = 1


@dataclass(frozen=True)
class RowLines:
    """Some rows of a file (from 0), their bytes, and the line on which each begins."""

    rows: RowNumbers
    data: bytes
    lines: LineNumbers


@dataclass
class CsvChunks:
    """A CSV file with a header, chunk by chunk."""

    path: Path
    begun: CsvStart
    delimiter: str
    table: Table
    decimal: str = "."
    chunk_bytes: int = CHUNK_BYTES
    marks: list[Mark] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.header, self.start = self.begun.header, self.begun.byte
        names = self.begun.read.names
        self.quick = QuickReader(names, self.header, self.delimiter, self.table, self.decimal)

    def __iter__(self) -> Iterator[Chunk]:
        """The chunks in order; raises OSError."""
        line, position, size = self.begun.line, self.start, self.chunk_bytes
        with (
            self.path.open("rb") as handle,
            self.path.open("rb") as exact,
            ThreadPoolExecutor(WORKERS) as pool,
        ):
            left = pieces(handle, position, size, first=FIRST_BYTES)
            waiting: deque[tuple[Piece, Future[Quick | None]]] = deque()
            while True:
                # The first chunk tells how the others are read.
                ahead = WORKERS + 1 if self.quick.is_told else 1
                for piece in islice(left, ahead - len(waiting)):
                    waiting.append((piece, pool.submit(self.quick.read, piece)))
                if not waiting:
                    return
                piece, read = waiting.popleft()
                quick = read.result()
                if quick is not None:
                    chunk = quick.chunk(line)
                    self._mark(piece, line, chunk, quick.layout)
                    yield chunk
                    line += quick.layout.lines
                    continue
                if len(piece.data) > SMALL_BYTES:
                    # Only where the damage lies the exact reader is needed.
                    waiting.clear()
                    left = pieces(handle, piece.offset, size, small_until=piece.end)
                    continue
                exact.seek(piece.offset)
                first = line
                chunk, position, line = self._read_exactly(exact, line, piece.end)
                self._mark(piece, first, chunk)
                yield chunk
                if position != piece.end:
                    waiting.clear()
                    left = pieces(handle, position, size)

    def again(self, rows: RowNumbers, names: tuple[str, ...]) -> Iterator[tuple[RowNumbers, Chunk]]:
        """Some rows once more (from 0, in order), with the chunks that hold them and no others.

        Few rows of several chunks come as one: each costs as much to read as a thousand.
        """
        with self.path.open("rb") as handle:
            few: list[RowLines] = []
            for mark, asked in marks_of(self.marks, rows):
                if few and sum(len(held.rows) for held in few) + len(asked) > ROWS_TOGETHER:
                    yield self._read_rows(few)
                    few = []
                if mark.starts is not None:
                    few.append(_find_rows(handle, mark, asked, self.delimiter))
                    continue
                if few:
                    yield self._read_rows(few)
                    few = []
                handle.seek(mark.offset)
                chunk, _, _ = self._read_exactly(handle, mark.line, mark.offset + mark.size)
                yield asked, chunk.only(asked - mark.row)
            if few:
                yield self._read_rows(few)

    def narrowed(self, names: tuple[str, ...]) -> Iterator[Chunk]:
        """All chunks once more, with these columns at least; they were read whole before."""
        with self.path.open("rb") as handle:
            for mark in self.marks:
                handle.seek(mark.offset)
                if mark.starts is None:
                    yield self._read_exactly(handle, mark.line, mark.offset + mark.size)[0]
                    continue
                quick = self.quick.read(Piece(mark.offset, handle.read(mark.size)))
                assert quick is not None
                yield quick.chunk(mark.line)

    def _read_rows(self, found: list[RowLines]) -> tuple[RowNumbers, Chunk]:
        quick = self.quick.read(Piece(0, b"".join(held.data for held in found)))
        assert quick is not None
        chunk = quick.chunk(0)
        chunk.lines = np.concatenate([held.lines for held in found])
        return np.concatenate([held.rows for held in found]), chunk

    def _mark(self, piece: Piece, line: int, chunk: Chunk, layout: CsvLayout | None = None) -> None:
        row = self.marks[-1].row + self.marks[-1].height if self.marks else 0
        starts = lines = None
        if layout is not None:
            starts = layout.row_starts[::ROWS_OF_STRETCH].copy()
            lines = np.asarray(chunk.lines, np.int64)[::ROWS_OF_STRETCH].copy()
        mark = Mark(piece.offset, len(piece.data), line, row, chunk.height, starts, lines)
        self.marks.append(mark)

    def _read_exactly(self, handle: IO[bytes], line: int, end: int) -> tuple[Chunk, int, int]:
        cells, position, next_line = read_part(
            handle, self.begun.read, delimiter=self.delimiter, first_line=line, end=end
        )
        cells = with_decimals(cells, self.table, self.decimal)
        chunk = Chunk(len(cells.lines), {}, cells.lines, faults=cells.faults)
        for text, unreadable in told_cells(cells, self.table):
            chunk.columns[text.name] = text
            chunk.unread |= {(index, text.name) for index in unreadable}
        return chunk, position, next_line


def _find_rows(handle: IO[bytes], mark: Mark, asked: RowNumbers, delimiter: str) -> RowLines:
    """The bytes of some rows of a chunk that was read fast."""
    stretches = [*mark.stretches(handle, asked - mark.row)]
    layout = CsvLayout(b"".join(data for _, data, _ in stretches), delimiter)
    counted = layout.first_lines(0)
    kept, lines = [], []
    for start, (within, _, line) in zip(count(0, ROWS_OF_STRETCH), stretches, strict=False):
        kept.append(within + start)
        lines.append(counted[within + start] - counted[start] + line)
    return RowLines(asked, layout.only(np.concatenate(kept)), np.concatenate(lines))
