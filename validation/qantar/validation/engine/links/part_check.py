"""Keys and sequences over all parts of a table, by their hashes first, then in a second look.

Each part was judged by itself before. What repeats within a part is told already; whether
a number is missing only all parts together tell.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qantar.schema import Profile
from qantar.schema.rule import Sequence as SequenceRule
from qantar.schema.rule import Unique
from qantar.schema.rules import rules_of
from qantar.validation.engine.links.link_side import Columns
from qantar.validation.engine.links.parted_table import PartedTable
from qantar.validation.engine.links.sequence_hash import SequenceHashes
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.table_rules import faults_of_table_rule, repeated_key, repeats
from qantar.validation.tables.cells import hashes_of_key
from qantar.validation.tables.chunk import Chunk
from qantar.validation.tables.key_hash import MOST_IN_MEMORY, KeyHashes


@dataclass
class KeyTaker:
    """The keys of a rule in all rows shown so far."""

    rule: Unique
    hashes: KeyHashes

    @property
    def columns(self) -> tuple[str, ...]:
        return self.rule.columns

    def take(self, chunk: Chunk, columns: Columns) -> None:
        """The rows of the next chunk."""
        self.hashes.add(hashes_of_key(columns, self.rule.columns, chunk.height))


@dataclass
class NumberTaker:
    """The numbers of a rule, and the groups in which they count, in all rows shown so far."""

    rule: SequenceRule
    hashes: SequenceHashes

    @property
    def columns(self) -> tuple[str, ...]:
        return self.rule.on

    def take(self, chunk: Chunk, columns: Columns) -> None:
        """The rows of the next chunk."""
        groups = hashes_of_key(columns, self.rule.within, chunk.height)
        if self.rule.column in columns:
            self.hashes.add(groups, columns[self.rule.column])
        else:
            self.hashes.add_unnumbered(groups)


PartTaker = KeyTaker | NumberTaker


def takers_of(table: str, profile: Profile) -> list[PartTaker]:
    """What takes the keys and numbers of a table's rules."""
    rules = [r for r in rules_of(table, profile) if isinstance(r, Unique | SequenceRule)]
    return [
        KeyTaker(rule, KeyHashes(most=MOST_IN_MEMORY // len(rules)))
        if isinstance(rule, Unique)
        else NumberTaker(rule, SequenceHashes())
        for rule in rules
    ]


def faults_of_parts(
    table: PartedTable, takers: Sequence[PartTaker], profile: Profile
) -> Iterator[Fault]:
    """Keys that stand in an earlier part already, and numbers that no part has.

    takers: those to which the table was shown.
    """
    for taker in takers:
        if isinstance(taker, KeyTaker):
            yield from _repeats(taker, table)
        else:
            yield from _gaps(taker, table, profile)


def _repeats(taker: KeyTaker, table: PartedTable) -> Iterator[Fault]:
    suspects = taker.hashes.repeated()
    if not len(suspects):
        return
    rows, lines = table.rows(suspects, taker.rule.columns)
    parts = table.part_of(suspects).tolist()
    met: set[tuple[int, int]] = set()
    for index, first in repeats(taker.rule, rows):
        # What comes again within its own part is told there.
        if parts[index] != parts[first] and (first, parts[index]) not in met:
            where = table.name_place(int(suspects[first]), lines[first])
            fault = repeated_key(taker.rule, rows[index], where)
            yield table.place(fault, int(suspects[index]), lines[index])
        met.add((first, parts[index]))


def _gaps(taker: NumberTaker, table: PartedTable, profile: Profile) -> Iterator[Fault]:
    suspects = taker.hashes.repeated()
    if not len(suspects):
        return
    rows, lines = table.rows(suspects, taker.rule.on)
    for index, fault in faults_of_table_rule(taker.rule, rows, (), profile):
        yield table.place(fault, int(suspects[index]), lines[index])
