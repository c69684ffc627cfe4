"""Numbers that should count from 1 within a group: a hash and a number for every row."""

from dataclasses import dataclass, field

import numpy as np
import polars as pl

from qantar.validation.tables.cells import SOUND, Cells
from qantar.validation.tables.growing_array import GrowingArray
from qantar.validation.tables.key_hash import NONE, Hashes, Rows


@dataclass
class SequenceHashes:
    """The groups and numbers of all rows, 16 bytes each."""

    groups: GrowingArray = field(default_factory=GrowingArray)
    numbers: GrowingArray = field(default_factory=lambda: GrowingArray(np.int64))

    def add(self, groups: Hashes, numbers: Cells) -> None:
        """The next rows; a group is `NONE` where a row has none."""
        self.groups.add(groups)
        values = numbers.screened.to_numpy().astype(np.int64)
        self.numbers.add(np.where(numbers.states == SOUND, values, 0))

    def add_unnumbered(self, groups: Hashes) -> None:
        """The next rows, which have no numbers."""
        self.groups.add(groups)
        self.numbers.add(np.zeros(len(groups), np.int64))

    def repeated(self) -> Rows:
        """Rows (from 0, in order) of groups in which a number seems to be missing."""
        held = pl.DataFrame({"group": self.groups.whole(), "number": self.numbers.whole()})
        number = pl.col("number")
        gap = number.max().over("group") != number.n_unique().over("group")
        mask = held.select(gap & (pl.col("group") != NONE)).to_series()
        return mask.arg_true().to_numpy().astype(np.int64)
