"""Flat rows in JSON Lines, in chunks: read fast where that is exact, and exactly elsewhere."""

import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from qantar.schema.patterns import ColumnKind
from qantar.schema.table import Table
from qantar.validation.readers.byte_offset import ROWS_OF_STRETCH, Mark, line_runs, marks_of
from qantar.validation.readers.json.layout import JsonLayout
from qantar.validation.readers.json.text import BYTE_ORDER_MARK, Entry, read_line
from qantar.validation.rules.value.large_number import LARGEST_WHOLE
from qantar.validation.tables.array import RowNumbers
from qantar.validation.tables.chunk import Chunk, Coded, Listed, Stored, is_varied

CHUNK_BYTES = 16 * 2**20
# Where a chunk cannot be read fast, it is parted until the damage lies in so few bytes.
LEAST_BYTES = 2**15
PARTS = 8
WORKERS = 2
# Numbers are read as doubles, so that a fraction is not cut off a whole number.
TYPES: dict[ColumnKind, pl.DataType] = {
    ColumnKind.string: pl.String(),
    ColumnKind.date: pl.String(),
    ColumnKind.integer: pl.Float64(),
    ColumnKind.number: pl.Float64(),
    ColumnKind.boolean: pl.Boolean(),
}


@dataclass
class JsonChunk(Chunk):
    """Rows with the lines they were read from.

    texts: the line of each row. exact: rows to be judged by their line alone. size, ends: how
    many bytes and line ends of the file the chunk takes up. starts: where rows begin in them,
    where every line is a row.
    """

    texts: Sequence[bytes] | JsonLayout = ()
    exact: frozenset[int] = frozenset()
    size: int = 0
    ends: int = 0
    starts: RowNumbers | None = None


