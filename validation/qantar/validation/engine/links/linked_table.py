"""A table that rules between tables go from or to, read again for what they need of it."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Protocol

from qantar.schema import TABLES, Profile
from qantar.schema.shape import Row
from qantar.validation.engine.column_judge import ColumnJudge
from qantar.validation.engine.row_rule import marked_row
from qantar.validation.faults.fault import Fault
from qantar.validation.readers.cell_table import CellTable
from qantar.validation.rules.link.foreign import KnownKeys
from qantar.validation.rules.link.kind import LinkRule, Store
from qantar.validation.tables.array import RowNumbers
from qantar.validation.tables.cells import Cells, CellsByName, with_unread
from qantar.validation.tables.chunk import Chunk
from qantar.validation.tables.chunked_table import ChunkedTable
from qantar.validation.tables.prose_cells import with_prose


class Taker(Protocol):
    """What takes some columns of all rows, chunk by chunk."""

    @property
    def columns(self) -> tuple[str, ...]: ...

    def take(self, columns: CellsByName, height: int) -> None:
        """The rows of the next chunk; columns: those that the table has."""
        ...


class KeptRule(Protocol):
    """What a rule over the whole table kept of a part; see `within_table.RuleStore`."""

    @property
    def rule(self) -> LinkRule: ...

    @property
    def store(self) -> Store: ...


class Linked(Protocol):
    """A table in one file or several, as rules between tables see it."""

    @property
    def file(self) -> str: ...

    @property
    def header(self) -> tuple[str, ...]: ...

    @property
    def known_keys(self) -> tuple[KnownKeys, ...]: ...

    def show(self, takers: Collection[Taker]) -> object: ...

    def rows(
        self, rows: RowNumbers, names: Collection[str]
    ) -> tuple[list[Row], list[int | None]]: ...

    def place(self, fault: Fault, row: int, line: int | None) -> Fault: ...

    def judged_keys(self) -> Iterator[Fault]: ...


@dataclass
class HeldChunks:
    """A table in memory as a single chunk."""

    read: CellTable

    def __post_init__(self) -> None:
        self.header: tuple[str, ...] = tuple(self.read.frame.columns)
        columns = {series.name: series for series in self.read.frame.get_columns()}
        self.chunk = Chunk(
            self.read.frame.height, {**columns}, self.read.lines, {*self.read.unread}
        )

    def __iter__(self) -> Iterator[Chunk]:
        yield self.chunk

    def narrowed(self, names: tuple[str, ...]) -> Iterator[Chunk]:
        yield self.chunk

    def again(self, rows: RowNumbers, names: tuple[str, ...]) -> Iterator[tuple[RowNumbers, Chunk]]:
        yield rows, self.chunk.only(rows)


@dataclass
class ReadAgain:
    """A small table that is not held, but read once more whenever it is asked for.

    header: its columns. read: gives the table; raises OSError.
    """

    header: tuple[str, ...]
    read: Callable[[], CellTable]

    def __iter__(self) -> Iterator[Chunk]:
        yield from HeldChunks(self.read())

    def narrowed(self, names: tuple[str, ...]) -> Iterator[Chunk]:
        yield from HeldChunks(self.read()).narrowed(names)

    def again(self, rows: RowNumbers, names: tuple[str, ...]) -> Iterator[tuple[RowNumbers, Chunk]]:
        yield from HeldChunks(self.read()).again(rows, names)


@dataclass(frozen=True)
class LinkedTable:
    """A table in a file, whether it is held or lies in chunks.

    file: as faults tell it. profile: by which its cells are judged. is_json: faults point
    into a row. known_keys: those that were judged already. stores: what rules over the whole table
    kept of it as it was read.
    """

    table: str
    profile: Profile
    file: str
    chunks: ChunkedTable
    is_json: bool = False
    known_keys: tuple[KnownKeys, ...] = ()
    stores: tuple[KeptRule, ...] = ()

    def judged_keys(self) -> Iterator[Fault]:
        """What is wrong with the keys that were judged already."""
        for fault in (fault for judge in self.known_keys for fault in judge.faults):
            yield self._told(fault)

    @property
    def header(self) -> tuple[str, ...]:
        return self.chunks.header

    def show(self, takers: Collection[Taker]) -> int:
        """Let every taker have what it needs of all rows, in one pass over the file.

        The answer is how many rows there are; 0 where nobody asks, since nothing is read.
        """
        asked = {name for taker in takers for name in taker.columns}
        height = 0
        for chunk, columns in self.judged(asked) if takers else ():
            height += chunk.height
            for taker in takers:
                taker.take(columns, chunk.height)
        return height

    def judged(self, names: Collection[str]) -> Iterator[tuple[Chunk, dict[str, Cells]]]:
        """All chunks once more, with those of the columns that the table has."""
        # One column at least, to know how many rows there are.
        asked = self.known(names) or self.header[:1]
        yield from self._judged(self.chunks.narrowed(asked), names)

    def known(self, names: Collection[str]) -> tuple[str, ...]:
        """Those of the columns that the file and the format have."""
        table = TABLES[self.table]
        return tuple(
            name
            for name in self.chunks.header
            if name in table.by_name and (name in names or table.base_of(name) in names)
        )

    def rows(self, rows: RowNumbers, names: Collection[str]) -> tuple[list[Row], list[int | None]]:
        """Some cells of rows (from 0, in order) as `mark` would give them, and their lines."""
        found: list[Row] = []
        lines: list[int | None] = []
        again = (chunk for _, chunk in self.chunks.again(rows, self.known(names)))
        for chunk, columns in self._judged(again, names):
            found.extend(marked_row(columns, names, index) for index in range(chunk.height))
            held = chunk.lines
            lines.extend([None] * chunk.height if held is None else [int(line) for line in held])
        return found, lines

    def place(self, fault: Fault, row: int, line: int | None) -> Fault:
        """The fault at a row, counted from 0."""
        return self._told(fault.at(row=row + 1, line=line))

    def _told(self, fault: Fault) -> Fault:
        return (fault.as_pointed() if self.is_json and fault.column else fault).at(file=self.file)

    def _judged(
        self, chunks: Iterator[Chunk], names: Collection[str]
    ) -> Iterator[tuple[Chunk, dict[str, Cells]]]:
        table = TABLES[self.table].of(self.profile)
        judges = {n: ColumnJudge(table.by_name[n], self.profile) for n in self.known(names)}
        for chunk in chunks:
            cells = {name: judge.judge(chunk.columns[name]) for name, judge in judges.items()}
            yield chunk, with_prose(with_unread(chunk.unread, cells), table, self.profile)
