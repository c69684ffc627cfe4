"""Some rows of a Parquet file written as another that is stored as the first one is."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from qantar.validation.readers.parquet.delta import batches_of, delta_texts
from qantar.validation.readers.parquet.limit import (
    LIMITS,
    expanded_size,
    open_parquet,
    text_names,
)
from qantar.validation.readers.parquet.page import ColumnChunk, column_chunks
from qantar.validation.readers.row_bytes import RowBytesError
from qantar.validation.tables.array import Mask

ROWS_PER_BATCH = 65_536
# So many bytes are held at once, spelled out, before they are written.
MOST_HELD = 64_000_000
# Of lists and records, of which rows may have any number.
MOST_VALUES = 50_000_000
_STORED_SCHEMA = b"ARROW:schema"
_VERSIONS = ("1.0", "2.4", "2.6")
# How values are stored that are in no dictionary, where it is not plainly.
_ENCODINGS = (
    "DELTA_BINARY_PACKED",
    "DELTA_BYTE_ARRAY",
    "DELTA_LENGTH_BYTE_ARRAY",
    "BYTE_STREAM_SPLIT",
)


@dataclass
class ParquetCopy:
    """A Parquet file of which rows are copied, as its footer and schema tell how it is stored.

    Raises RowBytesError where it cannot be written again as it is.
    """

    path: Path
    footer: pq.FileMetaData = field(init=False)
    groups: list[list[ColumnChunk]] = field(init=False)
    schema: pa.Schema = field(init=False)
    form: dict[str, Any] = field(init=False)
    added: dict[bytes, bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.footer = pq.read_metadata(self.path)
        with self.path.open("rb") as handle:
            self.groups = column_chunks(handle)
        stated = self.footer.metadata or {}
        self.schema = self.footer.schema.to_arrow_schema()
        # Arrow writes the metadata of its schema by itself only where it stores that.
        is_stored = _STORED_SCHEMA in stated
        written = {_STORED_SCHEMA, *(self.schema.metadata or {})} if is_stored else set()
        self.added = {key: value for key, value in stated.items() if key not in written}
        self.form = self._form(is_stored)
        _refuse_endless(self.footer, self.groups)

    def batches(self) -> Iterator[pa.Table]:
        """All rows in order, as the schema has them, in parts of bounded size."""
        with self.path.open("rb") as handle:
            slow = delta_texts(handle, self.footer, LIMITS)
            handle.seek(0)
            file = open_parquet(handle, [n for n in text_names(self.footer) if n not in slow])
            for number in range(self.footer.num_row_groups):
                # One at a time: over several the dictionaries would grow without end.
                batches = batches_of(
                    file,
                    self.schema.names,
                    slow,
                    rows=ROWS_PER_BATCH,
                    groups=[number],
                    limits=LIMITS,
                )
                for batch in batches:
                    for part in _parts(batch):
                        yield self._stored(part)

    def _stored(self, batch: pa.RecordBatch) -> pa.Table:
        pairs = zip(batch.columns, self.schema, strict=True)
        columns = [_as_stored(column, kind.type) for column, kind in pairs]
        return pa.Table.from_arrays(columns, schema=self.schema)

    def writer(self, sink: IO[bytes]) -> "GroupWriter":
        """What writes rows in groups as large as those of the file."""
        groups = range(self.footer.num_row_groups)
        rows = max((self.footer.row_group(n).num_rows for n in groups), default=1)
        writer = pq.ParquetWriter(sink, self.schema, **self.form)
        if self.added:
            writer.add_key_value_metadata(self.added)
        return GroupWriter(writer, rows)

    def _form(self, has_schema: bool) -> dict[str, Any]:
        form: dict[str, Any] = {"store_schema": has_schema, "compression": "none"}
        if self.footer.format_version in _VERSIONS:
            form["version"] = self.footer.format_version
        if self.groups:
            form |= _form_of_columns(self.groups[0])
            if order := self.footer.row_group(0).sorting_columns:
                form["sorting_columns"] = order
        for variant in _variants(self.footer):
            if _written_schema(self.schema, form | variant).equals(self.footer.schema):
                return form | variant
        raise RowBytesError(
            "A column is stored in a way that cannot be written again as it is. Write the file "
            "anew with another program first."
        )


class GroupWriter:
    """Writes rows in groups of so many, or of as many as may be held."""

    def __init__(self, writer: pq.ParquetWriter, rows: int) -> None:
        self.writer = writer
        self.rows = rows
        self.held: list[pa.Table] = []

    def write(self, rows: pa.Table) -> None:
        """Take rows, and write what is held where it is enough."""
        start = 0
        while start < rows.num_rows:
            taken = rows.slice(start, self.rows - sum(table.num_rows for table in self.held))
            self.held.append(taken)
            start += taken.num_rows
            full = sum(table.num_rows for table in self.held) >= self.rows
            if full or sum(table.nbytes for table in self.held) >= MOST_HELD:
                self._flush()

    def close(self) -> None:
        """Write the rest, and the footer."""
        self._flush()
        self.writer.close()

    def _flush(self) -> None:
        if self.held:
            self.writer.write_table(pa.concat_tables(self.held), row_group_size=self.rows)
            self.held = []


def only(rows: pa.Table, wanted: Mask) -> pa.Table:
    """The rows that are wanted; wanted: one for each row."""
    if wanted.all():
        return rows
    return rows.filter(pa.array(wanted)).combine_chunks() if wanted.any() else rows.slice(0, 0)


def _form_of_columns(columns: list[ColumnChunk]) -> dict[str, Any]:
    coded = [column.path for column in columns if column.has_dictionary]
    lasting = {
        column.path: encoding
        for column in columns
        if not column.has_dictionary
        for encoding in sorted(column.encodings & {*_ENCODINGS})
    }
    packed = {column.path: column.codec for column in columns}
    form: dict[str, Any] = {"compression": packed, "use_dictionary": coded or False}
    return form | ({"column_encoding": lasting} if lasting else {})


def _variants(footer: pq.FileMetaData) -> Iterator[dict[str, Any]]:
    """Ways to write what has several, by what the file has."""
    schema = footer.schema
    columns = [schema.column(n) for n in range(len(schema.names))]
    kinds = {column.physical_type for column in columns}
    are_decimals = any("Decimal" in str(column.logical_type) for column in columns)
    choices: Mapping[str, tuple[Any, ...]] = {
        "use_compliant_nested_type": (True, False),
        "use_deprecated_int96_timestamps": (True,) if "INT96" in kinds else (False,),
        **({"store_decimal_as_integer": (True, False)} if are_decimals else {}),
    }
    for chosen in product(*choices.values()):
        yield dict(zip(choices, chosen, strict=True))


def _written_schema(schema: pa.Schema, form: Mapping[str, Any]) -> pq.ParquetSchema:
    buffer = io.BytesIO()
    with pq.ParquetWriter(buffer, schema, **form):
        pass
    return pq.read_metadata(buffer).schema


def _refuse_endless(footer: pq.FileMetaData, groups: list[list[ColumnChunk]]) -> None:
    for number, columns in enumerate(groups):
        for column in columns:
            if column.values > max(MOST_VALUES, footer.row_group(number).num_rows):
                raise RowBytesError(
                    f"{column.path} holds {column.values:,} values in one row group; "
                    f"{MOST_VALUES:,} are allowed. Write smaller row groups."
                )


def _parts(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """The batch in parts that take no more than is allowed once they are spelled out."""
    size = sum(expanded_size(column, LIMITS) for column in batch.columns)
    if size <= MOST_HELD or batch.num_rows == 1:
        yield batch
        return
    half = batch.num_rows // 2
    yield from _parts(batch.slice(0, half))
    yield from _parts(batch.slice(half))


def _as_stored(column: pa.Array, kind: pa.DataType) -> pa.Array:
    if column.type == kind:
        return column
    return column.dictionary_decode().cast(kind)