@dataclass
class JsonChunks:
    """A file of flat rows of a table; every declared column is taken to be in each row.

    names: the keys met so far, known or not.
    """

    path: Path
    table: Table
    chunk_bytes: int = CHUNK_BYTES
    marks: list[Mark] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    varied: set[str] | None = None
    types: dict[str, pl.DataType] = field(default_factory=dict)
    anchor: pl.DataFrame = field(default_factory=pl.DataFrame)

    def __post_init__(self) -> None:
        self.schema = pl.Schema(
            {c.name: TYPES[c.kind] for c in self.table.columns if not c.by_language}
        )
        self.header: tuple[str, ...] = tuple(self.schema)

    def __iter__(self) -> Iterator[JsonChunk]:
        """The chunks in order; raises OSError."""
        line, offset = 1, length_of_mark(self.path)
        with self.path.open("rb") as handle, ThreadPoolExecutor(WORKERS) as pool:
            handle.seek(offset)
            pieces = line_runs(handle, self.chunk_bytes)
            waiting: deque[Future[list[JsonChunk]]] = deque()
            while True:
                # The first chunk tells how the others are held.
                ahead = 1 if self.varied is None else WORKERS + 1
                for piece in islice(pieces, ahead - len(waiting)):
                    waiting.append(pool.submit(lambda data: [*self._read(data)], piece))
                if not waiting:
                    return
                for chunk in waiting.popleft().result():
                    chunk.lines = np.asarray(chunk.lines, np.int64) + line
                    self._mark(chunk, offset, line)
                    yield chunk
                    line += chunk.ends
                    offset += chunk.size

    def again(self, rows: RowNumbers, names: tuple[str, ...]) -> Iterator[tuple[RowNumbers, Chunk]]:
        """Some rows once more (from 0, in order), read exactly."""
        with self.path.open("rb") as handle:
            for mark, asked in marks_of(self.marks, rows):
                found: list[tuple[int, bytes]] = []
                if mark.starts is None:
                    handle.seek(mark.offset)
                    lines = _lines_of(handle.read(mark.size), mark.line)
                    found.extend(lines[row] for row in (asked - mark.row).tolist())
                else:
                    for within, data, line in mark.stretches(handle, asked - mark.row):
                        lines = _lines_of(data, line)
                        found.extend(lines[row] for row in within.tolist())
                yield asked, self._exact_chunk(found)

    def narrowed(self, names: tuple[str, ...]) -> Iterator[Chunk]:
        """All chunks once more, with these columns at least."""
        yield from JsonChunks(self.path, self.table, chunk_bytes=self.chunk_bytes)

    def _read(self, data: bytes) -> Iterator[JsonChunk]:
        """The lines as chunks, whose lines count from 0; exact where nothing else is."""
        chunk = self._read_fast(data)
        if chunk is not None:
            yield chunk
        elif len(data) <= LEAST_BYTES or data.count(b"\n") < PARTS:
            chunk = self._exact_chunk(_lines_of(data, 0))
            chunk.size, chunk.ends = len(data), data.count(b"\n")
            yield chunk
        else:
            start = 0
            for part in range(1, PARTS + 1):
                end = data.rfind(b"\n", start, len(data) * part // PARTS) + 1
                if end:
                    yield from self._read(data[start:end])
                    start = end

    def _read_fast(self, data: bytes) -> JsonChunk | None:
        layout = JsonLayout(data)
        if not layout.has_plain_lines():
            return None
        try:
            frame = pl.read_ndjson(data, schema=self.schema, ignore_errors=True)
        except pl.exceptions.PolarsError:
            return None
        if frame.height != layout.height:
            return None
        if self.varied is None:
            self._tell_apart(frame)
        doubtful = self._doubtful(layout, frame)
        if len(doubtful):
            exact = self._frame(self._objects([layout[row] for row in doubtful.tolist()]))
            pairs = zip(frame, exact, strict=True)
            frame = frame.with_columns(old.scatter(doubtful, new) for old, new in pairs)
        self.names |= {series.name for series in frame if series.null_count() < layout.height}
        return JsonChunk(
            layout.height,
            self._held(frame),
            np.arange(layout.height),
            texts=layout,
            exact=frozenset(doubtful.tolist()),
            size=len(data),
            ends=layout.height,
            starts=layout.starts,
        )

    def _doubtful(self, layout: JsonLayout, frame: pl.DataFrame) -> RowNumbers:
        """Rows that the frame may not have as they are."""
        texts = [name for name, kind in self.schema.items() if kind == pl.String]
        keys = _filled(frame, self.header)
        misread = layout.doubtful(keys, _filled(frame, texts), np.ones_like(keys))
        # A double does not tell larger whole numbers apart.
        large = frame.select(
            pl.any_horizontal(pl.selectors.float().abs() > LARGEST_WHOLE).fill_null(False)
        )
        return np.union1d(misread, large.to_series().arg_true().to_numpy())

    def _exact_chunk(self, lines: list[tuple[int, bytes]]) -> JsonChunk:
        texts = [text for _, text in lines]
        columns: dict[str, Stored] = {s.name: s for s in self._frame(self._objects(texts))}
        numbers = np.array([number for number, _ in lines], np.int64)
        exact = frozenset(range(len(texts)))
        return JsonChunk(len(texts), columns, numbers, texts=texts, exact=exact)

    def _objects(self, texts: list[bytes]) -> list[dict[str, Any]]:
        """What each line holds; nothing where it is no object."""
        numbered = enumerate(texts, start=1)
        items = (item for number, text in numbered for item in read_line(text, number))
        read = {item.row: item for item in items if isinstance(item, Entry)}
        records = [read[n].record if n in read else {} for n in range(1, len(texts) + 1)]
        objects = [record if isinstance(record, dict) else {} for record in records]
        self.names |= {name for record in objects for name in record}
        return objects

    def _frame(self, records: list[dict[str, Any]]) -> pl.DataFrame:
        """Records as a frame, without what is not of the declared type."""
        return pl.DataFrame(
            [
                pl.Series(name, [_of_type(record.get(name), kind) for record in records], kind)
                for name, kind in self.schema.items()
            ]
        )

    def _tell_apart(self, frame: pl.DataFrame) -> None:
        """Decide by the first rows which columns have values that come back."""
        self.varied = {s.name for s in frame if is_varied(s.n_unique(), len(s))}
        self.types = {
            name: pl.Categorical(pl.Categories.random())
            for name, kind in self.schema.items()
            if kind == pl.String and name not in self.varied
        }
        # Polars forgets the codes of categories of which no series is left.
        self.anchor = pl.DataFrame(schema=pl.Schema(self.types))

    def _held(self, frame: pl.DataFrame) -> dict[str, Stored]:
        coded = frame.select(pl.col(name).cast(kind) for name, kind in self.types.items())
        codes = coded.select((pl.all().to_physical() + 1).fill_null(0))
        columns: dict[str, Stored] = {}
        for series in frame:
            name = series.name
            if name in (self.varied or ()):
                columns[name] = series
            elif name in self.types:
                columns[name] = Coded(codes[name].to_numpy(), coded[name])
            else:
                columns[name] = Listed.of_series(series)
        return columns

    def _mark(self, chunk: JsonChunk, offset: int, line: int) -> None:
        row = self.marks[-1].row + self.marks[-1].height if self.marks else 0
        starts = lines = None
        if chunk.starts is not None:
            starts = chunk.starts[::ROWS_OF_STRETCH].copy()
            lines = np.asarray(chunk.lines, np.int64)[::ROWS_OF_STRETCH].copy()
        self.marks.append(Mark(offset, chunk.size, line, row, chunk.height, starts, lines))


def length_of_mark(path: Path) -> int:
    """How many bytes of a byte order mark a file begins with, which is none of its rows."""
    with path.open("rb") as handle:
        is_marked = handle.read(len(BYTE_ORDER_MARK)) == BYTE_ORDER_MARK
    return len(BYTE_ORDER_MARK) if is_marked else 0


def _lines_of(data: bytes, first: int) -> list[tuple[int, bytes]]:
    """(line, bytes) of each row; blank lines are none."""
    numbered = enumerate(data.split(b"\n"), first)
    return [(number, text) for number, text in numbered if text.strip(b" \t\r")]


def _filled(frame: pl.DataFrame, names: Iterable[str]) -> RowNumbers:
    """How many of the columns have a value, in each row."""
    filled = pl.sum_horizontal(pl.col([*names]).is_not_null().cast(pl.Int64))
    return frame.select(filled).to_series().to_numpy()


def _of_type(value: Any, kind: pl.DataType) -> Any:
    """The value where it is of a type, else None."""
    if kind == pl.String:
        return value if isinstance(value, str) else None
    if kind == pl.Boolean:
        return value if isinstance(value, bool) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # What is larger is told by its line.
    return float(value) if abs(value) <= sys.float_info.max else None
