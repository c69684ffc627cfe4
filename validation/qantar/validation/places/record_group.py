"""Nested records of several files, judged as one whole with the registry given beside them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby
from pathlib import PurePath
from typing import TypeAlias

from qantar.schema.rule import Profile
from qantar.schema.shape import Rows
from qantar.validation.engine.links.parted_table import joined
from qantar.validation.engine.nested.nested_run import JudgedFile, NestedRun, RecordChunks
from qantar.validation.engine.records.first_holder import FirstHolders
from qantar.validation.engine.records.record_file import place_in_entry
from qantar.validation.engine.records.record_run import RecordRun
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import (
    FaultLog,
    each_once,
    gather_faults,
    join_faults,
    merge_faults,
)
from qantar.validation.faults.report import Report
from qantar.validation.places.encoding import as_of
from qantar.validation.places.table_part import Part, marked_rows, tables_together
from qantar.validation.readers.json.text import Entry
from qantar.validation.readers.nested.chunks import HeldRecords
from qantar.validation.readers.table_file import JudgedTable
from qantar.validation.rules.observation import fault_by
from qantar.validation.rules.value.null import tell_nulls_once

# What the files of records count as beside the tables of the format.
RECORDS = "records"


@dataclass(frozen=True)
class RecordFile:
    """A file of nested records, held or in chunks; number, place, form: as a `Part` has them."""

    file: str
    profile: Profile
    records: Sequence[Entry] | RecordChunks
    number: int
    place: PurePath
    form: str
    sheet: str = ""
    table: str = RECORDS

    @property
    def held(self) -> Sequence[Entry] | None:
        """The records, where they are held."""
        return self.records if isinstance(self.records, Sequence) else None

    def is_in_chunks_of(self, file: str) -> bool:
        """Whether it is read again from a file of this name."""
        return self.held is None and self.file == file

    def chunks(self) -> RecordChunks:
        """The records as columns, chunk by chunk."""
        held = self.records
        if not isinstance(held, Sequence):
            return held
        size = sum(len(entry.text) for entry in held)
        return HeldRecords(lambda: held, size)


Given: TypeAlias = Part | RecordFile
Found: TypeAlias = Mapping[str, JudgedFile]


@dataclass
class RecordGroups:
    """The files of records of a run, judged once all were read.

    tell: told the pace. encoding: in which the files are said to be.
    """

    tell: Callable[[str], None] | None = None
    encoding: str | None = None
    judged: dict[tuple[int, ...], list[JudgedFile]] = field(default_factory=dict)

    def found(self, files: Iterable[RecordFile], parts: Iterable[Part]) -> Found:
        """By file, what is wrong with its records among those of all other files.

        parts: the tables that were given too; what is in their registry of actors is known.
        """
        found: dict[str, JudgedFile] = {}
        held = [*files]
        given: list[Given] = [*parts, *held] if held else []
        for together in tables_together(given):
            own = [file for file in together.get(RECORDS, ()) if isinstance(file, RecordFile)]
            actors = [part for part in together.get("actors", ()) if isinstance(part, Part)]
            for judged in self._judged(own, actors):
                before = found.get(judged.file)
                told = judged.faults
                if self.encoding:
                    told = gather_faults(as_of(fault, self.encoding) for fault in told)
                # Beside tables in several forms the records are judged more than once.
                once = each_once(chain(before.faults, told)) if before else told
                found[judged.file] = replace(judged, faults=tell_nulls_once(once))
        return found

    def _judged(self, files: list[RecordFile], actors: list[Part]) -> list[JudgedFile]:
        """What is wrong with records that belong together; worked out once."""
        key = tuple(id(one) for one in (*files, *actors))
        if key not in self.judged:
            self.judged[key] = [*_judge(files, actors, self.tell)] if files else []
        return self.judged[key]


def with_found(report: Report, found: Found) -> Report:
    """The report on a file with what is wrong with its records."""
    more: list[Sequence[Fault]] = []
    read = [*report.read]
    for place, reading in enumerate(report.read):
        judged = found.get(reading.file)
        if judged is None:
            continue
        more.append(judged.faults)
        is_judged = bool(judged.records) or not (judged.malformed or len(report))
        is_judged = reading.judged and is_judged and judged.is_read
        # Records of earlier schemas are counted, and were judged apart.
        rows = max(reading.rows, judged.records)
        read[place] = replace(reading, rows=rows, judged=is_judged)
    faults = report.faults
    if any(map(len, more)):
        faults = merge_faults(faults, *more) if len(faults) else join_faults(*more)
    return replace(report, faults=faults, read=(*read,))


def _judge(
    files: Sequence[RecordFile], actors: Sequence[Part], tell: Callable[[str], None] | None
) -> Iterator[JudgedFile]:
    """What is wrong with records that belong together."""
    is_held = all(file.held is not None for file in files)
    if is_held and all(isinstance(part.held, JudgedTable) for part in actors):
        yield from _judge_held(files, {"actors": marked_rows(actors)} if actors else {})
        return
    known = {"actors": joined([part.linked() for part in actors])} if actors else {}
    chunks = {file.file: file.chunks() for file in files}
    try:
        judged = NestedRun(chunks, files[0].profile, known, tell).run()
    except OSError as error:
        told = f"The records cannot be read again: {error.strerror or error}."
        for name in chunks:
            fault = fault_by("file-unreadable", told, file=name)
            yield JudgedFile(name, faults=[fault], is_read=False)
        return
    for one in judged:
        placed = gather_faults(fault.at(file=one.file) for fault in one.faults)
        yield replace(one, faults=placed)


def _judge_held(files: Sequence[RecordFile], known: Rows) -> Iterator[JudgedFile]:
    pairs = [(file, entry) for file in files for entry in file.held or ()]
    run = RecordRun(files[0].profile, known).run(entry.record for _, entry in pairs)
    holders = FirstHolders(files[0].profile)
    for file, entry in pairs if len(files) > 1 else ():
        holders.add(entry, file.file)
    found = {file.file: FaultLog() for file in files}
    for number, faults in groupby(run, lambda fault: (fault.row or 1) - 1):
        file, entry = pairs[number]
        found[file.file].extend(
            holders.naming(fault, file.file).at(file=file.file)
            for fault in place_in_entry(entry, [*faults])
        )
    for file in files:
        faults_of_file = gather_faults(found[file.file])
        yield JudgedFile(file.file, len(file.held or ()), faults=faults_of_file)
