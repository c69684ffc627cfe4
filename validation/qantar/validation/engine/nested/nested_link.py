"""The rules between rows as far as one chunk of nested records tells.

Rows that a key brings together lie in one record, as long as no two records share an id:
those that do are suspects by their ids alone. So all but the ids and what points to them is
settled within a chunk.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from qantar.schema import TABLES, Profile
from qantar.schema.rule import Acyclic, ForeignKey
from qantar.schema.shape import RECORD_TABLES
from qantar.validation.engine.nested.known_table import KnownTables
from qantar.validation.engine.records.record import UNRESOLVED
from qantar.validation.readers.nested.level import Level, levels_of
from qantar.validation.rules.link.acyclic import acyclic_rules
from qantar.validation.rules.link.foreign import foreign_rules, leads_to
from qantar.validation.rules.link.kind import LinkRule
from qantar.validation.rules.link.registry import link_kind, link_rules_of
from qantar.validation.rules.link.side import Side
from qantar.validation.tables.array import RowNumbers
from qantar.validation.tables.cells import CellsByName
from qantar.validation.tables.key_record import KeyRecords, no_rows, rows_of

# Tables by whose one key column records and mentions are found.
IDENTIFIED = ("events", "mentions")


@dataclass(frozen=True)
class JudgedChunk:
    """The rows of some records by level: the record of each, from 0, and their columns by name."""

    places: Mapping[str, RowNumbers]
    columns: Mapping[str, CellsByName]
    profile: Profile
    kept: dict[Side, KeyRecords] = field(default_factory=dict)

    def records(self, side: Side) -> KeyRecords:
        """What the rows of a side's table leave; worked out once for all rules."""
        if side not in self.kept:
            self.kept[side] = KeyRecords()
            height = len(self.places[side.table])
            self.kept[side].add(*side.records(self.columns[side.table], height))
        return self.kept[side]

    def suspects(self, rule: LinkRule) -> RowNumbers:
        """Rows of the rule's table that may break a rule that a chunk settles."""
        kind = link_kind(rule)
        kept = [self.records(side) for side in kind.sides(rule)]
        return kind.pick(rule, kept, self.profile)[0]

    def suspects_among(self, rule: LinkRule, known: KnownTables) -> RowNumbers:
        """Rows of the rule's table that may break a rule which leads to known tables."""
        kind = link_kind(rule)
        one, *others = kind.sides(rule)
        (records,) = self.records(one).parts(apart=False)
        if not len(records):
            return no_rows()
        partners = [known.records(side, records["hash"]) for side in others]
        return rows_of(records[kind.suspects(rule, [records, *partners], self.profile)])


@dataclass(frozen=True)
class Links:
    """The rules between rows by how they are judged.

    within: those that a chunk settles. outward: those that lead to tables that are known.
    pointers, circles: those that need the ids of all records. unclear: those that are neither,
    by which every record is a suspect.
    """

    within: tuple[LinkRule, ...]
    outward: tuple[LinkRule, ...]
    pointers: tuple[ForeignKey, ...]
    circles: tuple[Acyclic, ...]
    unclear: tuple[LinkRule, ...]


@cache
def links_of(profile: Profile, known: frozenset[str] = frozenset()) -> Links:
    """The rules between the rows of records, as `RecordCheck` judges them.

    known: the tables of which the rows are known.
    """
    levels = levels_of(profile)
    rules = [rule for name in levels for rule in link_rules_of(name, profile)]
    outward = [rule for rule in rules if _is_outward(rule, levels[rule.table], known)]
    circles = [rule for name in levels for rule in acyclic_rules(name, profile)]
    asked_keys = [r for level in levels.values() for r in _asked_keys(level, profile)]
    keys = [rule for rule in asked_keys if rule not in outward]
    pointers = [rule for rule in keys if _is_pointer(rule)]
    asked = [
        rule
        for rule in rules
        if rule not in circles
        and rule not in outward
        and leads_to(rule) is None
        and _is_asked(rule)
    ]
    within = [rule for rule in asked if _is_within(rule, levels)]
    unclear = [rule for rule in (*keys, *asked) if rule not in pointers and rule not in within]
    return Links((*within,), (*outward,), (*pointers,), (*circles,), (*unclear,))


def key_of(table: str) -> str:
    """The column by which a table's rows are found."""
    (name,) = TABLES[table].primary_key
    return name


def _asked_keys(level: Level, profile: Profile) -> Iterator[ForeignKey]:
    """The keys that lead out of a row, but for those that it takes over from around it."""
    around = TABLES[level.parent].primary_key if level.parent else ()
    for rule in foreign_rules(level.name, profile):
        is_taken_over = rule.columns == around and rule.other_table == level.parent
        is_known = rule.other_table in (*RECORD_TABLES, *UNRESOLVED)
        if is_known and not is_taken_over and {*rule.columns} <= {*level.scalars, *level.inherited}:
            yield rule


def _is_outward(rule: LinkRule, level: Level, known: Collection[str]) -> bool:
    """Whether it leads from what a record holds to nothing but tables that are known."""
    one, *others = link_kind(rule).sides(rule)
    is_led = bool(others) and all(side.table in known for side in others)
    return is_led and {*one.columns} <= {*level.scalars, *level.inherited}


def _is_pointer(rule: ForeignKey) -> bool:
    return rule.other_table in (*IDENTIFIED, *UNRESOLVED) and len(rule.columns) == 1


def _is_asked(rule: LinkRule) -> bool:
    """Whether records alone can break it, other than by ids that come back."""
    sides = link_kind(rule).sides(rule)
    if len(sides) == 1 and rule.table in IDENTIFIED:
        return sides[0].key != TABLES[rule.table].primary_key
    return all(side.table in (*RECORD_TABLES, *UNRESOLVED) for side in sides)


def _is_within(rule: LinkRule, levels: Mapping[str, Level]) -> bool:
    """Whether all rows that a key brings together lie in one record."""
    return all(_is_closed(side, levels) for side in link_kind(rule).sides(rule))


def _is_closed(side: Side, levels: Mapping[str, Level]) -> bool:
    """Whether the key names the record or mention in which its rows lie."""
    if side.table not in levels:
        return False
    ids = {key_of(table) for table in IDENTIFIED}
    return bool(ids & {*side.key})
