"""Foreign keys to tables in memory, judged with the rows that have them."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from qantar.schema import TABLES, Profile
from qantar.schema.rule import ForeignKey
from qantar.schema.rules import rules_of
from qantar.schema.shape import Row
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.value_rule import BROKEN
from qantar.validation.tables.cells import SOUND, Cells, JudgedValues
from qantar.validation.tables.key_hash import NONE, Hashes, KeyHashes, Rows

ReadRows: TypeAlias = Callable[[], list[Row]]


@dataclass
class ForeignJudge:
    """One rule of one column, with what is known of the values that came so far.

    keys: those of the other table. faults: what was found, with rows and lines.
    """

    rule: ForeignKey
    keys: frozenset[Any]
    faults: list[Fault] = field(default_factory=list)
    judged: JudgedValues | None = None
    memory: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))

    @property
    def column(self) -> str:
        return self.rule.columns[0]

    def suspects(self, held: Cells) -> npt.NDArray[np.int64]:
        """The rows of a chunk of which the value is no key of the other table."""
        if held.ids is None:
            lost = ~held.screened.is_in([*self.keys]).to_numpy().astype(np.bool_)
            return np.flatnonzero(lost & (held.states == SOUND))
        if held.held is not self.judged:
            self.judged, self.memory = held.held, np.zeros(0, np.bool_)
        new = range(len(self.memory), len(held.held.states))
        lost_ones = [self._is_lost(held.held, position) for position in new]
        self.memory = np.append(self.memory, np.array(lost_ones, np.bool_))
        return np.flatnonzero(self.memory[held.ids])

    def _is_lost(self, judged: JudgedValues, position: int) -> bool:
        return bool(judged.states[position] == SOUND) and judged.cell(position) not in self.keys


def foreign_judges(
    table: str, profile: Profile, columns: Collection[str], others: Mapping[str, ReadRows]
) -> Iterator[ForeignJudge]:
    """A judge for each key of one of the columns that leads to one of the other tables.

    others: by name, what gives the marked rows of a table.
    """
    for rule in rules_of(table, profile):
        if not isinstance(rule, ForeignKey) or rule.other_table not in others:
            continue
        if len(rule.columns) == 1 and rule.columns[0] in columns:
            values = {row.get(rule.other_columns[0]) for row in others[rule.other_table]()}
            yield ForeignJudge(rule, frozenset(values - {None, BROKEN}))


@dataclass
class InnerKeys:
    """A key that leads to the same table: of the rows that have it, their number and its hash."""

    rule: ForeignKey
    rows: list[Rows] = field(default_factory=list)
    hashes: list[Hashes] = field(default_factory=list)

    def take(self, hashes: Hashes, before: int) -> None:
        """The rows of the next chunk; before: how many came earlier."""
        there = np.flatnonzero(hashes != NONE)
        if len(there):
            self.rows.append(there + before)
            self.hashes.append(hashes[there])

    def lost(self, keys: KeyHashes) -> Rows | None:
        """The rows (from 0) of which the hash is no key's; None where that is not in memory."""
        if not self.rows:
            return np.zeros(0, np.int64)
        if keys.files:
            return None
        rows, hashes = np.concatenate(self.rows), np.concatenate(self.hashes)
        return np.asarray(rows[~np.isin(hashes, keys.among(np.unique(hashes)))], np.int64)


def inner_keys(table: str, profile: Profile, columns: Collection[str]) -> Iterator[InnerKeys]:
    """The keys that lead to the primary key of the same table, where it has one column."""
    key = TABLES[table].primary_key
    for rule in rules_of(table, profile):
        if not isinstance(rule, ForeignKey) or rule.other_table != table:
            continue
        if rule.other_columns == key and len(key) == 1 and {*rule.columns, *key} <= {*columns}:
            yield InnerKeys(rule)
