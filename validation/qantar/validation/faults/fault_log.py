"""Faults in any number: some are held, the rest lies in a temporary file.

A file of 400,000 bad rows has millions of faults, of which each takes half a kilobyte. What
a check finds is therefore gathered by `gather_faults` and put in order by `sort_faults`,
which give a tuple where there are few and a `FaultLog` where there are many.
"""

import heapq
import os
import pickle
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate, chain, islice
from tempfile import TemporaryFile, gettempdir
from threading import Lock
from typing import Any, BinaryIO, TypeAlias, cast, overload
from weakref import finalize

from qantar.schema.rule import Severity
from qantar.validation.faults.fault import Fault, cells_of

# So many faults are held in memory by one log.
MOST_HELD = 20_000
# So many are read again at once.
BATCH = 250
Key: TypeAlias = Callable[[Fault], Any]
SeveralFaults: TypeAlias = Sequence[Fault]


def by_row(fault: Fault) -> tuple[int, int]:
    """The place of a fault in its file; what is told of the whole file comes first."""
    return fault.row or 0, fault.line or 0


def gather_faults(*found: Iterable[Fault]) -> Sequence[Fault]:
    """The faults in their order: as a tuple, or as a log where they are many."""
    if len(found) == 1 and isinstance(found[0], ManyFaults) and len(found[0]) >= MOST_HELD:
        return found[0]
    left = chain(*found)
    first = tuple(islice(left, MOST_HELD))
    if len(first) < MOST_HELD:
        return first
    return FaultLog(chain(first, left))


def sort_faults(faults: Iterable[Fault], key: Key) -> Sequence[Fault]:
    """The faults by a key, those of one key in their order."""
    runs = FaultRuns(key)
    runs.extend(faults)
    return runs.merged()


def each_once(faults: Iterable[Fault]) -> Iterator[Fault]:
    """The faults in their order, each once; of those that went by only a digest is kept."""
    seen: set[bytes] = set()
    for fault in faults:
        digest = blake2b(pickle.dumps(cells_of(fault)), digest_size=16).digest()
        if digest not in seen:
            seen.add(digest)
            yield fault


def merge_faults(*found: Iterable[Fault]) -> Sequence[Fault]:
    """Faults of which each lot is in the order of `by_row`, in that order."""
    return gather_faults(heapq.merge(*found, key=by_row))


def join_faults(*found: Sequence[Fault]) -> Sequence[Fault]:
    """Faults one after the other; those that lie in a file are not copied."""
    if sum(len(faults) for faults in found) < MOST_HELD:
        return tuple(chain(*found))
    return FaultView([(faults, 0, len(faults)) for faults in found if len(faults)])


