"""A table in a file of any size, judged chunk by chunk in bounded memory."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import polars as pl

from qantar.schema import Profile
from qantar.schema.shape import Row
from qantar.schema.table import Table
from qantar.validation.engine.column_judge import ColumnJudge
from qantar.validation.engine.links.within_table import open_stores, settled_stores
from qantar.validation.engine.row_rule import RowRuleJudge, marked_row
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import FaultRuns, SeveralFaults
from qantar.validation.readers.cause import Held, told_once
from qantar.validation.readers.cell_table import type_fault
from qantar.validation.readers.spelling import Words, note_of_spelling, taken_for_text
from qantar.validation.rules.fault_order import fault_order
from qantar.validation.rules.link.foreign import KnownKeys, inner_keys
from qantar.validation.rules.link.kind import LinkRule
from qantar.validation.rules.link.registry import faults_of_link_rule, link_kind
from qantar.validation.rules.link.unique import UniqueStore
from qantar.validation.rules.row.registry import row_rules_for
from qantar.validation.rules.table_kind import faults_of_columns
from qantar.validation.rules.value.rule import missing
from qantar.validation.tables.array import RowNumbers
from qantar.validation.tables.cells import ABSENT, FAULTY, UNREAD, Cells, CellsByName, with_unread
from qantar.validation.tables.chunk import Chunk, Foreign, Mixed
from qantar.validation.tables.chunked_table import ChunkedTable
from qantar.validation.tables.key_hash import KeyHashes
from qantar.validation.tables.prose_cells import with_prose


@dataclass
class TableRun:
    """One run over one file; `rows` counts what was read.

    known_keys: those that lead to other tables; what is wrong with them stays with them, since
    it is not known before all files are read whether those tables are whole. fails_fast:
    whether to stop after the chunk with the first error; is_whole: whether all was read.
    tells_header: whether to tell of columns that are missing or unknown.
    """

    chunks: ChunkedTable
    table: Table
    profile: Profile
    known_keys: tuple[KnownKeys, ...] = ()
    fails_fast: bool = False
    is_whole: bool = True
    tells_header: bool = True
    rows: int = 0
    faults: FaultRuns = field(init=False)

    def __post_init__(self) -> None:
        self.table = self.table.of(self.profile).with_names(self.chunks.header)
        self.faults = FaultRuns(fault_order(self.table))
        self.names = [name for name in self.table.by_name if name in self.chunks.header]
        # What rules may ask of: prose by its base name, too.
        known = [*self.names, *self.table.bases_in(self.names)]
        self.judges = {
            name: ColumnJudge(self.table.by_name[name], self.profile) for name in self.names
        }
        self.rules = [
            RowRuleJudge(rule) for rule in row_rules_for(self.table.name, self.profile, known)
        ]
        self.settled = settled_stores(self.table.name, self.profile, self.names)
        self.stores = open_stores(self.table.name, self.profile, self.names)
        self.inner = [*inner_keys(self.table.name, self.profile, self.names)]
        self.hashed = {name for kept in self.settled for name in kept.store.columns}
        self.told: set[str] = set()

    def run(self) -> SeveralFaults:
        """Every fault of the file, in the order of its rows."""
        if self.tells_header:
            self.faults.extend(faults_of_columns(self.table, self.chunks.header, self.profile))
        for chunk, early in self._ahead():
            self._take(chunk, early)
            if self.fails_fast and self.faults.has_error:
                self.is_whole = False
                break
        if self.is_whole:
            self._judge_all_rows()
        self.faults.extend(self.notes())
        return self.faults.merged()

    def notes(self) -> Iterator[Fault]:
        """A note on values that are spelled as other programs do."""
        yield from note_of_spelling({name: judge.spellings for name, judge in self.judges.items()})

    def words_taken(self) -> Iterator[Fault]:
        """A warning of words for an absent value that stand as text."""
        yield from taken_for_text(self._words())

    def told_once(self, faults: SeveralFaults) -> SeveralFaults:
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
        for kept in self.settled:
            self.faults.extend(self.faults_between(kept.rule, kept.store.suspects()))

    def _judge_inner_keys(self) -> None:
        kept = (held.store for held in self.settled if isinstance(held.store, UniqueStore))
        keys = next((one.hashes for one in kept if one.columns == self.table.primary_key), None)
        for inner in self.inner:
            lost = inner.lost(keys or KeyHashes())
            if lost is not None:
                found = [*self.faults_between(inner.rule, lost)]
                self.known_keys = (*self.known_keys, KnownKeys(inner.rule, frozenset(), found))

    def _judged(self, chunk: Chunk, names: Iterable[str]) -> dict[str, Cells]:
        judged = {
            name: self.judges[name].judge(chunk.columns[name], is_printable=chunk.is_printable)
            for name in names
        }
        return with_prose(judged, self.table, self.profile)

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

    def _take(self, chunk: Chunk, early: CellsByName) -> None:
        columns = {
            name: early[name] if name in early else judge.judge(chunk.columns[name])
            for name, judge in self.judges.items()
        }
        columns = with_unread(chunk.unread, columns)
        for name, held in columns.items():
            self.judges[name].count(held)
        columns = with_prose(columns, self.table, self.profile)
        self._tell_foreign()
        self.faults.extend(_placed(fault, chunk, self.rows, None) for fault in chunk.faults)
        for index, fault in self.faults_of_chunk(chunk, columns):
            self.faults.append(_placed(fault, chunk, self.rows, index))
        for known in self.known_keys:
            for index in known.suspects(columns[known.column]).tolist():
                row = marked_row(columns, known.rule.columns, index)
                for _, fault in faults_of_link_rule(known.rule, [row], [()], self.profile):
                    known.faults.append(_placed(fault, chunk, self.rows, index))
        for inner in self.inner:
            inner.take(columns, chunk.height, self.rows)
        for kept in (*self.settled, *self.stores):
            kept.store.take(columns, chunk.height)
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
            if held.is_required:
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
            for index, fault in judge.faults(columns, chunk.height):
                if not _is_hidden(chunk, columns, index, fault.column):
                    yield index, fault

    def faults_between(self, rule: LinkRule, suspects: RowNumbers) -> Iterator[Fault]:
        """A second look at the rows whose hashes say that they may break a rule."""
        rows: list[Row] = []
        lines: list[int | None] = []
        hidden: set[int] = set()
        columns = link_kind(rule).sides(rule)[0].columns
        for asked, chunk in self.chunks.again(suspects, columns) if len(suspects) else ():
            judged = self._judged(chunk, columns)
            for index in range(len(asked)):
                if _is_hidden(chunk, judged, index, rule.on[0]):
                    hidden.add(len(rows))
                rows.append(marked_row(judged, columns, index))
                lines.append(None if chunk.lines is None else int(chunk.lines[index]))
        for position, fault in faults_of_link_rule(rule, rows, [()], self.profile):
            if position not in hidden:
                row = int(suspects[position])
                yield fault.at(row=row + 1, line=lines[position])


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
