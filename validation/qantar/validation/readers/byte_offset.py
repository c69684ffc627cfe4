"""Where the chunks of a file of lines stand, so that some of its rows are found again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import numpy as np

from qantar.validation.readers.byte_scan import Offsets
from qantar.validation.tables.array import LineNumbers, RowNumbers

# So many rows are read to look at one again.
ROWS_OF_STRETCH = 64
# Where the last line of a chunk is looked for first.
END_BYTES = 2**16


@dataclass(frozen=True)
class Mark:
    """A chunk's piece of the file, its first line (from 1) and first row (from 0).

    starts, lines: where every so many of its rows begin, in bytes from the chunk's own
    start and as lines; None where rows cannot be told apart without reading exactly.
    """

    offset: int
    size: int
    line: int
    row: int
    height: int
    starts: Offsets | None = None
    lines: LineNumbers | None = None

    def stretches(
        self, handle: IO[bytes], asked: RowNumbers
    ) -> Iterator[tuple[RowNumbers, bytes, int]]:
        """(rows within it, bytes, first line) of each stretch that holds asked rows (from 0)."""
        assert self.starts is not None
        assert self.lines is not None
        ends = np.append(self.starts[1:], self.size)
        for stretch in sorted({*(asked // ROWS_OF_STRETCH).tolist()}):
            start = int(self.starts[stretch])
            handle.seek(self.offset + start)
            data = handle.read(int(ends[stretch]) - start)
            within = asked[asked // ROWS_OF_STRETCH == stretch] % ROWS_OF_STRETCH
            yield within, data, int(self.lines[stretch])


def marks_of(marks: list[Mark], rows: RowNumbers) -> Iterator[tuple[Mark, RowNumbers]]:
    """The chunks that hold some of these rows (from 0, in order), each with those it holds."""
    for mark in marks:
        low, high = np.searchsorted(rows, (mark.row, mark.row + mark.height))
        if low < high:
            yield mark, rows[low:high]


def line_runs(handle: IO[bytes], size: int) -> Iterator[bytes]:
    """Runs of whole lines of about so many bytes; the last line is given an end if it has none."""
    position = handle.tell()
    while True:
        data = whole_lines(handle, position, size)
        if not data:
            handle.seek(position)
            data = handle.read(size)
            # A line that is longer is taken whole.
            data = data[: data.rfind(b"\n") + 1] or data + handle.readline()
        if not data:
            return
        position += len(data)
        yield data if data.endswith(b"\n") else data + b"\n"


def whole_lines(handle: IO[bytes], position: int, size: int) -> bytes:
    """The lines from a position on that end within so many bytes; nothing where that is unclear.

    The end is looked at first: to cut what was read costs as much as to read it.
    """
    if size <= END_BYTES:
        return b""
    handle.seek(position + size - END_BYTES)
    end = handle.read(END_BYTES)
    last = end.rfind(b"\n") + 1 if len(end) == END_BYTES else 0
    handle.seek(position)
    return handle.read(size - END_BYTES + last) if last else b""
