"""One column of a block: its values, and of each row whether it has one without a fault."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import narwhals as nw
import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from qantar.schema import Profile
from qantar.schema.table import Column
from qantar.validation.blocks.block import Coded, Listed, Stored
from qantar.validation.blocks.key_hash import NONE, Hashes, joined_hashes
from qantar.validation.faults.fault import Fault
from qantar.validation.frames.frame_column import FrameColumn, normalise, sound
from qantar.validation.rules.value_rule import judge_cell
from qantar.validation.tables.parquet_file import as_kind, value_at

# What a cell is to the rules; one that could not be read is to them as if it were absent.
ABSENT, SOUND, FAULTY, UNREAD = 0, 1, 2, 3
# More distinct values than this are not worth keeping from block to block.
MOST_KEPT = 50_000
_UNKNOWN = -1
_PRESENCE = np.array([ABSENT, SOUND, FAULTY, ABSENT], np.uint8)
_NO_CONTROLS = r"[^\x00-\x1f\x7f]*$"

States = npt.NDArray[np.uint8]
Ids = npt.NDArray[np.int32]


@dataclass
class BlockColumn:
    """The cells of a column in one block.

    states: of each row. held: stored values with what was made of them. ids: of each row the
    position of its value in there, where that is not its own. is_kept: the positions mean the
    same in every block.
    """

    column: Column
    profile: Profile
    states: States
    held: "Judged"
    ids: Ids | None = None
    is_kept: bool = False

    @cached_property
    def presence(self) -> States:
        """Of each row whether there is a value; one that could not be read counts as absent."""
        return _PRESENCE.take(self.states)

    def only(self, rows: npt.NDArray[np.int64]) -> "BlockColumn":
        """The cells of some rows, each as often as it is asked for."""
        ids = rows.astype(np.int32) if self.ids is None else self.ids[rows]
        return replace(self, states=self.states[rows], ids=ids)

    def taken(self, column: Column, rows: npt.NDArray[np.int64]) -> "BlockColumn":
        """The same cells as another table has them, whose rows take them from these."""
        return replace(self.only(rows), column=column)

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
        return value_at(self.held.stored, self._position(index))

    @cached_property
    def screened(self) -> pl.Series:
        """Values of one type for every row; a filler where there is none without a fault."""
        return self.held.screened if self.ids is None else self.held.screened.gather(self.ids)

    def values(self) -> nw.Series[Any]:
        """The same, as the screens of frames take them."""
        return nw.from_native(self.screened, series_only=True)

    def hashes(self) -> npt.NDArray[np.uint64]:
        """64 bits for the value of every row."""
        hashes = self.held.hashes()
        return hashes if self.ids is None else hashes.take(self.ids)

    def _position(self, index: int) -> int:
        return index if self.ids is None else int(self.ids[index])


def hashes_of_key(
    columns: Mapping[str, BlockColumn], names: Collection[str], height: int
) -> Hashes:
    """Of each of so many rows the hash of a key; `NONE` where it has not all of it."""
    if not columns.keys() >= {*names}:
        return np.full(height, NONE)
    present = np.logical_and.reduce([columns[name].states == SOUND for name in names])
    return joined_hashes([columns[name].hashes() for name in names], present)


@dataclass(frozen=True)
class Judgement:
    """What is asked of a column's values, compiled once for each type they come in.

    is_printable: the values are known to hold no control characters.
    """

    column: Column
    profile: Profile
    is_printable: bool = False

    @cached_property
    def asked(self) -> Column:
        pattern = self.column.pattern
        if not self.is_printable or self.column.enum or not pattern:
            return self.column
        # What is left of the pattern decides, where the rest of a text is free but for them.
        return replace(self.column, pattern=pattern.removesuffix(_NO_CONTROLS))

    @cached_property
    def compiled(self) -> dict[Any, tuple[FrameColumn, tuple[pl.Expr, ...]]]:
        return {}

    def reader(self, series: nw.Series[Any]) -> tuple[FrameColumn, tuple[pl.Expr, ...]]:
        """What reads a series, and the expressions of its values and their soundness."""
        if series.dtype not in self.compiled:
            reader = FrameColumn(self.asked, series, self.profile, dialect=pl)
            expressions: Any = reader.expressions()
            self.compiled[series.dtype] = reader, expressions[:2]
        return self.compiled[series.dtype]


class Judged:
    """Stored values, the values they spell, and the state of each."""

    def __init__(self, judgement: Judgement, stored: pl.Series) -> None:
        self.stored = stored
        self.column = column = judgement.column
        self.faults: dict[int, Fault | None] = {}
        self.cells: dict[int, Any] = {}
        self.hashed: npt.NDArray[np.uint64] | None = None
        values = as_kind(stored, column.kind)
        normal = normalise(column, nw.from_native(values, series_only=True), judgement.profile)
        self.reader, expressions = judgement.reader(normal)
        judged = normal.to_native().to_frame().select(*expressions)
        self.values = values
        self.screened: pl.Series = judged.get_column(column.name)
        states = judged.get_column(sound(column.name)).cast(pl.UInt8).to_numpy().copy()
        present = stored.is_not_null().to_numpy()
        if int(states.sum()) < int(present.sum()):
            states[present & (states == ABSENT)] = FAULTY
            states[present & values.is_null().to_numpy()] = UNREAD
            # The screen holds back a little more than the rule.
            held = [
                index
                for index in np.flatnonzero(states == FAULTY).tolist()
                if judge_cell(column, self.cell(index), judgement.profile) is None
            ]
            if held:
                states[held] = SOUND
                sound_cells = pl.Series([self.cell(n) for n in held], dtype=self.screened.dtype)
                self.screened = self.screened.scatter(held, sound_cells)
        self.states: States = states

    def cell(self, position: int) -> Any:
        """The value at a position as records hold it; worked out once."""
        if position not in self.cells:
            self.cells[position] = self.reader.cell(value_at(self.values, position))
        return self.cells[position]

    def hashes(self) -> npt.NDArray[np.uint64]:
        """64 bits for every value; worked out once, until others join them."""
        if self.hashed is None:
            self.hashed = self.screened.hash().to_numpy()
        return self.hashed

    def joined(self, other: "Judged") -> "Judged":
        """Both as one, the other's values after these."""
        self.stored = pl.concat([self.stored, other.stored])
        self.values = pl.concat([self.values, other.values])
        self.screened = pl.concat([self.screened, other.screened])
        self.states = np.concatenate([self.states, other.states])
        self.hashed = None
        return self


