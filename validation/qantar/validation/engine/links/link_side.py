"""The two sides of a rule between tables, as the rows of a chunk show them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from qantar.schema.patterns import ColumnKind
from qantar.schema.rule import Condition, ForeignKey, Join, Tally
from qantar.validation.tables.cells import ABSENT, FAULTY, SOUND, UNREAD, Cells
from qantar.validation.tables.chunk import Chunk
from qantar.validation.tables.key_hash import NONE, Hashes, joined_hashes
from qantar.validation.tables.key_record import KeyRecords

LinkRule: TypeAlias = ForeignKey | Tally | Join
Columns: TypeAlias = Mapping[str, Cells]
Mask: TypeAlias = npt.NDArray[np.bool_]
Numbers: TypeAlias = npt.NDArray[np.int64]

# Numbers that stand for no value; of a faulty one it is open what it would be.
NO_VALUE, OPEN = np.int64(-(2**63)), np.int64(-(2**63) + 1)
# A row of a tally that counts in any case, and one that may count.
CERTAIN, POSSIBLE = np.int64(1), np.int64(0)


@dataclass
class Side:
    """One side of a rule: what it reads of a table, and what was read so far.

    is_other: whether it is the table that the rule points to.
    """

    rule: LinkRule
    is_other: bool
    records: KeyRecords = field(default_factory=KeyRecords)

    @property
    def key(self) -> tuple[str, ...]:
        return self.rule.other_columns if self.is_other else self.rule.columns

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the rule reads of this table, those of the key first."""
        return tuple(dict.fromkeys((*self.key, *self._value(), *(c.column for c in self.when))))

    @property
    def when(self) -> tuple[Condition, ...]:
        if isinstance(self.rule, ForeignKey):
            return ()
        if self.is_other:
            return self.rule.other_when if isinstance(self.rule, Tally) else ()
        return self.rule.when

    def take(self, chunk: Chunk, columns: Columns) -> None:
        """The rows of the next chunk; columns: those that the table has."""
        states = {name: states_of(chunk, name, columns.get(name)) for name in self.columns}
        present = np.logical_and.reduce([states[name] == SOUND for name in self.key])
        if not present.any():
            self.records.add(np.full(chunk.height, NONE), np.zeros(chunk.height, np.int64))
            return
        hashes = joined_hashes([columns[name].hashes() for name in self.key], present)
        certain, possible = met(self.when, states, columns, chunk.height)
        asked = possible if self.is_other else certain
        hashes[~asked] = NONE
        self.records.add(hashes, self._numbers(columns, states, certain))

    def _value(self) -> tuple[str, ...]:
        if isinstance(self.rule, Join):
            return (self.rule.right if self.is_other else self.rule.left,)
        return ()

    def _numbers(
        self, columns: Columns, states: Mapping[str, npt.NDArray[np.uint8]], certain: Mask
    ) -> Numbers:
        if not isinstance(self.rule, Join):
            return np.where(certain, CERTAIN, POSSIBLE)
        (name,) = self._value()
        held = columns.get(name)
        if held is None:
            values = np.full(len(certain), NO_VALUE)
        elif self.rule.operator in ("==", "!="):
            values = held.hashes().view(np.int64)
        elif held.column.kind is ColumnKind.integer:
            values = held.screened.to_numpy().astype(np.int64)
        else:
            raise NotImplementedError(f"{self.rule.id} puts {held.column.kind}s in an order")
        state = states[name]
        return np.where(state == SOUND, values, np.where(state == ABSENT, NO_VALUE, OPEN))


def states_of(chunk: Chunk, name: str, column: Cells | None) -> npt.NDArray[np.uint8]:
    """Of each row whether a cell has a value.

    One that could not be read, or that is missing where it is needed, counts as faulty.
    """
    if column is None:
        return np.full(chunk.height, ABSENT, np.uint8)
    states = np.array(column.states, np.uint8)
    states[states == UNREAD] = FAULTY
    if column.is_required:
        states[states == ABSENT] = FAULTY
    for index, unread in chunk.unread:
        # Of a row that cannot be told apart the key is kept.
        if unread == name and states[index] == ABSENT:
            states[index] = FAULTY
    return states


def met(
    conditions: tuple[Condition, ...],
    states: Mapping[str, npt.NDArray[np.uint8]],
    columns: Columns,
    height: int,
) -> tuple[Mask, Mask]:
    """Where all conditions hold, and where they may; see `row_rules.holds`."""
    certain, possible = np.ones(height, np.bool_), np.ones(height, np.bool_)
    for condition in conditions:
        state, column = states[condition.column], columns.get(condition.column)
        found, is_open = _meets(condition, state, column), state == FAULTY
        certain &= found & ~is_open
        possible &= found | is_open
    return certain, possible


def _meets(condition: Condition, state: npt.NDArray[np.uint8], column: Cells | None) -> Mask:
    found = np.ones(len(state), np.bool_)
    if condition.present is not None:
        found &= (state != ABSENT) == condition.present
    if condition.is_in is not None:
        found &= state == SOUND
        if column is not None:
            found &= column.screened.is_in([*condition.is_in]).to_numpy().astype(np.bool_)
    if condition.lacks is not None and column is not None:
        holds = column.screened.str.contains(condition.lacks, literal=True).to_numpy()
        found &= ~((state == SOUND) & holds.astype(np.bool_))
    return found


def hashes_of(records: npt.NDArray[np.void]) -> Hashes:
    return np.asarray(records["hash"], np.uint64)
