"""Pointers from row to row of a table of any size, which must not lead in a circle, as hashes."""

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np

from qantar.schema import Profile
from qantar.schema.rule import Acyclic
from qantar.schema.rules import rules_of
from qantar.validation.blocks.block import Block
from qantar.validation.blocks.block_column import SOUND
from qantar.validation.blocks.key_hash import joined_hashes
from qantar.validation.blocks.link_side import Columns, met, states_of
from qantar.validation.blocks.word_column import WordColumn
from qantar.validation.rules.circle import pointing_columns, read_columns


@dataclass
class PointerKeys:
    """Where rows point from and to, for those that do: 24 bytes each.

    rows: their numbers, from 0. height: how many rows were shown.
    """

    rule: Acyclic
    rows: WordColumn = field(default_factory=lambda: WordColumn(np.int64))
    sources: WordColumn = field(default_factory=WordColumn)
    targets: WordColumn = field(default_factory=WordColumn)
    height: int = 0

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the rule reads."""
        return read_columns(self.rule)

    def take(self, block: Block, columns: Columns) -> None:
        """The rows of the next block; columns: those that the table has."""
        states = {name: states_of(block, name, columns.get(name)) for name in self.columns}
        ends = pointing_columns(self.rule)
        there = np.logical_and.reduce([states[name] == SOUND for name in ends])
        _, possible = met(self.rule.when, states, columns, block.height)
        rows = np.flatnonzero(there & possible)
        if len(rows):
            source, target, *within = (columns[name].only(rows).hashes() for name in ends)
            self.rows.add(rows + self.height)
            self.sources.add(joined_hashes([source, *within], np.ones(len(rows), np.bool_)))
            self.targets.add(joined_hashes([target, *within], np.ones(len(rows), np.bool_)))
        self.height += block.height


def pointer_keys(table: str, profile: Profile, columns: Collection[str]) -> list[PointerKeys]:
    """What takes the pointers of a table with these columns, for each rule that it can break."""
    return [
        PointerKeys(rule)
        for rule in rules_of(table, profile)
        if isinstance(rule, Acyclic) and {*pointing_columns(rule)} <= {*columns}
    ]
