"""Parquet read with limits that hold before and while it is decoded.

A footer may lie: 507 bytes can expand to five gigabytes. So rows and columns are counted
against a limit first, and what is decoded is measured batch by batch.
"""

import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import narwhals as nw
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from qantar.schema.patterns import ColumnKind
from qantar.schema.table import Column, Table
from qantar.validation.faults.fault import Fault
from qantar.validation.frames.frame_column import values_of
from qantar.validation.tables.cell_table import POLARS_TYPES, CellTable, kept, type_fault, typed
from qantar.validation.tables.damaged_parquet import DAMAGED, read_whole_columns
from qantar.validation.tables.parquet_limit import (
    LIMITS,
    Limits,
    TooLargeError,
    distrust,
    expanded_size,
    is_text,
    open_parquet,
    text_names,
)

ROWS_PER_BATCH = 65_536


@dataclass(frozen=True)
class ParquetFrame:
    """The columns of a file as Polars has them; None where a fault kept it from being read.

    unread: (index, column) of cells that are null because their page is damaged.
    """

    frame: pl.DataFrame | None = None
    faults: tuple[Fault, ...] = ()
    unread: frozenset[tuple[int, str]] = frozenset()


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
    columns: list[pl.Series] = []
    for stored in read.frame.get_columns() if read.frame is not None else ():
        column = table.by_name.get(stored.name)
        if column is None:
            columns.append(stored)
            continue
        values = as_kind(stored, column.kind)
        lost = (stored.is_not_null() & values.is_null()).arg_true().to_list()
        unread |= {(index, stored.name) for index in lost}
        faults.extend(_type_faults(stored, column, lost))
        columns.append(values)
    placed = tuple(fault.at(file=file) for fault in faults)
    return CellTable(file, pl.DataFrame(columns), None, frozenset(unread), placed, table.name)


def _decode(handle: IO[bytes], limits: Limits, first: int | None) -> ParquetFrame:
    footer = read_footer(handle, limits)
    empty = plain_frame(pa.RecordBatch.from_pylist([], schema=footer.schema.to_arrow_schema()))
    frames = [empty]
    try:
        for batch in read_batches(handle, footer, limits):
            frames.append(plain_frame(batch))
            if first is not None and sum(frame.height for frame in frames) >= first:
                break
    except DAMAGED as error:
        return _decode_whole_columns(handle, footer, limits, first, error)
    frame = pl.concat(frames)
    return ParquetFrame(frame if first is None else frame.head(first))


def _decode_whole_columns(
    handle: IO[bytes], footer: pq.FileMetaData, limits: Limits, first: int | None, error: Exception
) -> ParquetFrame:
    """What is whole of a damaged file; raises the error where no damage is found in a column."""
    groups = [*read_whole_columns(handle, footer, limits)]
    faults = [fault for group in groups for fault in group.faults()]
    if not faults:
        raise error
    frame = pl.concat([plain_frame(group.batch) for group in groups])
    unread = {cell for group in groups for cell in group.unread()}
    if first is not None:
        frame = frame.head(first)
        faults = [fault for fault in faults if (fault.row or 0) <= first]
        unread = {(index, name) for index, name in unread if index < first}
    return ParquetFrame(frame, tuple(faults), frozenset(unread))


