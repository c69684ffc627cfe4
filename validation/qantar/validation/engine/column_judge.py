"""The values of one column judged chunk by chunk; a value that comes back is judged once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from qantar.schema import Profile
from qantar.schema.table import Column
from qantar.validation.faults.fault import Fault
from qantar.validation.readers.spelling import Words, absent_words, respelled, worded
from qantar.validation.readers.stored_type import as_column, column_of_another_type, describe_type
from qantar.validation.rules.value.rule import is_required, judge_cell
from qantar.validation.rules.value.screen import TYPES, filler_of, sound_values
from qantar.validation.tables.array import Mask
from qantar.validation.tables.cells import ABSENT, FAULTY, SOUND, UNREAD, Cells, Ids, JudgedValues
from qantar.validation.tables.chunk import Coded, Foreign, Listed, Mixed, Stored
from qantar.validation.tables.stored_value import ISO_DAY, value_at

# More distinct values than this are not worth keeping from chunk to chunk.
MOST_KEPT = 50_000
_UNKNOWN = -1
_NO_CONTROLS = r"[^\x00-\x1f\x7f]*$"


@dataclass(frozen=True)
class Judgement:
    """What is asked of a column's values, compiled once.

    is_printable: the values are known to hold no control characters.
    """

    column: Column
    profile: Profile
    is_printable: bool = False

    @cached_property
    def sound(self) -> pl.Expr:
        """Whether a value is sound."""
        column, pattern = self.column, self.column.pattern
        if self.is_printable and not column.enum and pattern:
            # What is left of the pattern decides, where a text is free but for such characters.
            column = replace(column, pattern=pattern.removesuffix(_NO_CONTROLS))
        return sound_values(column, self.profile)


def judge_values(
    judgement: Judgement, stored: pl.Series, odd: Mapping[int, Any] | None = None
) -> JudgedValues:
    """Stored values with the state of each; odd: as `JudgedValues` holds them."""
    column, profile = judgement.column, judgement.profile
    typed = as_column(stored, column)
    values = _nothing(column, len(stored)) if typed is None else typed
    if values.dtype == pl.Date:
        values = values.dt.to_string(ISO_DAY)
    sound = values.alias(column.name).to_frame().select(judgement.sound.cast(pl.UInt8))
    states = sound.to_series().to_numpy().copy()
    judged = JudgedValues(
        stored,
        values,
        filler_of(column),
        states,
        partial(judge_cell, column, profile=profile),
        odd or {},
    )
    present = stored.is_not_null().to_numpy()
    if int(states.sum()) < int(present.sum()):
        states[present & (states == ABSENT)] = FAULTY
        states[present & values.is_null().to_numpy()] = UNREAD
        _clear_sound(judged)
    states[[*judged.odd]] = UNREAD
    return judged


def _clear_sound(judged: JudgedValues) -> None:
    """Clear what the screen held back though the exact rule finds nothing wrong with it."""
    suspects = np.flatnonzero(judged.states == FAULTY).tolist()
    held = [index for index in suspects if judged.judge(judged.cell(index)) is None]
    if held:
        judged.states[held] = SOUND


@dataclass
class ColumnJudge:
    """Judges a column chunk by chunk, and a value that comes back only once.

    foreign: what is wrong with the column as a whole, once a chunk has shown it.
    """

    column: Column
    profile: Profile
    known: dict[Any, int] = field(default_factory=dict)
    places: Ids = field(default_factory=lambda: np.zeros(1, np.int32))
    listed: pa.Array | None = None
    kept: JudgedValues | None = None
    foreign: Fault | None = None
    present: int = 0
    dtype: pl.DataType = field(default_factory=pl.String)
    words: Words = field(default_factory=Words)
    spellings: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.is_required = is_required(self.column, self.profile)
        self.absent = absent_words(self.column, self.profile)
        self.judgements = {
            is_printable: Judgement(self.column, self.profile, is_printable)
            for is_printable in (False, True)
        }

    def judge(self, stored: Stored, *, is_printable: bool = False) -> Cells:
        """The cells of a chunk, with what holds of each alone."""
        if isinstance(stored, Listed) and self._is_foreign(pl.Series(stored.values[:0])):
            stored = stored.spelled()
        if isinstance(stored, Coded | Listed):
            return self._judge_known(stored)
        return self.judge_apart(stored, is_printable=is_printable)

    def judge_apart(
        self, stored: pl.Series | Mixed | Foreign, *, is_printable: bool = False
    ) -> Cells:
        """The cells of a chunk without regard to others; safe in any thread."""
        judgement = self.judgements[is_printable]
        if isinstance(stored, Mixed):
            judged = judge_values(judgement, stored.values, stored.odd)
            return Cells(self.column, self.is_required, judged.states, judged)
        if isinstance(stored, pl.Series) and self._is_foreign(stored):
            there = stored.is_not_null().to_numpy()
            first = value_at(stored, int(there.argmax())) if there.any() else None
            stored = Foreign(describe_type(stored.dtype), there, first)
        if isinstance(stored, Foreign):
            return self._judge_foreign(stored)
        judged = judge_values(judgement, stored)
        return Cells(self.column, self.is_required, judged.states, judged)

    def _is_foreign(self, values: pl.Series) -> bool:
        """Whether no value of their type is one of the column's."""
        return as_column(values[:0], self.column) is None

    def _judge_foreign(self, stored: Foreign) -> Cells:
        judged = judge_values(self.judgements[False], _nothing(self.column, len(stored.there)))
        judged.states[stored.there] = UNREAD
        if self.foreign is None and stored.there.any():
            told = column_of_another_type(self.column, stored.held, stored.first)
            self.foreign = stored.fault or told
        return Cells(self.column, self.is_required, judged.states, judged, is_foreign=True)

    def count(self, judged: Cells) -> None:
        """Take note of how many cells of a chunk hold anything, and of how they are spelled."""
        self.present += int(np.count_nonzero(judged.states))
        self._note_words(judged)
        if judged.ids is None:
            self._note_spellings(judged.held.stored)

    def _note_words(self, judged: Cells) -> None:
        """Take note of words for an absent value that are taken for text."""
        marked = _are_worded(judged.held, self.absent)
        if not marked.any():
            return
        rows = np.flatnonzero(marked if judged.ids is None else marked.take(judged.ids))
        places = rows if judged.ids is None else judged.ids[rows]
        self.words.add(self.column.name, judged.held.stored[places])

    def _note_spellings(self, stored: pl.Series) -> None:
        if stored.dtype == pl.String:
            self.spellings |= respelled(stored, self.column.kind)

    def _judge_known(self, stored: Coded | Listed) -> Cells:
        if isinstance(stored, Listed):
            self.dtype = pl.Series(stored.values[:0]).dtype
        if self.kept is None or len(self.known) > MOST_KEPT:
            self._forget()
        ids = self._coded(stored) if isinstance(stored, Coded) else self._listed(stored)
        assert self.kept is not None
        states = self.kept.states.take(ids)
        return Cells(self.column, self.is_required, states, self.kept, ids, is_kept=True)

    def _forget(self) -> None:
        """Begin anew, with nothing at position 0 but the value that is not there."""
        empty = pl.Series(self.column.name, [None], dtype=self.dtype)
        self.kept, self.known = judge_values(self.judgements[False], empty), {}
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
            self.kept.append(judge_values(self.judgements[False], values_of_type))
        return np.fromiter((self.known[value] for value in values), np.int32, len(values))


def _are_worded(judged: JudgedValues, words: tuple[str, ...]) -> Mask:
    """Whether each value is a word for an absent one; worked out once, as hashes are."""
    if judged.worded is None:
        is_text = judged.stored.dtype == pl.String and words
        judged.worded = (
            worded(judged.stored, words).to_numpy()
            if is_text
            else np.zeros(len(judged.stored), np.bool_)
        )
    return judged.worded


def _nothing(column: Column, height: int) -> pl.Series:
    """A column without values."""
    return pl.repeat(None, height, dtype=TYPES[column.kind], eager=True).alias(column.name)
