"""A file of nested records in chunks, read ahead of who judges them."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from qantar.schema import Profile
from qantar.validation.faults.fault import Fault
from qantar.validation.readers.json.chunks import CHUNK_BYTES, WORKERS, length_of_mark
from qantar.validation.readers.json.text import Entry, read_line
from qantar.validation.readers.nested.level_rows import LevelRows
from qantar.validation.readers.nested.reader import NestedReader, Piece
from qantar.validation.tables.array import RowNumbers
from qantar.validation.tables.chunk import Listed, Stored, is_varied

# Memory for a whole chunk's text is got anew from the system each time, which takes longer than
# the copying that joins the columns of shorter runs.
RUNS = 4
# What stands in a line where a text has a control character.
_CONTROL = (b"\\", b"\x7f")
_LINE_ENDS = {ord("\n"): " ", ord("\r"): " "}


@dataclass(frozen=True)
class NestedChunk:
    """Some records that follow each other, before anything was judged.

    piece: as they were read. columns: the fields of every level, as stored. is_printable: it is
    known that no text holds control characters.
    """

    piece: Piece
    columns: dict[str, dict[str, Stored]]
    is_printable: bool

    @property
    def height(self) -> int:
        return len(self.piece.records)

    @property
    def levels(self) -> dict[str, LevelRows]:
        return self.piece.levels


@dataclass
class ChunkReader:
    """Makes chunks of runs of whole lines; how columns are held is told by the first."""

    profile: Profile
    varied: dict[str, frozenset[str]] | None = None

    def read(self, runs: list[bytes]) -> NestedChunk:
        """The records of the lines, each with its line end."""
        piece = NestedReader(self.profile).read(runs)
        if self.varied is None:
            self.varied = {
                name: frozenset(n for n in level.level.scalars if _is_varied(level.values[n]))
                for name, level in piece.levels.items()
            }
        columns = {
            name: {n: self._held(name, n, level.values[n]) for n in level.level.scalars}
            for name, level in piece.levels.items()
        }
        is_printable = not any(mark in data for data in runs for mark in _CONTROL)
        return NestedChunk(piece, columns, is_printable)

    def _held(self, level: str, name: str, values: pa.Array) -> Stored:
        assert self.varied is not None
        if name not in self.varied[level]:
            return Listed.of(values)
        return pl.Series(name, values)


@dataclass
class NestedChunks:
    """A file of records, one a line.

    starts, lines: of every chunk taken, where each of its records begins in the file, in bytes
    from 0 and as a line from 1. done: how many bytes were taken.
    """

    path: Path
    profile: Profile
    chunk_bytes: int = CHUNK_BYTES
    starts: list[RowNumbers] = field(default_factory=list)
    lines: list[RowNumbers] = field(default_factory=list)
    done: int = 0

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self.path.stat().st_size

    def __iter__(self) -> Iterator[NestedChunk]:
        """The chunks in order; raises OSError."""
        line, self.done = 1, length_of_mark(self.path)
        self.starts, self.lines = [], []
        reader = ChunkReader(self.profile)
        with self.path.open("rb") as handle, ThreadPoolExecutor(WORKERS) as pool:
            handle.seek(self.done)
            runs = _whole_lines(handle, max(1, self.chunk_bytes // RUNS))
            waiting: deque[Future[NestedChunk]] = deque()
            while True:
                # The first chunk tells how the others are held.
                ahead = 1 if reader.varied is None else WORKERS + 1
                while len(waiting) < ahead and (chunk_runs := [*islice(runs, RUNS)]):
                    waiting.append(pool.submit(reader.read, chunk_runs))
                if not waiting:
                    return
                chunk = waiting.popleft().result()
                self.starts.append(chunk.piece.starts + self.done)
                self.lines.append(chunk.piece.lines + line)
                line += chunk.piece.ends
                self.done += chunk.piece.size
                yield chunk

    def again(self, records: RowNumbers) -> Iterator[Entry | Fault]:
        """Some records (from 0, in order), or what is wrong with their lines."""
        if not len(records):
            return
        starts, lines = np.concatenate(self.starts)[records], np.concatenate(self.lines)[records]
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
    profile: Profile
    size: int
    chunk_bytes: int = CHUNK_BYTES
    done: int = 0

    def __iter__(self) -> Iterator[NestedChunk]:
        self.done = 0
        reader = ChunkReader(self.profile)
        run = bytearray()
        for entry in self.entries():
            run += _as_line(entry)
            if len(run) >= self.chunk_bytes:
                self.done += len(run)
                yield reader.read([bytes(run)])
                run.clear()
        if run:
            yield reader.read([bytes(run)])

    def again(self, records: RowNumbers) -> Iterator[Entry | Fault]:
        """Some records (from 0, in order)."""
        entries = self.entries() if len(records) else ()
        yield from (entries[record] for record in records.tolist())


def _as_line(entry: Entry) -> bytes:
    """The record as a line; line ends stand between its parts only, where blanks do as well."""
    return entry.text.translate(_LINE_ENDS).encode() + b"\n"


def _whole_lines(handle: IO[bytes], size: int) -> Iterator[bytes]:
    """Runs of whole lines of about so many bytes; the last line is given an end if it has none."""
    while data := handle.read(size):
        if not data.endswith(b"\n"):
            data += handle.readline()
        yield data if data.endswith(b"\n") else data + b"\n"


def _is_varied(values: pa.Array) -> bool:
    return is_varied(pc.count_distinct(values, mode="all").as_py(), len(values))
