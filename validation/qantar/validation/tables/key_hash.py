"""64-bit hashes of keys, a word a row, and the rows whose hash comes twice.

Beyond a limit they lie in temporary files by their first bits, and one file at a time is
read back.
"""

import tempfile
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import IO

import numpy as np
import numpy.typing as npt
import polars as pl

from qantar.validation.tables.array import Mask, RowNumbers
from qantar.validation.tables.growing_array import GrowingArray

Hashes = npt.NDArray[np.uint64]

NONE = np.uint64(0)
MOST_IN_MEMORY = 50_000_000
_BITS = 4
_PAIR = np.dtype([("hash", np.uint64), ("row", np.int64)])
_ODD = np.uint64(0x9E3779B97F4A7C15)


@dataclass
class KeyHashes:
    """The hashes of one key, row by row; `NONE` where a row has no key."""

    most: int = MOST_IN_MEMORY
    count: int = 0
    held: GrowingArray = field(default_factory=GrowingArray)
    files: list[IO[bytes]] = field(default_factory=list)
    open_files: ExitStack = field(default_factory=ExitStack)

    def add(self, hashes: Hashes) -> None:
        """The hashes of the next rows."""
        self.held.add(hashes)
        self.count += len(hashes)
        if len(self.held) > self.most:
            self._spill()

    def repeated(self) -> RowNumbers:
        """Rows (from 0, in order) whose hash is that of another row as well."""
        if not self.files:
            return repeated_rows([*self.held.parts()])
        self._spill()
        found: list[RowNumbers] = []
        with self.open_files:
            for file in self.files:
                file.seek(0)
                pairs = np.frombuffer(file.read(), _PAIR)
                found.append(pairs["row"][repeated_rows([pairs["hash"]])])
        return np.sort(np.concatenate(found))

    def among(self, asked: Hashes) -> Hashes:
        """Those of the asked hashes, in order, that are held in memory."""
        there = np.zeros(len(asked), np.bool_)
        for hashes in self.held.parts():
            places = np.minimum(np.searchsorted(asked, hashes), len(asked) - 1)
            there[places[asked[places] == hashes]] = True
        return np.extract(there, asked)

    def _spill(self) -> None:
        if not self.files:
            make = tempfile.TemporaryFile
            self.files = [self.open_files.enter_context(make()) for _ in range(1 << _BITS)]
        hashes = self.held.whole()
        rows = np.arange(self.count - len(hashes), self.count)
        prefixes = (hashes >> np.uint64(64 - _BITS)).astype(np.int64)
        for prefix, file in enumerate(self.files):
            chosen = prefixes == prefix
            pairs = np.empty(int(chosen.sum()), _PAIR)
            pairs["hash"], pairs["row"] = hashes[chosen], rows[chosen]
            file.write(pairs.tobytes())
        self.held = GrowingArray()


def hashes_of(values: Collection[str]) -> Hashes:
    """The hashes that columns with these values have."""
    hashes: Hashes = pl.Series([*values], dtype=pl.String).hash().to_numpy()
    return hashes


def joined_hashes(hashes: list[Hashes], present: Mask) -> Hashes:
    """One hash of several columns; `NONE` where not all are present."""
    whole = hashes[0].copy()
    for other in hashes[1:]:
        whole = (whole ^ (whole >> np.uint64(29))) * _ODD + other
    whole[whole == NONE] = _ODD
    whole[~present] = NONE
    return whole


def repeated_rows(pieces: Sequence[Hashes]) -> RowNumbers:
    """Rows whose hash is that of another row as well, in these pieces one after the other."""
    twice = _repeated([*pieces])
    # Most rows are ruled out by twenty bits, without a search.
    prefixes = np.zeros(1 << 20, np.bool_)
    prefixes[twice >> np.uint64(44)] = True
    found, start = [np.zeros(0, np.int64)], 0
    for hashes in pieces if len(twice) else ():
        likely = np.flatnonzero(prefixes[hashes >> np.uint64(44)])
        found.append(likely[np.isin(hashes[likely], twice)] + start)
        start += len(hashes)
    return np.concatenate(found)


def _repeated(pieces: Sequence[Hashes]) -> Hashes:
    """The hashes that come twice, in order."""
    ordered = np.concatenate([np.zeros(0, np.uint64), *pieces])
    ordered.sort()
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    is_first = np.append(np.ones(1, np.bool_), twice[1:] != twice[:-1])[: len(twice)]
    return np.asarray(twice[is_first & (twice != NONE)], np.uint64)


def is_among(hashes: Hashes, others: Hashes) -> Mask:
    """Which hashes are among the others."""
    held = pl.Series(np.ascontiguousarray(others))
    mask: Mask = pl.Series(np.ascontiguousarray(hashes)).is_in(held.implode()).to_numpy()
    return mask
