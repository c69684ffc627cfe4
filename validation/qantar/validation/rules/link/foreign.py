"""The values of some columns occur together in another table."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import polars as pl

from qantar.schema import Profile
from qantar.schema.rule import ForeignKey, Rule
from qantar.schema.rules import rules_of
from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.link.kind import Found, LinkKind
from qantar.validation.rules.link.side import Key, Side, key_hashes, key_of, tell_key
from qantar.validation.rules.record.code import RecordCode
from qantar.validation.rules.row_fault import Row, fault_of
from qantar.validation.rules.value.rule import BROKEN
from qantar.validation.tables.array import Mask, RowNumbers
from qantar.validation.tables.cells import SOUND, Cells, CellsByName, JudgedValues, States
from qantar.validation.tables.key_hash import NONE, Hashes, KeyHashes, is_among
from qantar.validation.tables.key_record import Records

ReadRows: TypeAlias = Callable[[], Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Way:
    """How a column of a nested record leads to another table.

    pointer: to the column, with %d for each position in a list.
    """

    table: str
    column: str
    pointer: str


class ForeignKind(LinkKind[ForeignKey]):
    """A hash that the other table does not have is a key that it does not have."""

    def sides(self, rule: ForeignKey) -> tuple[Side, ...]:
        other = Side(rule.other_table, rule.other_columns)
        return Side(rule.table, rule.columns, is_judged=True), other

    def suspects(self, rule: ForeignKey, records: Sequence[Records], profile: Profile) -> Mask:
        ones, others = records
        return ~is_among(ones["hash"], others["hash"])

    def index(self, rule: ForeignKey, others: Sequence[Sequence[Row]]) -> frozenset[Key | None]:
        return frozenset(key_of(row, rule.other_columns) for row in others[0])

    def index_key(self, rule: ForeignKey) -> tuple[str, tuple[str, ...]]:
        return rule.other_table, rule.other_columns

    def faults(self, rule: ForeignKey, rows: Sequence[Row], index: Any, profile: Profile) -> Found:
        """The rows whose key is not among those of the index."""
        for place, row in enumerate(rows):
            key = key_of(row, rule.columns)
            if key is not None and key not in index:
                found = f"{tell_key(rule.columns, key)} is not in the table {rule.other_table}"
                yield place, fault_of(rule, rule.on[0], row, found)

    def in_record(self, rule: ForeignKey, code: RecordCode) -> None:
        """What the key leads to is looked up later."""
        level = code.levels[rule.table]
        if rule.other_table not in code.leads_to or level.is_within(rule.other_table, rule.columns):
            return
        (column,) = rule.columns
        pointer, positions = level.place
        way = code.bind(Way(rule.other_table, column, f"{pointer}/{column}"))
        value = level.value(column)
        where = "".join(f"{position}, " for position in positions)
        level.each.append(f"if {level.there(column)}: ends.append(({way}, {value}, ({where})))")


KIND = ForeignKind()


def leads_to(rule: Rule) -> str | None:
    """The table to which a key leads; None for a rule of another kind."""
    return rule.other_table if isinstance(rule, ForeignKey) else None


def foreign_rules(table: str, profile: Profile) -> tuple[ForeignKey, ...]:
    """The keys of a table that lead to another, or to its own."""
    return tuple(rule for rule in rules_of(table, profile) if isinstance(rule, ForeignKey))


@dataclass
class KnownKeys:
    """A rule of one column whose other table is in memory: judged as the rows are read.

    keys: those of the other table. faults: what was found, with rows and lines.
    """

    rule: ForeignKey
    keys: frozenset[Any]
    faults: list[Fault] = field(default_factory=list)
    judged: JudgedValues | None = None
    is_lost: Mask = field(default_factory=lambda: np.zeros(0, np.bool_))

    @classmethod
    def of(cls, rule: ForeignKey, others: Sequence[Row]) -> "KnownKeys":
        """The keys of the other table's marked rows."""
        values = {row.get(rule.other_columns[0]) for row in others}
        return cls(rule, frozenset(values - {None, BROKEN}))

    @property
    def column(self) -> str:
        return self.rule.columns[0]

    def suspects(self, cells: Cells) -> RowNumbers:
        """The rows of a chunk of which the value is no key of the other table."""
        if cells.ids is None:
            return np.flatnonzero(self._are_no_keys(cells.held.values, cells.states))
        if cells.held is not self.judged:
            self.judged, self.is_lost = cells.held, np.zeros(0, np.bool_)
        start = len(self.is_lost)
        if start < len(cells.held.states):
            new = self._are_no_keys(cells.held.values[start:], cells.held.states[start:])
            self.is_lost = np.append(self.is_lost, new)
        return np.flatnonzero(self.is_lost.take(cells.ids))

    def _are_no_keys(self, values: pl.Series, states: States) -> Mask:
        keys = pl.Series([*self.keys], dtype=values.dtype)
        kept: Mask = values.is_in(keys.implode()).fill_null(False).to_numpy()
        return np.asarray(~kept & (states == SOUND), np.bool_)


@dataclass
class InnerKeys:
    """A key that leads to its own table: of the rows that have it, their number and its hash."""

    rule: ForeignKey
    rows: list[RowNumbers] = field(default_factory=list)
    hashes: list[Hashes] = field(default_factory=list)

    def take(self, columns: CellsByName, height: int, before: int) -> None:
        """The rows of the next chunk; before: how many came earlier."""
        hashes = key_hashes(columns, self.rule.columns, height)
        there = np.flatnonzero(hashes != NONE)
        if len(there):
            self.rows.append(there + before)
            self.hashes.append(hashes[there])

    def lost(self, keys: KeyHashes) -> RowNumbers | None:
        """The rows (from 0) of which the hash is no key's; None where that is not in memory."""
        if not self.rows:
            return np.zeros(0, np.int64)
        if keys.files:
            return None
        rows, hashes = np.concatenate(self.rows), np.concatenate(self.hashes)
        return np.asarray(rows[~np.isin(hashes, keys.among(np.sort(hashes)))], np.int64)


def known_keys(
    table: str, profile: Profile, columns: Collection[str], others: Mapping[str, ReadRows]
) -> Iterator[KnownKeys]:
    """The keys of one of the columns that lead to one of the other tables.

    others: by name, what gives the marked rows of a table.
    """
    held = {name: cache(read) for name, read in others.items()}
    for rule in foreign_rules(table, profile):
        if rule.other_table not in others:
            continue
        if len(rule.columns) == 1 and rule.columns[0] in columns:
            yield KnownKeys.of(rule, held[rule.other_table]())


def inner_keys(table: str, profile: Profile, columns: Collection[str]) -> Iterator[InnerKeys]:
    """The keys that lead to the primary key of the same table, where it has one column."""
    key = TABLES[table].primary_key
    for rule in foreign_rules(table, profile):
        if rule.other_table != table:
            continue
        if rule.other_columns == key and len(key) == 1 and {*rule.columns, *key} <= {*columns}:
            yield InnerKeys(rule)
