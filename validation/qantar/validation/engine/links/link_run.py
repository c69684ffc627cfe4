"""Rules between tables of any size: keys by their hashes first, suspects in a second look.

A hash that the other table does not have is a key that it does not have, so nothing that
is told is wrong. That two keys share a hash, and hide a fault, happens once in about
10^5 runs over two tables of ten million rows each.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field

from qantar.schema import Profile
from qantar.validation.engine.links.linked_table import Linked, Taker
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.link.kind import LinkRule
from qantar.validation.rules.link.registry import link_kind, link_rules_of
from qantar.validation.rules.link.side import Side
from qantar.validation.tables.cells import CellsByName
from qantar.validation.tables.key_record import KeyRecords

# Records of all sides together that are held in memory, 24 bytes each.
MOST_RECORDS = 16_000_000


@dataclass
class SideTaker:
    """Keeps the records of one side as its table is shown; rules may share them."""

    side: Side
    records: KeyRecords

    @property
    def columns(self) -> tuple[str, ...]:
        return self.side.columns

    def take(self, columns: CellsByName, height: int) -> None:
        """The rows of the next chunk; columns: those that the table has."""
        self.records.add(*self.side.records(columns, height))


@dataclass
class LinkRun:
    """One run over tables.

    tables: those whose rows are judged. others: those to which rules lead. most: records held
    in memory before they are spilled.
    """

    tables: Mapping[str, Linked]
    others: Mapping[str, Linked]
    profile: Profile
    most: int = MOST_RECORDS
    takers: dict[Side, SideTaker] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rules = [
            rule
            for name in self.tables
            for rule in link_rules_of(name, self.profile)
            if self._is_asked(rule)
        ]
        sides = dict.fromkeys(side for rule in self.rules for side in link_kind(rule).sides(rule))
        least = self.most // max(len(sides), 1)
        self.takers = {side: SideTaker(side, KeyRecords(least)) for side in sides}

    def run(self, more: Mapping[str, Collection[Taker]]) -> Iterator[Fault]:
        """What is wrong between the rows; more: by table, what else is shown its rows."""
        with ExitStack() as opened:
            for taker in self.takers.values():
                opened.callback(taker.records.close)
            for name, table in self.tables.items():
                asked = [t for s, t in self.takers.items() if s.is_judged and s.table == name]
                if self.others is self.tables:
                    asked.extend(self._leading_to(name))
                # Where nothing is left to ask, the file is not read again.
                table.show([*asked, *more.get(name, ())])
            for name, table in self.others.items() if self.others is not self.tables else ():
                table.show(self._leading_to(name))
            for rule in self.rules:
                yield from self._faults(rule)
        for table in self.tables.values():
            yield from table.judged_keys()

    def _leading_to(self, table: str) -> list[SideTaker]:
        return [t for side, t in self.takers.items() if not side.is_judged and side.table == table]

    def _is_asked(self, rule: LinkRule) -> bool:
        kind = link_kind(rule)
        sides = kind.sides(rule)
        if len(sides) == 1 or not {*kind.needs(rule)} <= self.others.keys():
            return False
        table = self.tables[rule.table]
        if any(known.rule == rule for known in table.known_keys):
            return False
        return {*sides[0].key} <= {*table.header}

    def _faults(self, rule: LinkRule) -> Iterator[Fault]:
        kind = link_kind(rule)
        sides = kind.sides(rule)
        picked = kind.pick(rule, [self.takers[side].records for side in sides], self.profile)
        if not len(picked[0]):
            return
        table = self.tables[rule.table]
        rows, lines = table.rows(picked[0], sides[0].columns)
        others = [
            self.others[side.table].rows(numbers, side.columns)[0] if len(numbers) else []
            for side, numbers in zip(sides[1:], picked[1:], strict=True)
        ]
        for place, fault in kind.faults(rule, rows, kind.index(rule, others), self.profile):
            yield table.place(fault, int(picked[0][place]), lines[place])


def faults_between(
    tables: Mapping[str, Linked],
    profile: Profile,
    *,
    others: Mapping[str, Linked] | None = None,
    most: int = MOST_RECORDS,
    takers: Mapping[str, Collection[Taker]] | None = None,
) -> Iterator[Fault]:
    """What is wrong between the rows of tables, in files of any size; see `faults_of_tables`.

    Every table is read once for the keys, and rows that seem to be faulty once more.
    others: the tables to which rules lead, by default the same. most: records held in memory
    before they are spilled. takers: by table, what else is shown its rows in that reading.
    """
    led_to = tables if others is None else others
    yield from LinkRun(tables, led_to, profile, most).run(takers or {})
