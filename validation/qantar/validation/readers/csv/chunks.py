"""CSV and TSV in chunks: read fast where that is exact, and exactly where it is not.

A chunk is taken from the fast reader only where its bytes show that both readers must
agree: quotes in pairs at the edges of cells, no NUL, no lone carriage return, the same
number of cells in every row, valid UTF-8. Otherwise the exact reader takes the chunk.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path
from typing import IO

import numpy as np
import polars as pl

from qantar.schema.table import Table
from qantar.validation.readers.byte_offset import ROWS_OF_STRETCH, Mark, marks_of, whole_lines
from qantar.validation.readers.csv.decimal_comma import has_points, number_names, without_commas
from qantar.validation.readers.csv.layout import CsvLayout
from qantar.validation.readers.csv.start import CsvStart
from qantar.validation.readers.csv.text import LONGEST_RECORD, read_part, told_cells, with_decimals
from qantar.validation.tables.array import LineNumbers, RowNumbers
from qantar.validation.tables.chunk import Chunk, Coded, Stored, is_varied

CHUNK_BYTES = 24 * 2**20
SMALL_BYTES = 2**20
# By the values of the first chunk it is told which come back, so it holds many rows.
FIRST_BYTES = 4 * 2**20
# A column with more values than this is read as plain text from then on.
MOST_CODES = 50_000
# So many rows of several chunks are read again at once.
ROWS_TOGETHER = 1_000
# The quick reader uses all cores for one chunk; two at a time would get into each other's way.
WORKERS = 1


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
class RowLines:
    """Some rows of a file (from 0), their bytes, and the line on which each begins."""

    rows: RowNumbers
    data: bytes
    lines: LineNumbers


@dataclass(frozen=True)
class Quick:
    """What the fast reader made of a piece: its columns, and where its rows stand."""

    columns: dict[str, Stored]
    layout: CsvLayout
    is_printable: bool

    def chunk(self, line: int) -> Chunk:
        """The rows as a chunk that begins on a line."""
        lines = self.layout.first_lines(line)
        return Chunk(self.layout.height, self.columns, lines, is_printable=self.is_printable)


@dataclass
class CsvChunks:
    """A CSV file with a header, chunk by chunk.

    is_told: it is
    known which columns have values that come back; types: of these, by which their values are
    coded; anchor: a frame of them, since Polars forgets codes of which no series is left.
    """

    path: Path
    begun: CsvStart
    delimiter: str
    table: Table
    decimal: str = "."
    chunk_bytes: int = CHUNK_BYTES
    is_told: bool = False
    types: dict[str, pl.DataType] = field(default_factory=dict)
    anchor: pl.DataFrame = field(default_factory=pl.DataFrame)
    marks: list[Mark] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.header, self.start = self.begun.header, self.begun.byte
        self.names = self.begun.read.names

    def __iter__(self) -> Iterator[Chunk]:
        """The chunks in order; raises OSError."""
        line, position = self.begun.line, self.start
        with (
            self.path.open("rb") as handle,
            self.path.open("rb") as exact,
            ThreadPoolExecutor(WORKERS) as pool,
        ):
            pieces = self._pieces(handle, position)
            waiting: deque[tuple[Piece, Future[Quick | None]]] = deque()
            while True:
                # The first chunk tells how the others are read.
                ahead = WORKERS + 1 if self.is_told else 1
                for piece in islice(pieces, ahead - len(waiting)):
                    waiting.append((piece, pool.submit(self._read_fast, piece)))
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
                    pieces = self._pieces(handle, piece.offset, small_until=piece.end)
                    continue
                exact.seek(piece.offset)
                first = line
                chunk, position, line = self._read_exactly(exact, line, piece.end)
                self._mark(piece, first, chunk)
                yield chunk
                if position != piece.end:
                    waiting.clear()
                    pieces = self._pieces(handle, position)

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
                quick = self._read_fast(Piece(mark.offset, handle.read(mark.size)))
                assert quick is not None
                yield quick.chunk(mark.line)

    def _read_rows(self, found: list[RowLines]) -> tuple[RowNumbers, Chunk]:
        quick = self._read_fast(Piece(0, b"".join(held.data for held in found)))
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

    def _pieces(self, handle: IO[bytes], position: int, small_until: int = 0) -> Iterator[Piece]:
        """Runs of whole lines of which the quotes are even in number."""
        while True:
            most = FIRST_BYTES if position == self.start else self.chunk_bytes
            size = min(SMALL_BYTES if position < small_until else most, self.chunk_bytes)
            data = whole_lines(handle, position, size) if size > SMALL_BYTES else b""
            is_cut = bool(data)
            if not is_cut:
                handle.seek(position)
                data = handle.read(size)
            if not data:
                return
            is_last = not is_cut and len(data) < size
            if not (is_cut or is_last):
                # Quotes are only counted where a chunk has failed: they rarely span lines.
                is_small = size <= SMALL_BYTES
                data = data[: _cut(data) if is_small else data.rfind(b"\n") + 1 or len(data)]
            yield Piece(position, data, is_last or data.endswith(b"\n"))
            position += len(data)

    def _read_fast(self, piece: Piece) -> Quick | None:
        """The cells of a chunk as text; None where that would not be exact."""
        layout = CsvLayout(piece.data, self.delimiter)
        if not (piece.whole and layout.is_regular()):
            return None
        coded = self.types
        types = dict.fromkeys(self.names, pl.String()) | coded
        try:
            frame = self._parse(piece.data, types, has_empty_quotes=layout.has_empty_quotes)
        except pl.exceptions.PolarsError:
            return None
        is_last_full = not frame.to_series(-1).has_nulls()
        if frame.height != layout.height or not layout.has_every_cell(
            len(self.names), is_last_full=is_last_full
        ):
            return None
        frame = frame.select(self.header)
        if self.decimal != ".":
            if has_points(frame, self.table):
                return None
            frame = without_commas(frame, self.table)
        if not self.is_told:
            self._tell_apart(frame)
            coded = self.types
            frame = frame.cast(pl.Schema(coded))
        codes = frame.select((pl.col([*coded]).to_physical() + 1).fill_null(0)) if coded else frame
        columns: dict[str, Stored] = {
            series.name: Coded(codes[series.name].to_numpy(), series)
            if series.name in coded
            else series
            for series in frame
        }
        self._let_go(columns)
        return Quick(columns, layout, layout.is_printable)

    def _parse(
        self, data: bytes, types: dict[str, pl.DataType], *, has_empty_quotes: bool
    ) -> pl.DataFrame:
        texts = dict.fromkeys(self.names, pl.String())
        read = pl.Schema(texts if has_empty_quotes else types)
        frame = pl.read_csv(data, has_header=False, schema=read, separator=self.delimiter)
        if has_empty_quotes:
            # What is empty in quotes is as absent as what is empty without.
            frame = frame.with_columns(pl.all().replace({"": None})).cast(pl.Schema(types))
        return frame

    def _tell_apart(self, frame: pl.DataFrame) -> None:
        """Decide by the first rows which columns have values that come back."""
        numbers = number_names(frame, self.table) if self.decimal != "." else ()
        self.types = {
            series.name: pl.Categorical(pl.Categories.random())
            for series in frame
            if series.name not in numbers and not is_varied(series.n_unique(), len(series))
        }
        self.anchor = pl.DataFrame(schema=pl.Schema(self.types))
        self.is_told = True

    def _let_go(self, columns: dict[str, Stored]) -> None:
        """Read columns that have come to have very many values as plain text from now on."""
        varied = {
            name
            for name, stored in columns.items()
            if isinstance(stored, Coded) and stored.codes.max(initial=0) > MOST_CODES
        }
        if varied:
            # Other threads read it, so it is replaced, not changed.
            self.types = {n: kind for n, kind in self.types.items() if n not in varied}

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
