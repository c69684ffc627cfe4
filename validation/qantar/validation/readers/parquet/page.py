"""What a Parquet file says of its columns and their pages, read without decoding them.

The headers are as `parquet.thrift` of apache/parquet-format has them. Arrow reads them too, but
ends the process at some that are damaged, and tells nothing of pages. A page's own header says
how much memory it takes, which a footer may hide.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import IO, Any

from qantar.validation.readers.parquet.thrift import CutShortError, Struct, read_struct

_LONGEST_HEADER = 1 << 20
_FIRST_READ = 1 << 12
_END = 8
ENCODINGS = {
    0: "PLAIN",
    2: "PLAIN_DICTIONARY",
    3: "RLE",
    4: "BIT_PACKED",
    5: "DELTA_BINARY_PACKED",
    6: "DELTA_LENGTH_BYTE_ARRAY",
    7: "DELTA_BYTE_ARRAY",
    8: "RLE_DICTIONARY",
    9: "BYTE_STREAM_SPLIT",
}
CODECS = ("none", "snappy", "gzip", "lzo", "brotli", "lz4", "zstd", "lz4")


@dataclass(frozen=True)
class ColumnChunk:
    """A column in a row group. size: in bytes once it is unpacked; packed: as it lies there.

    first_page: the byte at which it begins. codec: what it is packed with, as Arrow names it.
    """

    path: str
    encodings: frozenset[str]
    codec: str
    values: int
    size: int
    packed: int
    first_page: int
    has_dictionary: bool


@dataclass(frozen=True)
class Page:
    """A page: its size in bytes once it is unpacked, its values, and how they are encoded."""

    size: int
    values: int
    encoding: str = ""


def column_chunks(handle: IO[bytes]) -> list[list[ColumnChunk]]:
    """The columns of each row group; raises ValueError where the footer makes no sense."""
    size = handle.seek(0, 2)
    handle.seek(max(size - _END, 0))
    length = int.from_bytes(handle.read(4), "little")
    if length + _END > size:
        raise ValueError("its footer is longer than the file")
    handle.seek(size - _END - length)
    return _chunks_told(handle.read(length))


@lru_cache(maxsize=1)
def _chunks_told(footer: bytes) -> list[list[ColumnChunk]]:
    """What a footer tells; the last one is kept, since several ask for it."""
    fields, _ = read_struct(footer)
    return [
        [_column_chunk(_field(column, 3, dict)) for column in _field(group, 1, list)]
        for group in _field(fields, 4, list)
    ]


def _column_chunk(stated: Struct) -> ColumnChunk:
    dictionary, data = stated.get(11), _field(stated, 9, int)
    # Some writers say 0 where there is no dictionary.
    has_dictionary = isinstance(dictionary, int) and 0 < dictionary < data
    codec = _field(stated, 4, int)
    return ColumnChunk(
        ".".join(part.decode("utf-8", "replace") for part in _field(stated, 3, list)),
        frozenset(ENCODINGS.get(number, "") for number in _field(stated, 2, list)),
        CODECS[codec] if 0 <= codec < len(CODECS) else "",
        _field(stated, 5, int),
        _field(stated, 6, int),
        _field(stated, 7, int),
        dictionary if isinstance(dictionary, int) and has_dictionary else data,
        has_dictionary,
    )


def pages_of(handle: IO[bytes], column: ColumnChunk) -> Iterator[Page]:
    """The pages of a column in a row group; raises ValueError where a header makes no sense."""
    place = column.first_page
    end = place + column.packed
    values = 0
    while values < column.values and 0 <= place < end:
        fields, length = _read_header(handle, place)
        size, packed = _field(fields, 2, int), _field(fields, 3, int)
        if min(size, packed) < 0:
            raise ValueError("a page has no size")
        page = _page(fields, size)
        yield page
        values += page.values
        place += length + packed


def _page(fields: Struct, size: int) -> Page:
    for number, encoding in ((5, 2), (8, 4)):
        if number in fields:
            header = _field(fields, number, dict)
            values = _field(header, 1, int)
            if values < 0:
                raise ValueError("a page has no number of values")
            return Page(size, values, ENCODINGS.get(header.get(encoding, -1), ""))
    return Page(size, 0)


def _read_header(handle: IO[bytes], place: int) -> tuple[Struct, int]:
    """The fields of the header at a byte of the file, and its length."""
    read = _FIRST_READ
    while True:
        handle.seek(place)
        try:
            return read_struct(handle.read(read))
        except CutShortError:
            if read >= _LONGEST_HEADER:
                raise
            read *= 16


def _field(fields: Any, number: int, kind: type) -> Any:
    value = fields.get(number) if isinstance(fields, dict) else None
    if not isinstance(value, kind):
        raise ValueError("its headers make no sense")
    return value
