"""Bytes of a table in text cut into records, whose cells are counted before they are read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import numpy as np

from qantar.validation.readers.byte_scan import Offsets

PIECE_BYTES = 16 * 2**20
# A quote that is never closed would make one record of the rest of the file.
LONGEST_RECORD = 64 * 2**20
_LINE_END, _QUOTE, _RETURN = ord("\n"), ord('"'), ord("\r")


@dataclass(frozen=True)
class Records:
    """Whole records of a file: where each starts and ends in the bytes, and how wide it is.

    ends: without the line end. widths: how many cells each has. is_quoted: whether there are
    quotes that may hide separators.
    """

    data: bytes
    starts: Offsets
    ends: Offsets
    widths: Offsets
    is_quoted: bool

    def text(self, index: int) -> bytes:
        """The bytes of a record without its line end."""
        return self.data[self.starts[index] : self.ends[index]].removesuffix(b"\r")

    def joined(self, indexes: Offsets) -> bytes:
        """The bytes of some records, each with a line end."""
        if len(indexes) == len(self.starts):
            return self.data
        pairs = zip(self.starts[indexes].tolist(), self.ends[indexes].tolist(), strict=True)
        return b"".join(self.data[start:end] + b"\n" for start, end in pairs)


def records_of(handle: IO[bytes], separator: str, *, quoted: bool, most: int) -> Iterator[Records]:
    """The records of a file from where the handle stands, in pieces of about so many bytes."""
    left = b""
    while True:
        read = handle.read(most)
        data = left + read
        if not data:
            return
        found, end = _cut(data, separator, quoted=quoted, is_last=not read)
        left = data[end:]
        if found is not None:
            yield found
        if not read:
            return
        if len(left) > LONGEST_RECORD:
            # Quotes that do not end are letters like others.
            found, end = _cut(left, separator, quoted=False, is_last=False)
            left = left[end:]
            if found is not None:
                yield found


def _cut(data: bytes, separator: str, *, quoted: bool, is_last: bool) -> tuple[Records | None, int]:
    letters = np.frombuffer(data, np.uint8)
    lines = np.flatnonzero(letters == _LINE_END)
    marks = np.flatnonzero(letters == ord(separator))
    quotes = np.flatnonzero(letters == _QUOTE) if quoted and b'"' in data else lines[:0]
    ends = lines
    if len(quotes):
        ends = lines[np.searchsorted(quotes, lines) % 2 == 0]
        marks = marks[np.searchsorted(quotes, marks) % 2 == 0]
        if is_last and len(quotes) % 2:
            # The last record has a quote that does not end.
            ends = np.union1d(ends, lines[lines > (ends[-1] if len(ends) else -1)])
    end = int(ends[-1]) + 1 if len(ends) else 0
    if is_last and end < len(data):
        ends, end = np.append(ends, len(data)), len(data)
    if not len(ends):
        return None, 0
    starts = np.concatenate([np.zeros(1, np.int64), ends[:-1] + 1])
    widths = np.searchsorted(marks, ends) - np.searchsorted(marks, starts) + 1
    blank = ends - starts == 0
    returns = ends - starts == 1
    blank |= returns & (letters[np.minimum(starts, len(data) - 1)] == _RETURN)
    widths[blank] = 0
    return Records(data[:end], starts, ends, widths, bool(len(quotes))), end
