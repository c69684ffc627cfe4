"""A table in a file of any size, judged chunk by chunk in bounded memory."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import polars as pl

from qantar.schema import Profile
from qantar.schema.rule import ForeignKey, Sequence, Severity, Unique
from qantar.schema.rules import rules_of
from qantar.schema.shape import Row
from qantar.schema.table import Table
from qantar.validation.engine.column_judge import ColumnJudge
from qantar.validation.engine.links.foreign_judge import ForeignJudge, inner_keys
from qantar.validation.engine.links.pointer_keys import pointer_keys
from qantar.validation.engine.links.sequence_hash import SequenceHashes
from qantar.validation.engine.row_rule import RuleJudge, marked_row
from qantar.validation.faults.fault import Fault
from qantar.validation.readers.cause import Held, told_once
from qantar.validation.readers.cell_table import type_fault
from qantar.validation.readers.spelling import Words, note_of_spelling
from qantar.validation.rules.row_rules import row_rules_for
from qantar.validation.rules.table_kind import faults_of_columns
from qantar.validation.rules.table_rules import faults_of_table_rule
from qantar.validation.rules.value_rule import is_required, missing
from qantar.validation.tables.cells import ABSENT, FAULTY, UNREAD, Cells, hashes_of_key
from qantar.validation.tables.chunk import Chunk, Foreign, Mixed, Rows
from qantar.validation.tables.chunked_table import ChunkedTable
from qantar.validation.tables.key_hash import KeyHashes


@dataclass
class TableRun:
    """One run over one file; `rows` counts what was read.

    foreign: keys that lead to other tables; what is wrong with them stays with them, since
    it is not known before all files are read whether those tables are whole. fails_fast:
    whether to stop after the chunk with the first error; is_whole: whether all was read.
    tells_header: whether to tell of columns that are missing or unknown.
    """

    chunks: ChunkedTable
    table: Table
    profile: Profile
    foreign: tuple[ForeignJudge, ...] = ()
    fails_fast: bool = False
    is_whole: bool = True
    tells_header: bool = True
    rows: int = 0
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.names = [name for name in self.table.by_name if name in self.chunks.header]
        self.judges = {
            name: ColumnJudge(self.table.by_name[name], self.profile) for name in self.names
        }
        self.rules = [
            RuleJudge(rule) for rule in row_rules_for(self.table.name, self.profile, self.names)
        ]
        self.keys: list[tuple[Unique | Sequence, KeyHashes | SequenceHashes]] = [
            (rule, KeyHashes() if isinstance(rule, Unique) else SequenceHashes())
            for rule in rules_of(self.table.name, self.profile)
            if isinstance(rule, Unique | Sequence) and set(rule.on) <= {*self.names}
        ]
        self.inner = [*inner_keys(self.table.name, self.profile, self.names)]
        self.pointers = pointer_keys(self.table.name, self.profile, self.names)
        self.hashed = {name for rule, _ in self.keys for name in rule.on}
        self.told: set[str] = set()

    def run(self) -> list[Fault]:
        """Every fault of the file, in the order of its rows."""
        if self.tells_header:
            self.faults.extend(faults_of_columns(self.table, self.chunks.header, self.profile))
        for chunk, early in self._ahead():
            self._take(chunk, early)
            if self.fails_fast and any(f.severity is Severity.error for f in self.faults):
                self.is_whole = False
                break
        if self.is_whole:
            self._judge_all_rows()
        found = (*self.faults, *self.notes())
        return sorted(found, key=lambda fault: (fault.row or 0, fault.line or 0))

    def notes(self) -> Iterator[Fault]:
        """A note on values that are spelled as other programs do."""
        yield from note_of_spelling({name: judge.spellings for name, judge in self.judges.items()})

    def told_once(self, faults: list[Fault]) -> list[Fault]:
        """The faults of a run, each cause of many told once."""
        held = Held(self.table, self.rows, lambda name: self.judges[name].present, self._words())
        return told_once(faults, held)

    def _words(self) -> Words:
        held = [judge.words for judge in self.judges.values()]
        taken = {name: count for words in held for name, count in words.taken.items()}
        return Words(taken, {word for words in held for word in words.spellings})

    def _judge_all_rows(self) -> None:
        """What only all rows together tell."""
        self._judge_inner_keys()
        for rule, hashes in self.keys:
            self.faults.extend(self.faults_between(rule, hashes.repeated()))

    def _judge_inner_keys(self) -> None:
        unique = (
            hashes
            for rule, hashes in self.keys
            if isinstance(hashes, KeyHashes) and rule.on == self.table.primary_key
        )
        keys = next(unique, KeyHashes())
        for inner in self.inner:
            lost = inner.lost(keys)
            if lost is not None:
                found = [*self.faults_between(inner.rule, lost)]
                self.foreign = (*self.foreign, ForeignJudge(inner.rule, frozenset(), found))

    def _judged(self, chunk: Chunk, names: Iterable[str]) -> dict[str, Cells]:
        return {
            name: self.judges[name].judge(chunk.columns[name], is_printable=chunk.is_printable)
            for name in names
        }

    def _ahead(self) -> Iterator[tuple[Chunk, dict[str, Cells]]]:
        """The chunks, each with the columns of which the values do not come back, judged.

        These cost the most and need nothing of other chunks, so a thread reads and judges them
        while the chunk before is gone through.
        """
        chunks = iter(self.chunks)
        # What limits are raised to is known in this thread alone.
        begin = partial(copy_context().run, self._begun, chunks)
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(begin)
            while begun := waiting.result():
                waiting = pool.submit(begin)
                yield begun

    def _begun(self, chunks: Iterator[Chunk]) -> tuple[Chunk, dict[str, Cells]] | None:
        chunk = next(chunks, None)
        if chunk is None:
            return None
        stored = {name: chunk.columns[name] for name in self.names}
        early = {
            name: self.judges[name].judge_apart(series, is_printable=chunk.is_printable)
            for name, series in stored.items()
            if isinstance(series, pl.Series | Mixed | Foreign)
        }
        for name in early.keys() & self.hashed:
            early[name].hashes()
        return chunk, early

    def _take(self, chunk: Chunk, early: Mapping[str, Cells]) -> None:
        columns = {
            name: early[name] if name in early else judge.judge(chunk.columns[name])
            for name, judge in self.judges.items()
        }
        if chunk.unread:
            columns |= _with_unread(chunk, columns)
        for name, held in columns.items():
            self.judges[name].count(held)
        self._tell_foreign()
        self.faults.extend(_placed(fault, chunk, self.rows, None) for fault in chunk.faults)
        for index, fault in self.faults_of_chunk(chunk, columns):
            self.faults.append(_placed(fault, chunk, self.rows, index))
        for judge in self.foreign:
            for index in judge.suspects(columns[judge.column]).tolist():
                row = marked_row(columns, judge.rule.columns, index)
                for _, fault in faults_of_table_rule(judge.rule, [row], (), self.profile):
                    judge.faults.append(_placed(fault, chunk, self.rows, index))
        for inner in self.inner:
            inner.take(hashes_of_key(columns, inner.rule.columns, chunk.height), self.rows)
        for pointers in self.pointers:
            pointers.take(chunk, columns)
        for rule, hashes in self.keys:
            keys = rule.columns if isinstance(rule, Unique) else rule.within
            key = hashes_of_key(columns, keys, chunk.height)
            if isinstance(hashes, KeyHashes):
                hashes.add(key)
            elif isinstance(rule, Sequence):
                hashes.add(key, columns[rule.column])
        self.rows += chunk.height

    def _tell_foreign(self) -> None:
        """Tell once of each column of which no value can be one of the column's kind."""
        for name, judge in self.judges.items():
            if judge.foreign is not None and name not in self.told:
                self.told.add(name)
                self.faults.append(judge.foreign)

    def faults_of_chunk(
        self, chunk: Chunk, columns: dict[str, Cells]
    ) -> Iterator[tuple[int, Fault]]:
        """(index of the row in the chunk, fault) of each row alone, a column after the other."""
        places = {name: place for place, name in enumerate(columns)}
        of_cells = [*unread_faults(columns), *self._faults_of_cells(chunk, columns)]
        yield from sorted(of_cells, key=lambda told: places[told[1].column or ""])
        yield from self._faults_of_rows(chunk, columns)

    def _faults_of_cells(
        self, chunk: Chunk, columns: dict[str, Cells]
    ) -> Iterator[tuple[int, Fault]]:
        for name, held in columns.items():
            suspects = held.states == FAULTY
            if is_required(held.column, self.profile):
                suspects |= held.states == ABSENT
            for index in np.flatnonzero(suspects).tolist():
                if (index, name) in chunk.unread:
                    continue
                fault = missing(held.column) if held.states[index] == ABSENT else held.fault(index)
                if fault:
                    yield index, fault

    def _faults_of_rows(
        self, chunk: Chunk, columns: dict[str, Cells]
    ) -> Iterator[tuple[int, Fault]]:
        for judge in self.rules:
            for index, fault in judge.faults(columns):
                if not _is_hidden(chunk, columns, index, fault.column):
                    yield index, fault

    def faults_between(
        self, rule: Unique | Sequence | ForeignKey, suspects: Rows
    ) -> Iterator[Fault]:
        """A second look at the rows whose hashes say that they may break a rule."""
        rows: list[Row] = []
        lines: list[int | None] = []
        hidden: set[int] = set()
        for asked, chunk in self.chunks.again(suspects, rule.on) if len(suspects) else ():
            judged = self._judged(chunk, rule.on)
            for index in range(len(asked)):
                if _is_hidden(chunk, judged, index, rule.on[0]):
                    hidden.add(len(rows))
                rows.append(marked_row(judged, rule.on, index))
                lines.append(None if chunk.lines is None else int(chunk.lines[index]))
        for position, fault in faults_of_table_rule(rule, rows, (), self.profile):
            if position not in hidden:
                row = int(suspects[position])
                yield fault.at(row=row + 1, line=lines[position])