@dataclass
class ColumnJudge:
    """Judges a column block by block, and a value that comes back only once."""

    column: Column
    profile: Profile
    known: dict[Any, int] = field(default_factory=dict)
    places: Ids = field(default_factory=lambda: np.zeros(1, np.int32))
    listed: pa.Array | None = None
    kept: Judged | None = None
    present: int = 0
    unread: int = 0
    dtype: pl.DataType = field(default_factory=pl.String)

    def __post_init__(self) -> None:
        self.judgements = {
            is_printable: Judgement(self.column, self.profile, is_printable)
            for is_printable in (False, True)
        }

    def judge(self, stored: Stored, *, is_printable: bool = False) -> BlockColumn:
        """The cells of a block, with what holds of each alone."""
        if isinstance(stored, pl.Series):
            return self.counted(self.judge_apart(stored, is_printable=is_printable))
        return self.counted(self._judge_known(stored))

    def judge_apart(self, stored: pl.Series, *, is_printable: bool = False) -> BlockColumn:
        """The cells of a block without regard to others; safe in any thread, and not counted."""
        judged = Judged(self.judgements[is_printable], stored)
        return BlockColumn(self.column, self.profile, judged.states, judged)

    def counted(self, judged: BlockColumn) -> BlockColumn:
        """The same, once it is counted how many cells hold something, and how many nothing."""
        if judged.ids is None:
            self.dtype = judged.held.stored.dtype
        if not (judged.states == SOUND).all():
            self.unread += int(np.count_nonzero(judged.states == UNREAD))
        self.present += int(np.count_nonzero(judged.states))
        return judged

    def _judge_known(self, stored: Coded | Listed) -> BlockColumn:
        if isinstance(stored, Listed):
            self.dtype = pl.Series(stored.values[:0]).dtype
        if self.kept is None or len(self.known) > MOST_KEPT:
            self._forget()
        ids = self._coded(stored) if isinstance(stored, Coded) else self._listed(stored)
        assert self.kept is not None
        states = self.kept.states.take(ids)
        return BlockColumn(self.column, self.profile, states, self.kept, ids, is_kept=True)

    def _forget(self) -> None:
        """Begin anew, with nothing at position 0 but the value that is not there."""
        empty = pl.Series(self.column.name, [None], dtype=self.dtype)
        self.kept, self.known = Judged(self.judgements[False], empty), {}
        self.places, self.listed = np.zeros(1, np.int32), None

    def _coded(self, stored: Coded) -> Ids:
        """Of each row the position of its value, by what is known of its code."""
        codes = stored.codes
        grown = int(codes.max(initial=0)) + 1 - len(self.places)
        if grown > 0:
            self.places = np.append(self.places, np.full(grown, _UNKNOWN, np.int32))
        ids: Ids = self.places.take(codes)
        unknown = np.flatnonzero(ids == _UNKNOWN) if ids.min(initial=0) == _UNKNOWN else ()
        if len(unknown):
            new, firsts = np.unique(codes[unknown], return_index=True)
            self.places[new] = self._learn(stored.texts(unknown[firsts]))
            ids = self.places.take(codes)
        return ids

    def _listed(self, stored: Listed) -> Ids:
        """Of each row the position of its value; 0 where it has none."""
        if self.listed is None or not stored.values.equals(self.listed):
            self.listed = stored.values
            # A missing value takes the 0 at the end.
            # Days are told apart by their numbers: some lie beyond Python's calendar.
            values = pl.Series(stored.values).to_physical().to_list()
            self.places = np.append(self._learn(values), np.int32(0))
        return self.places.take(stored.places)

    def _learn(self, values: list[Any]) -> Ids:
        """The positions of values, of which those not met before are judged."""
        assert self.kept is not None
        new = [value for value in dict.fromkeys(values) if value not in self.known]
        if new:
            start = len(self.kept.states)
            self.known |= {value: start + position for position, value in enumerate(new)}
            physical = pl.Int64() if self.dtype.is_temporal() else self.dtype
            values_of_type = pl.Series(self.column.name, new, physical).cast(self.dtype)
            self.kept.joined(Judged(self.judgements[False], values_of_type))
        return np.fromiter((self.known[value] for value in values), np.int32, len(values))
