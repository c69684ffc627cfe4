"""The rows of a CSV file as bytes, told apart as the exact reader tells them."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from qantar.validation.readers.csv.layout import CsvLayout
from qantar.validation.readers.csv.text import read_start, row_starts
from qantar.validation.readers.row_bytes import RowBytes

CHUNK_BYTES = 16 * 2**20
SMALL_BYTES = 2**20


def csv_row_bytes(
    path: Path, delimiter: str, *, chunk_bytes: int = CHUNK_BYTES
) -> Iterator[RowBytes]:
    """What stands before the first row, the header with it, and then the rows.

    Every record after the header is a row, whatever is wrong with it. Raises OSError.
    """
    _, position, line = read_start(path, delimiter=delimiter)
    none = np.zeros(0, np.int64)
    with path.open("rb") as handle:
        yield RowBytes(handle.read(position), none)
        small_until = 0
        while True:
            size = min(SMALL_BYTES, chunk_bytes) if position < small_until else chunk_bytes
            handle.seek(position)
            data = handle.read(size)
            if not data:
                return
            if len(data) == size:
                data = data[: data.rfind(b"\n") + 1 or len(data)]
            is_whole = data.endswith(b"\n") or len(data) < size
            layout = CsvLayout(data, delimiter)
            if is_whole and layout.is_regular():
                yield RowBytes(data, layout.row_starts)
                position, line = position + len(data), line + layout.lines
                continue
            if len(data) > SMALL_BYTES:
                # Only where the damage lies the rows are told apart one by one.
                small_until = position + len(data)
                continue
            handle.seek(position)
            starts, end, line = row_starts(
                handle, delimiter=delimiter, first_line=line, end=position + len(data)
            )
            handle.seek(position)
            yield RowBytes(handle.read(end - position), np.array(starts, np.int64) - position)
            position = end
