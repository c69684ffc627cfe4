"""One file checked by its kind, after it was laid out as plain bytes."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from qantar.schema.aside import temporary_folder
from qantar.schema.rule import Profile, Severity
from qantar.schema.shape import Row
from qantar.schema.tables import TABLES
from qantar.validation.engine.held_table import judge_table
from qantar.validation.engine.large_file import Among, check_large
from qantar.validation.engine.links.linked_table import LinkedTable, ReadAgain
from qantar.validation.engine.nested.nested_run import RecordChunks
from qantar.validation.engine.records.record_file import check_entries, read_entries
from qantar.validation.engine.records.row_file import check_rows, filled, table_of_rows
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import FaultLog, gather_faults, join_faults
from qantar.validation.faults.report import Reading, Report
from qantar.validation.places.encoding import as_of, is_utf8_already, transcode
from qantar.validation.places.file_source import FileSource, laid_out
from qantar.validation.places.folder_value import (
    partitions_of,
    type_partitions,
    with_values,
)
from qantar.validation.places.path_list import RECORD_KINDS, TEXT_KINDS
from qantar.validation.places.record_group import RecordFile
from qantar.validation.places.table_part import Part, form_name, place_of
from qantar.validation.readers.cell_table import CellTable
from qantar.validation.readers.constant_column import Beside
from qantar.validation.readers.csv.form import PLAIN, CsvForm
from qantar.validation.readers.foreign_content import BYTES_OF_START, foreign_content
from qantar.validation.readers.json.foreign_record import foreign_told
from qantar.validation.readers.json.row_table import judged_rows
from qantar.validation.readers.json.text import Entry, read_json, read_jsonl
from qantar.validation.readers.nested.chunks import HeldRecords
from qantar.validation.readers.pace import Pace
from qantar.validation.readers.sheet.workbook import SheetError, is_table, passed_over, read_sheets
from qantar.validation.readers.table_file import (
    JudgedTable,
    Unjudged,
    read_table,
    table_of_cells,
)
from qantar.validation.rules.observation import fault_by

# Beyond so many bytes of tables or of records that are held, small ones are read again where
# they are needed.
MOST_HELD = 64_000_000


@dataclass
class SourceCheck:
    """What is asked of every file of a run.

    first: how many rows to read. fails_fast: whether to stop in a large file after the first
    error. keeps: whether tables are kept, to be compared with texts.
    tell: told the pace of long files.
    parts: the tables of all files, held or in chunks, by which keys and all else between rows
    of several files are judged; number: of the path that is being checked; held_bytes: what
    those take up that are held. records: the files of nested records, which are judged when
    all were read; record_bytes: the size of those that are held. held: places of large files
    that were unpacked, and are read once more. form: how files of text are written.
    """

    profile: Profile | None = None
    table: str | None = None
    first: int | None = None
    fails_fast: bool = False
    keeps: bool = False
    tell: Callable[[str], None] | None = None
    kept: list[Part] = field(default_factory=list)
    noted: set[str] = field(default_factory=set)
    parts: list[Part] = field(default_factory=list)
    number: int = 0
    held_bytes: int = 0
    records: list[RecordFile] = field(default_factory=list)
    record_bytes: int = 0
    held: ExitStack = field(default_factory=ExitStack)
    form: CsvForm = PLAIN

    def check(self, source: FileSource) -> Iterator[Report]:
        """A report for the file, or one for each sheet of a workbook."""
        try:
            with ExitStack() as opened:
                plain = opened.enter_context(laid_out(source))
                if plain.path is None:
                    yield Report(plain.faults, (Reading(source.name, source.kind, judged=False),))
                    return
                held = plain.path
                if self.form.encoding and source.kind in TEXT_KINDS:
                    if is_utf8_already(plain.path, self.form.encoding):
                        told = f"{source.name} is UTF-8 and not {self.form.encoding}, which would "
                        told += "spoil its letters. Leave --encoding out for it."
                        yield unjudged(source.name, source.kind, "file-encoding", told)
                        return
                    held = opened.enter_context(temporary_folder()) / "decoded"
                    try:
                        transcode(plain.path, self.form.encoding, held)
                    except UnicodeError as error:
                        told = f"{source.name} is not {self.form.encoding}: {error}. Say another "
                        told += "--encoding, or none where the file is UTF-8."
                        yield unjudged(source.name, source.kind, "file-encoding", told)
                        return
                for report in self._check_content(source, held):
                    yield report.damaged(plain.faults) if plain.faults else report
                if self._is_read_again(source.name):
                    self.held.push(opened.pop_all())
        except OSError as error:
            yield unjudged(
                source.name, source.kind, "file-unreadable", reason_of(source.name, error)
            )

    def _is_read_again(self, file: str) -> bool:
        """Whether the file that was read last is, once all were read."""
        if self.parts and self.parts[-1].is_in_chunks_of(file):
            return True
        return bool(self.records) and self.records[-1].is_in_chunks_of(file)

    def _check_content(self, source: FileSource, path: Path) -> Iterator[Report]:
        """A report on a file as its kind is read, or on what it holds instead."""
        with path.open("rb") as handle:
            told = foreign_content(handle.read(BYTES_OF_START), source.kind)
        if told:
            message = f"{source.name} {told}"
            yield unjudged(source.name, source.kind, "file-unreadable", message)
            return
        for report in self._check_plain(source, path):
            if self.form.encoding:
                spelled = (as_of(fault, self.form.encoding) for fault in report.faults)
                report = replace(report, faults=gather_faults(spelled))
            yield report

    def _check_plain(self, source: FileSource, path: Path) -> Iterator[Report]:
        large = self._check_large(source, path)
        if large is not None:
            yield large
        elif source.kind in RECORD_KINDS:
            yield self._check_json(source, path)
        elif source.kind == "xlsx":
            yield from self._check_workbook(source, path)
        else:
            yield self._judge(source, self._read(source, path), path=path)

    def _read(self, source: FileSource, path: Path) -> CellTable | Unjudged:
        return read_table(
            path,
            source.kind,
            file=source.name,
            table=self.table,
            first=self.first,
            beside=partitions_of(source.name),
            form=self.form,
        )

    def _check_large(self, source: FileSource, path: Path) -> Report | None:
        """A report where nothing but the file's own rows is asked, and it is large."""
        if self.first is not None or self.keeps:
            return None
        report = check_large(
            path,
            source.kind,
            file=source.name,
            table=self.table,
            profile=self.profile,
            tell=self.tell,
            fails_fast=self.fails_fast,
            form=self.form,
            among=Among(
                partial(self._relate, source), self._held_tables(), partial(self._gather, source)
            ),
            beside=Beside(
                partitions_of(source.name),
                lambda table, held: self._partitions(source, table, held),
            ),
        )
        if report is not None:
            self._take_note(report.faults)
        return report

    def _held_tables(self) -> dict[str, Callable[[], list[Row]]]:
        """The tables that are held and of which no other part is known."""
        counts = Counter(part.table for part in self.parts)
        return {
            part.table: part.held.marked
            for part in self.parts
            if counts[part.table] == 1 and isinstance(part.held, JudgedTable)
        }

    def _relate(
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
        self.parts.append(self._part(source, held, sheet))

    def _part(self, source: FileSource, held: JudgedTable | LinkedTable, sheet: str) -> Part:
        return Part(held, self.number, place_of(source), form_name(source), sheet)

    def _check_workbook(self, source: FileSource, path: Path) -> Iterator[Report]:
        try:
            sheets = [*read_sheets(path, first=self.first)]
        except SheetError as error:
            yield unjudged(source.name, source.kind, error.rule, error.message)
            return
        tables = [sheet for sheet in sheets if is_table(sheet, sheets, self.table)]
        for sheet in tables:
            name = source.name if len(tables) == 1 else f"{source.name}[{sheet.name}]"
            read = table_of_cells(sheet.cells, file=name, table=self.table)
            yield self._judge(replace(source, name=name), read, sheet.name)
        if not tables:
            told = f"{source.name} has no sheet that is a table."
            yield unjudged(source.name, source.kind, "table-unknown", told)
        yield Report(
            tuple(fault for s in sheets if s not in tables for fault in passed_over(s, source.name))
        )

    def _judge(
        self,
        source: FileSource,
        read: CellTable | Unjudged,
        sheet: str = "",
        path: Path | None = None,
    ) -> Report:
        if isinstance(read, Unjudged):
            return Report(read.faults, (Reading(source.name, source.kind, judged=False),))
        values, noted = self._partitions(source, read.table, {*read.frame.columns})
        self._take_note(noted)
        read = _with_values(read, values)
        judged = judge_table(read, self.profile)
        if read.table and self.first is None:
            again = partial(self._read_again, source, path, values) if path else None
            self._relate(source, judged, sheet, again)
        if self.keeps and read.table:
            self.kept.append(self._part(source, judged, sheet))
        reading = Reading(
            source.name,
            source.kind,
            read.table,
            read.frame.height,
            judged.profile,
            judged=all(fault.rule != "file-unreadable" for fault in read.faults),
            whole=self.first is None or read.frame.height < self.first,
        )
        return Report(join_faults(noted, judged.told_once()), (reading,))

    def _read_again(self, source: FileSource, path: Path, values: dict[str, Any]) -> CellTable:
        read = self._read(source, path)
        if isinstance(read, Unjudged):
            raise OSError(f"{source.name} is not what it was when it was read first")
        return _with_values(read, values)

    def _partitions(
        self, source: FileSource, table: str | None, held: set[str]
    ) -> tuple[dict[str, Any], list[Fault]]:
        """Values of the folders' names; that one is ignored is noted once a run."""
        stated = {n: v for n, v in partitions_of(source.name).items() if n not in self.noted}
        known = TABLES[table] if table else None
        return type_partitions(stated, known, held, source.name)

    def _take_note(self, faults: Iterable[Fault]) -> None:
        self.noted |= {
            fault.column
            for fault in faults
            if fault.rule == "column-unknown" and fault.severity is Severity.note and fault.column
        }

    def _paced(self, source: FileSource, path: Path, lines: Iterable[bytes]) -> Iterable[bytes]:
        if self.tell is None:
            return lines
        return Pace(source.name, path.stat().st_size, self.tell).lines(lines)

    def _items(self, source: FileSource, path: Path) -> Iterator[Entry | Fault]:
        if source.kind == "json":
            yield from islice(foreign_told(read_json(path.read_bytes())), self.first)
            return
        with path.open("rb") as lines:
            read = read_jsonl(self._paced(source, path, lines))
            yield from islice(foreign_told(read), self.first)

    def _gather(self, source: FileSource, records: Sequence[Entry] | RecordChunks) -> None:
        """Keep nested records, to be judged with those of all other files."""
        asked, place, form = self.profile or Profile.coded, place_of(source), form_name(source)
        self.records.append(RecordFile(source.name, asked, records, self.number, place, form))

    def _check_records(
        self, source: FileSource, path: Path, entries: list[Entry], unread: FaultLog
    ) -> Sequence[Fault]:
        """What is wrong with nested records but for what all files together tell."""
        asked, size = self.profile or Profile.coded, path.stat().st_size
        if self.first is not None:
            return check_entries(chain(unread, entries), asked)
        if self.record_bytes + size > MOST_HELD:
            again = partial(self._entries, source, path)
            self._gather(source, HeldRecords(again, asked, size))
        else:
            self.record_bytes += size
            self._gather(source, entries)
        return unread

    def _entries(self, source: FileSource, path: Path) -> list[Entry]:
        return [item for item in self._items(source, path) if isinstance(item, Entry)]

    def _rows_again(
        self, source: FileSource, path: Path, table: str, profile: Profile, values: dict[str, Any]
    ) -> CellTable:
        entries = [filled(item, values) for item in self._entries(source, path)]
        return judged_rows(entries, (), table, profile, source.name).read

    def _check_json(self, source: FileSource, path: Path) -> Report:
        unread = FaultLog()
        entries = [*read_entries(self._items(source, path), unread)]
        count = len(entries) + len(unread)
        found: Sequence[Fault]
        table = table_of_rows(entries, self.table, partitions_of(source.name))
        held = {name for e in entries if isinstance(e.record, dict) for name in e.record}
        values, noted = self._partitions(source, table, held) if entries else ({}, [])
        self._take_note(noted)
        if table is None:
            asked = self.profile or Profile.coded
            found = self._check_records(source, path, entries, unread)
        else:
            entries = [filled(entry, values) for entry in entries]
            asked, rows_faults = check_rows(entries, table, self.profile)
            found = join_faults(unread, rows_faults)
            if self.first is None:
                judged = judged_rows(entries, rows_faults, table, asked, source.name)
                again = partial(self._rows_again, source, path, table, asked, values)
                self._relate(source, judged, again=again)
        placed = (fault.at(file=source.name) for fault in found)
        faults = gather_faults(noted, placed)
        is_judged = bool(entries) or not unread
        whole = self.first is None or count < self.first
        reading = Reading(
            source.name,
            source.kind,
            table or "events",
            len(entries),
            asked,
            is_judged,
            whole,
            is_nested=table is None,
        )
        return Report(faults, (reading,))


def _with_values(read: CellTable, values: dict[str, Any]) -> CellTable:
    """The table with what stands beside its file."""
    if not values or read.table is None:
        return read
    return replace(read, frame=with_values(read.frame, values, TABLES[read.table]))


def unjudged(path: Path | str, kind: str, rule: str, message: str) -> Report:
    """The report on a file of which nothing could be judged."""
    fault = fault_by(rule, message, file=str(path))
    return Report((fault,), (Reading(str(path), kind, judged=False),))


def reason_of(path: Path | str, error: OSError) -> str:
    """A sentence on why a file cannot be read."""
    return f"{path} cannot be read: {error.strerror or error}."
