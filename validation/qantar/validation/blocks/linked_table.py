"""A table that rules between tables go from or to, read again for what they need of it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from qantar.schema import TABLES, Profile
from qantar.schema.shape import Row
from qantar.validation.blocks.block import Block, Rows
from qantar.validation.blocks.block_column import FAULTY, SOUND, BlockColumn, ColumnJudge
from qantar.validation.blocks.circle_keys import PointerKeys
from qantar.validation.blocks.foreign_judge import ForeignJudge
from qantar.validation.blocks.link_side import states_of
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.value_rule import BROKEN
from qantar.validation.tables.cell_table import CellTable


class Taker(Protocol):
    """What takes some columns of all rows, block by block."""

    @property
    def columns(self) -> tuple[str, ...]: ...

    def take(self, block: Block, columns: Mapping[str, BlockColumn]) -> None:
        """The rows of the next block; columns: those that the table has."""
        ...


class Linked(Protocol):
    """A table in one file or several, as rules between tables see it."""

    @property
    def file(self) -> str: ...

    @property
    def header(self) -> tuple[str, ...]: ...

    @property
    def foreign(self) -> tuple[ForeignJudge, ...]: ...

    def show(self, takers: Collection[Taker]) -> object: ...

    def rows(self, rows: Rows, names: Collection[str]) -> tuple[list[Row], list[int | None]]: ...

    def place(self, fault: Fault, row: int, line: int | None) -> Fault: ...

    def judged_keys(self) -> Iterator[Fault]: ...


class Rereadable(Protocol):
    """A file in blocks of which every row was read before."""

    header: tuple[str, ...]

    def narrowed(self, names: tuple[str, ...]) -> Iterator[Block]:
        """All blocks once more, with these columns."""
        ...

    def again(self, rows: Rows, names: tuple[str, ...]) -> Iterator[tuple[Rows, Block]]:
        """Some rows (from 0, in order) once more, with these columns at least."""
        ...


@dataclass
class HeldBlocks:
    """A table in memory as a single block."""

    read: CellTable

    def __post_init__(self) -> None:
        self.header: tuple[str, ...] = tuple(self.read.frame.columns)
        columns = {series.name: series for series in self.read.frame.get_columns()}
        self.block = Block(
            self.read.frame.height, {**columns}, self.read.lines, {*self.read.unread}
        )

    def __iter__(self) -> Iterator[Block]:
        yield self.block

    def narrowed(self, names: tuple[str, ...]) -> Iterator[Block]:
        yield self.block

    def again(self, rows: Rows, names: tuple[str, ...]) -> Iterator[tuple[Rows, Block]]:
        yield rows, self.block.only(rows)


@dataclass
class ReadAgain:
    """A small table that is not held, but read once more whenever it is asked for.

    header: its columns. read: gives the table; raises OSError.
    """

    header: tuple[str, ...]
    read: Callable[[], CellTable]

    def narrowed(self, names: tuple[str, ...]) -> Iterator[Block]:
        yield from HeldBlocks(self.read()).narrowed(names)

    def again(self, rows: Rows, names: tuple[str, ...]) -> Iterator[tuple[Rows, Block]]:
        yield from HeldBlocks(self.read()).again(rows, names)


@dataclass(frozen=True)
class LinkedTable:
    """A table in a file, whether it is held or lies in blocks.

    file: as faults tell it. profile: by which its cells are judged. is_json: faults point
    into a row. foreign: keys that were judged already. pointers: those that were taken already.
    """

    table: str
    profile: Profile
    file: str
    blocks: Rereadable
    is_json: bool = False
    foreign: tuple[ForeignJudge, ...] = ()
    pointers: tuple[PointerKeys, ...] = ()

    def judged_keys(self) -> Iterator[Fault]:
        """What is wrong with the keys that were judged already."""
        for fault in (fault for judge in self.foreign for fault in judge.faults):
            yield self._told(fault)

    @property
    def header(self) -> tuple[str, ...]:
        return self.blocks.header

    def show(self, takers: Collection[Taker]) -> int:
        """Let every taker have what it needs of all rows, in one pass over the file.

        The answer is how many rows there are; 0 where nobody asks, since nothing is read.
        """
        asked = {name for taker in takers for name in taker.columns}
        height = 0
        for block, columns in self.judged(asked) if takers else ():
            height += block.height
            for taker in takers:
                taker.take(block, columns)
        return height

    def judged(self, names: Collection[str]) -> Iterator[tuple[Block, dict[str, BlockColumn]]]:
        """All blocks once more, with those of the columns that the table has."""
        # One column at least, to know how many rows there are.
        asked = self.known(names) or self.header[:1]
        yield from self._judged(self.blocks.narrowed(asked), names)

    def known(self, names: Collection[str]) -> tuple[str, ...]:
        """Those of the columns that the file and the format have."""
        declared = TABLES[self.table].by_name
        return tuple(name for name in self.blocks.header if name in names and name in declared)

    def rows(self, rows: Rows, names: Collection[str]) -> tuple[list[Row], list[int | None]]:
        """Some cells of rows (from 0, in order) as `mark` would give them, and their lines."""
        found: list[Row] = []
        lines: list[int | None] = []
        again = (block for _, block in self.blocks.again(rows, self.known(names)))
        for block, columns in self._judged(again, names):
            found.extend(_marked(block, columns, names))
            held = block.lines
            lines.extend([None] * block.height if held is None else [int(line) for line in held])
        return found, lines

    def place(self, fault: Fault, row: int, line: int | None) -> Fault:
        """The fault at a row, counted from 0."""
        return self._told(fault.at(row=row + 1, line=line))

    def _told(self, fault: Fault) -> Fault:
        return (fault.as_pointed() if self.is_json and fault.column else fault).at(file=self.file)

    def _judged(
        self, blocks: Iterator[Block], names: Collection[str]
    ) -> Iterator[tuple[Block, dict[str, BlockColumn]]]:
        known = TABLES[self.table].by_name
        judges = {name: ColumnJudge(known[name], self.profile) for name in self.known(names)}
        for block in blocks:
            yield (
                block,
                {name: judge.judge(block.columns[name]) for name, judge in judges.items()},
            )


def _marked(block: Block, columns: dict[str, BlockColumn], names: Collection[str]) -> Iterator[Row]:
    states = {name: states_of(block, name, columns.get(name)) for name in names}
    for index in range(block.height):
        row: Row = {}
        for name, state in states.items():
            if state[index] == SOUND:
                row[name] = columns[name].cell(index)
            elif state[index] == FAULTY:
                row[name] = BROKEN
        yield row


def no_rows() -> Rows:
    return np.zeros(0, np.int64)
