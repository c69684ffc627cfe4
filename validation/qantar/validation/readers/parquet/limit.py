"""What a Parquet file may not do to its reader: expand without end, or lie of what it holds."""

from dataclasses import dataclass
from typing import IO

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from qantar.validation.readers.expansion import HOW_TO_RAISE, raised, times_allowed
from qantar.validation.readers.parquet.arrow_column import foreign_type, is_text
from qantar.validation.tables.dictionary_place import indices_of, places_of

# What a text takes beside its characters once its dictionary is gone.
BYTES_PER_TEXT = 16


@dataclass(frozen=True)
class Limits:
    """How far a file may expand: cells in all, bytes decoded, bytes of a single text.

    Every file may expand to `least_bytes`; beyond that to so many times its own size. So it is
    with a single page, and a batch that is let go (`least_column`), and with cells:
    `least_cells`, and beyond as many for each byte. is_let_go: whether batches are let go once
    they are judged, so that only each by itself takes memory.
    """

    cells: int = 4_000_000_000
    least_cells: int = 4_000_000_000
    least_column: int = 200_000_000
    is_let_go: bool = False
    bytes: int = 8_000_000_000
    text_bytes: int = 1_000_000
    least_bytes: int = 200_000_000
    times: int = 500

    def bytes_for(self, size: int) -> int:
        """How many bytes a file of a size in bytes may expand to."""
        return min(self.bytes, max(self.least_bytes, times_allowed(self.times) * size))

    def column_bytes_for(self, size: int) -> int:
        """How many bytes a column of a row group may expand to."""
        return min(self.bytes, max(self.least_column, times_allowed(self.times) * size))

    def cells_for(self, size: int) -> int:
        """How many cells a file of a size in bytes may hold."""
        return min(self.cells, max(self.least_cells, times_allowed(self.times) * size))


LIMITS = Limits()


class TooLargeError(Exception):
    """Decoding would take more than the limit; the text says what."""


def expanded_size(column: pa.Array, limits: Limits) -> int:
    """Bytes a column that is distrusted no more takes once it is spelled out, from above."""
    if not _is_listed_text(column):
        return int(column.nbytes)
    refuse_long_texts(column, limits)
    # Not filled by pyarrow, which loads pandas where it is installed to make a scalar.
    lengths = pl.Series(pc.binary_length(column.dictionary)).fill_null(0)
    each = np.append(lengths.to_numpy(), 0)
    return int(each.take(places_of(column)).sum()) + BYTES_PER_TEXT * len(column)


def refuse_long_texts(column: pa.Array, limits: Limits) -> None:
    """Raise TooLargeError where a dictionary holds a text beyond the limit."""
    if _is_listed_text(column):
        refuse_long(pc.max(pc.binary_length(column.dictionary)).as_py() or 0, limits)


def _is_listed_text(column: pa.Array) -> bool:
    return pa.types.is_dictionary(column.type) and is_text(column.type.value_type)


def refuse_long(longest: int, limits: Limits) -> None:
    """Raise TooLargeError where the longest text has more bytes than one may have."""
    most = raised(limits.text_bytes)
    if longest > most:
        told = f"The file holds a text of {longest} bytes; {most} are allowed."
        raise TooLargeError(f"{told} {HOW_TO_RAISE}")


def distrust(column: pa.Array) -> None:
    """Refuse what Polars takes on trust: dictionary indices and the encoding of texts."""
    if not pa.types.is_dictionary(column.type):
        column.validate(full=True)
        return
    column.validate()
    column.dictionary.validate(full=True)
    # Gaps make Arrow look at each place by itself, which takes ten times as long.
    places = indices_of(column)
    if len(places) and (places.min() < 0 or places.max() >= len(column.dictionary)):
        column.validate(full=True)


def open_parquet(handle: IO[bytes], texts: list[str]) -> pq.ParquetFile:
    """The file, of which these columns of text stay dictionary-encoded.

    What was read is not buffered: the buffer would grow to the size of the file.
    """
    return pq.ParquetFile(
        handle, read_dictionary=texts, page_checksum_verification=True, pre_buffer=False
    )


def text_names(footer: pq.FileMetaData) -> list[str]:
    """The columns that hold text."""
    return [field.name for field in footer.schema.to_arrow_schema() if is_text(field.type)]


def foreign_columns(footer: pq.FileMetaData) -> dict[str, str]:
    """The columns of which no table can have the values, and what these are called."""
    told = ((f.name, foreign_type(f.type)) for f in footer.schema.to_arrow_schema())
    return {name: held for name, held in told if held}
