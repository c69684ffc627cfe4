"""The rules between rows that no nested record settles by itself.

RowNumbers that a key brings together lie in one record, as long as no two records share an id:
those that do are suspects by their ids alone. So all but the ids, what points to them and
what leads to known tables is settled by the function that looks at each record.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from qantar.schema import TABLES, Profile
from qantar.schema.rule import Acyclic, ForeignKey
from qantar.schema.shape import INHERITED, PARENTS, RECORD_TABLES
from qantar.validation.engine.nested.known_table import KnownTables
from qantar.validation.engine.records.record import UNRESOLVED
from qantar.validation.rules.link.acyclic import acyclic_rules
from qantar.validation.rules.link.foreign import foreign_rules
from qantar.validation.rules.link.kind import LinkRule
from qantar.validation.rules.link.registry import link_kind, link_rules_of
from qantar.validation.rules.link.side import Side
from qantar.validation.tables.array import RowNumbers
from qantar.validation.tables.cells import Cells
from qantar.validation.tables.key_record import KeyRecords, no_rows, rows_of

# Tables by whose one key column records and mentions are found.
IDENTIFIED = ("events", "mentions")
ColumnNames: TypeAlias = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class JudgedChunk:
    """The rows of some records by table: the record of each, from 0, and their columns by name."""

    places: Mapping[str, RowNumbers]
    columns: Mapping[str, Mapping[str, Cells]]
    profile: Profile
    kept: dict[Side, KeyRecords] = field(default_factory=dict)

    def records(self, side: Side) -> KeyRecords:
        """What the rows of a side's table leave; worked out once for all rules."""
        if side not in self.kept:
            self.kept[side] = KeyRecords()
            height = len(self.places[side.table])
            self.kept[side].add(*side.records(self.columns[side.table], height))
        return self.kept[side]

    def suspects_among(self, rule: LinkRule, known: KnownTables) -> RowNumbers:
        """RowNumbers of the rule's table that may break a rule which leads to known tables."""
        kind = link_kind(rule)
        one, *others = kind.sides(rule)
        (records,) = self.records(one).parts(apart=False)
        if not len(records):
            return no_rows()
        partners = [known.records(side, records["hash"]) for side in others]
        return rows_of(records[kind.suspects(rule, [records, *partners], self.profile)])


@dataclass(frozen=True)
class Links:
    """The rules between rows that the function which looks at a record does not settle.

    outward: those that lead to tables that are known. pointers, circles: those that need the
    ids of all records.
    """

    outward: tuple[LinkRule, ...]
    pointers: tuple[ForeignKey, ...]
    circles: tuple[Acyclic, ...]

    @property
    def columns(self) -> ColumnNames:
        """By table, the columns that they need, and those of the ids."""
        names = {table: [key_of(table)] for table in IDENTIFIED}
        for rule in (*self.outward, *self.pointers, *self.circles):
            names.setdefault(rule.table, []).extend(link_kind(rule).sides(rule)[0].columns)
        return names


@cache
def links_of(profile: Profile, known: frozenset[str] = frozenset()) -> Links:
    """The rules between the rows of records, as `RecordCheck` judges them.

    known: the tables of which the rows are known.
    """
    rules = [rule for name in RECORD_TABLES for rule in link_rules_of(name, profile)]
    outward = [rule for rule in rules if _is_outward(rule, known)]
    circles = [rule for name in RECORD_TABLES for rule in acyclic_rules(name, profile)]
    asked_keys = (rule for name in RECORD_TABLES for rule in _asked_keys(name, profile))
    pointers = [rule for rule in asked_keys if rule not in outward]
    return Links((*outward,), (*pointers,), (*circles,))


def key_of(table: str) -> str:
    """The column by which a table's rows are found."""
    (name,) = TABLES[table].primary_key
    return name


def _asked_keys(table: str, profile: Profile) -> Iterator[ForeignKey]:
    """The keys that lead out of a row, but for those that it takes over from around it."""
    for rule in foreign_rules(table, profile):
        is_taken_over = PARENTS.get(table) == rule.other_table and _is_key(rule)
        is_known = rule.other_table in (*IDENTIFIED, *UNRESOLVED) and len(rule.columns) == 1
        if is_known and not is_taken_over and _is_held(table, rule.columns):
            yield rule


def _is_key(rule: ForeignKey) -> bool:
    return rule.columns == TABLES[rule.other_table].primary_key


def _is_outward(rule: LinkRule, known: Collection[str]) -> bool:
    """Whether it leads from what a record holds to nothing but tables that are known."""
    one, *others = link_kind(rule).sides(rule)
    is_led = bool(others) and all(side.table in known for side in others)
    return is_led and _is_held(rule.table, one.columns)


def _is_held(table: str, columns: Collection[str]) -> bool:
    """Whether rows of a nested record have these columns, or take them over."""
    derived = {column.name for column in TABLES[table].columns if column.derived}
    return {*columns}.isdisjoint(derived - {*INHERITED.get(table, ())})
