"""The rows of a text file as the bytes that they are, to be copied as they stand."""

import codecs
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import numpy as np

from qantar.validation.readers.byte_scan import places_of
from qantar.validation.tables.array import RowNumbers

_PIECE = 4 * 2**20
_MARKS = {
    "utf-16": {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"},
    "utf-32": {codecs.BOM_UTF32_LE: "utf-32-le", codecs.BOM_UTF32_BE: "utf-32-be"},
}


class RowBytesError(ValueError):
    """The rows of a file cannot be told apart as bytes; the text says why."""


@dataclass(frozen=True)
class RowBytes:
    """Some whole rows of a file. starts: where each begins, in bytes of data, which end the last.

    Without rows it is what stands before the first one, and belongs to every part of the file.
    """

    data: bytes
    starts: RowNumbers

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.starts)

    def where(self, wanted: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> Iterator[bytes]:
        """The bytes of the rows that are wanted, in runs; wanted: one for each row."""
        edges = np.flatnonzero(np.diff(wanted, prepend=False, append=False))
        ends = np.append(self.starts, len(self.data))
        for first, after in edges.reshape(-1, 2).tolist():
            yield self.data[ends[first] : ends[after]]


def in_encoding(rows: Iterator[RowBytes], original: IO[bytes], encoding: str) -> Iterator[RowBytes]:
    """The same rows as a file has them that was read in another encoding.

    rows: of the file in UTF-8. Lines are the same in both. Raises RowBytesError where not.
    """
    lines = _Lines(original, encoding)
    for utf8 in rows:
        ends = places_of(np.frombuffer(utf8.data, np.uint8), "\n")
        is_open = not utf8.data.endswith(b"\n")
        taken, starts = lines.take(len(ends) + is_open if utf8.data else 0)
        yield RowBytes(taken, starts[np.searchsorted(ends, utf8.starts)])
    if lines.take(1)[0]:
        raise RowBytesError(lines.reason)


def plain_encoding(start: bytes, encoding: str) -> tuple[str, bytes]:
    """The encoding that puts no byte order mark before a text, and the mark of this file.

    start: the first bytes of the file.
    """
    if encoding not in _MARKS:
        return encoding, b""
    marks = ((codec, m) for m, codec in _MARKS[encoding].items() if start.startswith(m))
    return next(marks, (f"{encoding}-{'le' if sys.byteorder == 'little' else 'be'}", b""))


class _Lines:
    """The lines of a file in some encoding, as bytes."""

    def __init__(self, handle: IO[bytes], encoding: str) -> None:
        self.handle = handle
        plain, _ = plain_encoding(handle.read(4), encoding)
        handle.seek(0)
        self.end = np.frombuffer("\n".encode(plain), np.uint8)
        self.rest = b""
        self.reason = (
            f"Its lines cannot be told apart in {encoding}. Convert it to UTF-8 first, as "
            f"`iconv -f {encoding} -t utf-8` does."
        )

    def take(self, count: int) -> tuple[bytes, RowNumbers]:
        """So many lines as bytes, and where each begins."""
        held, ends = self.rest, self._ends(self.rest)
        while len(ends) < count and (piece := self.handle.read(_PIECE)):
            held += piece
            ends = self._ends(held)
        if len(ends) == count - 1 and held[ends[-1] if count > 1 else 0 :]:
            # The last line of the file has no end.
            ends = np.append(ends, len(held))
        if len(ends) < count:
            if count > 1 or held:
                raise RowBytesError(self.reason)
            return b"", np.zeros(1, np.int64)
        cut = int(ends[count - 1]) if count else 0
        self.rest = held[cut:]
        return held[:cut], np.concatenate([[0], ends[:count]]).astype(np.int64)

    def _ends(self, data: bytes) -> RowNumbers:
        """Where each line ends, after its line end."""
        width = len(self.end)
        letters = np.frombuffer(data, np.uint8, len(data) - len(data) % width)
        units = letters.reshape(-1, width)
        return (np.flatnonzero((units == self.end).all(axis=1)) + 1) * width
