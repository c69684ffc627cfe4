"""One row rule asked chunk by chunk, once for every combination of values that comes back.

A kind is asked of the first row with a combination of values, and the answer holds for all the
others. Where too few combinations come back, whole columns are asked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import is_
from typing import Any

import numpy as np
import numpy.typing as npt

from qantar.schema.rule import RowRule
from qantar.schema.shape import Row
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.row.registry import kind_of
from qantar.validation.rules.value.rule import BROKEN
from qantar.validation.tables.array import RowNumbers
from qantar.validation.tables.cells import ABSENT, SOUND, Cells, CellsByName, JudgedValues
from qantar.validation.tables.prose_cells import ProseCells

MOST_COMBINATIONS = 2**22
# Beyond so many new combinations in one chunk, whole columns are cheaper.
MOST_NEW = 5_000
ROWS_AT_FIRST = 2_000
# So many rows are sooner asked one by one than column by column.
FEW_NEW = 50
_UNKNOWN = -1
_MARKS = 4


@dataclass
class RowRuleJudge:
    """One rule, with the answer to each combination that was asked so far."""

    rule: RowRule
    sizes: tuple[int, ...] = ()
    held: tuple[JudgedValues, ...] = ()
    answers: npt.NDArray[np.int8] = field(default_factory=lambda: np.zeros(0, np.int8))

    def __post_init__(self) -> None:
        self.kind = kind_of(self.rule)
        self.sees = self.kind.sees(self.rule)
        # Once too few combinations come back, whole columns are asked.
        self.is_varied = False

    def faults(self, columns: CellsByName, height: int) -> Iterator[tuple[int, Fault]]:
        """(index of the row, fault) in a chunk of so many rows."""
        for index in self.suspects(columns, height).tolist():
            for fault in self.kind.faults(self.rule, self._row(columns, index)):
                yield index, fault

    def suspects(self, columns: CellsByName, height: int) -> RowNumbers:
        """Rows in a chunk that may break the rule; all others keep it."""
        held = [name for name in self.sees if name in columns]
        if not held:
            return np.zeros(0, np.int64)
        combined = None if self.is_varied else self._combined(columns, held)
        if combined is None:
            return np.flatnonzero(self.kind.maybe(self.rule, columns, height))
        return self._answered(columns, combined)

    def _combined(self, columns: CellsByName, held: list[str]) -> npt.NDArray[np.int32] | None:
        """Of each row a number for its combination; None where too many may come."""
        by_value = [name for name in held if self.sees[name] == "value"]
        if not all(columns[name].is_kept for name in by_value):
            return None
        axes = [_axis(columns[name], by_value=name in by_value) for name in held]
        sizes = tuple(size for _, size in axes)
        if np.prod(sizes, dtype=np.float64) > MOST_COMBINATIONS:
            return None
        values = tuple(columns[name].held for name in by_value)
        # A position means something else once a column was begun anew.
        if sizes != self.sizes or not all(map(is_, values, self.held)):
            self.sizes, self.held = sizes, values
            self.answers = np.full(np.prod(sizes), _UNKNOWN, np.int8)
        # Whatever the first axis counts in would be too narrow for all of them.
        combined = axes[0][0].astype(np.int32, copy=False)
        for axis, size in axes[1:]:
            combined = combined * np.int32(size) + axis
        return combined

    def _answered(self, columns: CellsByName, combined: npt.NDArray[np.int32]) -> RowNumbers:
        answers = self.answers.take(combined)
        if answers.max(initial=0) == 0 and answers.min(initial=0) == 0:
            return np.zeros(0, np.int64)
        unknown = np.flatnonzero(answers == _UNKNOWN)
        if len(unknown):
            # Most combinations occur among a few rows; the others are quickly sorted.
            first = unknown[:ROWS_AT_FIRST]
            asked = self._ask(columns, combined, first)
            unknown = unknown[len(first) :]
            unknown = unknown[self.answers.take(combined[unknown]) == _UNKNOWN]
            asked += self._ask(columns, combined, unknown)
            self.is_varied = asked > MOST_NEW
            answers = self.answers.take(combined)
        return np.flatnonzero(answers.view(np.bool_))

    def _ask(
        self, columns: CellsByName, combined: npt.NDArray[np.int32], unknown: RowNumbers
    ) -> int:
        """Answer to the combinations of some rows, and tell how many these are."""
        if not len(unknown):
            return 0
        new, firsts = np.unique(combined[unknown], return_index=True)
        rows = unknown[firsts]
        if len(rows) <= FEW_NEW:
            found = (self.kind.faults(self.rule, self._row(columns, row)) for row in rows.tolist())
            self.answers[new] = [any(True for _ in faults) for faults in found]
            return len(new)
        asked = {name: columns[name].only(rows) for name in self.sees if name in columns}
        self.answers[new] = self.kind.maybe(self.rule, asked, len(rows))
        return len(new)

    def _row(self, columns: CellsByName, index: int) -> Row:
        return marked_row(columns, self.sees, index)


def marked_row(columns: CellsByName, names: Iterable[str], index: int) -> Row:
    """Some cells of a row, as `mark` would give them."""
    row: dict[str, Any] = {}
    for name in names:
        cells = columns.get(name)
        if cells is None:
            continue
        mark = cells.marks[index]
        if mark == SOUND:
            row[name] = cells.cell(index)
            if isinstance(cells, ProseCells):
                row[cells.name_at(index)] = row[name]
        elif mark != ABSENT:
            row[name] = BROKEN
    return row


def _axis(cells: Cells, *, by_value: bool) -> tuple[npt.NDArray[Any], int]:
    """Of each row a number that stands for what the rule sees of it, and how many there are."""
    if not by_value:
        return cells.marks, _MARKS
    assert cells.ids is not None
    return cells.ids, 1 << len(cells.held.states).bit_length()
