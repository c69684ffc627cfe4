"""Nested event records: their structure, their rules, and the rules between them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from qantar.schema import TABLES, Profile, Severity
from qantar.schema.shape import INHERITED, RECORD_TABLES, Row, Rows, shred
from qantar.validation.engine.records.structure import faults_of_structure
from qantar.validation.engine.records.toll import faults_of_toll
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.faults.fault_log import FaultRuns
from qantar.validation.readers.json.plain_value import make_plain
from qantar.validation.rules.link.foreign import leads_to
from qantar.validation.rules.link.registry import Placed, faults_of_tables
from qantar.validation.rules.link.tally import counts_in
from qantar.validation.rules.row.registry import faults_of_row
from qantar.validation.rules.value.null import NULL
from qantar.validation.rules.value.rule import BROKEN, name_value, prose_of

# What an id is called that leads nowhere, which is noted once in a run.
UNRESOLVED = {"actors": "actor-unresolved", "events": "event-unresolved"}
# Members of an enumeration are slow to look up in Python 3.11.
_NOTE = Severity.note


@dataclass(slots=True)
class _Origin:
    """Where a shredded row came from."""

    row: int
    pointer: str


@dataclass(frozen=True, slots=True)
class _Faulty:
    """Where a record has faults. lists: the same, and the lists of which an item has one."""

    pointers: frozenset[str]
    lists: frozenset[str]


_NOWHERE = _Faulty(frozenset(), frozenset())


@dataclass
class RecordCheck:
    """One run over records; rows are kept for the rules that look at many.

    elsewhere: rows of records that are not judged in this run but belong to the same whole.
    """

    profile: Profile
    known: Rows
    elsewhere: Rows = field(default_factory=dict)
    rows: Rows = field(default_factory=lambda: {name: [] for name in RECORD_TABLES})
    _origins: dict[str, list[_Origin]] = field(
        default_factory=lambda: {name: [] for name in RECORD_TABLES}
    )
    _faulty: dict[int, _Faulty] = field(default_factory=dict)
    # Records of a file are often faulty in the same ways, which are held once.
    _ways: dict[frozenset[str], _Faulty] = field(default_factory=dict)
    _broken_rows: dict[tuple[str, ...], Row] = field(default_factory=dict)

    def run(self, records: Iterable[Any]) -> Iterator[Fault]:
        """The faults of the records, in their order."""
        found = FaultRuns(_row_of)
        for number, record in enumerate(records, start=1):
            found.extend(self.judge(record, number))
        found.extend(self.finish())
        yield from noted_once(found.merged())

    def judge(self, record: Any, number: int) -> Iterator[Fault]:
        """The faults of one record on its own; its rows are kept."""
        plain, foreign = make_plain(record)
        faults = list(faults_of_structure(plain, self.profile, foreign))
        # What is null is absent to all other rules.
        broken = {f.pointer for f in faults if f.rule != NULL}
        toll: Rows = {"events": [], "counts": []}
        for table, pointer, row in shred(plain) if isinstance(plain, dict) else ():
            marked = _mark(table, pointer, row, broken)
            if table in toll:
                toll[table].append(marked)
            faults.extend(
                fault.at(pointer=f"{pointer}/{fault.column}", column=None)
                for fault in faults_of_row(table, marked, self.profile)
            )
            if all(value is BROKEN for value in marked.values()):
                marked = self._broken_rows.setdefault((*marked,), marked)
            self._keep(table, marked, _Origin(number, pointer))
        if self.profile is Profile.exchange and toll["events"]:
            faults.extend(faults_of_toll(toll["events"][0], toll["counts"]))
        pointers = frozenset(fault.pointer or "" for fault in faults)
        if pointers not in self._ways:
            self._ways[pointers] = _Faulty(pointers, _lists_of(pointers))
        self._faulty[number] = self._ways[pointers]
        yield from (fault.at(row=number) for fault in faults)

    def keep(self, record: Row, number: int) -> None:
        """Keep the rows of a record that is known to have no faults on its own."""
        for table, pointer, row in shred(record):
            self._keep(table, row | prose_of(TABLES[table], row), _Origin(number, pointer))
        self._faulty[number] = _NOWHERE

    def finish(self) -> Iterator[Fault]:
        """The faults between rows, and ids that lead nowhere."""
        for placed in faults_of_tables(self.rows, self.profile, self._targets()):
            origin = self._origins[placed.table][placed.index]
            pointer = f"{origin.pointer}/{_own_column(placed)}"
            fault = placed.fault.at(row=origin.row, pointer=pointer, column=None)
            if self._is_told(placed, origin, pointer):
                continue
            if self._is_unresolved(placed):
                table, column = leads_to(placed.rule) or "", placed.rule.on[0]
                fault = unresolved(table, column, fault.value, origin.row, pointer)
            yield fault

    def _keep(self, table: str, row: Row, origin: _Origin) -> None:
        self.rows[table].append(row)
        self._origins[table].append(origin)

    def _targets(self) -> Mapping[str, list[Row]]:
        """The known rows; an empty registry, so that actor ids are looked up at all."""
        known = {"actors": [], **self.known}
        return known | {
            name: [*known.get(name, ()), *rows] for name, rows in self.elsewhere.items()
        }

    def _is_unresolved(self, placed: Placed) -> bool:
        other = leads_to(placed.rule)
        return other in UNRESOLVED and other not in self.known

    def _is_told(self, placed: Placed, origin: _Origin, pointer: str) -> bool:
        """Whether an earlier fault says so already: of the id itself, or of the list counted."""
        if leads_to(placed.rule) is not None:
            return pointer in self._faulty[origin.row].pointers
        counted = counts_in(placed.rule)
        if counted is not None:
            return f"{origin.pointer}/{counted}" in self._faulty[origin.row].lists
        return False


def _row_of(fault: Fault) -> int:
    return fault.row or 0


def noted_once(faults: Iterable[Fault]) -> Iterator[Fault]:
    """The faults, with a note on an unresolved id only where it comes first."""
    noted: set[tuple[str, str | None]] = set()
    for fault in faults:
        if fault.rule in UNRESOLVED.values():
            if (fault.rule, fault.value) in noted:
                continue
            noted.add((fault.rule, fault.value))
        yield fault


def _lists_of(pointers: Iterable[str]) -> frozenset[str]:
    """What is faulty itself, and the lists of which an item is."""
    return frozenset(
        place
        for pointer in pointers
        for outer, _, last in [pointer.rpartition("/")]
        for place in (pointer, outer if last.isdigit() else pointer)
    )


def _mark(table: str, pointer: str, row: Row, broken: set[str | None]) -> Row:
    """The row with `BROKEN` where the structure has a fault, also in what it inherits."""
    outer = pointer.rsplit("/", 2)[0] if pointer else ""
    marked: Row = {}
    held = TABLES[table].with_names(row)
    for name in held.by_name:
        place = outer if name in INHERITED.get(table, ()) else pointer
        if f"{place}/{name}" in broken:
            marked[name] = BROKEN
        elif row.get(name) is not None:
            marked[name] = row[name]
    return marked | prose_of(held, marked)


def _own_column(placed: Placed) -> str:
    """The first column to point at that stands in the nested row itself."""
    inherited = INHERITED.get(placed.table, ())
    named = (*filter(None, [placed.fault.column]), *placed.rule.on)
    return next((name for name in named if name not in inherited), placed.rule.on[0])


def unresolved(table: str, column: str, value: Any, row: int, pointer: str) -> Fault:
    """The note that an id in a column of a record leads to no row of a table that is known."""
    where = "in no registry given" if table == "actors" else "not among the records checked"
    return Fault(
        UNRESOLVED[table],
        f"{column} is {name_value(value)}, which is {where}.",
        severity=_NOTE,
        row=row,
        pointer=pointer,
        value=shown(value),
    )
