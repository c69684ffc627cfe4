"""Files of JSON and JSON Lines that are held: flat rows, or nested records."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from qantar.schema.past import PAST_VERSIONS
from qantar.schema.rule import Profile
from qantar.schema.tables import TABLES
from qantar.validation.engine.records.record_file import check_entries, read_entries
from qantar.validation.engine.records.row_file import check_rows, filled, table_of_rows
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import FaultLog, gather_faults, join_faults, sort_faults
from qantar.validation.faults.report import Reading, Report
from qantar.validation.past.note import past_note
from qantar.validation.past.record import past_record_faults
from qantar.validation.past.version import past_version_of
from qantar.validation.places import gathered as limits
from qantar.validation.places.asked_files import AskedFiles, partitions
from qantar.validation.places.file_source import FileSource
from qantar.validation.places.folder_value import partitions_of
from qantar.validation.places.gathered import Gathered
from qantar.validation.readers.cell_table import CellTable
from qantar.validation.readers.json.foreign_record import foreign_told
from qantar.validation.readers.json.row_table import judged_rows
from qantar.validation.readers.json.text import Entry, read_json, read_jsonl
from qantar.validation.readers.nested.chunks import HeldRecords
from qantar.validation.readers.pace import Pace
from qantar.validation.rules.fault_order import fault_order
from qantar.validation.rules.past_columns import past_hint
from qantar.validation.rules.table_kind import profile_of_records


@dataclass(frozen=True)
class JsonSource:
    """A file that lies at a path. asked: of all files. gathered: of those before it."""

    source: FileSource
    path: Path
    asked: AskedFiles
    gathered: Gathered

    def check(self) -> Report:
        """The report on the file, but for what all files together tell."""
        unread = FaultLog()
        entries = [*read_entries(self._items(), unread)]
        count = len(entries) + len(unread)
        found: Sequence[Fault]
        table = table_of_rows(entries, self.asked.table, partitions_of(self.source.name))
        held = {name for e in entries if isinstance(e.record, dict) for name in e.record}
        values, noted = (
            partitions(self.source, table, held, self.gathered.noted) if entries else ({}, [])
        )
        self.gathered.take_note(noted)
        if table is None:
            asked = self.asked.profile or profile_of_records(held)
            past = self._check_past(entries, asked)
            now = [entry for entry in entries if past_version_of(entry.record) is None]
            found = join_faults(past, self._check_records(now, asked, unread) if now else unread)
        else:
            entries = [filled(entry, values) for entry in entries]
            asked, rows_faults = check_rows(entries, table, self.asked.profile)
            found = sort_faults(chain(unread, rows_faults), fault_order(TABLES[table]))
            hint = past_hint(table, held)
            found = found if hint is None else join_faults([hint], found)
            if self.asked.first is None:
                judged = judged_rows(entries, rows_faults, table, asked, self.source.name)
                again = partial(self._rows_again, table, asked, values)
                self.gathered.relate(self.source, judged, again=again)
        placed = (fault.at(file=self.source.name) for fault in found)
        faults = gather_faults(noted, placed)
        is_judged = bool(entries) or not unread
        whole = self.asked.first is None or count < self.asked.first
        reading = Reading(
            self.source.name,
            self.source.kind,
            table or "events",
            len(entries),
            asked,
            is_judged,
            whole,
            is_nested=table is None,
        )
        return Report(faults, (reading,))

    def _check_past(self, entries: list[Entry], asked: Profile) -> list[Fault]:
        """What is wrong with nested records of earlier schemas, after a note on each of these."""
        found: list[Fault] = []
        for version in PAST_VERSIONS:
            own = [entry for entry in entries if past_version_of(entry.record) == version]
            if own:
                found += [past_note(version), *past_record_faults(own, version, asked)]
        return found

    def _check_records(
        self, entries: list[Entry], asked: Profile, unread: FaultLog
    ) -> Sequence[Fault]:
        """What is wrong with nested records but for what all files together tell."""
        size = self.path.stat().st_size
        if self.asked.first is not None:
            return check_entries(chain(unread, entries), asked)
        if self.gathered.record_bytes + size > limits.MOST_HELD:
            again = self._entries
            self.gathered.gather(self.source, asked, HeldRecords(again, size))
        else:
            self.gathered.record_bytes += size
            self.gathered.gather(self.source, asked, entries)
        return unread

    def _items(self) -> Iterator[Entry | Fault]:
        if self.source.kind == "json":
            yield from islice(foreign_told(read_json(self.path.read_bytes())), self.asked.first)
            return
        with self.path.open("rb") as lines:
            read = read_jsonl(self._paced(lines))
            yield from islice(foreign_told(read), self.asked.first)

    def _paced(self, lines: Iterable[bytes]) -> Iterable[bytes]:
        if self.asked.tell is None:
            return lines
        return Pace(self.source.name, self.path.stat().st_size, self.asked.tell).lines(lines)

    def _entries(self) -> list[Entry]:
        """The entries that are judged by the schema as it is."""
        read = (item for item in self._items() if isinstance(item, Entry))
        return [entry for entry in read if past_version_of(entry.record) is None]

    def _rows_again(self, table: str, profile: Profile, values: dict[str, Any]) -> CellTable:
        entries = [filled(item, values) for item in self._entries()]
        return judged_rows(entries, (), table, profile, self.source.name).read
