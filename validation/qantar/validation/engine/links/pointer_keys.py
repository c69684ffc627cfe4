"""Pointers from row to row of a table of any size, which must not lead in a circle, as hashes."""

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np

from qantar.schema import Profile
from qantar.schema.rule import Acyclic
from qantar.schema.rules import rules_of
from qantar.validation.engine.links.link_side import Columns, met, states_of
from qantar.validation.rules.circle import pointing_columns, read_columns
from qantar.validation.tables.cells import SOUND
from qantar.validation.tables.chunk import Chunk
from qantar.validation.tables.growing_array import GrowingArray
from qantar.validation.tables.key_hash import joined_hashes


@dataclass
class PointerKeys:
    """Where rows point from and to, for those that do: 24 bytes each.

    rows: their numbers, from 0. height: how many rows were shown.
    """

    rule: Acyclic
    rows: GrowingArray = field(default_factory=lambda: GrowingArray(np.int64))
    sources: GrowingArray = field(default_factory=GrowingArray)
    targets: GrowingArray = field(default_factory=GrowingArray)
    height: int = 0

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the rule reads."""
        return read_columns(self.rule)

    def take(self, chunk: Chunk, columns: Columns) -> None:
        """The rows of the next chunk; columns: those that the table has."""
        states = {name: states_of(chunk, name, columns.get(name)) for name in self.columns}
        ends = pointing_columns(self.rule)
        there = np.logical_and.reduce([states[name] == SOUND for name in ends])
        _, possible = met(self.rule.when, states, columns, chunk.height)
        rows = np.flatnonzero(there & possible)
        if len(rows):
            source, target, *within = (columns[name].only(rows).hashes() for name in ends)
            self.rows.add(rows + self.height)
            self.sources.add(joined_hashes([source, *within], np.ones(len(rows), np.bool_)))
            self.targets.add(joined_hashes([target, *within], np.ones(len(rows), np.bool_)))
        self.height += chunk.height


def pointer_keys(table: str, profile: Profile, columns: Collection[str]) -> list[PointerKeys]:
    """What takes the pointers of a table with these columns, for each rule that it can break."""
    return [
        PointerKeys(rule)
        for rule in rules_of(table, profile)
        if isinstance(rule, Acyclic) and {*pointing_columns(rule)} <= {*columns}
    ]
