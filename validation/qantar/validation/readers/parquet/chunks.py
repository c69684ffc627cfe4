"""Parquet in chunks; values that come back are held in dictionaries."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from qantar.validation.readers.byte_scan import count_where
from qantar.validation.readers.expansion import HOW_TO_RAISE, raised
from qantar.validation.readers.parquet.arrow_column import is_text
from qantar.validation.readers.parquet.damage import DAMAGED, RowGroup, read_whole_columns
from qantar.validation.readers.parquet.limit import (
    Limits,
    TooLargeError,
    expanded_size,
    foreign_columns,
)
from qantar.validation.readers.parquet.table import plain_frame, read_batches, read_footer
from qantar.validation.tables.array import RowNumbers
from qantar.validation.tables.chunk import (
    Chunk,
    Foreign,
    Listed,
    Stored,
    is_varied,
    may_be_listed,
)

ROWS_PER_CHUNK = 100_000
# Of many columns fewer rows are read at once, whatever these hold.
CELLS_PER_CHUNK = 5_000_000
LEAST_ROWS = 4_096
ROWS_OF_SAMPLE = 20_000
_SPACE, _DELETE = ord(" "), 127
LIMITS_OF_CHUNKS = Limits(
    cells=10**15,
    bytes=10**15,
    least_bytes=2_000_000_000,
    is_let_go=True,
)
# What the texts of a chunk may take once they are spelled out.
MOST_SPELLED = 400_000_000


@dataclass
class ParquetChunks:
    """A Parquet file, chunk by chunk; raises what `parquet_file.UNREADABLE` lists.

    rows: of a chunk. varied: columns whose values hardly come back. is_damaged: whether cells
    were met that cannot be read; they are null, and told.
    """

    path: Path
    rows: int = ROWS_PER_CHUNK
    varied: set[str] = field(default_factory=set)
    is_damaged: bool = False

    def __post_init__(self) -> None:
        sample = None
        with self.path.open("rb") as handle:
            self.footer = read_footer(handle, LIMITS_OF_CHUNKS)
            batches = read_batches(handle, self.footer, LIMITS_OF_CHUNKS, rows=ROWS_OF_SAMPLE)
            with suppress(*DAMAGED):
                sample = next(batches, None)
        if self.rows == ROWS_PER_CHUNK:
            fitting = CELLS_PER_CHUNK // max(self.footer.num_columns, 1)
            self.rows = max(LEAST_ROWS, min(self.rows, fitting))
        self.foreign = foreign_columns(self.footer)
        self.header: tuple[str, ...] = tuple(self.footer.schema.to_arrow_schema().names)
        if sample is not None:
            self.varied |= {
                name
                for name, column in zip(sample.schema.names, sample.columns, strict=True)
                if is_varied(_distinct(column), len(column))
            }

    def __iter__(self) -> Iterator[Chunk]:
        """The chunks in order."""
        # Whoever judges them reads ahead; a second thread here only takes time from both.
        return self._chunks(None)

    def again(self, rows: RowNumbers, names: tuple[str, ...]) -> Iterator[tuple[RowNumbers, Chunk]]:
        """Columns of some rows once more (from 0, in order)."""
        start = 0
        for chunk in self._chunks([*names]):
            low, high = np.searchsorted(rows, (start, start + chunk.height))
            if low < high:
                asked = rows[low:high]
                yield asked, chunk.only(asked - start)
            start += chunk.height

    def narrowed(self, names: tuple[str, ...]) -> Iterator[Chunk]:
        """All chunks once more, with these columns."""
        yield from self._chunks([*names])

    def _chunks(self, columns: list[str] | None) -> Iterator[Chunk]:
        rows = 0
        if columns is not None and self.foreign.keys() >= {*columns}:
            # One column at least is read, to know how many rows there are.
            columns = [name for name in self.header if name not in self.foreign][:1]
        with self.path.open("rb") as handle:
            batches = read_batches(
                handle,
                self.footer,
                LIMITS_OF_CHUNKS,
                spelled=self.varied,
                columns=columns,
                rows=self.rows,
            )
            small: list[pa.RecordBatch] = []
            damage: Exception | None = None
            try:
                for batch in batches:
                    small.append(batch)
                    # Small row groups make one chunk: each costs as much as a large one.
                    if sum(held.num_rows for held in small) > self.rows // 2:
                        yield self._chunk(_joined(small))
                        rows += sum(held.num_rows for held in small)
                        small = []
            except DAMAGED as error:
                damage = error
            if small:
                yield self._chunk(_joined(small))
                rows += sum(held.num_rows for held in small)
            if damage is not None:
                yield from self._whole_columns(handle, rows, columns, damage)

    def _whole_columns(
        self, handle: IO[bytes], start: int, columns: list[str] | None, damage: Exception
    ) -> Iterator[Chunk]:
        """Chunks from a row on, of which damaged columns have no values."""
        is_told = False
        for group in read_whole_columns(
            handle, self.footer, LIMITS_OF_CHUNKS, start=start, columns=columns
        ):
            is_told |= bool(group.damaged)
            for low in range(0, group.batch.num_rows, self.rows):
                yield self._chunk_of(group, low)
        if not is_told:
            raise damage
        self.is_damaged = True

    def _chunk_of(self, group: RowGroup, low: int) -> Chunk:
        chunk = self._chunk(group.batch.slice(low, self.rows))
        chunk.unread = {(row, name) for name in group.damaged for row in range(chunk.height)}
        chunk.faults = [*group.faults(group.first)] if low == 0 else []
        return chunk

    def _chunk(self, batch: pa.RecordBatch) -> Chunk:
        names = batch.schema.names
        columns: dict[str, Stored] = {
            name: Listed.of(column)
            for name, column in zip(names, batch.columns, strict=True)
            if isinstance(column, pa.DictionaryArray)
            and pa.types.is_string(column.type.value_type)
            and not is_varied(len(column.dictionary), len(column))
        }
        spelled = {
            name: column
            for name, column in zip(names, batch.columns, strict=True)
            if name not in columns
        }
        _refuse_large([*spelled.values()])
        others = {name: _spelled(column) for name, column in spelled.items()}
        for series in plain_frame(pa.RecordBatch.from_pydict(others)):
            is_coded = series.name not in self.varied and may_be_listed(series.dtype)
            columns[series.name] = Listed.of_series(series) if is_coded else series
        there = np.ones(batch.num_rows, np.bool_)
        columns |= {name: Foreign(held, there) for name, held in self.foreign.items()}
        plain = [name for name in names if isinstance(columns[name], pl.Series)]
        is_printable = all(_is_printable(others[name]) for name in plain)
        return Chunk(batch.num_rows, columns, is_printable=is_printable)


def _refuse_large(columns: list[pa.Array]) -> None:
    """Raise TooLargeError where columns take too much memory once they are spelled out."""
    size = sum(expanded_size(column, LIMITS_OF_CHUNKS) for column in columns)
    most = raised(MOST_SPELLED)
    if size > most:
        raise TooLargeError(f"Its texts expand to more than {most:,} bytes at once. {HOW_TO_RAISE}")


def _joined(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    """Batches of the same columns as one."""
    if len(batches) == 1:
        return batches[0]
    whole = pa.Table.from_batches(batches).unify_dictionaries().combine_chunks()
    return whole.to_batches()[0]


def _spelled(column: pa.Array) -> pa.Array:
    """A dictionary of texts as texts: those that no row has are not needed."""
    is_listed = isinstance(column, pa.DictionaryArray) and is_text(column.type.value_type)
    return column.dictionary_decode() if is_listed else column


def _is_printable(column: pa.Array) -> bool:
    """Whether no text of a column holds a control character."""
    if not is_text(column.type):
        return not pa.types.is_dictionary(column.type)
    if column.type not in (pa.string(), pa.large_string()):
        column = column.cast(pa.large_string())
    _, offsets, data = column.buffers()
    if data is None:
        return True
    width = np.int32 if column.type == pa.string() else np.int64
    ends = np.frombuffer(offsets, width, column.offset + len(column) + 1)
    letters = np.frombuffer(data, np.uint8)[ends[column.offset] : ends[-1]]
    return not count_where(letters, lambda held: (held < _SPACE) | (held == _DELETE))


def _distinct(column: pa.Array) -> int:
    if isinstance(column, pa.DictionaryArray):
        return len(column.dictionary)
    if pa.types.is_null(column.type):
        return 1
    return int(pc.count_distinct(column).as_py())
