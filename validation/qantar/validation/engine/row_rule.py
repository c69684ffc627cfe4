"""Row rules over a chunk: asked of whole columns, or once for every combination of values.

Of rules that compare two values with each other, whole columns are asked. The others are
interpreted for the first row with a combination of values, and the answer holds for all the
others; where values do not come back, a screen picks the rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import is_
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from qantar.schema.rule import Condition, Lookup, Requires, RowRule
from qantar.schema.shape import Row
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.row_rules import (
    ColumnarRule,
    breaks_rule,
    columns_of_rule,
    faults_of_rule,
)
from qantar.validation.rules.rule_screen import Screen
from qantar.validation.rules.value_rule import BROKEN, is_required
from qantar.validation.rules.value_screen import sound
from qantar.validation.tables.cells import ABSENT, SOUND, Cells, JudgedValues

LARGEST_MEMORY = 2**22
# Beyond so many new combinations in one chunk, a screen is cheaper than a memory.
MOST_NEW = 5_000
_UNKNOWN = -1

Columns = Mapping[str, Cells]
Indices = npt.NDArray[np.int64]


@dataclass
class RuleJudge:
    """One rule, with the combinations that were judged so far."""

    rule: RowRule
    sizes: tuple[int, ...] = ()
    held: tuple[JudgedValues, ...] = ()
    memory: npt.NDArray[np.int8] = field(default_factory=lambda: np.zeros(0, np.int8))
    is_screened: bool = False

    def __post_init__(self) -> None:
        self.names, self.by_value = columns_of_rule(self.rule), _by_value(self.rule)

    def faults(self, columns: Columns) -> Iterator[tuple[int, Fault]]:
        """(index of the row, fault) in a chunk."""
        for index in self.suspects(columns).tolist():
            for fault in faults_of_rule(self.rule, self._row(columns, index)):
                yield index, fault

    def suspects(self, columns: Columns) -> Indices:
        """Rows in a chunk that may break the rule; all others keep it."""
        if isinstance(self.rule, ColumnarRule):
            return _breaking(self.rule, columns)
        by_value = self.by_value
        held = [name for name in self.names if name in columns]
        kept = all(columns[name].is_kept for name in held if name in by_value)
        if not held:
            return np.zeros(0, np.int64)
        if not kept or self.is_screened:
            return self._screened(columns, held)
        axes = [_axis(columns[name], by_value=name in by_value) for name in held]
        sizes = tuple(size for _, size in axes)
        if np.prod(sizes, dtype=np.float64) > LARGEST_MEMORY:
            return self._screened(columns, held)
        values = tuple(columns[name].held for name in held if name in by_value)
        # A position means something else once a column was begun anew.
        if sizes != self.sizes or not all(map(is_, values, self.held)):
            self.sizes, self.held = sizes, values
            self.memory = np.full(np.prod(sizes), _UNKNOWN, np.int8)
        # Whatever the first axis counts in would be too narrow for all of them.
        combined = axes[0][0].astype(np.int32, copy=False)
        for axis, size in axes[1:]:
            combined = combined * np.int32(size) + axis
        return self._remembered(columns, combined)

    def _remembered(self, columns: Columns, combined: npt.NDArray[np.int32]) -> Indices:
        told = self.memory.take(combined)
        if told.max(initial=0) == 0 and told.min(initial=0) == 0:
            return np.zeros(0, np.int64)
        unknown = np.flatnonzero(told == _UNKNOWN)
        if len(unknown):
            new, firsts = np.unique(combined[unknown], return_index=True)
            self.is_screened = len(new) > MOST_NEW
            for combination, first in zip(new.tolist(), unknown[firsts].tolist(), strict=True):
                found = faults_of_rule(self.rule, self._row(columns, first))
                self.memory[combination] = any(True for _ in found)
            told = self.memory.take(combined)
        return np.flatnonzero(told.view(np.bool_))

    def _screened(self, columns: Columns, held: list[str]) -> Indices:
        frame = frame_of(columns, held)
        expression = Screen(frame.columns).expression(self.rule)
        if expression is None:
            return np.zeros(0, np.int64)
        found = frame.with_columns(expression.alias("found")).get_column("found")
        return found.arg_true().to_numpy().astype(np.int64)

    def _row(self, columns: Columns, index: int) -> Row:
        return marked_row(columns, self.names, index)


def _breaking(rule: ColumnarRule, columns: Columns) -> Indices:
    """Where both columns have values that may break the rule."""
    if not {*rule.on} <= columns.keys():
        return np.zeros(0, np.int64)
    one, other = (columns[name] for name in rule.on)
    values = pl.DataFrame([one.screened.alias(rule.on[0]), other.screened.alias(rule.on[1])])
    breaks = values.select(breaks_rule(rule)).to_series().to_numpy()
    return np.flatnonzero(breaks & (one.states == SOUND) & (other.states == SOUND))


def frame_of(columns: Columns, names: Sequence[str]) -> pl.DataFrame:
    """Some columns as screens take them."""
    values = [columns[name].screened.alias(name) for name in names]
    marks = [pl.Series(sound(name), columns[name].states == SOUND) for name in names]
    return pl.DataFrame([*values, *marks])


def marked_row(columns: Columns, names: tuple[str, ...], index: int) -> Row:
    """Some cells of a row, as `mark` would give them."""
    row: dict[str, Any] = {}
    for name in names:
        column = columns.get(name)
        if column is None:
            continue
        if column.states[index] == SOUND:
            row[name] = column.cell(index)
        elif column.states[index] != ABSENT or is_required(column.column, column.profile):
            row[name] = BROKEN
    return row


def _axis(column: Cells, *, by_value: bool) -> tuple[npt.NDArray[Any], int]:
    """Of each row a number that stands for what the rule sees of it, and how many there are."""
    if not by_value:
        return column.presence, 4
    assert column.ids is not None
    return column.ids, 1 << len(column.held.states).bit_length()


def _by_value(rule: RowRule) -> frozenset[str]:
    """The columns of which the rule asks more than whether there is a value."""
    conditions: tuple[Condition, ...] = getattr(rule, "when", ())
    asked = {c.column for c in conditions if c.is_in is not None or c.lacks is not None}
    if isinstance(rule, Requires):
        return frozenset(asked)
    needed = {*columns_of_rule(rule)} - {c.column for c in conditions}
    excuse = {rule.unless} if isinstance(rule, Lookup) and rule.unless else set()
    return frozenset(asked | (needed - excuse))
