"""What the files of a run leave for the rules that look at several of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from qantar.schema.rule import Profile, Severity
from qantar.schema.shape import Row
from qantar.validation.engine.links.linked_table import LinkedTable, ReadAgain
from qantar.validation.engine.nested.nested_run import RecordChunks
from qantar.validation.faults.fault import Fault
from qantar.validation.places.file_source import FileSource
from qantar.validation.places.record_group import RecordFile
from qantar.validation.places.table_part import Part, form_name, place_of
from qantar.validation.readers.cell_table import CellTable
from qantar.validation.readers.json.text import Entry
from qantar.validation.readers.table_file import JudgedTable

# Beyond so many bytes of what is held, small tables and files of records are read again where
# they are needed.
MOST_HELD = 64_000_000


@dataclass
class Gathered:
    """What was gathered of the files so far.

    number: of the path that is being checked. parts: the tables of all files, held or in
    chunks. kept: those that are compared with texts. records: the files of nested records,
    judged when all were read. held_bytes, record_bytes: what those take up that are held.
    noted: the folders' names of which it was noted that they are ignored. opened: places of
    large files that were unpacked, and are read once more.
    """

    number: int = 0
    parts: list[Part] = field(default_factory=list)
    kept: list[Part] = field(default_factory=list)
    records: list[RecordFile] = field(default_factory=list)
    held_bytes: int = 0
    record_bytes: int = 0
    noted: set[str] = field(default_factory=set)
    opened: ExitStack = field(default_factory=ExitStack)

    def is_read_again(self, file: str) -> bool:
        """Whether the file that was read last is, once all were read."""
        if self.parts and self.parts[-1].is_in_chunks_of(file):
            return True
        return bool(self.records) and self.records[-1].is_in_chunks_of(file)

    def held_tables(self) -> dict[str, Callable[[], list[Row]]]:
        """The tables that are held and of which no other part is known."""
        counts = Counter(part.table for part in self.parts)
        return {
            part.table: part.held.marked
            for part in self.parts
            if counts[part.table] == 1 and isinstance(part.held, JudgedTable)
        }

    def relate(
        self,
        source: FileSource,
        held: JudgedTable | LinkedTable,
        sheet: str = "",
        again: Callable[[], CellTable] | None = None,
    ) -> None:
        """Keep a table for what is judged across files; again: reads it once more."""
        if isinstance(held, JudgedTable):
            if again is not None and self.held_bytes >= MOST_HELD:
                read = held.read
                chunks = ReadAgain((*read.frame.columns,), again)
                name = read.table or ""
                held = LinkedTable(name, held.profile, read.file, chunks, is_json=read.is_json)
            else:
                self.held_bytes += int(held.read.frame.estimated_size())
        self.parts.append(self.part(source, held, sheet))

    def part(self, source: FileSource, held: JudgedTable | LinkedTable, sheet: str) -> Part:
        """A table as a part of what was given."""
        return Part(held, self.number, place_of(source), form_name(source), sheet)

    def gather(
        self, source: FileSource, profile: Profile, records: Sequence[Entry] | RecordChunks
    ) -> None:
        """Keep nested records, to be judged with those of all other files."""
        place, form = place_of(source), form_name(source)
        file = RecordFile(source.name, profile, records, self.number, place, form)
        self.records.append(file)

    def take_note(self, faults: Iterable[Fault]) -> None:
        """Take note of columns that a note says are ignored."""
        self.noted |= {
            fault.column
            for fault in faults
            if fault.rule == "column-unknown" and fault.severity is Severity.note and fault.column
        }
