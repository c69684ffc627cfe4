"""A table as a Parquet file: zstd, page checksums, dictionaries where strings repeat."""

import io
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from qantar.dataset.arrow import arrow_table
from qantar.schema.shape import Row
from qantar.schema.table import Table

_ZSTD_LEVEL = 9
_ROWS_IN_GROUP = 131_072


def write_parquet(table: Table, rows: list[Row]) -> bytes:
    """The file's bytes; they depend on the rows and the version of pyarrow alone."""
    arrow = arrow_table(table, rows)
    file = io.BytesIO()
    pq.write_table(
        arrow,
        file,
        row_group_size=_ROWS_IN_GROUP,
        version="2.6",
        data_page_version="1.0",
        compression="zstd",
        compression_level=_ZSTD_LEVEL,
        use_dictionary=_repeating_columns(arrow),
        write_statistics=True,
        write_page_checksum=True,
        store_schema=True,
    )
    return file.getvalue()


def read_parquet(content: bytes) -> Any:
    """The Arrow table in a file's bytes, page checksums verified. Opens no file."""
    return pq.read_table(
        pa.BufferReader(content), page_checksum_verification=True, use_threads=False
    )


def _repeating_columns(arrow: pa.Table) -> list[str]:
    return [
        field.name
        for field, column in zip(arrow.schema, arrow.columns, strict=True)
        if pa.types.is_string(field.type) and 2 * len(column.unique()) <= len(column)
    ]
