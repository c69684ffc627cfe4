"""The protocol of a table that is read in chunks, whatever holds it."""

from collections.abc import Iterator
from typing import Protocol

from qantar.validation.tables.array import RowNumbers
from qantar.validation.tables.chunk import Chunk


class ChunkedTable(Protocol):
    """Rows in chunks, in their order; they can be read more than once.

    header: the names of all columns that there are, also those that are not of the format.
    """

    header: tuple[str, ...]

    def __iter__(self) -> Iterator[Chunk]:
        """All chunks, with every column of the format."""
        ...

    def narrowed(self, names: tuple[str, ...]) -> Iterator[Chunk]:
        """All chunks once more, with these columns at least."""
        ...

    def again(self, rows: RowNumbers, names: tuple[str, ...]) -> Iterator[tuple[RowNumbers, Chunk]]:
        """Some rows (from 0, in order) once more, with these columns at least."""
        ...