class ManyFaults(Sequence[Fault]):
    """A sequence of faults that is read from one place up to another."""

    @abstractmethod
    def between(self, start: int, stop: int) -> Iterator[Fault]:
        """The faults from one place up to another, both from 0."""

    def __iter__(self) -> Iterator[Fault]:
        return self.between(0, len(self))

    def __reversed__(self) -> Iterator[Fault]:
        for stop in range(len(self), 0, -BATCH):
            yield from reversed([*self.between(max(stop - BATCH, 0), stop)])

    @overload
    def __getitem__(self, place: int) -> Fault: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Fault]: ...
    def __getitem__(self, place: int | slice) -> Fault | Sequence[Fault]:
        if not isinstance(place, slice):
            number = range(len(self))[place]
            return next(self.between(number, number + 1))
        start, stop, step = place.indices(len(self))
        if step < 0:
            low = len(self) - 1 - start
            return gather_faults(islice(reversed(self), low, len(self) - 1 - stop, -step))
        if step > 1:
            return gather_faults(islice(self.between(start, stop), 0, None, step))
        if stop - start < MOST_HELD:
            return tuple(self.between(start, stop))
        return FaultView([(self, start, stop)])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ManyFaults | tuple | list):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self)} faults>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Copied and pickled as the faults themselves, since a file goes nowhere else."""
        return FaultLog, (), None, iter(self)


class FaultView(ManyFaults):
    """Parts of other sequences of faults, one after the other. spans: (faults, start, stop)."""

    def __init__(self, spans: Sequence[tuple[Sequence[Fault], int, int]]) -> None:
        self._spans = spans
        self._ends = [*accumulate(stop - start for _, start, stop in spans)]

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def between(self, start: int, stop: int) -> Iterator[Fault]:
        """The faults from one place up to another, both from 0."""
        before = 0
        for (faults, first, _), end in zip(self._spans, self._ends, strict=True):
            low, high = first + max(start, before) - before, first + min(stop, end) - before
            if low < high and isinstance(faults, ManyFaults):
                yield from faults.between(low, high)
            elif low < high:
                yield from faults[low:high]
            before = end


class FaultLog(ManyFaults):
    """Faults in the order in which they were appended.

    At most `MOST_HELD` of them are in memory. The file has no name, or is removed as it is
    closed, which happens with the last reference to the log. One thread may append, while any,
    and processes that were forked, read.
    """

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._held: list[Fault] = []
        self._file: BinaryIO | None = None
        # By batch of the file, where it begins.
        self._offsets: list[int] = [0]
        self._lock = Lock()
        self.extend(faults)

    def append(self, fault: Fault) -> None:
        self._held.append(fault)
        if len(self._held) >= MOST_HELD:
            self.spill()

    def extend(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self.append(fault)

    def spill(self) -> None:
        """Write what is held to the file, but for less than a batch.

        Raises OSError, which names the folder, where there is no room for temporary files.
        """
        whole = len(self._held) - len(self._held) % BATCH
        try:
            for start in range(0, whole, BATCH):
                self._write(self._held[start : start + BATCH])
            self._opened().flush()
        except OSError as error:
            told = f"the faults do not fit into {gettempdir()} ({error.strerror or error}); "
            raise OSError(error.errno, f"{told}set TMPDIR to a folder with more room") from error
        del self._held[:whole]

    def _write(self, faults: Sequence[Fault]) -> None:
        file = self._opened()
        file.seek(self._offsets[-1])
        written = file.write(pickle.dumps([*map(cells_of, faults)], pickle.HIGHEST_PROTOCOL))
        self._offsets.append(self._offsets[-1] + written)

    @property
    def spilled(self) -> int:
        """How many of the faults lie in the file."""
        return (len(self._offsets) - 1) * BATCH

    def __len__(self) -> int:
        return self.spilled + len(self._held)

    def between(self, start: int, stop: int) -> Iterator[Fault]:
        """The faults from one place up to another, both from 0."""
        stop = min(stop, len(self))
        while start < stop:
            # What is held may be spilled while it is read.
            spilled = self.spilled
            if start < spilled:
                number, within = divmod(start, BATCH)
                faults = self._batch(number)[within : within + stop - start]
            else:
                faults = self._held[start - spilled : stop - spilled]
            yield from faults
            start += len(faults)

    def _batch(self, number: int) -> list[Fault]:
        begin, end = self._offsets[number : number + 2]
        # The process wrote these bytes itself, to a file that no other can open by name.
        return [Fault(*cells) for cells in pickle.loads(self._read(begin, end - begin))]

    def _read(self, offset: int, size: int) -> bytes:
        file = self._opened()
        if hasattr(os, "pread"):
            return os.pread(file.fileno(), size, offset)
        with self._lock:
            file.seek(offset)
            return file.read(size)

    def _opened(self) -> BinaryIO:
        if self._file is None:
            self._file = cast(BinaryIO, TemporaryFile(prefix="qantar-"))  # noqa: SIM115
            finalize(self, _close, self._file)
        return self._file


def _close(file: BinaryIO) -> None:
    """Close a file that nobody reads again; what no longer fits on the disk does not matter."""
    with suppress(OSError):
        file.close()


class FaultPool:
    """Faults of many files, which share one temporary file where they are many in all."""

    def __init__(self) -> None:
        self._log = FaultLog()
        self._count = 0

    def keep(self, faults: Sequence[Fault]) -> Sequence[Fault]:
        """The same faults: as they are at first, then as a part of the log that all share."""
        self._count += len(faults)
        if self._count < MOST_HELD or self._count == len(faults):
            return faults
        start = len(self._log)
        self._log.extend(faults)
        return FaultView([(self._log, start, len(self._log))])


@dataclass
class _Run:
    """Faults in order: a span of a log. last: the key of the last one."""

    start: int
    stop: int
    last: Any


class FaultRuns:
    """Faults put in order, as runs that are sorted in memory, written and merged.

    has_error: whether any that was added is one.
    """

    def __init__(self, key: Key = by_row) -> None:
        self._key = key
        self._held: list[Fault] = []
        self._log = FaultLog()
        self._runs: list[_Run] = []
        self.has_error = False

    def append(self, fault: Fault) -> None:
        self._held.append(fault)
        if fault.severity is Severity.error:
            self.has_error = True
        if len(self._held) >= MOST_HELD:
            self._end_run()

    def extend(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self.append(fault)

    def _end_run(self) -> None:
        self._held.sort(key=self._key)
        start = len(self._log)
        key, last = self._key(self._held[0]), self._key(self._held[-1])
        if self._runs and self._runs[-1].last <= key:
            # It goes on where the run before ended.
            start = self._runs.pop().start
        self._log.extend(self._held)
        self._log.spill()
        self._runs.append(_Run(start, len(self._log), last))
        self._held = []

    def merged(self) -> Sequence[Fault]:
        """All faults in order; nothing may be added afterwards."""
        if not self._runs:
            return tuple(sorted(self._held, key=self._key))
        if self._held:
            self._end_run()
        if len(self._runs) == 1:
            return self._log
        runs = (self._log.between(run.start, run.stop) for run in self._runs)
        return gather_faults(heapq.merge(*runs, key=self._key))
