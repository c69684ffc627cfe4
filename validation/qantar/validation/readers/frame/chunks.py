"""A frame in chunks, as the files that are too large to be held are."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from qantar.schema.table import Table
from qantar.validation.readers.frame.held_frame import HeldFrame
from qantar.validation.tables.array import RowNumbers
from qantar.validation.tables.chunk import (
    Chunk,
    Coded,
    Listed,
    Mixed,
    Stored,
    is_varied,
    may_be_listed,
)

ROWS_PER_CHUNK = 100_000
ROWS_OF_SAMPLE = 20_000


@dataclass
class FrameChunks:
    """Columns in memory, chunk by chunk.

    columns: of the table, whole. header: all that the frame has. rows: of a chunk.
    """

    columns: Mapping[str, Stored]
    header: tuple[str, ...]
    height: int
    rows: int
    types: dict[str, pl.DataType] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    anchor: pl.DataFrame = field(default_factory=pl.DataFrame)

    def __post_init__(self) -> None:
        for name, stored in self.columns.items():
            if not isinstance(stored, pl.Series):
                continue
            sample = stored[:ROWS_OF_SAMPLE]
            if is_varied(sample.n_unique(), len(sample)):
                continue
            if stored.dtype == pl.String:
                self.types[name] = pl.Categorical(pl.Categories.random())
            elif may_be_listed(stored.dtype):
                self.listed.add(name)
        # Polars forgets the codes of categories of which no series is left.
        self.anchor = pl.DataFrame(schema=pl.Schema(self.types))

    def __iter__(self) -> Iterator[Chunk]:
        return self.narrowed(self.header)

    def narrowed(self, names: tuple[str, ...]) -> Iterator[Chunk]:
        """All chunks once more, with these columns."""
        held = {name: self.columns[name] for name in names if name in self.columns}
        for start in range(0, self.height, self.rows):
            height = min(self.rows, self.height - start)
            parts = {name: _part(stored, start, height) for name, stored in held.items()}
            yield self._chunk(parts, height)

    def again(self, rows: RowNumbers, names: tuple[str, ...]) -> Iterator[tuple[RowNumbers, Chunk]]:
        """Some rows once more (from 0, in order)."""
        held = {name: self.columns[name] for name in names if name in self.columns}
        for start in range(0, len(rows), self.rows):
            asked = rows[start : start + self.rows]
            yield asked, Chunk(len(asked), {n: _only(stored, asked) for n, stored in held.items()})

    def _chunk(self, parts: dict[str, Stored], height: int) -> Chunk:
        return Chunk(height, {name: self._held(name, part) for name, part in parts.items()})

    def _held(self, name: str, part: Stored) -> Stored:
        if not isinstance(part, pl.Series):
            return part
        if name in self.types:
            coded = part.cast(self.types[name])
            return Coded((coded.to_physical() + 1).fill_null(0).to_numpy(), coded)
        return Listed.of_series(part) if name in self.listed else part


def chunks_of(
    held: HeldFrame,
    table: Table,
    rows: int | None = None,
    *,
    names: Collection[str] | None = None,
) -> FrameChunks:
    """The frame as chunks of so many rows of a table, by default `ROWS_PER_CHUNK`.

    names: the columns that are read, by default all.
    """
    stored = {
        column.name: held.stored(column)
        for column in table.with_names(held.names).columns
        if names is None or {column.name, table.base_of(column.name)} & {*names}
    }
    columns = {name: column for name, column in stored.items() if column is not None}
    return FrameChunks(columns, held.names, held.height, rows or ROWS_PER_CHUNK)


def _part(stored: Stored, start: int, height: int) -> Stored:
    if isinstance(stored, pl.Series):
        return stored.slice(start, height)
    if isinstance(stored, Mixed):
        rows = range(start, start + height)
        odd = {row - start: value for row, value in stored.odd.items() if row in rows}
        return Mixed(stored.values.slice(start, height), odd)
    return stored.only(np.arange(start, start + height))


def _only(stored: Stored, rows: RowNumbers) -> Stored:
    return stored.gather(rows) if isinstance(stored, pl.Series) else stored.only(rows)
