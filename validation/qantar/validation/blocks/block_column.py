"""One column of a block: its values, and of each row whether it has one without a fault."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from qantar.schema import Profile
from qantar.schema.table import Column
from qantar.validation.blocks.block import Coded, Foreign, Listed, Mixed, Stored
from qantar.validation.blocks.key_hash import NONE, Hashes, joined_hashes
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.value_rule import judge_cell
from qantar.validation.screens.value_screen import TYPES, screen_values, sound
from qantar.validation.tables.spelling import Words, absent_words, respelled, worded
from qantar.validation.tables.stored_type import (
    ISO_DAY,
    as_column,
    column_of_another_type,
    describe_type,
    value_at,
)

# What a cell is to the rules; one that could not be read is to them as one with a fault.
ABSENT, SOUND, FAULTY, UNREAD = 0, 1, 2, 3
# More distinct values than this are not worth keeping from block to block.
MOST_KEPT = 50_000
_UNKNOWN = -1
_PRESENCE = np.array([ABSENT, SOUND, FAULTY, FAULTY], np.uint8)
_NO_CONTROLS = r"[^\x00-\x1f\x7f]*$"

States = npt.NDArray[np.uint8]
Ids = npt.NDArray[np.int32]


@dataclass
class BlockColumn:
    """The cells of a column in one block.

    states: of each row. held: stored values with what was made of them. ids: of each row the
    position of its value in there, where that is not its own. is_kept: the positions mean the
    same in every block. is_foreign: no value of the type in which they are stored is one of the
    column's, which is told once.
    """

    column: Column
    profile: Profile
    states: States
    held: "Judged"
    ids: Ids | None = None
    is_kept: bool = False
    is_foreign: bool = False

    @cached_property
    def presence(self) -> States:
        """Of each row whether there is a value; one that could not be read counts as faulty."""
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
        position = self._position(index)
        if position in self.held.odd:
            return self.held.odd[position]
        return value_at(self.held.stored, position)

    @cached_property
    def screened(self) -> pl.Series:
        """Values of one type for every row; a filler where there is none without a fault."""
        return self.held.screened if self.ids is None else self.held.screened.gather(self.ids)

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
    """What is asked of a column's values, compiled once.

    is_printable: the values are known to hold no control characters.
    """

    column: Column
    profile: Profile
    is_printable: bool = False

    @cached_property
    def expressions(self) -> tuple[pl.Expr, pl.Expr]:
        """The values, and whether they are sound."""
        column, pattern = self.column, self.column.pattern
        if self.is_printable and not column.enum and pattern:
            # What is left of the pattern decides, where a text is free but for such characters.
            column = replace(column, pattern=pattern.removesuffix(_NO_CONTROLS))
        return screen_values(column, self.profile)


class Judged:
    """Stored values, the values they spell, and the state of each.

    odd: by position, values of other types, in the place of which the stored ones are null.
    """

    def __init__(
        self, judgement: Judgement, stored: pl.Series, odd: Mapping[int, Any] | None = None
    ) -> None:
        self.stored, self.odd = stored, odd or {}
        self.column = column = judgement.column
        self.faults: dict[int, Fault | None] = {}
        self.cells: dict[int, Any] = {}
        self.hashed: npt.NDArray[np.uint64] | None = None
        self.worded: npt.NDArray[np.bool_] | None = None
        typed = as_column(stored, column)
        values = _nothing(column, len(stored)) if typed is None else typed
        if values.dtype == pl.Date:
            values = values.dt.to_string(ISO_DAY)
        judged = values.alias(column.name).to_frame().select(*judgement.expressions)
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
        states[[*self.odd]] = UNREAD
        self.states: States = states

    def cell(self, position: int) -> Any:
        """The value at a position as records hold it; worked out once."""
        if position not in self.cells:
            self.cells[position] = value_at(self.values, position)
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
        self.hashed = self.worded = None
        return self

    def are_worded(self, words: tuple[str, ...]) -> npt.NDArray[np.bool_]:
        """Whether each value is a word for an absent one; worked out once, as hashes are."""
        if self.worded is None:
            is_text = self.stored.dtype == pl.String
            self.worded = (
                worded(self.stored, words).to_numpy()
                if is_text and words
                else np.zeros(len(self.stored), np.bool_)
            )
        return self.worded


@dataclass
class ColumnJudge:
    """Judges a column block by block, and a value that comes back only once.

    foreign: what is wrong with the column as a whole, once a block has shown it.
    """

    column: Column
    profile: Profile
    known: dict[Any, int] = field(default_factory=dict)
    places: Ids = field(default_factory=lambda: np.zeros(1, np.int32))
    listed: pa.Array | None = None
    kept: Judged | None = None
    foreign: Fault | None = None
    present: int = 0
    dtype: pl.DataType = field(default_factory=pl.String)
    words: Words = field(default_factory=Words)
    spellings: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.absent = absent_words(self.column, self.profile)
        self.judgements = {
            is_printable: Judgement(self.column, self.profile, is_printable)
            for is_printable in (False, True)
        }

    def judge(self, stored: Stored, *, is_printable: bool = False) -> BlockColumn:
        """The cells of a block, with what holds of each alone."""
        if isinstance(stored, Listed) and self._is_foreign(pl.Series(stored.values[:0])):
            stored = stored.spelled()
        if isinstance(stored, Coded | Listed):
            return self._judge_known(stored)
        return self.judge_apart(stored, is_printable=is_printable)

    def judge_apart(
        self, stored: pl.Series | Mixed | Foreign, *, is_printable: bool = False
    ) -> BlockColumn:
        """The cells of a block without regard to others; safe in any thread."""
        judgement = self.judgements[is_printable]
        if isinstance(stored, Mixed):
            judged = Judged(judgement, stored.values, stored.odd)
            return BlockColumn(self.column, self.profile, judged.states, judged)
        if isinstance(stored, pl.Series) and self._is_foreign(stored):
            there = stored.is_not_null().to_numpy()
            first = value_at(stored, int(there.argmax())) if there.any() else None
            stored = Foreign(describe_type(stored.dtype), there, first)
        if isinstance(stored, Foreign):
            return self._judge_foreign(stored)
        judged = Judged(judgement, stored)
        return BlockColumn(self.column, self.profile, judged.states, judged)

    def _is_foreign(self, values: pl.Series) -> bool:
        """Whether no value of their type is one of the column's."""
        return as_column(values[:0], self.column) is None

    def _judge_foreign(self, stored: Foreign) -> BlockColumn:
        judged = Judged(self.judgements[False], _nothing(self.column, len(stored.there)))
        judged.states[stored.there] = UNREAD
        if self.foreign is None and stored.there.any():
            told = column_of_another_type(self.column, stored.held, stored.first)
            self.foreign = stored.fault or told
        return BlockColumn(self.column, self.profile, judged.states, judged, is_foreign=True)

    def count(self, judged: BlockColumn) -> None:
        """Take note of how many cells of a block hold anything, and of how they are spelled."""
        self.present += int(np.count_nonzero(judged.states))
        self._note_words(judged)
        if judged.ids is None:
            self._note_spellings(judged.held.stored)

    def _note_words(self, judged: BlockColumn) -> None:
        """Take note of words for an absent value that are taken for text."""
        marked = judged.held.are_worded(self.absent)
        if not marked.any():
            return
        rows = np.flatnonzero(marked if judged.ids is None else marked.take(judged.ids))
        places = rows if judged.ids is None else judged.ids[rows]
        self.words.add(self.column.name, judged.held.stored[places])

    def _note_spellings(self, stored: pl.Series) -> None:
        if stored.dtype == pl.String:
            self.spellings |= respelled(stored, self.column.kind)

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
            self._note_spellings(values_of_type)
            self.kept.joined(Judged(self.judgements[False], values_of_type))
        return np.fromiter((self.known[value] for value in values), np.int32, len(values))


def _nothing(column: Column, height: int) -> pl.Series:
    """A column without values."""
    return pl.repeat(None, height, dtype=TYPES[column.kind], eager=True).alias(column.name)
