"""One column of a block: its values, and of each row whether it has one without a fault."""

from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from qantar.schema import Profile
from qantar.schema.table import Column
from qantar.validation.blocks.block import Stored
from qantar.validation.faults.fault import Fault
from qantar.validation.frames.frame_column import FrameColumn, normalise, sound
from qantar.validation.rules.value_rule import judge_cell
from qantar.validation.tables.parquet_file import as_kind

# What a cell is to the rules; one that could not be read is to them as if it were absent.
ABSENT, SOUND, FAULTY, UNREAD = 0, 1, 2, 3
# More distinct values than this are not worth keeping from block to block.
MOST_KEPT = 50_000

States = npt.NDArray[np.uint8]
Ids = npt.NDArray[np.int32]


@dataclass
class BlockColumn:
    """The cells of a column in one block.

    states: of each row. ids: of each row, the position of its value in `kept`, where values
    are kept; kept and plain: stored values with what was made of them.
    """

    column: Column
    profile: Profile
    states: States
    held: "Judged"
    ids: Ids | None = None

    def cell(self, index: int) -> Any:
        """The value of a row as records hold it."""
        return self.held.cell(self._position(index))

    def fault(self, index: int) -> Fault | None:
        """What is wrong with a cell that is not absent; worked out once for each value."""
        position = self._position(index)
        if position not in self.held.faults:
            judged = judge_cell(self.column, self.cell(index), self.profile)
            self.held.faults[position] = judged
        return self.held.faults[position]

    def stored(self, index: int) -> Any:
        """What the file has in a row, before it was given its type."""
        return self.held.stored[self._position(index)]

    def values(self) -> nw.Series[Any]:
        """Values of one type for every row; a filler where there is none without a fault."""
        values = self.held.screened if self.ids is None else self.held.screened.gather(self.ids)
        return nw.from_native(values, series_only=True)

    def hashes(self) -> npt.NDArray[np.uint64]:
        """64 bits for the value of every row."""
        hashes = self.held.screened.hash().to_numpy()
        return hashes if self.ids is None else hashes[self.ids]

    def _position(self, index: int) -> int:
        return index if self.ids is None else int(self.ids[index])


class Judged:
    """Stored values, the values they spell, and the state of each."""

    def __init__(self, column: Column, stored: pl.Series, profile: Profile) -> None:
        self.stored = stored
        self.column = column
        self.faults: dict[int, Fault | None] = {}
        values = as_kind(stored, column.kind)
        normal = normalise(column, nw.from_native(values, series_only=True), profile)
        self.reader = FrameColumn(column, normal, profile)
        judged = normal.to_frame().select(*self.reader.expressions()).to_native()
        self.values = values
        self.screened: pl.Series = judged.get_column(column.name)
        states = judged.get_column(sound(column.name)).cast(pl.UInt8).to_numpy().copy()
        present = stored.is_not_null().to_numpy()
        if int(states.sum()) < int(present.sum()):
            states[present & (states == ABSENT)] = FAULTY
            states[present & values.is_null().to_numpy()] = UNREAD
            for index in np.flatnonzero(states == FAULTY).tolist():
                # The screen holds back a little more than the rule.
                if judge_cell(column, self.cell(index), profile) is None:
                    states[index] = SOUND
        self.states: States = states

    def cell(self, position: int) -> Any:
        return self.reader.cell(self.values[position])

    def joined(self, other: "Judged") -> "Judged":
        """Both as one, the other's values after these."""
        self.stored = pl.concat([self.stored, other.stored])
        self.values = pl.concat([self.values, other.values])
        self.screened = pl.concat([self.screened, other.screened])
        self.states = np.concatenate([self.states, other.states])
        return self


@dataclass
class ColumnJudge:
    """Judges a column block by block, and a value that comes back only once."""

    column: Column
    profile: Profile
    known: dict[Any, int] = field(default_factory=dict)
    kept: Judged | None = None
    present: int = 0
    unread: int = 0
    dtype: pl.DataType = field(default_factory=pl.String)

    def judge(self, stored: Stored) -> BlockColumn:
        """The cells of a block, with what holds of each alone."""
        judged = self._judge(stored)
        if not (judged.states == SOUND).all():
            self.unread += int(np.count_nonzero(judged.states == UNREAD))
        self.present += int(np.count_nonzero(judged.states))
        return judged

    def _judge(self, stored: Stored) -> BlockColumn:
        if isinstance(stored, pl.Series):
            self.dtype = stored.dtype
            judged = Judged(self.column, stored, self.profile)
            return BlockColumn(self.column, self.profile, judged.states, judged)
        ids = self._ids(stored)
        assert self.kept is not None
        return BlockColumn(self.column, self.profile, self.kept.states[ids], self.kept, ids)

    def _ids(self, stored: pa.DictionaryArray) -> Ids:
        """Of each row the position of its value; 0 where it has none."""
        if self.kept is None or len(self.known) > MOST_KEPT:
            empty = pl.Series(self.column.name, [None], dtype=pl.String)
            self.kept, self.known = Judged(self.column, empty, self.profile), {}
        values = stored.dictionary.to_pylist()
        new = [value for value in dict.fromkeys(values) if value not in self.known]
        if new:
            start = len(self.kept.states)
            self.known |= {value: start + position for position, value in enumerate(new)}
            texts = pl.Series(self.column.name, new, dtype=pl.String)
            self.kept.joined(Judged(self.column, texts, self.profile))
        known = np.fromiter((self.known[value] for value in values), np.int32, len(values))
        # A missing value has the index -1 here, which takes the 0 at the end.
        positions = np.append(known, np.int32(0))
        indices = stored.indices.cast(pa.int32()).fill_null(-1)
        return positions.take(np.asarray(indices, np.int32))
