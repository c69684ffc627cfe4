"""A file of nested records in chunks of lines, one record a line."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from qantar.validation.faults.fault import Fault
from qantar.validation.readers.byte_offset import line_runs
from qantar.validation.readers.byte_scan import Letters, places_of, windows
from qantar.validation.readers.expansion import raised
from qantar.validation.readers.json.chunks import CHUNK_BYTES, length_of_mark
from qantar.validation.readers.json.text import LARGEST_LINE, Entry, read_line
from qantar.validation.tables.array import RowNumbers
from qantar.validation.tables.growing_array import GrowingArray

# What stands in a line where a text has a control character.
_CONTROL = (b"\\", b"\x7f")
_LINE_ENDS = {ord("\n"): " ", ord("\r"): " "}
_QUOTE, _SPACE, _COLON = (ord(mark) for mark in '" :')


@dataclass(frozen=True)
class NestedChunk:
    """Some whole lines that follow each other; each that is not blank holds a record.

    starts, ends, numbers: where each record begins and ends in the bytes, and on which line,
    from 0. keys: how many keys it has at most. line_ends: how many there are in all.
    is_printable: no text can hold control characters.
    """

    data: bytes
    starts: RowNumbers
    ends: RowNumbers
    numbers: RowNumbers
    keys: RowNumbers
    line_ends: int
    is_printable: bool

    @classmethod
    def of(cls, data: bytes) -> "NestedChunk":
        """The records of whole lines, each with its line end."""
        letters = np.frombuffer(data, np.uint8)
        ends = places_of(letters, "\n")
        starts = np.concatenate([[0], ends[:-1] + 1])
        keys = np.diff(np.searchsorted(_ends_of_keys(letters), ends), prepend=0)
        # What no line may be as long as is read again in any case.
        keys[ends - starts > raised(LARGEST_LINE)] = -1
        filled = np.ones(len(ends), np.bool_)
        for number in np.flatnonzero(letters[starts] <= _SPACE).tolist():
            filled[number] = bool(data[starts[number] : ends[number]].strip(b" \t\r"))
        return cls(
            data,
            starts[filled],
            ends[filled],
            np.flatnonzero(filled),
            keys[filled],
            len(ends),
            is_printable=not any(mark in data for mark in _CONTROL),
        )

    def lines(self) -> Iterator[memoryview]:
        """The records, without line ends."""
        whole = memoryview(self.data)
        for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True):
            yield whole[start:end]

    @property
    def height(self) -> int:
        return len(self.numbers)


@dataclass
class NestedChunks:
    """A file of records, one a line.

    starts, lines: where each record taken begins in the file, in bytes from 0 and as a line from
    1. done: how many bytes were taken.
    """

    path: Path
    chunk_bytes: int = CHUNK_BYTES
    starts: GrowingArray = field(default_factory=lambda: GrowingArray(np.int64))
    lines: GrowingArray = field(default_factory=lambda: GrowingArray(np.int64))
    done: int = 0

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self.path.stat().st_size

    def __iter__(self) -> Iterator[NestedChunk]:
        """The chunks in order; raises OSError."""
        line, self.done = 1, length_of_mark(self.path)
        self.starts, self.lines = GrowingArray(np.int64), GrowingArray(np.int64)
        with self.path.open("rb") as handle:
            handle.seek(self.done)
            for data in line_runs(handle, self.chunk_bytes):
                chunk = NestedChunk.of(data)
                self.starts.add(chunk.starts + self.done)
                self.lines.add(chunk.numbers + line)
                line += chunk.line_ends
                self.done += len(chunk.data)
                yield chunk

    def again(self, records: RowNumbers) -> Iterator[Entry | Fault]:
        """Some records (from 0, in order), or what is wrong with their lines."""
        if not len(records):
            return
        starts, lines = self.starts.whole()[records], self.lines.whole()[records]
        with self.path.open("rb") as handle:
            for record, start, line in zip(
                records.tolist(), starts.tolist(), lines.tolist(), strict=True
            ):
                handle.seek(start)
                yield from read_line(handle.readline(), record + 1, line)


@dataclass
class HeldRecords:
    """Records that are held, or read again whenever they are asked for; see `NestedChunks`.

    entries: gives them; raises OSError. size: of their file in bytes.
    """

    entries: Callable[[], Sequence[Entry]]
    size: int
    chunk_bytes: int = CHUNK_BYTES
    done: int = 0

    def __iter__(self) -> Iterator[NestedChunk]:
        self.done = 0
        run = bytearray()
        for entry in self.entries():
            run += _as_line(entry)
            if len(run) >= self.chunk_bytes:
                self.done += len(run)
                yield NestedChunk.of(bytes(run))
                run.clear()
        if run:
            yield NestedChunk.of(bytes(run))

    def again(self, records: RowNumbers) -> Iterator[Entry | Fault]:
        """Some records (from 0, in order)."""
        entries = self.entries() if len(records) else ()
        yield from (entries[record] for record in records.tolist())


def _as_line(entry: Entry) -> bytes:
    """The record as a line; line ends stand between its parts only, where blanks do as well."""
    return entry.text.translate(_LINE_ENDS).encode() + b"\n"


def _ends_of_keys(letters: Letters) -> RowNumbers:
    """Where keys may end: every colon after a quote, or after a blank that one may stand before.

    Within texts some colons look like that too, but no colon after a key looks otherwise.
    """
    found = [np.zeros(0, np.int64)]
    for start, window in windows(letters, beyond=2):
        places = np.flatnonzero((window[2:] == _COLON) & (window[1:-1] <= _QUOTE))
        before, last = window[places], window[places + 1]
        is_end = (last == _QUOTE) | (last <= _SPACE) & (before <= _QUOTE)
        found.append(places[is_end] + start)
    return np.concatenate(found)
