"""The headers of the pages of a Parquet column, read without decoding what the pages hold.

They are structs of Thrift's compact protocol, as `parquet.thrift` of apache/parquet-format has
them. A page's own header says how much memory it takes, which a footer may hide.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import pyarrow.parquet as pq

_LONGEST_HEADER = 1 << 20
_FIRST_READ = 1 << 12
_SIZE, _PACKED, _DATA, _DATA_V2 = 2, 3, 5, 8
_VALUES, _ENCODING, _ENCODING_V2 = 1, 2, 4
ENCODINGS = {6: "DELTA_LENGTH_BYTE_ARRAY", 7: "DELTA_BYTE_ARRAY"}
# Types of the compact protocol.
_TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _STRUCT = 1, 2, 3, 7, 8, 9, 10, 12
_WHOLE = (4, 5, 6)
_DEEPEST = 8


@dataclass(frozen=True)
class Page:
    """A page: its size in bytes once it is unpacked, its values, and how they are encoded."""

    size: int
    values: int
    encoding: str = ""


def pages_of(handle: IO[bytes], column: pq.ColumnChunkMetaData) -> Iterator[Page]:
    """The pages of a column in a row group; raises ValueError where a header makes no sense."""
    starts = (column.dictionary_page_offset, column.data_page_offset)
    place = min(start for start in starts if start)
    end = place + column.total_compressed_size
    values = 0
    while values < column.num_values and place < end:
        fields, length = _read_header(handle, place)
        size, packed = fields.get(_SIZE), fields.get(_PACKED)
        if not isinstance(size, int) or not isinstance(packed, int) or min(size, packed) < 0:
            raise ValueError("a page has no size")
        page = _page(fields, size)
        yield page
        values += page.values
        place += length + packed


def _page(fields: dict[int, Any], size: int) -> Page:
    for number, encoding in ((_DATA, _ENCODING), (_DATA_V2, _ENCODING_V2)):
        header = fields.get(number)
        if isinstance(header, dict):
            held = header.get(_VALUES)
            if not isinstance(held, int) or held < 0:
                raise ValueError("a page has no number of values")
            return Page(size, held, ENCODINGS.get(header.get(encoding, -1), ""))
    return Page(size, 0)


def _read_header(handle: IO[bytes], place: int) -> tuple[dict[int, Any], int]:
    """The fields of the header at a byte of the file, and its length."""
    read = _FIRST_READ
    while True:
        handle.seek(place)
        buffer = io.BytesIO(handle.read(read))
        try:
            return _struct(buffer, 0), buffer.tell()
        except EOFError:
            if read >= _LONGEST_HEADER:
                raise ValueError("a page has no header") from None
            read *= 16


def _struct(buffer: io.BytesIO, depth: int) -> dict[int, Any]:
    if depth > _DEEPEST:
        raise ValueError("the header of a page is nested too deep")
    fields: dict[int, Any] = {}
    number = 0
    while head := _byte(buffer):
        step, kind = head >> 4, head & 15
        number = number + step if step else _signed(buffer)
        fields[number] = kind == _TRUE if kind in (_TRUE, _FALSE) else _value(buffer, kind, depth)
    return fields


def _value(buffer: io.BytesIO, kind: int, depth: int) -> Any:
    if kind in (_TRUE, _FALSE, _BYTE):
        return _byte(buffer)
    if kind in _WHOLE:
        return _signed(buffer)
    if kind == _DOUBLE:
        return _bytes(buffer, 8)
    if kind == _BINARY:
        return _bytes(buffer, _unsigned(buffer))
    if kind in (_LIST, _SET):
        head = _byte(buffer)
        count = head >> 4 if head >> 4 < 15 else _unsigned(buffer)
        return [_value(buffer, head & 15, depth + 1) for _ in range(count)]
    if kind == _STRUCT:
        return _struct(buffer, depth + 1)
    raise ValueError("the header of a page makes no sense")


def _unsigned(buffer: io.BytesIO) -> int:
    found = shift = 0
    while True:
        byte = _byte(buffer)
        found |= (byte & 127) << shift
        if byte < 128:
            return found
        shift += 7
        if shift > 63:
            raise ValueError("the header of a page makes no sense")


def _signed(buffer: io.BytesIO) -> int:
    found = _unsigned(buffer)
    return (found >> 1) ^ -(found & 1)


def _byte(buffer: io.BytesIO) -> int:
    return _bytes(buffer, 1)[0]


def _bytes(buffer: io.BytesIO, count: int) -> bytes:
    read = buffer.read(count) if count <= _LONGEST_HEADER else b""
    if len(read) < count:
        raise EOFError
    return read
