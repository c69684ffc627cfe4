"""The nested records of a package, judged and compared with its tables."""

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from qantar.schema.corpus import PLAIN_TABLES
from qantar.schema.rule import Profile
from qantar.schema.shape import RECORD_TABLES, flatten
from qantar.validation.engine.links.linked_table import LinkedTable
from qantar.validation.engine.nested.nested_run import NestedRun, RecordChunks
from qantar.validation.engine.records.record_file import check_entries
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import FaultLog, gather_faults
from qantar.validation.faults.report import Reading, Report
from qantar.validation.packages.comparison import compare_records
from qantar.validation.packages.record_comparison import RecordComparison
from qantar.validation.readers.json.chunks import length_of_mark
from qantar.validation.readers.json.shape import look_at_lines
from qantar.validation.readers.json.text import MARKED, Entry, read_jsonl
from qantar.validation.readers.nested.chunks import HeldRecords, NestedChunks
from qantar.validation.readers.table_file import JudgedTable

KNOWN_TABLES = (*PLAIN_TABLES, "codes", "countries")
# So many lines show whether a file has a record on each.
_LINES_OF_SAMPLE = 1_000


@dataclass(frozen=True)
class PackageRecords:
    """One file of records. file: as faults tell it. tell: told the pace."""

    file: str
    profile: Profile
    tell: Callable[[str], None]

    def check_held(self, content: bytes, judged: Mapping[str, JudgedTable]) -> Report:
        """Judge records among tables that are in memory too."""
        items = list(read_jsonl(io.BytesIO(content)))
        known = {name: judged[name].marked() for name in KNOWN_TABLES if name in judged}
        found = FaultLog(f.at(file=self.file) for f in check_entries(items, self.profile, known))
        records = [item.record for item in items if isinstance(item, Entry)]
        flat = flatten(record for record in records if isinstance(record, dict))
        tables = {name: table.read for name, table in judged.items()}
        found.extend(compare_records(flat, tables, self.file))
        return self._report(found, len(records))

    def check_lines(self, content: bytes, tables: Mapping[str, LinkedTable]) -> Report:
        """Judge records that are in memory among tables that are not."""
        items = list(read_jsonl(io.BytesIO(content)))
        entries = [item for item in items if isinstance(item, Entry)]
        unread = [item.at(file=self.file) for item in items if isinstance(item, Fault)]
        chunks = HeldRecords(lambda: entries, len(content))
        return Report((*unread,)).joined(self._check(chunks, tables))

    def check_file(self, path: Path, tables: Mapping[str, LinkedTable]) -> Report:
        """Judge records in chunks; raises OSError."""
        with path.open("rb") as lines:
            misshapen, _ = look_at_lines(islice(lines, _LINES_OF_SAMPLE))
        if misshapen:
            return self._report([misshapen.at(file=self.file)], 0)
        marked = (MARKED.at(file=self.file),) if length_of_mark(path) else ()
        chunks = NestedChunks(path)
        return Report(marked).joined(self._check(chunks, tables))

    def _check(self, chunks: RecordChunks, tables: Mapping[str, LinkedTable]) -> Report:
        known = {name: table for name, table in tables.items() if name in KNOWN_TABLES}
        shared = {name: tables[name] for name in RECORD_TABLES if name in tables}
        compared = RecordComparison(shared, self.profile)
        run = NestedRun({self.file: chunks}, self.profile, known, self.tell, (compared,))
        (judged,) = run.run()
        found = FaultLog(fault.at(file=self.file) for fault in judged.faults)
        found.extend(compared.faults(chunks, self.file))
        return self._report(found, judged.records)

    def _report(self, found: Iterable[Fault], records: int) -> Report:
        reading = Reading(self.file, "jsonl", "events", records, self.profile, is_nested=True)
        return Report(gather_faults(found), (reading,))
