"""Nested records of an earlier schema: their structure, their rules, and those between them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qantar.schema.past import PastSchema, past_schema
from qantar.schema.rule import Profile
from qantar.schema.shape import INHERITED, Row, Rows, shred
from qantar.validation.engine.records.record import UNRESOLVED, noted_once, unresolved
from qantar.validation.engine.records.record_file import place_in_entries
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import FaultRuns
from qantar.validation.past.rules import faults_of_past_row, link_rules_by
from qantar.validation.past.structure import faults_of_past_structure
from qantar.validation.readers.json.plain_value import make_plain
from qantar.validation.readers.json.text import Entry
from qantar.validation.rules.link.foreign import leads_to
from qantar.validation.rules.link.registry import Placed, faults_of_tables
from qantar.validation.rules.link.tally import counts_in
from qantar.validation.rules.value.null import NULL
from qantar.validation.rules.value.rule import BROKEN


@dataclass
class PastRecords:
    """One run over records of one version. known: rows of other tables, by which ids resolve."""

    schema: PastSchema
    profile: Profile
    known: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)
    _origins: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    _faulty: dict[int, frozenset[str]] = field(default_factory=dict)

    def run(self, records: Iterable[Any]) -> Sequence[Fault]:
        """The faults of the records, by row (from 1) and pointer, in their order."""
        # Rules that need a list of the record are asked also where every one is empty.
        nested = [name for name in _LISTED if name in self.schema.tables]
        self.rows = {name: [] for name in nested}
        self._origins = {name: [] for name in nested}
        found = FaultRuns(lambda fault: fault.row or 0)
        for number, record in enumerate(records, start=1):
            found.extend(self._judge(record, number))
        found.extend(self._between())
        return [*noted_once(found.merged())]

    def _judge(self, record: Any, number: int) -> Iterator[Fault]:
        plain, foreign = make_plain(record)
        faults = [*faults_of_past_structure(self.schema, plain, self.profile, foreign)]
        broken = {fault.pointer for fault in faults if fault.rule != NULL}
        for table, pointer, row in shred(plain) if isinstance(plain, dict) else ():
            if table not in self.rows:
                continue
            marked = self._marked(table, pointer, row, broken)
            faults.extend(
                fault.at(pointer=f"{pointer}/{fault.column}", column=None)
                for fault in faults_of_past_row(self.schema, table, marked, self.profile)
            )
            self.rows[table].append(marked)
            self._origins[table].append((number, pointer))
        self._faulty[number] = frozenset(fault.pointer or "" for fault in faults)
        yield from (fault.at(row=number) for fault in faults)

    def _marked(self, table: str, pointer: str, row: Row, broken: set[str | None]) -> Row:
        """The row with `BROKEN` where the structure has a fault, also in what it inherits."""
        outer = pointer.rsplit("/", 2)[0] if pointer else ""
        marked: Row = {}
        for name in self.schema.tables[table].by_name:
            place = outer if name in INHERITED.get(table, ()) else pointer
            if f"{place}/{name}" in broken:
                marked[name] = BROKEN
            elif row.get(name) is not None:
                marked[name] = row[name]
        return marked

    def _between(self) -> Iterator[Fault]:
        known = {"actors": [], **self.known}
        rules = link_rules_by(self.schema)
        for placed in faults_of_tables(self.rows, self.profile, known, rules):
            number, outer = self._origins[placed.table][placed.index]
            pointer = f"{outer}/{_own_column(placed)}"
            if self._is_told(placed, number, outer, pointer):
                continue
            other = leads_to(placed.rule)
            if other in UNRESOLVED and other not in self.known:
                column = placed.rule.on[0]
                yield unresolved(other, column, placed.fault.value, number, pointer)
            else:
                yield placed.fault.at(row=number, pointer=pointer, column=None)

    def _is_told(self, placed: Placed, number: int, outer: str, pointer: str) -> bool:
        """Whether an earlier fault says so already: of the id itself, or of the list counted."""
        faulty = self._faulty[number]
        if leads_to(placed.rule) is not None:
            return pointer in faulty
        counted = counts_in(placed.rule)
        return counted is not None and any(
            place == f"{outer}/{counted}" or place.startswith(f"{outer}/{counted}/")
            for place in faulty
        )


_LISTED = (
    "events",
    "participants",
    "relations",
    "alternatives",
    "mentions",
    "spans",
    "attributions",
)


def past_record_faults(
    entries: Sequence[Entry],
    version: str,
    profile: Profile,
    known: Mapping[str, Sequence[Row]] | None = None,
) -> list[Fault]:
    """What is wrong with records of an earlier schema as they stand in a file, with their lines."""
    run = PastRecords(past_schema(version), profile, known or {})
    found = run.run(entry.record for entry in entries)
    return [*place_in_entries(entries, found)]


def _own_column(placed: Placed) -> str:
    """The first column to point at that stands in the nested row itself."""
    inherited = INHERITED.get(placed.table, ())
    named = (*filter(None, [placed.fault.column]), *placed.rule.on)
    return next((name for name in named if name not in inherited), placed.rule.on[0])
