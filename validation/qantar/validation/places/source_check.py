"""One file checked by its kind, after it was laid out as plain bytes."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from qantar.schema.aside import temporary_folder
from qantar.schema.tables import TABLES
from qantar.validation.engine.asked_file import Among
from qantar.validation.engine.held_table import judge_table
from qantar.validation.engine.large_file import check_large
from qantar.validation.faults.fault_log import gather_faults, join_faults
from qantar.validation.faults.report import Reading, Report
from qantar.validation.past.note import LARGEST_PAST, too_large
from qantar.validation.past.version import past_version_of_file
from qantar.validation.places.asked_files import AskedFiles, partitions
from qantar.validation.places.encoding import as_of, is_utf8_already, transcode
from qantar.validation.places.file_source import FileSource, laid_out
from qantar.validation.places.folder_value import (
    partitions_of,
    with_values,
)
from qantar.validation.places.gathered import Gathered
from qantar.validation.places.json_source import JsonSource
from qantar.validation.places.path_list import RECORD_KINDS, TEXT_KINDS
from qantar.validation.readers.cell_table import CellTable
from qantar.validation.readers.constant_column import Beside
from qantar.validation.readers.foreign_content import BYTES_OF_START, foreign_content
from qantar.validation.readers.sheet.workbook import SheetError, is_table, passed_over, read_sheets
from qantar.validation.readers.system.hint import foreign_table
from qantar.validation.readers.table_file import (
    Unjudged,
    read_table,
    table_of_cells,
)
from qantar.validation.rules.observation import fault_by
from qantar.validation.rules.past_columns import past_hint


@dataclass
class SourceCheck:
    """One run over files. asked: of all of them. gathered: what they leave for later rules."""

    asked: AskedFiles = field(default_factory=AskedFiles)
    gathered: Gathered = field(default_factory=Gathered)

    def check(self, source: FileSource) -> Iterator[Report]:
        """A report for the file, or one for each sheet of a workbook."""
        try:
            with ExitStack() as opened:
                plain = opened.enter_context(laid_out(source))
                if plain.path is None:
                    yield Report(plain.faults, (Reading(source.name, source.kind, judged=False),))
                    return
                held = plain.path
                if self.asked.form.encoding and source.kind in TEXT_KINDS:
                    decoded = opened.enter_context(temporary_folder()) / "decoded"
                    told = decode(source, plain.path, self.asked.form.encoding, decoded)
                    if told is not None:
                        yield unjudged(source.name, source.kind, "file-encoding", told)
                        return
                    held = decoded
                for report in self._check_content(source, held):
                    yield report.damaged(plain.faults) if plain.faults else report
                if self.gathered.is_read_again(source.name):
                    self.gathered.opened.push(opened.pop_all())
        except OSError as error:
            yield unjudged(
                source.name, source.kind, "file-unreadable", reason_of(source.name, error)
            )

    def _check_content(self, source: FileSource, path: Path) -> Iterator[Report]:
        """A report on a file as its kind is read, or on what it holds instead."""
        with path.open("rb") as handle:
            told = foreign_content(handle.read(BYTES_OF_START), source.kind)
        if told:
            message = f"{source.name} {told}"
            yield unjudged(source.name, source.kind, "file-unreadable", message)
            return
        for report in self._check_plain(source, path):
            if self.asked.form.encoding:
                spelled = (as_of(fault, self.asked.form.encoding) for fault in report.faults)
                report = replace(report, faults=gather_faults(spelled))
            yield report

    def _check_plain(self, source: FileSource, path: Path) -> Iterator[Report]:
        past = past_version_of_file(path) if source.kind in RECORD_KINDS else None
        if past and path.stat().st_size > LARGEST_PAST:
            told = too_large(past, path.stat().st_size, source.name)
            yield Report((told,), (Reading(source.name, source.kind, judged=False),))
            return
        foreign = self._foreign(source, path) if source.kind in RECORD_KINDS else None
        large = None if past or foreign is not None else self._check_large(source, path)
        if foreign is not None:
            yield foreign
        elif large is not None:
            yield large
        elif source.kind in RECORD_KINDS:
            yield JsonSource(source, path, self.asked, self.gathered).check()
        elif source.kind == "xlsx":
            yield from self._check_workbook(source, path)
        else:
            read = self._read(source, path)
            is_unknown = isinstance(read, Unjudged) and any(
                fault.rule == "table-unknown" for fault in read.faults
            )
            foreign = self._foreign(source, path) if is_unknown else None
            yield self._judge(source, read, path=path) if foreign is None else foreign

    def _foreign(self, source: FileSource, path: Path) -> Report | None:
        """What is told of a file of another system, in place of what is wrong with its rows."""
        if self.asked.table is not None or source.kind not in TEXT_KINDS:
            return None
        told = foreign_table(path, source.name, is_json=source.kind in RECORD_KINDS)
        reading = Reading(source.name, source.kind, judged=False)
        return None if told is None else Report((told,), (reading,))

    def _read(self, source: FileSource, path: Path) -> CellTable | Unjudged:
        return read_table(
            path,
            source.kind,
            file=source.name,
            table=self.asked.table,
            first=self.asked.first,
            beside=partitions_of(source.name),
            form=self.asked.form,
        )

    def _check_large(self, source: FileSource, path: Path) -> Report | None:
        """A report where nothing but the file's own rows is asked, and it is large."""
        if self.asked.first is not None or self.asked.keeps:
            return None
        report = check_large(
            path,
            source.kind,
            file=source.name,
            table=self.asked.table,
            profile=self.asked.profile,
            tell=self.asked.tell,
            fails_fast=self.asked.fails_fast,
            form=self.asked.form,
            among=Among(
                partial(self.gathered.relate, source),
                self.gathered.held_tables(),
                partial(self.gathered.gather, source),
            ),
            beside=Beside(
                partitions_of(source.name),
                lambda table, held: partitions(source, table, held, self.gathered.noted),
            ),
        )
        if report is not None:
            self.gathered.take_note(report.faults)
        return report

    def _check_workbook(self, source: FileSource, path: Path) -> Iterator[Report]:
        try:
            sheets = [*read_sheets(path, first=self.asked.first)]
        except SheetError as error:
            yield unjudged(source.name, source.kind, error.rule, error.message)
            return
        tables = [sheet for sheet in sheets if is_table(sheet, sheets, self.asked.table)]
        for sheet in tables:
            name = source.name if len(tables) == 1 else f"{source.name}[{sheet.name}]"
            read = table_of_cells(sheet.cells, file=name, table=self.asked.table)
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
        values, noted = partitions(source, read.table, {*read.frame.columns}, self.gathered.noted)
        self.gathered.take_note(noted)
        read = _with_values(read, values)
        judged = judge_table(read, self.asked.profile)
        if read.table and self.asked.first is None:
            again = partial(self._read_again, source, path, values) if path else None
            self.gathered.relate(source, judged, sheet, again)
        if self.asked.keeps and read.table:
            self.gathered.kept.append(self.gathered.part(source, judged, sheet))
        reading = Reading(
            source.name,
            source.kind,
            read.table,
            read.frame.height,
            judged.profile,
            judged=all(fault.rule != "file-unreadable" for fault in read.faults),
            whole=self.asked.first is None or read.frame.height < self.asked.first,
        )
        hint = past_hint(read.table, read.frame.columns, source.name)
        hints = [] if hint is None else [hint]
        return Report(join_faults(hints, noted, judged.told_once()), (reading,))

    def _read_again(self, source: FileSource, path: Path, values: dict[str, Any]) -> CellTable:
        read = self._read(source, path)
        if isinstance(read, Unjudged):
            raise OSError(f"{source.name} is not what it was when it was read first")
        return _with_values(read, values)


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


def decode(source: FileSource, path: Path, encoding: str, target: Path) -> str | None:
    """Write a file of text as UTF-8; why it cannot be that encoding, where it cannot."""
    if is_utf8_already(path, encoding):
        told = f"{source.name} is UTF-8 and not {encoding}, which would spoil its letters."
        return f"{told} Leave --encoding out for it."
    try:
        transcode(path, encoding, target)
    except UnicodeError as error:
        told = f"{source.name} is not {encoding}: {error}."
        return f"{told} Say another --encoding, or none where the file is UTF-8."
    return None
