"""Rules among the rows of one table, over all its parts: by hashes first, then in a second look.

Each part was judged by itself before. What repeats within a part is told already; whether
a number is missing, or rows lead in a circle, only all parts together tell.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from qantar.schema import Profile
from qantar.validation.engine.links.linked_table import LinkedTable
from qantar.validation.engine.links.parted_table import PartedTable
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.link.kind import LinkRule, OpenStore, Store
from qantar.validation.rules.link.registry import is_settled_alone, link_kind, rules_within
from qantar.validation.tables.key_hash import MOST_IN_MEMORY


@dataclass(frozen=True)
class RuleStore:
    """A rule among the rows of one table, and what it keeps of them."""

    rule: LinkRule
    store: Store


def settled_stores(
    table: str, profile: Profile, columns: Collection[str], *, is_parted: bool = False
) -> list[RuleStore]:
    """For the rules that a table settles alone; is_parted: in several files."""
    return _stores(table, profile, columns, is_parted=is_parted, settled=True)


def open_stores(table: str, profile: Profile, columns: Collection[str]) -> list[RuleStore]:
    """For the rules that are told only when all parts of all tables are known."""
    return _stores(table, profile, columns, settled=False)


def faults_across_parts(
    table: PartedTable, stores: Sequence[RuleStore], profile: Profile
) -> Iterator[Fault]:
    """Keys that stand in an earlier part already, and numbers that no part has.

    stores: those to which the table was shown.
    """
    for kept in stores:
        suspects = kept.store.suspects()
        if not len(suspects):
            continue
        rows, lines = table.rows(suspects, kept.store.columns)
        parts = table.part_of(suspects).tolist()
        named = _Places(table, suspects.tolist(), lines)
        kind = link_kind(kept.rule)
        for index, fault in kind.faults_across(kept.rule, rows, parts, named.name, profile):
            yield table.place(fault, int(suspects[index]), lines[index])


def faults_over_whole(table: LinkedTable | PartedTable, profile: Profile) -> Iterator[Fault]:
    """Rows that lead back to themselves by way of others, with file, row and line.

    table: if it lies in parts, they were shown to others before, so that it is known where each
    begins.
    """
    parts = table.parts if isinstance(table, PartedTable) else (table,)
    for kept in open_stores(table.table, profile, table.header):
        if not isinstance(kept.store, OpenStore):
            raise TypeError(f"{kept.rule.id} cannot be asked of parts together")
        for part in parts:
            kept.store.append(_kept_of(part, kept.rule))
        suspects = kept.store.suspects()
        if len(suspects):
            rows, lines = table.rows(suspects, kept.store.columns)
            kind = link_kind(kept.rule)
            for index, fault in kind.faults(kept.rule, rows, (), profile):
                yield table.place(fault, int(suspects[index]), lines[index])


@dataclass(frozen=True)
class _Places:
    table: PartedTable
    rows: Sequence[int]
    lines: Sequence[int | None]

    def name(self, index: int) -> str:
        return self.table.name_place(self.rows[index], self.lines[index])


def _stores(
    table: str,
    profile: Profile,
    columns: Collection[str],
    *,
    settled: bool,
    is_parted: bool = False,
) -> list[RuleStore]:
    rules = [
        rule
        for rule in rules_within(table, profile, columns)
        if len(link_kind(rule).sides(rule)) == 1 and is_settled_alone(rule) is settled
    ]
    most = MOST_IN_MEMORY // len(rules) if is_parted and rules else MOST_IN_MEMORY
    return [RuleStore(rule, link_kind(rule).begin(rule, most)) for rule in rules]


def _kept_of(part: LinkedTable, rule: LinkRule) -> Store:
    """What was kept as the part was read, or is now."""
    for kept in part.stores:
        if kept.rule == rule:
            return kept.store
    store = link_kind(rule).begin(rule, MOST_IN_MEMORY)
    part.show([store])
    return store
