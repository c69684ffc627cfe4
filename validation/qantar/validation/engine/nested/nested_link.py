"""The rules between rows as far as one chunk of nested records tells.

Rows that a key brings together lie in one record, as long as no two records share an id:
those that do are suspects by their ids alone. So all but the ids and what points to them is
settled within a chunk, by the row around each row rather than by its key.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import get_args

import numpy as np

from qantar.schema import TABLES, Profile
from qantar.schema.rule import (
    Acyclic,
    Condition,
    ForeignKey,
    Join,
    Observation,
    RowRule,
    Rule,
    Sequence,
    TableRule,
    Tally,
    Traced,
    Unique,
)
from qantar.schema.rules import rules_of
from qantar.schema.shape import RECORD_TABLES
from qantar.validation.engine.links.sequence_hash import SequenceHashes
from qantar.validation.engine.records.record import UNRESOLVED
from qantar.validation.readers.nested.level import Level, levels_of
from qantar.validation.readers.nested.level_rows import LevelRows, Mask
from qantar.validation.rules.compare import COMPARISONS
from qantar.validation.rules.condition import YES, classes
from qantar.validation.tables.cells import SOUND, Cells
from qantar.validation.tables.chunk import Rows
from qantar.validation.tables.key_hash import Hashes, joined_hashes, repeated_rows

# Tables by whose one key column records and mentions are found.
IDENTIFIED = ("events", "mentions")


@dataclass(frozen=True)
class JudgedChunk:
    """The rows of every level of a chunk, and their columns by level and name."""

    rows: Mapping[str, LevelRows]
    columns: Mapping[str, Mapping[str, Cells]]
    profile: Profile
    met: dict[tuple[str, tuple[Condition, ...]], Mask] = field(default_factory=dict)

    def where(self, table: str, conditions: tuple[Condition, ...]) -> Mask:
        """The rows of a table for which all conditions hold."""
        if (table, conditions) not in self.met:
            found = classes(conditions, self.columns[table], self.rows[table].height)
            self.met[table, conditions] = found == YES
        return self.met[table, conditions]


@dataclass(frozen=True)
class Links:
    """The rules between rows by how they are judged.

    within, traced: those that a chunk settles. pointers, circles: those that need the ids of
    all records. unclear: those that are neither, by which every record is a suspect.
    """

    within: tuple[TableRule, ...]
    traced: tuple[Traced, ...]
    pointers: tuple[ForeignKey, ...]
    circles: tuple[Acyclic, ...]
    unclear: tuple[Rule, ...]


@cache
def links_of(profile: Profile) -> Links:
    """The rules between the rows of records alone, as `RecordCheck` judges them."""
    levels = levels_of(profile)
    within: list[TableRule] = []
    traced: list[Traced] = []
    pointers: list[ForeignKey] = []
    circles: list[Acyclic] = []
    unclear: list[Rule] = []
    for level in levels.values():
        for rule in rules_of(level.name, profile):
            if isinstance(rule, get_args(TableRule)):
                kind = _kind(rule, level, levels)
                if kind == "pointers" and isinstance(rule, ForeignKey):
                    pointers.append(rule)
                elif kind:
                    (within if kind == "within" else unclear).append(rule)
            elif isinstance(rule, Traced):
                traced.append(rule)
            elif isinstance(rule, Acyclic):
                circles.append(rule)
            elif not isinstance(rule, (*get_args(RowRule), Observation)):
                unclear.append(rule)
    return Links(tuple(within), tuple(traced), tuple(pointers), tuple(circles), tuple(unclear))


def key_of(table: str) -> str:
    """The column by which a table's rows are found."""
    (name,) = TABLES[table].primary_key
    return name


def suspects_within(rule: TableRule, chunk: JudgedChunk) -> Rows:
    """Rows of the rule's table that may break a rule that a chunk settles."""
    rows, columns = chunk.rows[rule.table], chunk.columns[rule.table]
    match rule:
        case Unique():
            return repeated_rows([_keys(rule.columns, rows, columns)])
        case Sequence():
            hashes = SequenceHashes()
            hashes.add(_keys(rule.within, rows, columns), columns[rule.column])
            return hashes.repeated()
        case Tally():
            return _wrong_counts(rule, rows, chunk)
        case Join():
            return _differing(rule, rows, columns, chunk)
        case ForeignKey():
            raise ValueError(f"{rule.id} needs all chunks")


def _kind(rule: TableRule, level: Level, levels: Mapping[str, Level]) -> str:
    """How a rule is judged; nothing where it is not, or cannot be broken."""
    around = TABLES[level.parent].primary_key if level.parent else ()
    match rule:
        case Unique() | Sequence():
            key = rule.columns if isinstance(rule, Unique) else rule.within
            if level.name in IDENTIFIED and key == TABLES[level.name].primary_key:
                return ""
            return "within" if {*around} & {*key} else "unclear"
        case ForeignKey():
            if rule.other_table not in (*RECORD_TABLES, *UNRESOLVED):
                return ""
            if rule.columns == around and rule.other_table == level.parent:
                return ""
            if not {*rule.columns} <= {*level.scalars, *level.inherited}:
                return ""
            is_known = rule.other_table in (*IDENTIFIED, *UNRESOLVED)
            return "pointers" if is_known and len(rule.columns) == 1 else "unclear"
        case Tally() | Join():
            if rule.other_table not in RECORD_TABLES:
                return "unclear" if rule.other_table in UNRESOLVED else ""
            other = levels[rule.other_table]
            inner, outer = (other, level) if isinstance(rule, Tally) else (level, other)
            is_between = inner.parent == outer.name
            own = TABLES[outer.name].primary_key
            return (
                "within" if is_between and rule.columns == rule.other_columns == own else "unclear"
            )


def _keys(names: tuple[str, ...], rows: LevelRows, columns: Mapping[str, Cells]) -> Hashes:
    """A hash of the row around each row and of what the row itself has."""
    own = [columns[name] for name in names if name not in rows.level.inherited]
    present = np.logical_and.reduce([column.states == SOUND for column in own] or [True])
    hashes = [rows.parents.astype(np.uint64), *(column.hashes() for column in own)]
    return joined_hashes(hashes, np.broadcast_to(present, rows.height))


def _wrong_counts(rule: Tally, rows: LevelRows, chunk: JudgedChunk) -> Rows:
    others = chunk.rows[rule.other_table]
    counted = others.parents[chunk.where(rule.other_table, rule.other_when)]
    counts = np.bincount(counted, minlength=rows.height)
    wrong = counts < rule.minimum
    if rule.maximum is not None:
        wrong |= counts > rule.maximum
    # Where a condition is open the row has a faulty cell, and is a suspect by that.
    return np.flatnonzero(wrong & chunk.where(rule.table, rule.when))


def _differing(
    rule: Join, rows: LevelRows, columns: Mapping[str, Cells], chunk: JudgedChunk
) -> Rows:
    asked = np.flatnonzero(chunk.where(rule.table, rule.when))
    outer = chunk.columns[rule.other_table][rule.right]
    left = columns[rule.left].taken(columns[rule.left].column, asked)
    right = outer.taken(outer.column, rows.parents[asked])
    both = (left.states == SOUND) & (right.states == SOUND)
    holds = COMPARISONS[rule.operator](left.screened, right.screened)
    wrong = both & ~holds.to_numpy()
    if rule.operator == "==" and chunk.profile is Profile.coded:
        wrong |= (left.states == SOUND) != (right.states == SOUND)
    differing: Rows = asked[wrong]
    return differing
