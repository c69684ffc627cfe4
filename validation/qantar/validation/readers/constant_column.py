"""Values that stand beside a file and hold of all its rows, as columns of its chunks."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa

from qantar.validation.faults.fault import Fault
from qantar.validation.readers.json.chunks import JsonChunk
from qantar.validation.readers.json.text import Entry, read_line
from qantar.validation.tables.array import RowNumbers
from qantar.validation.tables.chunk import Chunk, Listed
from qantar.validation.tables.chunked_table import ChunkedTable

Typed: TypeAlias = tuple[dict[str, Any], list[Fault]]


@dataclass(frozen=True)
class Beside:
    """What stands beside a file, as in the names of its folders.

    names: columns of which there is a value. typed: gives, for a table and the columns that
    the file holds itself, (value by column, what is wrong with others).
    """

    names: Collection[str] = ()
    typed: Callable[[str | None, set[str]], Typed] = lambda *_: ({}, [])


NOTHING_BESIDE = Beside()


@dataclass
class ConstantChunks:
    """The chunks of a file with a constant column for each value, in place of its own."""

    chunks: ChunkedTable
    values: Mapping[str, Any]
    header: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        others = (name for name in self.values if name not in self.chunks.header)
        self.header = (*self.chunks.header, *others)
        self.listed = {name: pa.array([value]) for name, value in self.values.items()}

    def __iter__(self) -> Iterator[Chunk]:
        return map(self._filled, self.chunks)

    def again(self, rows: RowNumbers, names: tuple[str, ...]) -> Iterator[tuple[RowNumbers, Chunk]]:
        """Some rows once more (from 0, in order), with these columns at least."""
        for asked, chunk in self.chunks.again(rows, self._stored(names)):
            yield asked, self._filled(chunk)

    def narrowed(self, names: tuple[str, ...]) -> Iterator[Chunk]:
        """All chunks once more, with these columns at least."""
        return map(self._filled, self.chunks.narrowed(self._stored(names)))

    def _stored(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the columns that the file has; one at least, to know how many rows there are."""
        stored = tuple(name for name in names if name in self.chunks.header)
        return stored or self.chunks.header[:1]

    def _filled(self, chunk: Chunk) -> Chunk:
        # The only place is the first; the one after it stands for no value.
        places = _without_record(chunk).astype(np.int32)
        constants = {name: Listed(value, places) for name, value in self.listed.items()}
        return replace(chunk, columns={**chunk.columns, **constants})


def with_values(chunks: ChunkedTable, values: Mapping[str, Any]) -> ChunkedTable:
    """The chunks, with what stands beside the file."""
    return ConstantChunks(chunks, values) if values else chunks


def _without_record(chunk: Chunk) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """The rows that are no objects of JSON, of which nothing holds."""
    without = np.zeros(chunk.height, np.bool_)
    if isinstance(chunk, JsonChunk):
        for index in chunk.exact:
            items = read_line(chunk.texts[index])
            without[index] = not any(
                isinstance(item, Entry) and isinstance(item.record, dict) for item in items
            )
    return without
