"""Parquet read with limits that hold before and while it is decoded.

A footer may lie: 507 bytes can expand to five gigabytes. So rows and columns are counted
against a limit first, and what is decoded is measured batch by batch.
"""

import io
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from qantar.schema.table import Column, Table
from qantar.validation.faults.fault import Fault
from qantar.validation.readers.cell_table import POLARS_TYPES, CellTable, type_fault
from qantar.validation.readers.expansion import HOW_TO_RAISE
from qantar.validation.readers.parquet.arrow_column import as_series
from qantar.validation.readers.parquet.damage import DAMAGED, read_whole_columns
from qantar.validation.readers.parquet.delta import batches_of, delta_texts, refuse_large_page
from qantar.validation.readers.parquet.limit import (
    LIMITS,
    Limits,
    TooLargeError,
    distrust,
    expanded_size,
    foreign_columns,
    open_parquet,
    refuse_long_texts,
    text_names,
)
from qantar.validation.readers.parquet.page import column_chunks, pages_of
from qantar.validation.readers.spelling import note_of_spelling, respelled
from qantar.validation.readers.stored_type import as_column, column_of_another_type, describe_type
from qantar.validation.tables.stored_value import value_at

ROWS_PER_BATCH = 65_536


@dataclass(frozen=True)
class ParquetFrame:
    """The columns of a file as Polars has them; None where a fault kept it from being read.

    unread: (index, column) of cells that are null because their page is damaged. foreign: by
    name, what columns hold of which no table can have the values; they are null.
    """

    frame: pl.DataFrame | None = None
    faults: tuple[Fault, ...] = ()
    unread: frozenset[tuple[int, str]] = frozenset()
    foreign: Mapping[str, str] = field(default_factory=dict)


UNREADABLE = (
    TooLargeError,
    pa.ArrowException,
    OSError,
    ValueError,
    OverflowError,
    MemoryError,
)


def read_parquet(
    source: Path | bytes, table: Table, *, file: str, limits: Limits = LIMITS
) -> CellTable:
    """Read a Parquet file into the columns of a table; never raises on what the file holds.

    Raises OSError where the file cannot be opened.
    """
    return type_columns(read_columns(source, limits=limits), table, file=file)


def read_columns(
    source: Path | bytes, *, limits: Limits = LIMITS, first: int | None = None
) -> ParquetFrame:
    """Read a Parquet file, or its first rows, without knowing which table it is."""
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as handle:
        try:
            return _decode(handle, limits, first)
        except UNREADABLE as error:
            return ParquetFrame(faults=(fault_of(error),))


def fault_of(error: Exception) -> Fault:
    """What kept a file from being read, as a fault."""
    if isinstance(error, TooLargeError):
        return Fault("file-too-large", str(error))
    reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
    said = f"The file is not whole and readable Parquet: {reason.rstrip('.')}."
    return Fault("file-unreadable", said)


def type_columns(read: ParquetFrame, table: Table, *, file: str) -> CellTable:
    """Give each column of the table its type, where no value is lost by it."""
    faults = list(read.faults)
    unread: set[tuple[int, str]] = {*read.unread}
    spellings: dict[str, set[str]] = {}
    columns: list[pl.Series] = []
    for stored in read.frame.get_columns() if read.frame is not None else ():
        column = table.by_name.get(stored.name)
        if column is None:
            columns.append(stored)
            continue
        held = read.foreign.get(stored.name)
        values, lost = _typed_column(stored, column, is_foreign=held is not None)
        if stored.dtype == pl.String:
            spellings[stored.name] = respelled(stored, column.kind)
        unread |= {(index, stored.name) for index in lost}
        faults.extend(_type_faults(stored, column, lost, held))
        columns.append(values)
    faults.extend(note.at(line=None) for note in note_of_spelling(spellings))
    placed = tuple(fault.at(file=file) for fault in faults)
    return CellTable(file, pl.DataFrame(columns), None, frozenset(unread), placed, table.name)


def _decode(handle: IO[bytes], limits: Limits, first: int | None) -> ParquetFrame:
    footer = read_footer(handle, limits)
    schema = footer.schema.to_arrow_schema()
    foreign = foreign_columns(footer)
    held = pa.schema([kept for kept in schema if kept.name not in foreign])
    # Made of nulls, since to make arrays of lists pyarrow loads pandas where it is installed.
    empty = [pa.nulls(0, field.type) for field in held]
    frames = [plain_frame(pa.RecordBatch.from_arrays(empty, schema=held))]
    try:
        for batch in read_batches(handle, footer, limits):
            frames.append(plain_frame(batch))
            if first is not None and sum(frame.height for frame in frames) >= first:
                break
    except DAMAGED as error:
        return _decode_whole_columns(handle, footer, limits, first, error)
    frame = _with_foreign(pl.concat(frames), footer, foreign)
    return ParquetFrame(frame if first is None else frame.head(first), foreign=foreign)


def _with_foreign(
    frame: pl.DataFrame, footer: pq.FileMetaData, foreign: Mapping[str, str]
) -> pl.DataFrame:
    """The frame with an empty column for each that was not read, in the order of the file."""
    if not foreign:
        return frame
    height = frame.height if frame.width else footer.num_rows
    names = footer.schema.to_arrow_schema().names
    return pl.DataFrame(
        [
            pl.repeat(None, height, dtype=pl.Null, eager=True).alias(name)
            if name in foreign
            else frame.get_column(name)
            for name in names
        ]
    )