def read_footer(handle: IO[bytes], limits: Limits) -> pq.FileMetaData:
    """What a file says of itself, where it keeps to the limits; raises where it does not."""
    footer = pq.read_metadata(handle)
    _refuse_nested(footer.schema.to_arrow_schema())
    allowed = limits.bytes_for(handle.seek(0, io.SEEK_END))
    _refuse_large_footer(footer, limits.cells, allowed)
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
    value and a million references to it is small until it is spelled out.
    """
    texts = [name for name in text_names(footer) if name not in spelled]
    allowed = limits.bytes_for(handle.seek(0, io.SEEK_END))
    handle.seek(0)
    file = open_parquet(handle, texts)
    size = count = 0
    for batch in file.iter_batches(batch_size=rows, columns=columns, use_threads=False):
        for column in batch.columns:
            distrust(column)
        size += sum(expanded_size(column, limits) for column in batch.columns)
        if size > allowed:
            raise TooLargeError(f"The file expands to more than {allowed} bytes.")
        count += batch.num_rows
        yield batch
    if count != footer.num_rows:
        raise ValueError("it holds another number of rows than its footer says")


def _refuse_nested(schema: pa.Schema) -> None:
    repeated = {name for name in schema.names if schema.names.count(name) > 1}
    if repeated:
        raise ValueError(f"it has two columns named {min(repeated)}")
    for field in schema:
        if pa.types.is_nested(field.type):
            raise ValueError(f"column {field.name} holds lists or structs; tables are flat")


def _refuse_large_footer(footer: pq.FileMetaData, most_cells: int, most_bytes: int) -> None:
    cells = footer.num_rows * footer.num_columns
    if cells > most_cells:
        raise TooLargeError(f"The file says it holds {cells} cells; {most_cells} are allowed.")
    declared = sum(footer.row_group(n).total_byte_size for n in range(footer.num_row_groups))
    if declared > most_bytes:
        raise TooLargeError(
            f"The file says it expands to {declared} bytes; {most_bytes} are allowed."
        )


def plain_frame(batch: pa.RecordBatch) -> pl.DataFrame:
    """The batch as Polars has it, in types that all readers share."""
    # Of the stored schema only the names are taken: damaged metadata would stop Polars.
    columns = [_familiar(column) for column in batch.columns]
    frame = pl.DataFrame(pa.RecordBatch.from_arrays(columns, names=batch.schema.names))
    return frame.with_columns(_plain(series) for series in frame.get_columns())


def _familiar(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_timestamp(kind):
        return column.cast(pa.timestamp("us"), safe=False)
    known = (pa.types.is_null, pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating)
    others = (pa.types.is_date, pa.types.is_dictionary, is_text)
    if any(test(kind) for test in (*known, *others)):
        return column
    return column.cast(pa.string())


def _plain(series: pl.Series) -> pl.Series:
    if isinstance(series.dtype, pl.Categorical | pl.Enum):
        return series.cast(pl.String)
    if series.dtype.is_integer():
        return series.cast(pl.Int64)
    return series.cast(pl.Float64) if series.dtype.is_float() else series


def as_kind(stored: pl.Series, kind: ColumnKind) -> pl.Series:
    """Stored values as values of a kind; null where that would lose something."""
    wanted = POLARS_TYPES[kind]
    found = stored.dtype
    if found == wanted:
        return kept(stored, stored.is_finite()) if kind is ColumnKind.number else stored
    if found == pl.Null:
        return stored.cast(wanted)
    if found == pl.String:
        return typed(stored, kind)
    if kind is ColumnKind.number and found.is_integer():
        return stored.cast(wanted)
    if kind is ColumnKind.integer and found.is_float():
        # pandas stores integers as floats where some are missing.
        return kept(stored, stored == stored.round()).cast(wanted, strict=False)
    if kind is ColumnKind.date and found == pl.Datetime:
        return kept(stored, stored == stored.dt.truncate("1d")).cast(wanted)
    return pl.Series(stored.name, [None] * len(stored), dtype=wanted)


def _type_faults(stored: pl.Series, column: Column, lost: list[int]) -> Iterator[Fault]:
    present = len(stored) - stored.null_count()
    if is_of_another_type(column, stored.dtype, lost=len(lost), present=present):
        yield wrong_type(column, stored.dtype)
        return
    for index in lost:
        yield type_fault(index, column, value_at(stored, index))


def value_at(values: pl.Series, index: int) -> Any:
    """A value as Python has it; a day beyond its calendar as text."""
    dtype = values.dtype
    if dtype.is_numeric() or dtype in (pl.String, pl.Boolean):
        # Asked of every faulty cell, and many times as quick as the way around.
        return values[index]
    (value,) = values_of(nw.from_native(values[index : index + 1], series_only=True))
    return value


def is_of_another_type(column: Column, dtype: pl.DataType, *, lost: int, present: int) -> bool:
    """Whether no value of a column has the declared type because of how the column is stored.

    A day is text, and a time may be that of a day, so that both are judged cell by cell.
    """
    is_day = column.kind is ColumnKind.date and dtype in (pl.String, pl.Datetime)
    return not is_day and lost > 1 and lost == present


def wrong_type(column: Column, dtype: pl.DataType) -> Fault:
    """The fault of a column of which no value has the declared type."""
    said = f"{column.name} is stored as {dtype}; the schema has {column.kind}."
    return Fault("value-type", said, column=column.name)
