"""Records judged together: the sound ones by a quick look, the others in full."""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain
from typing import Any

from qantar.schema import Profile
from qantar.schema.shape import INHERITED, RECORD_TABLES, Row, Rows, shred
from qantar.validation.engine.records.record import RecordCheck, noted_once, unresolved
from qantar.validation.engine.records.record_screen import PARENTS, rows_of, screen_of
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import gather_faults, sort_faults
from qantar.validation.readers.json.plain_value import make_plain
from qantar.validation.rules.foreign import leads_to
from qantar.validation.rules.link_rules import link_rules_of
from qantar.validation.rules.value_rule import BROKEN

# The tables that rows lead to from within a record; others are only known from elsewhere.
_KEYS = {"events": "event_id", "mentions": "mention_id"}
_RESOLVABLE = frozenset({"actors", "events"})


@dataclass
class RecordRun:
    """One run over records.

    known: rows of other tables, by which ids are resolved. is_json: they were read from JSON.
    ids: by table, of which record each is. targets: by event, to which others it points where
    no circle may be. open_ends: by table and id that sound records lead to, (record, pointer,
    column) of where they do; of what is told once, the first.
    """

    profile: Profile
    known: Rows
    is_json: bool = False
    records: dict[int, Any] = field(default_factory=dict)
    suspects: set[int] = field(default_factory=set)
    ids: dict[str, dict[str, int]] = field(default_factory=lambda: {name: {} for name in _KEYS})
    targets: dict[str, set[str]] = field(default_factory=dict)
    open_ends: dict[tuple[str, str], list[tuple[int, str, str]]] = field(default_factory=dict)

    def run(self, records: Iterable[Any]) -> Iterator[Fault]:
        """The faults of the records, in their order, with row (from 1) and pointer."""
        if not self.known.keys() <= _RESOLVABLE:
            yield from RecordCheck(self.profile, self.known).run(records)
            return
        screen = screen_of(self.profile)
        for number, record in enumerate(records, start=1):
            self.records[number] = record
            if screen.passes(record, is_json=self.is_json):
                self._take(number, record)
                if targets := screen.targets(record):
                    self.targets[record["event_id"]] = targets
            else:
                self.suspects.add(number)
        yield from noted_once(self._faults())

    def _take(self, number: int, record: Row) -> None:
        """Keep the ids of a sound record, and those it leads to that are not known yet."""
        rows = rows_of(record)
        for table, ids in self.ids.items():
            for _, row in rows[table]:
                key = row[_KEYS[table]]
                if key in ids:
                    self.suspects |= {number, ids[key]}
                ids.setdefault(key, number)
        for table, column, other_table in _ways(self.profile):
            for pointer, row in rows[table]:
                value = row.get(column)
                if value is None or value in self._registry[other_table]:
                    continue
                ends = self.open_ends.setdefault((other_table, value), [])
                if not ends or not self._is_noted(other_table):
                    ends.append((number, f"{pointer}/{column}", column))

    def _is_noted(self, table: str) -> bool:
        """Whether an id that leads nowhere in a table is a note, told once."""
        return table in _RESOLVABLE and table not in self.known

    @cached_property
    def _registry(self) -> dict[str, Any]:
        """By table the ids that are known so far."""
        actors = {row.get("actor_id") for row in self.known.get("actors", ())}
        return {"actors": actors, **self.ids}

    def _faults(self) -> Iterator[Fault]:
        ids = [pair for number in self.suspects for pair in _ids_of(self.records[number])]
        self.suspects |= {self.ids[table][key] for table, key in ids if key in self.ids[table]}
        self.suspects |= {*self._circling({key for table, key in ids if table == "events"})}
        check, found = self._judge()
        if lost := {*self._lost(check)}:
            self.suspects |= lost
            check, found = self._judge()
        among = chain(self._notes(check), check.finish() if self.suspects else ())
        yield from heapq.merge(found, sort_faults(among, _row_of), key=_row_of)

    def _judge(self) -> tuple[RecordCheck, Sequence[Fault]]:
        """The suspects in full, in their order, among the keys of the others."""
        elsewhere = {
            table: [{_KEYS[table]: key} for key, n in ids.items() if n not in self.suspects]
            for table, ids in self.ids.items()
            if self.suspects
        }
        check = RecordCheck(self.profile, self.known, elsewhere)
        judged = (check.judge(self.records[number], number) for number in sorted(self.suspects))
        return check, gather_faults(chain.from_iterable(judged))

    def _circling(self, unsure: set[str]) -> Iterator[int]:
        """The sound records that may be part of a circle.

        unsure: events of which it is not known where they point. What points to nothing is
        taken away, then what points to nothing else, and so on; the rest may go in circles.
        """
        unsure |= {row["event_id"] for row in self.known.get("events", ()) if "event_id" in row}
        open_targets = {
            event: {t for t in targets if t in self.targets or t in unsure}
            for event, targets in self.targets.items()
        }
        sources: dict[str, list[str]] = {}
        for event, targets in open_targets.items():
            for target in targets:
                sources.setdefault(target, []).append(event)
        # Of an event that stands twice only one row's targets are known.
        loose = [e for e, targets in open_targets.items() if not targets and e not in unsure]
        while loose:
            event = loose.pop()
            del open_targets[event]
            for source in sources.get(event, ()):
                open_targets[source].discard(event)
                if not open_targets[source] and source not in unsure:
                    loose.append(source)
        return (self.ids["events"][event] for event in open_targets)

    def _lost(self, check: RecordCheck) -> Iterator[int]:
        """The sound records of which an id leads nowhere though it should."""
        for table, _, ends in self._open(check):
            if not self._is_noted(table):
                yield from (number for number, _, _ in ends)

    def _notes(self, check: RecordCheck) -> Iterator[Fault]:
        for table, value, ends in self._open(check):
            for number, pointer, column in ends:
                if self._is_noted(table) and number not in self.suspects:
                    yield unresolved(table, column, value).at(row=number, pointer=pointer)

    def _open(self, check: RecordCheck) -> Iterator[tuple[str, str, list[tuple[int, str, str]]]]:
        """(table, id, where it stands) of the ids in sound records that lead nowhere."""
        there: dict[str, set[Any]] = {}
        for table, key in {"actors": "actor_id", **_KEYS}.items():
            rows = (*self.known.get(table, ()), *check.rows.get(table, ()))
            found = {row.get(key) for row in rows} - {BROKEN}
            there[table] = found | self.ids.get(table, {}).keys()
        for (table, value), ends in self.open_ends.items():
            if value not in there[table]:
                yield table, value, ends


def _row_of(fault: Fault) -> int:
    return fault.row or 0


def _ids_of(record: Any) -> Iterator[tuple[str, str]]:
    """(table, id) of the event and the mentions of a record of any structure."""
    plain, _ = make_plain(record)
    for table, _, row in shred(plain) if isinstance(plain, dict) else ():
        key = row.get(_KEYS[table]) if table in _KEYS else None
        if isinstance(key, str):
            yield table, key


@cache
def _ways(profile: Profile) -> tuple[tuple[str, str, str], ...]:
    """(table, column, other table) of each rule by which an id leads somewhere."""
    return tuple(
        (table, rule.on[0], other)
        for table in RECORD_TABLES
        for rule in link_rules_of(table, profile)
        if (other := leads_to(rule)) in ("actors", *_KEYS)
        and not (rule.on[0] in INHERITED.get(table, ()) and other == PARENTS.get(table))
    )
