"""A table in a file of any size, judged block by block in bounded memory."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
import polars as pl

from qantar.schema import Profile
from qantar.schema.rule import ForeignKey, Sequence, Severity, Unique
from qantar.schema.rules import rules_of
from qantar.schema.shape import Row
from qantar.schema.table import Table
from qantar.validation.blocks.block import Block, Foreign, Mixed, Rows
from qantar.validation.blocks.block_column import (
    ABSENT,
    FAULTY,
    UNREAD,
    BlockColumn,
    ColumnJudge,
    hashes_of_key,
)
from qantar.validation.blocks.block_rule import RuleJudge, marked_row
from qantar.validation.blocks.circle_keys import pointer_keys
from qantar.validation.blocks.foreign_judge import ForeignJudge, inner_keys
from qantar.validation.blocks.key_hash import KeyHashes
from qantar.validation.blocks.sequence_hash import SequenceHashes
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.row_rules import row_rules_for
from qantar.validation.rules.table_kind import faults_of_columns
from qantar.validation.rules.table_rules import faults_of_table_rule
from qantar.validation.rules.value_rule import is_required, missing
from qantar.validation.tables.cause import Held, told_once
from qantar.validation.tables.cell_table import type_fault
from qantar.validation.tables.spelling import Words, note_of_spelling


class Blocks(Protocol):
    """A file in blocks: all of them in order, then some rows (from 0) once more."""

    header: tuple[str, ...]

    def __iter__(self) -> Iterator[Block]: ...

    def again(self, rows: Rows, names: tuple[str, ...]) -> Iterator[tuple[Rows, Block]]: ...

    def narrowed(self, names: tuple[str, ...]) -> Iterator[Block]: ...


@dataclass
class BatchCheck:
    """One run over one file; `rows` counts what was read.

    foreign: keys that lead to other tables; what is wrong with them stays with them, since
    it is not known before all files are read whether those tables are whole. fails_fast:
    whether to stop after the block with the first error; is_whole: whether all was read.
    tells_header: whether to tell of columns that are missing or unknown.
    """

    blocks: Blocks
    table: Table
    profile: Profile
    foreign: tuple[ForeignJudge, ...] = ()
    fails_fast: bool = False
    is_whole: bool = True
    tells_header: bool = True
    rows: int = 0
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.names = [name for name in self.table.by_name if name in self.blocks.header]
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
            self.faults.extend(faults_of_columns(self.table, self.blocks.header, self.profile))
        for block, early in self._ahead():
            self._take(block, early)
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

    def _judged(self, block: Block, names: Iterable[str]) -> dict[str, BlockColumn]:
        return {
            name: self.judges[name].judge(block.columns[name], is_printable=block.is_printable)
            for name in names
        }

    def _ahead(self) -> Iterator[tuple[Block, dict[str, BlockColumn]]]:
        """The blocks, each with the columns of which the values do not come back, judged.

        These cost the most and need nothing of other blocks, so a thread reads and judges them
        while the block before is gone through.
        """
        blocks = iter(self.blocks)
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(self._begun, blocks)
            while begun := waiting.result():
                waiting = pool.submit(self._begun, blocks)
                yield begun

    def _begun(self, blocks: Iterator[Block]) -> tuple[Block, dict[str, BlockColumn]] | None:
        block = next(blocks, None)
        if block is None:
            return None
        stored = {name: block.columns[name] for name in self.names}
        early = {
            name: self.judges[name].judge_apart(series, is_printable=block.is_printable)
            for name, series in stored.items()
            if isinstance(series, pl.Series | Mixed | Foreign)
        }
        for name in early.keys() & self.hashed:
            early[name].hashes()
        return block, early

    def _take(self, block: Block, early: Mapping[str, BlockColumn]) -> None:
        columns = {
            name: early[name] if name in early else judge.judge(block.columns[name])
            for name, judge in self.judges.items()
        }
        if block.unread:
            columns |= _with_unread(block, columns)
        for name, held in columns.items():
            self.judges[name].count(held)
        self._tell_foreign()
        self.faults.extend(_placed(fault, block, self.rows, None) for fault in block.faults)
        for index, fault in self.faults_of_block(block, columns):
            self.faults.append(_placed(fault, block, self.rows, index))
        for judge in self.foreign:
            for index in judge.suspects(columns[judge.column]).tolist():
                row = marked_row(columns, judge.rule.columns, index)
                for _, fault in faults_of_table_rule(judge.rule, [row], (), self.profile):
                    judge.faults.append(_placed(fault, block, self.rows, index))
        for inner in self.inner:
            inner.take(hashes_of_key(columns, inner.rule.columns, block.height), self.rows)
        for pointers in self.pointers:
            pointers.take(block, columns)
        for rule, hashes in self.keys:
            keys = rule.columns if isinstance(rule, Unique) else rule.within
            key = hashes_of_key(columns, keys, block.height)
            if isinstance(hashes, KeyHashes):
                hashes.add(key)
            elif isinstance(rule, Sequence):
                hashes.add(key, columns[rule.column])
        self.rows += block.height

    def _tell_foreign(self) -> None:
        """Tell once of each column of which no value can be one of the column's kind."""
        for name, judge in self.judges.items():
            if judge.foreign is not None and name not in self.told:
                self.told.add(name)
                self.faults.append(judge.foreign)

    def faults_of_block(
        self, block: Block, columns: dict[str, BlockColumn]
    ) -> Iterator[tuple[int, Fault]]:
        """(index of the row in the block, fault) of each row alone, a column after the other."""
        places = {name: place for place, name in enumerate(columns)}
        of_cells = [*unread_faults(columns), *self._faults_of_cells(block, columns)]
        yield from sorted(of_cells, key=lambda told: places[told[1].column or ""])
        yield from self._faults_of_rows(block, columns)

    def _faults_of_cells(
        self, block: Block, columns: dict[str, BlockColumn]
    ) -> Iterator[tuple[int, Fault]]:
        for name, held in columns.items():
            suspects = held.states == FAULTY
            if is_required(held.column, self.profile):
                suspects |= held.states == ABSENT
            for index in np.flatnonzero(suspects).tolist():
                if (index, name) in block.unread:
                    continue
                fault = missing(held.column) if held.states[index] == ABSENT else held.fault(index)
                if fault:
                    yield index, fault

    def _faults_of_rows(
        self, block: Block, columns: dict[str, BlockColumn]
    ) -> Iterator[tuple[int, Fault]]:
        for judge in self.rules:
            for index, fault in judge.faults(columns):
                if not _is_hidden(block, columns, index, fault.column):
                    yield index, fault

    def faults_between(
        self, rule: Unique | Sequence | ForeignKey, suspects: Rows
    ) -> Iterator[Fault]:
        """A second look at the rows whose hashes say that they may break a rule."""
        rows: list[Row] = []
        lines: list[int | None] = []
        hidden: set[int] = set()
        for asked, block in self.blocks.again(suspects, rule.on) if len(suspects) else ():
            judged = self._judged(block, rule.on)
            for index in range(len(asked)):
                if _is_hidden(block, judged, index, rule.on[0]):
                    hidden.add(len(rows))
                rows.append(marked_row(judged, rule.on, index))
                lines.append(None if block.lines is None else int(block.lines[index]))
        for position, fault in faults_of_table_rule(rule, rows, (), self.profile):
            if position not in hidden:
                row = int(suspects[position])
                yield fault.at(row=row + 1, line=lines[position])


