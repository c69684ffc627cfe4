"""Pieces of a CSV file: runs of whole lines, cut where their quotes are even in number."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import numpy as np

from qantar.validation.readers.byte_offset import whole_lines
from qantar.validation.readers.csv.record import LONGEST_RECORD

SMALL_BYTES = 2**20


@dataclass(frozen=True)
class Piece:
    """Bytes of a file; whole: they end where a line or the file does."""

    offset: int
    data: bytes
    whole: bool = True

    @property
    def end(self) -> int:
        return self.offset + len(self.data)


def pieces(
    handle: IO[bytes], position: int, most: int, *, first: int | None = None, small_until: int = 0
) -> Iterator[Piece]:
    """The pieces of a file from a byte on.

    most: how many bytes each has at most. first: how many the first has, if fewer. small_until:
    pieces that begin before this byte are small.
    """
    size = first or most
    while True:
        size = min(SMALL_BYTES if position < small_until else size, most)
        data = whole_lines(handle, position, size) if size > SMALL_BYTES else b""
        is_cut = bool(data)
        if not is_cut:
            handle.seek(position)
            data = handle.read(size)
        if not data:
            return
        is_last = not is_cut and len(data) < size
        if not (is_cut or is_last):
            # Quotes are only counted where a chunk has failed: they rarely span lines.
            is_small = size <= SMALL_BYTES
            data = data[: _cut(data) if is_small else data.rfind(b"\n") + 1 or len(data)]
        yield Piece(position, data, is_last or data.endswith(b"\n"))
        position += len(data)
        size = most


def _cut(data: bytes) -> int:
    """Where the last row ends that is whole; all of it where that cannot be told."""
    end = data.rfind(b"\n") + 1
    quotes = int(np.count_nonzero(np.frombuffer(data, np.uint8, end) == ord('"')))
    for _ in range(LONGEST_RECORD):
        if not end or quotes % 2 == 0:
            break
        before = data.rfind(b"\n", 0, end - 1) + 1
        quotes -= data.count(b'"', before, end)
        end = before
    return end or len(data)
