"""Nested records judged chunk by chunk, by columns where these are exact.

Columns only tell which records are beyond suspicion. The others are read again and judged
together, so that a record is told the same in the same words, however it was read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from qantar.schema import TABLES, Profile
from qantar.schema.table import Column
from qantar.validation.engine.column_judge import ColumnJudge
from qantar.validation.engine.nested.known_table import KnownTables
from qantar.validation.engine.nested.nested_link import JudgedChunk, Links
from qantar.validation.engine.row_rule import RowRuleJudge
from qantar.validation.readers.nested.chunks import NestedChunk
from qantar.validation.readers.nested.level import Level, levels_of
from qantar.validation.readers.nested.level_rows import LevelRows
from qantar.validation.rules.row.registry import row_rules_of
from qantar.validation.rules.value.large_number import LARGEST_WHOLE
from qantar.validation.tables.array import Mask
from qantar.validation.tables.cells import FAULTY, SOUND, Cells, CellsByName
from qantar.validation.tables.chunk import Stored


@dataclass
class LevelJudge:
    """Judges the rows of one level, each alone."""

    level: Level
    profile: Profile

    def __post_init__(self) -> None:
        self.judges = {
            name: ColumnJudge(column, self.profile) for name, column in self.level.scalars.items()
        }
        self.rules = [RowRuleJudge(rule) for rule in row_rules_of(self.level.name, self.profile)]

    def judged(
        self,
        stored: Mapping[str, Stored],
        rows: LevelRows,
        around: CellsByName,
        *,
        is_printable: bool,
    ) -> dict[str, Cells]:
        """The columns of a chunk's rows, with those that they take over from around them."""
        own = {
            name: judge.judge(stored[name], is_printable=is_printable)
            for name, judge in self.judges.items()
        }
        table = TABLES[self.level.name].by_name
        taken = {
            name: around[name].taken(table[name], rows.parents) for name in self.level.inherited
        }
        return own | taken

    def suspects(self, columns: CellsByName, height: int) -> Mask:
        """Where a row alone may have a fault."""
        suspects = np.zeros(height, np.bool_)
        for name in self.judges:
            states = columns[name].states
            suspects |= states >= FAULTY
            if not _is_bounded(columns[name].column):
                suspects |= _is_large(columns[name])
        for rule in self.rules:
            suspects[rule.suspects(columns, height)] = True
        return suspects


@dataclass
class NestedJudge:
    """Judges records chunk by chunk; what it keeps are values that come back."""

    profile: Profile
    links: Links
    known: KnownTables
    levels: dict[str, LevelJudge] = field(init=False)

    def __post_init__(self) -> None:
        self.levels = {
            name: LevelJudge(level, self.profile) for name, level in levels_of(self.profile).items()
        }

    def judge(self, chunk: NestedChunk) -> tuple[JudgedChunk, Mask]:
        """The chunk's columns, and which of its records may have a fault as far as it tells."""
        suspects = np.full(chunk.height, bool(self.links.unclear))
        suspects[chunk.piece.doubtful] = True
        columns: dict[str, dict[str, Cells]] = {}
        for name, judge in self.levels.items():
            rows = chunk.levels[name]
            around = columns[judge.level.parent] if judge.level.parent else {}
            columns[name] = judge.judged(
                chunk.columns[name], rows, around, is_printable=chunk.is_printable
            )
            suspects[rows.records[judge.suspects(columns[name], rows.height)]] = True
            for wanting in rows.wanting():
                suspects[wanting] = True
        places = {name: rows.records for name, rows in chunk.levels.items()}
        judged = JudgedChunk(places, columns, self.profile)
        for rule in self.links.within:
            suspects[places[rule.table][judged.suspects(rule)]] = True
        for rule in self.links.outward:
            suspects[places[rule.table][judged.suspects_among(rule, self.known)]] = True
        return judged, suspects


def _is_bounded(column: Column) -> bool:
    """Whether a sound value is small enough for a double, or no number."""
    is_number = column.kind in ("integer", "number")
    return not is_number or (column.minimum is not None and column.maximum is not None)


def _is_large(column: Cells) -> Mask:
    """Where a double does not tell whole numbers apart."""
    values: pl.Series = column.screened
    mask: Mask = (values.abs() > LARGEST_WHOLE).to_numpy() & (column.states == SOUND)
    return mask
