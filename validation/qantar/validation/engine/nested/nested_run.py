"""Files of nested records of any size, in bounded memory, told as if they were read whole."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from typing import Protocol

import numpy as np

from qantar.schema import TABLES, Profile
from qantar.schema.language import languages_in
from qantar.schema.shape import Row, Rows, shred
from qantar.validation.engine.links.linked_table import Linked
from qantar.validation.engine.nested.known_table import KnownTables, cells_of_rows
from qantar.validation.engine.nested.nested_key import NestedKeys
from qantar.validation.engine.nested.nested_link import (
    IDENTIFIED,
    ColumnNames,
    JudgedChunk,
    key_of,
    links_of,
)
from qantar.validation.engine.nested.record_judge import RecordJudge
from qantar.validation.engine.records.first_holder import FirstHolders
from qantar.validation.engine.records.record import RecordCheck, noted_once
from qantar.validation.engine.records.record_file import place_in_entry
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import FaultLog, FaultRuns, sort_faults
from qantar.validation.readers.json.text import Entry, read_line
from qantar.validation.readers.nested.chunks import NestedChunk
from qantar.validation.readers.pace import Pace
from qantar.validation.rules.link.registry import link_kind
from qantar.validation.rules.value.null import tell_nulls_once
from qantar.validation.tables.array import Mask, RowNumbers

# By so many records of each file its languages are told; others cost time, and no verdict.
RECORDS_OF_SAMPLE = 100


class RecordChunks(Protocol):
    """The records of a file, chunk by chunk, as often as they are asked for."""

    @property
    def size(self) -> int:
        """How much there is to read, and `done`: how much was read."""
        ...

    @property
    def done(self) -> int: ...

    def __iter__(self) -> Iterator[NestedChunk]: ...

    def again(self, records: RowNumbers) -> Iterator[Entry | Fault]:
        """Some records (from 0, in order), or what is wrong with their lines."""
        ...


class ChunkTaker(Protocol):
    """What keeps something of every chunk; languages: in which it asks for prose."""

    @property
    def languages(self) -> tuple[str, ...]: ...

    def columns_in(self, languages: Sequence[str]) -> ColumnNames:
        """What it asks for, by table; languages: of the prose that records are read with."""
        ...

    def add(self, chunk: JudgedChunk, sure: Mask, first: int) -> None:
        """The next chunk, and which of its records are sound in themselves.

        first: how many records were before it.
        """
        ...


@dataclass
class JudgedFile:
    """What was found in a file. rows: how many of its lines are not blank.

    malformed: how many of them hold no JSON. suspects: how many were read again for themselves.
    is_read: whether it could be read to its end.
    """

    file: str
    rows: int = 0
    malformed: int = 0
    suspects: int = 0
    faults: Sequence[Fault] = ()
    is_read: bool = True

    @property
    def records(self) -> int:
        return self.rows - self.malformed


@dataclass
class NestedRun:
    """One run over files whose records belong together.

    files: by name. known: tables to which ids lead. tell: told the pace. also: what else is
    shown every chunk.
    """

    files: Mapping[str, RecordChunks]
    profile: Profile
    known: Mapping[str, Linked] = field(default_factory=dict)
    tell: Callable[[str], None] | None = None
    also: Sequence[ChunkTaker] = ()

    def __post_init__(self) -> None:
        links = links_of(self.profile, frozenset(self.known))
        self.keys = NestedKeys(links)
        self.tables = KnownTables(self.known, links.outward, self.profile)
        found = [_languages(self.files.values()), *(taker.languages for taker in self.also)]
        languages = tuple(dict.fromkeys(language for some in found for language in some))
        wanted = [taker.columns_in(languages) for taker in self.also]
        self.judge = RecordJudge(self.profile, links, self.tables, wanted, languages)
        # How many records there are before each file and, last, in all.
        self.starts = [0]

    def run(self) -> list[JudgedFile]:
        """What is wrong with every file, in the order of its rows; raises OSError."""
        found = [JudgedFile(name) for name in self.files]
        suspects = [np.zeros(0, np.int64)]
        for judged, chunks in zip(found, self.files.values(), strict=True):
            suspects.extend(self._take(judged, chunks))
        alone = np.concatenate(suspects)
        self.keys.add_loose(self._read_again(alone))
        among = [*self.keys.suspects()]
        records = np.unique(np.concatenate([alone, *among]))
        self._tell(records, ~np.isin(records, alone), found)
        return found

    def _take(self, judged: JudgedFile, chunks: RecordChunks) -> Iterator[RowNumbers]:
        """Judge all chunks of a file; the records that may have a fault by themselves."""
        pace = Pace(judged.file, chunks.size, self.tell) if self.tell else None
        for taken in chunks:
            before = self.starts[-1] + judged.rows
            columns, suspects = self.judge.judge(taken)
            self.keys.add(columns, ~suspects, before)
            for taker in self.also:
                taker.add(columns, ~suspects, before)
            judged.suspects += int(suspects.sum())
            judged.rows += taken.height
            if pace:
                pace.note(chunks.done, judged.rows)
            yield np.flatnonzero(suspects) + before
        self.starts.append(self.starts[-1] + judged.rows)

    def _read_again(self, records: RowNumbers) -> JudgedChunk:
        """What some records have that may concern others, as far as it is sound."""
        names = {table: {key_of(table)} for table in IDENTIFIED}
        for rule in self.keys.links.circles:
            (side,) = link_kind(rule).sides(rule)
            names[rule.table] = names.get(rule.table, set()) | {*side.columns}
        rows: Rows = {table: [] for table in names}
        for _, _, item in self._read(records):
            if isinstance(item, Entry) and isinstance(item.record, dict):
                for table, _, row in shred(item.record):
                    if table in names:
                        rows[table].append({name: row.get(name) for name in names[table]})
        columns = {t: cells_of_rows(rows[t], names[t], t, self.profile) for t in rows}
        places = {table: np.zeros(len(held), np.int64) for table, held in rows.items()}
        return JudgedChunk(places, columns, self.profile)

    def _tell(self, records: RowNumbers, sound: Mask, files: Sequence[JudgedFile]) -> None:
        """Tell the faults of some records, judged together among all others.

        sound: those that have none on their own.
        """
        check = RecordCheck(self.profile, {})
        found = FaultLog()
        kept = [FaultRuns() for _ in files]
        places: dict[int, tuple[int, Entry]] = {}
        holders = FirstHolders(self.profile)
        read = zip(self._read(records), sound.tolist(), strict=True)
        for (number, position, item), is_sound in read:
            if isinstance(item, Fault):
                files[position].malformed += 1
                kept[position].append(item)
                continue
            if len(files) > 1:
                holders.add(item, files[position].file)
            places[number] = position, _place_of(item)
            if is_sound:
                check.keep(item.record, number)
            else:
                found.extend(check.judge(item.record, number))
        check.known = self.tables.rows(check.rows)
        check.elsewhere = self._elsewhere(check.rows)
        found.extend(check.finish())
        ordered = noted_once(sort_faults(found, _row_of))
        for number, faults in groupby(ordered, _row_of):
            position, entry = places[number]
            told = place_in_entry(entry, [*faults])
            kept[position].extend(holders.naming(fault, files[position].file) for fault in told)
        for file, runs in zip(files, kept, strict=True):
            file.faults = tell_nulls_once(runs.merged())

    def _elsewhere(self, rows: Rows) -> Rows:
        """What these rows point to in records that are not read again."""
        asked: dict[str, set[str]] = {table: set() for table in IDENTIFIED}
        for rule in self.keys.links.pointers:
            if rule.other_table in asked:
                values = (row.get(rule.columns[0]) for row in rows[rule.table])
                asked[rule.other_table] |= {value for value in values if isinstance(value, str)}
        return {table: self._present(table, values) for table, values in asked.items()}

    def _present(self, table: str, values: set[str]) -> list[Row]:
        return [{key_of(table): value} for value in self.keys.present(table, values)]

    def _read(self, records: RowNumbers) -> Iterator[tuple[int, int, Entry | Fault]]:
        """(number from 1, position of the file, record) of some records (from 0, in order)."""
        edges = np.searchsorted(records, self.starts).tolist()
        for position, chunks in enumerate(self.files.values()):
            own = records[edges[position] : edges[position + 1]]
            again = chunks.again(own - self.starts[position])
            for number, item in zip(own.tolist(), again, strict=True):
                yield number + 1, position, item


def _languages(files: Iterable[RecordChunks]) -> tuple[str, ...]:
    """The languages of the prose in the first records of each file; raises OSError."""
    table = TABLES["events"]
    names: dict[str, None] = {}
    for chunks in files:
        first = next(iter(chunks), None)
        for line in islice(() if first is None else first.lines(), RECORDS_OF_SAMPLE):
            (item,) = read_line(bytes(line))
            if isinstance(item, Entry) and isinstance(item.record, dict):
                names |= dict.fromkeys(name for name in item.record if isinstance(name, str))
    return languages_in(names, table.prose)


def _row_of(fault: Fault) -> int:
    return fault.row or 0


def _place_of(entry: Entry) -> Entry:
    """Where a record stands, without what it holds if that lies on one line."""
    text = entry.text if "\n" in entry.text else ""
    return replace(entry, record=None, text=text)
