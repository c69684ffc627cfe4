"""The cells of one column in one chunk: their values, and what each is to the rules."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from qantar.schema.table import Column
from qantar.validation.faults.fault import Fault
from qantar.validation.tables.array import Mask, RowNumbers
from qantar.validation.tables.stored_value import value_at

# What a cell is to the rules; one that could not be read is to them as one with a fault.
ABSENT, SOUND, FAULTY, UNREAD = 0, 1, 2, 3

States: TypeAlias = npt.NDArray[np.uint8]
Ids: TypeAlias = npt.NDArray[np.int32]


@dataclass
class JudgedValues:
    """Stored values, the values they spell, and the state of each.

    stored: as the file or frame has them. values: of the column's type, null where they are of
    another. filler: what stands for a value that is not sound. judge: tells what is wrong with a
    value as records hold it. odd: by position, values of other types, in the place of which the
    stored ones are null. worded: whether each is a word for an absent value, once that was asked.
    """

    stored: pl.Series
    values: pl.Series
    filler: pl.Expr
    states: States
    judge: Callable[[Any], Fault | None]
    odd: Mapping[int, Any] = field(default_factory=dict)
    worded: Mask | None = None

    def __post_init__(self) -> None:
        self._faults: dict[int, Fault | None] = {}
        self._cells: dict[int, Any] = {}
        self._hashes: npt.NDArray[np.uint64] | None = None
        self._screened: pl.Series | None = None

    @property
    def screened(self) -> pl.Series:
        """The values, with the filler where they are not sound; worked out once."""
        if self._screened is None:
            frame = pl.DataFrame({"value": self.values, "sound": self.states == SOUND})
            filled = pl.when(pl.col("sound")).then(pl.col("value")).otherwise(self.filler)
            self._screened = frame.select(filled.alias(self.values.name)).to_series()
        return self._screened

    def cell(self, position: int) -> Any:
        """The value at a position as records hold it; worked out once."""
        if position not in self._cells:
            self._cells[position] = value_at(self.values, position)
        return self._cells[position]

    def fault(self, position: int) -> Fault | None:
        """What is wrong with the value at a position; worked out once."""
        if position not in self._faults:
            self._faults[position] = self.judge(self.cell(position))
        return self._faults[position]

    def hashes(self) -> npt.NDArray[np.uint64]:
        """64 bits for every value that is sound; worked out once, until others join them."""
        if self._hashes is None:
            # Texts need no filler, of which all would be copied.
            is_text = self.values.dtype == pl.String
            self._hashes = (self.values if is_text else self.screened).hash().to_numpy()
        return self._hashes

    def append(self, other: "JudgedValues") -> None:
        """Add another's values after these; the positions of these stay."""
        self.stored = pl.concat([self.stored, other.stored])
        self.values = pl.concat([self.values, other.values])
        self.states = np.concatenate([self.states, other.states])
        self._hashes = self._screened = self.worded = None


@dataclass
class Cells:
    """The cells of a column in one chunk.

    is_required: whether a row must have a value, whatever its others say. states: of each row.
    held: stored values with what was made of them. ids: of each row the position of its value
    in there, where that is not its own. is_kept: the positions mean the same in every chunk.
    is_foreign: no value of the type in which they are stored is one of the column's, which is
    told once. memo: what was asked of all rows already, by what was asked.
    """

    column: Column
    is_required: bool
    states: States
    held: JudgedValues
    ids: Ids | None = None
    is_kept: bool = False
    is_foreign: bool = False
    memo: dict[Hashable, npt.NDArray[np.uint8]] = field(default_factory=dict, repr=False)

    @cached_property
    def marks(self) -> States:
        """What the rules see of each row: absent, sound or faulty.

        What could not be read is faulty to them, and so is what is absent and must not be.
        """
        marks: States = np.minimum(self.states, np.uint8(FAULTY))
        if self.is_required:
            # Added, since to write where a mask says so takes long of random gaps.
            marks += (marks == ABSENT) * np.uint8(FAULTY - ABSENT)
        return marks

    def only(self, rows: RowNumbers) -> "Cells":
        """The cells of some rows, each as often as it is asked for."""
        ids = rows.astype(np.int32) if self.ids is None else self.ids[rows]
        return replace(self, states=self.states[rows], ids=ids, memo={})

    def cell(self, index: int) -> Any:
        """The value of a row as records hold it."""
        return self.held.cell(self._position(index))

    def fault(self, index: int) -> Fault | None:
        """What is wrong with a cell that is not absent; worked out once for each value."""
        return self.held.fault(self._position(index))

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

    def sound_values(self, rows: RowNumbers) -> pl.Series:
        """The values of some rows, all of which are sound."""
        return self.held.values.gather(rows if self.ids is None else self.ids[rows])

    def hashes(self) -> npt.NDArray[np.uint64]:
        """64 bits for the value of every row that is sound."""
        hashes = self.held.hashes()
        return hashes if self.ids is None else hashes.take(self.ids)

    def _position(self, index: int) -> int:
        return index if self.ids is None else int(self.ids[index])


# The cells of a chunk, by the name of their column.
CellsByName: TypeAlias = Mapping[str, Cells]


def with_unread(unread: Collection[tuple[int, str]], columns: CellsByName) -> dict[str, Cells]:
    """The columns, with (row, column) of cells that could not be told apart counting as faulty."""
    found: dict[str, list[int]] = defaultdict(list)
    for index, name in unread:
        if name in columns:
            found[name].append(index)
    changed: dict[str, Cells] = {}
    for name, rows in found.items():
        states = np.array(columns[name].states, np.uint8)
        states[rows] = np.where(states[rows] == ABSENT, FAULTY, states[rows])
        # Such a cell has no value of its own by which it could be known again.
        changed[name] = replace(columns[name], states=states, is_kept=False, memo={})
    return {**columns, **changed}
