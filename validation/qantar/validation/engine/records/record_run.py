"""Records judged together: the sound ones by a quick look, the others in full."""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, TypeAlias

from qantar.schema import Profile
from qantar.schema.shape import Row, Rows, shred
from qantar.validation.engine.records.record import RecordCheck, noted_once, unresolved
from qantar.validation.engine.records.record_screen import KEYS, Leads, screen_of
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import gather_faults, sort_faults
from qantar.validation.readers.json.plain_value import make_plain
from qantar.validation.rules.link.foreign import Way
from qantar.validation.rules.value.rule import BROKEN

# The keys of the tables of which rows may be known without a full judgement of every record.
_RESOLVABLE = {"actors": "actor_id", "events": "event_id"}
# The record, the way, and the positions in lists at which an id stands.
End: TypeAlias = tuple[int, Way, tuple[int, ...]]
# A table, an id that may lead nowhere in it, and where that stands.
OpenEnd: TypeAlias = tuple[str, str, list[End]]


@dataclass
class RecordRun:
    """One run over records.

    known: rows of other tables, by which ids are resolved. ids: by table, of which record each
    is. targets: by event, to which others it points where no circle may be. open_ends: by table
    and id that sound records lead to, (record, way, positions) of where they do; of what is told
    once, the first.
    """

    profile: Profile
    known: Rows
    records: dict[int, Any] = field(default_factory=dict)
    suspects: set[int] = field(default_factory=set)
    ids: dict[str, dict[str, int]] = field(default_factory=lambda: {name: {} for name in KEYS})
    targets: dict[str, set[str]] = field(default_factory=dict)
    open_ends: dict[tuple[str, str], list[End]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # By table, the ids that are known from elsewhere.
        self._known = {
            table: {row.get(_RESOLVABLE[table]) for row in rows}
            for table, rows in self.known.items()
            if table in _RESOLVABLE
        }
        # The tables in which an id that leads nowhere is a note, told once.
        self._noted = _RESOLVABLE.keys() - self.known.keys()

    def run(self, records: Iterable[Any]) -> Iterator[Fault]:
        """The faults of the records, in their order, with row (from 1) and pointer."""
        if not self.known.keys() <= _RESOLVABLE.keys():
            yield from RecordCheck(self.profile, self.known).run(records)
            return
        look = screen_of(self.profile).look
        for number, record in enumerate(records, start=1):
            self.records[number] = record
            leads = look(record)
            if leads is None:
                self.suspects.add(number)
            else:
                self._take(number, record, leads)
        yield from self._faults()

    def _take(self, number: int, record: Row, leads: Leads) -> None:
        """Keep the ids of a sound record, and those it leads to that are not known yet."""
        ends, targets = leads
        event, known, ids, open_ends = record["event_id"], self._known, self.ids, self.open_ends
        self._keep_id(ids["events"], event, number)
        for mention in record.get("mentions", ()):
            self._keep_id(ids["mentions"], mention["mention_id"], number)
        for way, value, positions in ends:
            table, end = way.table, (number, way, positions)
            if value in known.get(table, ()) or value in ids.get(table, ()):
                continue
            if (table, value) not in open_ends:
                open_ends[table, value] = [end]
            elif table not in self._noted:
                open_ends[table, value].append(end)
        if targets:
            self.targets[event] = targets

    def _keep_id(self, ids: dict[str, int], key: str, number: int) -> None:
        if key in ids:
            self.suspects |= {number, ids[key]}
        else:
            ids[key] = number

    def _faults(self) -> Iterator[Fault]:
        if self.suspects or self.targets:
            self._widen()
        check, found = self._judge()
        open_ends = self._open(check)
        if lost := {*self._lost(open_ends)}:
            self.suspects |= lost
            check, found = self._judge()
            open_ends = self._open(check)
        if not check:
            # Notes alone stand in the order of the records, each once.
            yield from self._notes(open_ends)
            return
        among = chain(self._notes(open_ends), check.finish())
        merged = heapq.merge(found, sort_faults(among, _row_of), key=_row_of)
        yield from noted_once(merged)

    def _widen(self) -> None:
        """Add the sound records that share an id with suspects, or may be part of a circle."""
        ids = [pair for number in self.suspects for pair in _ids_of(self.records[number])]
        self.suspects |= {self.ids[table][key] for table, key in ids if key in self.ids[table]}
        self.suspects |= {*self._circling({key for table, key in ids if table == "events"})}

    def _judge(self) -> tuple[RecordCheck | None, Sequence[Fault]]:
        """The suspects in full, in their order, among the keys of the others."""
        if not self.suspects:
            return None, []
        elsewhere = {
            table: [{KEYS[table]: key} for key, n in ids.items() if n not in self.suspects]
            for table, ids in self.ids.items()
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

    def _lost(self, open_ends: Iterable[OpenEnd]) -> Iterator[int]:
        """The sound records of which an id leads nowhere though it should."""
        for table, _, ends in open_ends:
            if table not in self._noted:
                yield from (number for number, _, _ in ends)

    def _notes(self, open_ends: Iterable[OpenEnd]) -> Iterator[Fault]:
        for table, value, ends in open_ends:
            if table not in self._noted:
                continue
            for number, way, positions in ends:
                if number not in self.suspects:
                    yield unresolved(table, way.column, value, number, way.pointer % positions)

    def _open(self, check: RecordCheck | None) -> list[OpenEnd]:
        """The ids in sound records that lead nowhere."""
        judged = {
            table: {row.get(KEYS[table]) for row in rows} - {BROKEN}
            for table, rows in (check.rows.items() if check else ())
            if table in KEYS
        }
        return [
            (table, value, ends)
            for (table, value), ends in self.open_ends.items()
            if value not in self._known.get(table, ())
            and value not in self.ids.get(table, ())
            and value not in judged.get(table, ())
        ]


def _row_of(fault: Fault) -> int:
    return fault.row or 0


def _ids_of(record: Any) -> Iterator[tuple[str, str]]:
    """(table, id) of the event and the mentions of a record of any structure."""
    plain, _ = make_plain(record)
    for table, _, row in shred(plain) if isinstance(plain, dict) else ():
        key = row.get(KEYS[table]) if table in KEYS else None
        if isinstance(key, str):
            yield table, key