def _decode_whole_columns(
    handle: IO[bytes], footer: pq.FileMetaData, limits: Limits, first: int | None, error: Exception
) -> ParquetFrame:
    """What is whole of a damaged file; raises the error where no damage is found in a column."""
    groups = [*read_whole_columns(handle, footer, limits)]
    faults = [fault for group in groups for fault in group.faults()]
    if not faults:
        raise error
    foreign = foreign_columns(footer)
    whole = pl.concat([plain_frame(group.batch) for group in groups])
    frame = _with_foreign(whole, footer, foreign)
    unread = {cell for group in groups for cell in group.unread()}
    if first is not None:
        frame = frame.head(first)
        faults = [fault for fault in faults if (fault.row or 0) <= first]
        unread = {(index, name) for index, name in unread if index < first}
    return ParquetFrame(frame, tuple(faults), frozenset(unread), foreign)


def read_footer(handle: IO[bytes], limits: Limits) -> pq.FileMetaData:
    """What a file says of itself, where it keeps to the limits; raises where it does not."""
    footer = pq.read_metadata(handle)
    _refuse_repeated(footer.schema.to_arrow_schema())
    _refuse_large_footer(footer, limits, handle)
    return footer


def read_batches(
    handle: IO[bytes],
    footer: pq.FileMetaData,
    limits: Limits,
    *,
    spelled: Collection[str] = (),
    columns: list[str] | None = None,
    rows: int = ROWS_PER_BATCH,
) -> Iterator[pa.RecordBatch]:
    """The rows in batches, each measured; raises where the file is damaged or too large.

    Texts stay dictionary-encoded but for columns in `spelled`: a dictionary with one long
    value and a million references to it is small until it is spelled out. Columns that no
    table can have are left out.
    """
    slow = delta_texts(handle, footer, limits)
    texts = [name for name in text_names(footer) if name not in spelled and name not in slow]
    packed = handle.seek(0, io.SEEK_END)
    # What is let go takes no more than one batch of it, in which texts are not spelled out.
    allowed = 2 * limits.column_bytes_for(packed) if limits.is_let_go else limits.bytes_for(packed)
    handle.seek(0)
    file = open_parquet(handle, texts)
    size = count = 0
    foreign = foreign_columns(footer)
    asked = columns or footer.schema.to_arrow_schema().names
    names = [name for name in asked if name not in foreign]
    groups = range(footer.num_row_groups)
    for batch in batches_of(file, names, slow, rows=rows, groups=groups, limits=limits):
        for column in batch.columns:
            distrust(column)
        if limits.is_let_go:
            for column in batch.columns:
                refuse_long_texts(column, limits)
            size = batch.nbytes
        else:
            size += sum(expanded_size(column, limits) for column in batch.columns)
        if size > allowed:
            raise TooLargeError(f"The file expands to more than {allowed:,} bytes. {HOW_TO_RAISE}")
        count += batch.num_rows
        if count > footer.num_rows:
            break
        yield batch
    if count != footer.num_rows:
        raise ValueError("it holds another number of rows than its footer says")


def _refuse_repeated(schema: pa.Schema) -> None:
    repeated = {name for name, count in Counter(schema.names).items() if count > 1}
    if repeated:
        raise ValueError(f"it has two columns named {min(repeated)}")


def _refuse_large_footer(footer: pq.FileMetaData, limits: Limits, handle: IO[bytes]) -> None:
    size = handle.seek(0, io.SEEK_END)
    cells, most_cells = footer.num_rows * footer.num_columns, limits.cells_for(size)
    if cells > most_cells:
        told = f"The file says it holds {cells:,} cells; {most_cells:,} are allowed. {HOW_TO_RAISE}"
        raise TooLargeError(told)
    if limits.is_let_go:
        most = limits.column_bytes_for(size)
        large = (c for columns in column_chunks(handle) for c in columns if c.size > most)
        for column in large:
            # Pages are decoded one after the other, and let go.
            for page in pages_of(handle, column):
                refuse_large_page(column.path, page, most)
        return
    groups = [footer.row_group(n) for n in range(footer.num_row_groups)]
    declared, most = sum(group.total_byte_size for group in groups), limits.bytes_for(size)
    if declared > most:
        raise TooLargeError(
            f"The file says it expands to {declared:,} bytes; {most:,} are allowed. {HOW_TO_RAISE}"
        )


def plain_frame(batch: pa.RecordBatch) -> pl.DataFrame:
    """The batch as Polars has it."""
    # Of the stored schema only the names are taken: damaged metadata would stop Polars.
    named = zip(batch.schema.names, batch.columns, strict=True)
    columns = [as_series(column).alias(name) for name, column in named]
    return pl.DataFrame(columns)


def _typed_column(
    stored: pl.Series, column: Column, *, is_foreign: bool
) -> tuple[pl.Series, list[int]]:
    """The column's values, and the indices of those that are none of its kind."""
    values = as_column(stored, column)
    if values is None:
        kind = POLARS_TYPES[column.kind]
        values = pl.repeat(None, len(stored), dtype=kind, eager=True).alias(stored.name)
    if is_foreign:
        return values, [*range(len(stored))]
    return values, (stored.is_not_null() & values.is_null()).arg_true().to_list()


def _type_faults(
    stored: pl.Series, column: Column, lost: list[int], held: str | None
) -> Iterator[Fault]:
    """held: what the column holds, where no table can have it."""
    if held is not None:
        yield column_of_another_type(column, held)
    elif lost and as_column(stored[:0], column) is None:
        first = value_at(stored, lost[0])
        yield column_of_another_type(column, describe_type(stored.dtype), first)
    else:
        for index in lost:
            yield type_fault(index, column, value_at(stored, index))
