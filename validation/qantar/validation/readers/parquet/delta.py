"""Texts that a Parquet file stores by what tells each from the one before.

Arrow decodes them into no dictionary, and a page of them may take far more memory than its own
size: a text of a megabyte and a million that only repeat it are one page. No text is longer
than its page, though, so of large pages fewer rows are decoded at once.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from qantar.validation.readers.expansion import HOW_TO_RAISE, raised
from qantar.validation.readers.parquet.limit import (
    Limits,
    TooLargeError,
    refuse_long,
    text_names,
)
from qantar.validation.readers.parquet.page import Page, column_chunks, pages_of

# What the rows that are decoded at once may take at the most.
MOST_AT_ONCE = 256_000_000
# The lengths of all values of a page are decoded at once, four bytes each.
MOST_VALUES = 50_000_000
_BY_PREFIX, _BY_LENGTH = "DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY"


def delta_texts(
    handle: IO[bytes],
    footer: pq.FileMetaData,
    limits: Limits,
    groups: Collection[int] | None = None,
    only: str | None = None,
) -> dict[str, int]:
    """The columns of text that are stored so, each with how many rows may be decoded at once.

    groups, only: the row groups and the column to look at, by default all. Raises TooLargeError
    for a page that is too large, ValueError for one that makes no sense.
    """
    size = handle.seek(0, 2)
    texts = {name for name in text_names(footer) if only in (None, name)}
    found: dict[str, int] = {}
    for number, group in enumerate(column_chunks(handle) if texts else ()):
        if groups is not None and number not in groups:
            continue
        for column in group:
            name = column.path
            if name in texts and column.encodings & {_BY_PREFIX, _BY_LENGTH}:
                for page in pages_of(handle, column):
                    refuse_large_page(name, page, limits.column_bytes_for(size))
                    is_short = page.encoding != _BY_PREFIX
                    rows = MOST_VALUES if is_short else max(1, MOST_AT_ONCE // max(page.size, 1))
                    found[name] = min(rows, found.get(name, rows))
    return found


def batches_of(
    file: pq.ParquetFile,
    names: Sequence[str],
    slow: dict[str, int],
    *,
    rows: int,
    groups: Sequence[int],
    limits: Limits,
) -> Iterator[pa.RecordBatch]:
    """The columns of some row groups in batches of so many rows at the most.

    slow: columns of which fewer rows are decoded at once, as `delta_texts` has them. Raises
    TooLargeError where their texts are too long.
    """
    own = {
        name: _Column(name, file, min(slow[name], rows), groups, limits)
        for name in names
        if name in slow
    }
    if not own:
        yield from file.iter_batches(rows, row_groups=groups, columns=names, use_threads=False)
        return
    others = [name for name in names if name not in own]
    for height, quick in _quick(file, others, rows, groups):
        held = {name: column.take(height) for name, column in own.items()}
        held |= {} if quick is None else dict(zip(others, quick.columns, strict=True))
        yield pa.RecordBatch.from_arrays([held[name] for name in names], names=[*names])


def _quick(
    file: pq.ParquetFile, names: Sequence[str], rows: int, groups: Sequence[int]
) -> Iterator[tuple[int, pa.RecordBatch | None]]:
    """The heights of batches, and the batches of columns that are decoded as ever."""
    if names:
        for batch in file.iter_batches(rows, row_groups=groups, columns=names, use_threads=False):
            yield batch.num_rows, batch
        return
    left = sum(file.metadata.row_group(number).num_rows for number in groups)
    while left > 0:
        yield min(rows, left), None
        left -= rows


@dataclass
class _Column:
    """A column that is decoded a few rows at a time, and joined to as many as are asked for."""

    name: str
    file: pq.ParquetFile
    rows: int
    groups: Sequence[int]
    limits: Limits

    def __post_init__(self) -> None:
        self.batches = self.file.iter_batches(
            self.rows, row_groups=self.groups, columns=[self.name], use_threads=False
        )
        self.rest: pa.Array | None = None

    def take(self, height: int) -> pa.Array:
        """So many values; raises ValueError where there are fewer."""
        taken: list[pa.Array] = []
        size = 0
        while height:
            part = self.rest if self.rest is not None else self._next()
            self.rest = part.slice(height) if len(part) > height else None
            taken.append(part.slice(0, height))
            height -= len(taken[-1])
            size += taken[-1].nbytes
            if size > raised(MOST_AT_ONCE):
                most = raised(MOST_AT_ONCE)
                told = f"The texts of {self.name} expand to more than {most:,} bytes at "
                raise TooLargeError(f"{told}once. {HOW_TO_RAISE}")
        return pa.concat_arrays(taken)

    def _next(self) -> pa.Array:
        batch = next(self.batches, None)
        if batch is None:
            raise ValueError("it holds another number of rows than its footer says")
        column = batch.column(0)
        longest = pc.max(pc.binary_length(column)).as_py() or 0
        refuse_long(longest, self.limits)
        return column


def refuse_large_page(name: str, page: Page, most: int) -> None:
    """Raise TooLargeError for a page of more bytes than are allowed, or of too many values."""
    if page.size > most:
        told = f"A page of {name} has {page.size:,} bytes; {most:,} are allowed. {HOW_TO_RAISE}"
        raise TooLargeError(told)
    if page.values > MOST_VALUES:
        told = f"A page of {name} has {page.values:,} values; {MOST_VALUES:,} are allowed."
        raise TooLargeError(f"{told} Write smaller pages.")
