"""What the rows of one table show to a rule that goes to another: a key's hash and a number.

Beyond a limit they lie in a temporary file in order of their first bits, so that rows of
equal keys are read back together and no more than a part is held at a time.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

import numpy as np
import numpy.typing as npt

from qantar.validation.tables.array import RowNumbers
from qantar.validation.tables.key_hash import NONE, Hashes

RECORD = np.dtype([("hash", np.uint64), ("row", np.int64), ("number", np.int64)])
Records = npt.NDArray[np.void]
# Numbers that stand for no value; of a faulty one it is open what it would be.
NO_VALUE, OPEN_VALUE = np.int64(-(2**63)), np.int64(-(2**63) + 1)
MOST_IN_MEMORY = 2_000_000
_BITS = 7
PARTS = 1 << _BITS


@dataclass(eq=False)
class KeyRecords:
    """One record for each row that has a key, in order of the rows.

    most: how many are held in memory. part: those of which the hash begins with its number.
    total: how many there are. keyless: how many rows left none. unnumbered: how many records have
    no sound number.
    """

    most: int = MOST_IN_MEMORY
    rows: int = 0
    held: list[Records] = field(default_factory=list)
    count: int = 0
    total: int = 0
    keyless: int = 0
    unnumbered: int = 0
    file: IO[bytes] | None = None
    # By records of another table, these under the keys to which that table leads.
    led: dict["KeyRecords", "KeyRecords"] = field(default_factory=dict)
    # Of every spill, the byte at which each part begins and the one after the last.
    spills: list[npt.NDArray[np.int64]] = field(default_factory=list)

    def add(self, hashes: Hashes, numbers: npt.NDArray[np.int64]) -> None:
        """The next rows; one without a key has the hash `NONE` and leaves no record."""
        kept = np.flatnonzero(hashes != NONE)
        made = np.empty(len(kept), RECORD)
        made["hash"], made["number"] = hashes[kept], numbers[kept]
        made["row"] = kept + self.rows
        self.rows += len(hashes)
        self.keyless += len(hashes) - len(kept)
        self.put(made)

    def put(self, records: Records) -> None:
        """More records, whatever their rows are."""
        self.unnumbered += int(np.isin(records["number"], (NO_VALUE, OPEN_VALUE)).sum())
        self.held.append(records)
        self.count += len(records)
        self.total += len(records)
        if self.count > self.most:
            self._spill()

    @property
    def is_spilt(self) -> bool:
        return self.file is not None

    def parts(self, *, apart: bool) -> Iterator[Records]:
        """All records, part by part or, where they are few, at once."""
        if not apart:
            yield self._held()
            return
        self._spill()
        for number in range(PARTS):
            yield self._read(number)

    def each(self) -> Iterator[Records]:
        """All records, in parts of bounded size."""
        yield from self.parts(apart=self.is_spilt)

    def close(self) -> None:
        """Give the temporary file back."""
        for led in self.led.values():
            led.close()
        if self.file is not None:
            self.file.close()

    def _held(self) -> Records:
        return np.concatenate([np.empty(0, RECORD), *self.held])

    def _spill(self) -> None:
        records = self._held()
        parts = (records["hash"] >> np.uint64(64 - _BITS)).astype(np.int64)
        records = records[np.argsort(parts, kind="stable")]
        ends = np.cumsum(np.bincount(parts, minlength=PARTS)) * RECORD.itemsize
        if self.file is None:
            # It is closed by the run that reads it back.
            self.file = tempfile.TemporaryFile(prefix="qantar-")  # noqa: SIM115
        start = self.file.seek(0, 2)
        self.file.write(records.tobytes())
        self.spills.append(np.concatenate([[0], ends]) + start)
        self.held, self.count = [], 0

    def _read(self, part: int) -> Records:
        assert self.file is not None
        pieces = [np.empty(0, RECORD)]
        for places in self.spills:
            self.file.seek(int(places[part]))
            data = self.file.read(int(places[part + 1] - places[part]))
            pieces.append(np.frombuffer(data, RECORD))
        return np.concatenate(pieces)


def rows_of(records: Records) -> RowNumbers:
    return np.asarray(records["row"], np.int64)


def make_records(hashes: Hashes, rows: RowNumbers, numbers: npt.NDArray[np.int64]) -> Records:
    """Records of these hashes, rows and numbers."""
    made = np.empty(len(hashes), RECORD)
    made["hash"], made["row"], made["number"] = hashes, rows, numbers
    return made


def together(kept: Sequence[KeyRecords]) -> Iterator[tuple[Records, ...]]:
    """The records of several, all of equal keys at once."""
    apart = any(records.is_spilt for records in kept)
    yield from zip(*(records.parts(apart=apart) for records in kept), strict=True)


def no_rows() -> RowNumbers:
    return np.zeros(0, np.int64)
