"""Bytes of a table in text cut into records, whose cells are counted before they are read."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import IO, NamedTuple

import numpy as np

from qantar.validation.readers.byte_offset import whole_lines
from qantar.validation.readers.byte_scan import Letters, Offsets

PIECE_BYTES = 16 * 2**20
# A quote that is never closed would make one record of the rest of the file.
LONGEST_RECORD = 64 * 2**20
_LINE_END, _QUOTE, _RETURN = ord("\n"), ord('"'), ord("\r")


class Outline(NamedTuple):
    """Where each record starts and ends, without its line end, and how many cells it has.

    A blank line has no cells.
    """

    starts: Offsets
    ends: Offsets
    widths: Offsets


@dataclass(frozen=True)
class Records:
    """Whole records of a file. is_quoted: whether quotes may hide separators and line ends."""

    data: bytes
    separator: str
    is_quoted: bool = False

    @cached_property
    def lines(self) -> int:
        """How many lines there are, the last one with or without a line end."""
        return self.data.count(b"\n") + (not self.data.endswith(b"\n"))

    def are_all_of(self, width: int) -> bool:
        """Whether the separators are as many as records of this width have, each on a line.

        Two records could still make up for each other: a reader that refuses long ones tells.
        """
        marks = self.lines * (width - 1)
        return not self.is_quoted and self.data.count(self.separator.encode()) == marks

    @cached_property
    def outline(self) -> Outline:
        """Where the records stand; costs more than reading them."""
        letters = np.frombuffer(self.data, np.uint8)
        ends = _ends(letters, self.is_quoted)
        starts = np.concatenate([np.zeros(1, np.int64), ends[:-1] + 1])
        marks = np.flatnonzero(letters == ord(self.separator))
        if self.is_quoted:
            quotes = np.flatnonzero(letters == _QUOTE)
            marks = marks[np.searchsorted(quotes, marks) % 2 == 0]
        widths = np.searchsorted(marks, ends) - np.searchsorted(marks, starts) + 1
        blank = ends == starts
        is_return = letters[np.minimum(starts, len(letters) - 1)] == _RETURN
        widths[blank | ((ends - starts == 1) & is_return)] = 0
        return Outline(starts, ends, widths)

    def text(self, index: int) -> bytes:
        """The bytes of a record without its line end."""
        starts, ends, _ = self.outline
        return self.data[starts[index] : ends[index]].removesuffix(b"\r")

    def joined(self, indexes: Offsets) -> bytes:
        """The bytes of some records, each with a line end."""
        starts, ends, _ = self.outline
        if len(indexes) == len(starts):
            return self.data
        pairs = zip(starts[indexes].tolist(), ends[indexes].tolist(), strict=True)
        return b"".join(self.data[start:end] + b"\n" for start, end in pairs)

    def lines_before(self) -> Offsets:
        """How many line ends stand before each record."""
        if not self.is_quoted:
            return np.arange(len(self.outline.starts))
        letters = np.frombuffer(self.data, np.uint8)
        return np.searchsorted(np.flatnonzero(letters == _LINE_END), self.outline.starts)


def records_of(handle: IO[bytes], separator: str, *, quoted: bool, most: int) -> Iterator[Records]:
    """The records of a file from where the handle stands, in pieces of about so many bytes."""
    position = handle.tell()
    size = most
    while True:
        # Quotes are rare in files of lines, and looked for in what was read.
        data = whole_lines(handle, position, size)
        is_last = False
        if not data:
            handle.seek(position)
            data = handle.read(size)
            is_last = len(data) < size
        if not data:
            return
        is_quoted = quoted and b'"' in data
        if is_quoted and len(data) > LONGEST_RECORD:
            # Quotes that do not end are letters like others.
            is_quoted = _end(data, is_quoted=True) > 0
        end = len(data) if is_last else _end(data, is_quoted=is_quoted)
        if end == 0:
            size *= 2
            continue
        yield Records(data if end == len(data) else data[:end], separator, is_quoted)
        position, size = position + end, most


def _end(data: bytes, *, is_quoted: bool) -> int:
    """Where the last whole record ends, in bytes; 0 where there is none."""
    if not is_quoted:
        return data.rfind(b"\n") + 1
    letters = np.frombuffer(data, np.uint8)
    lines, quotes = np.flatnonzero(letters == _LINE_END), np.flatnonzero(letters == _QUOTE)
    whole = lines[np.searchsorted(quotes, lines) % 2 == 0]
    return int(whole[-1]) + 1 if len(whole) else 0


def _ends(letters: Letters, is_quoted: bool) -> Offsets:
    lines = np.flatnonzero(letters == _LINE_END)
    ends = lines
    if is_quoted:
        quotes = np.flatnonzero(letters == _QUOTE)
        ends = lines[np.searchsorted(quotes, lines) % 2 == 0]
        if len(quotes) % 2:
            # The last record has a quote that does not end: its lines are records again.
            ends = np.union1d(ends, lines[lines > (ends[-1] if len(ends) else -1)])
    is_cut = not len(ends) or ends[-1] + 1 < len(letters)
    return np.append(ends, len(letters)) if is_cut else ends
