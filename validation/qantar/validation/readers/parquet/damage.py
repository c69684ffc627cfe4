"""Parquet of which pages are damaged, read for all that is whole in it.

A page that cannot be read costs the cells of its column in its row group, and no others.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from qantar.validation.faults.fault import Fault
from qantar.validation.readers.parquet.delta import batches_of, delta_texts
from qantar.validation.readers.parquet.limit import (
    BYTES_PER_TEXT,
    Limits,
    TooLargeError,
    distrust,
    expanded_size,
    foreign_columns,
    open_parquet,
    text_names,
)

# What damage to one column raises; that decoding takes too much is another matter.
DAMAGED = (pa.ArrowException, OSError, ValueError, OverflowError)
# Beyond so many cells that cannot be read the file is given up.
MOST_UNREAD = 1_000_000


class GivenUpError(ValueError):
    """Too little of the file is whole."""


@dataclass(frozen=True)
class RowGroup:
    """Rows of one group from some row on. damaged: why a column could not be read, by name.

    first: the place of the first row in the file, from 0. Cells of damaged columns are null.
    """

    batch: pa.RecordBatch
    first: int
    damaged: dict[str, str]

    def faults(self, before: int = 0) -> Iterator[Fault]:
        """One for each damaged column, at the first of its rows; rows count on from `before`."""
        first, last = self.first + 1, self.first + self.batch.num_rows
        for name, reason in self.damaged.items():
            told = f"{name} cannot be read in rows {first} to {last}: {reason}."
            yield Fault("file-unreadable", told, row=first - before, column=name)

    def unread(self, before: int = 0) -> Iterator[tuple[int, str]]:
        """(index, column) of every cell that cannot be read."""
        start = self.first - before
        for name in self.damaged:
            for index in range(start, start + self.batch.num_rows):
                yield index, name


def read_whole_columns(
    handle: IO[bytes],
    footer: pq.FileMetaData,
    limits: Limits,
    *,
    start: int = 0,
    columns: Collection[str] | None = None,
) -> Iterator[RowGroup]:
    """The rows from `start` on, group by group and column by column.

    Raises TooLargeError as `read_batches` does, GivenUpError where too much is damaged.
    """
    size = handle.seek(0, 2)
    allowed = limits.bytes_for(size)
    if footer.num_rows * footer.num_columns * BYTES_PER_TEXT > allowed:
        raise GivenUpError("its pages are damaged")
    foreign = foreign_columns(footer)
    held = [name for name in footer.schema.to_arrow_schema().names if name not in foreign]
    names = [name for name in held if columns is None or name in columns]
    first = unread = spent = 0
    for number in range(footer.num_row_groups):
        rows = footer.row_group(number).num_rows
        if first + rows > start:
            group = _read_group(handle, footer, number, names, limits)
            unread += len(group.damaged) * rows
            spent += sum(expanded_size(column, limits) for column in group.batch.columns)
            if unread > MOST_UNREAD:
                raise GivenUpError("its pages are damaged")
            if spent > allowed:
                raise TooLargeError(f"The file expands to more than {allowed} bytes.")
            skipped = max(start - first, 0)
            yield RowGroup(group.batch.slice(skipped), first + skipped, group.damaged)
        first += rows


def _read_group(
    handle: IO[bytes], footer: pq.FileMetaData, number: int, names: list[str], limits: Limits
) -> RowGroup:
    schema = footer.schema.to_arrow_schema()
    rows = footer.row_group(number).num_rows
    columns: list[pa.Array] = []
    damaged: dict[str, str] = {}
    for name in names:
        try:
            columns.append(_read_column(handle, footer, number, name, rows, limits))
        except DAMAGED as error:
            reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
            damaged[name] = reason.rstrip(".")
            columns.append(pa.nulls(rows, schema.field(name).type))
    return RowGroup(pa.RecordBatch.from_arrays(columns, names=names), 0, damaged)


def _read_column(
    handle: IO[bytes], footer: pq.FileMetaData, number: int, name: str, rows: int, limits: Limits
) -> pa.Array:
    slow = delta_texts(handle, footer, limits, [number], name)
    handle.seek(0)
    texts = [name] if name in text_names(footer) and name not in slow else []
    file = open_parquet(handle, texts)
    if name in slow:
        parts = batches_of(file, [name], slow, rows=rows, groups=[number], limits=limits)
        read = pa.chunked_array([part.column(0) for part in parts])
    else:
        read = file.read_row_group(number, columns=[name], use_threads=False).column(0)
    if len(read) != rows:
        raise ValueError("it holds another number of rows than its footer says")
    column = read.combine_chunks()
    column = pa.concat_arrays(column.chunks) if isinstance(column, pa.ChunkedArray) else column
    distrust(column)
    return column