def _with_unread(block: Block, columns: Mapping[str, BlockColumn]) -> dict[str, BlockColumn]:
    """The columns of which cells could not be told apart, these counting as faulty."""
    found: dict[str, list[int]] = defaultdict(list)
    for index, name in block.unread:
        if name in columns:
            found[name].append(index)
    changed: dict[str, BlockColumn] = {}
    for name, rows in found.items():
        states = np.array(columns[name].states, np.uint8)
        states[rows] = np.where(states[rows] == ABSENT, FAULTY, states[rows])
        # Such a cell has no value of its own by which it could be known again.
        changed[name] = replace(columns[name], states=states, is_kept=False)
    return changed


def unread_faults(columns: dict[str, BlockColumn]) -> Iterator[tuple[int, Fault]]:
    """(index of the row in the block, fault) of each cell that is no value of its column."""
    for held in (held for held in columns.values() if not held.is_foreign):
        for index in np.flatnonzero(held.states == UNREAD).tolist():
            yield index, type_fault(index, held.column, held.stored(index))


def _is_hidden(block: Block, columns: dict[str, BlockColumn], index: int, name: str | None) -> bool:
    """Whether a fault at a cell only follows from that it could not be read."""
    if name is None or name not in columns:
        return False
    return (index, name) in block.unread or columns[name].states[index] == UNREAD


def _placed(fault: Fault, block: Block, before: int, index: int | None) -> Fault:
    """The fault with its row and line in the file; index: of its row in the block."""
    row = fault.row if index is None else index + 1
    if row is None:
        return fault
    line = fault.line
    if line is None and block.lines is not None:
        line = int(block.lines[row - 1])
    return fault.at(row=before + row, line=line)