def _with_unread(chunk: Chunk, columns: Mapping[str, Cells]) -> dict[str, Cells]:
    """The columns of which cells could not be told apart, these counting as faulty."""
    found: dict[str, list[int]] = defaultdict(list)
    for index, name in chunk.unread:
        if name in columns:
            found[name].append(index)
    changed: dict[str, Cells] = {}
    for name, rows in found.items():
        states = np.array(columns[name].states, np.uint8)
        states[rows] = np.where(states[rows] == ABSENT, FAULTY, states[rows])
        # Such a cell has no value of its own by which it could be known again.
        changed[name] = replace(columns[name], states=states, is_kept=False)
    return changed


def unread_faults(columns: dict[str, Cells]) -> Iterator[tuple[int, Fault]]:
    """(index of the row in the chunk, fault) of each cell that is no value of its column."""
    for held in (held for held in columns.values() if not held.is_foreign):
        for index in np.flatnonzero(held.states == UNREAD).tolist():
            yield index, type_fault(index, held.column, held.stored(index))


def _is_hidden(chunk: Chunk, columns: dict[str, Cells], index: int, name: str | None) -> bool:
    """Whether a fault at a cell only follows from that it could not be read."""
    if name is None or name not in columns:
        return False
    return (index, name) in chunk.unread or columns[name].states[index] == UNREAD


def _placed(fault: Fault, chunk: Chunk, before: int, index: int | None) -> Fault:
    """The fault with its row and line in the file; index: of its row in the chunk."""
    row = fault.row if index is None else index + 1
    if row is None:
        return fault
    line = fault.line
    if line is None and chunk.lines is not None:
        line = int(chunk.lines[row - 1])
    return fault.at(row=before + row, line=line)
