"""A table that lies in several files, as if its rows stood in one, part after part."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from qantar.schema.shape import Row
from qantar.validation.engine.links.linked_table import LinkedTable, Taker
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.link.foreign import KnownKeys
from qantar.validation.tables.array import RowNumbers
from qantar.validation.tables.cells import CellsByName


class _RowCount:
    """Takes nothing, so that rows are only counted."""

    columns: tuple[str, ...] = ()

    def take(self, columns: CellsByName, height: int) -> None:
        """Nothing is kept."""


@dataclass
class PartedTable:
    """Parts in their order; rows are counted from 0 over all of them.

    starts: the first row of each part and, last, how many rows there are; known once all
    were shown.
    """

    parts: tuple[LinkedTable, ...]
    starts: RowNumbers = field(default_factory=lambda: np.zeros(1, np.int64))

    def __post_init__(self) -> None:
        # What was judged of some parts only, or within a part, has to be asked of all.
        known = [{judge.rule for judge in part.known_keys} for part in self.parts]
        kept = {rule for rule in set.intersection(*known) if rule.other_table != self.table}
        self.parts = tuple(
            replace(part, known_keys=tuple(keys for keys in part.known_keys if keys.rule in kept))
            for part in self.parts
        )

    @property
    def table(self) -> str:
        return self.parts[0].table

    @property
    def file(self) -> str:
        """The file of the first part."""
        return self.parts[0].file

    @property
    def header(self) -> tuple[str, ...]:
        """The columns that any part has."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.header))

    @property
    def known_keys(self) -> tuple[KnownKeys, ...]:
        """Of the keys that were judged already, those of the first part."""
        return self.parts[0].known_keys

    def judged_keys(self) -> Iterator[Fault]:
        """What is wrong with the keys that were judged already."""
        for part in self.parts:
            yield from part.judged_keys()

    def show(self, takers: Collection[Taker]) -> None:
        """Let every taker have what it needs of all rows, in one pass over the files."""
        heights = [part.show(takers or [_RowCount()]) for part in self.parts]
        self.starts = np.cumsum([0, *heights])

    def part_of(self, rows: RowNumbers) -> RowNumbers:
        """The part in which each row lies, from 0."""
        return np.asarray(np.searchsorted(self.starts, rows, side="right") - 1, np.int64)

    def rows(self, rows: RowNumbers, names: Collection[str]) -> tuple[list[Row], list[int | None]]:
        """Some cells of rows (in order) as `mark` would give them, and their lines."""
        found: list[Row] = []
        lines: list[int | None] = []
        edges = np.searchsorted(rows, self.starts)
        for part, start, low, high in zip(
            self.parts, self.starts, edges[:-1], edges[1:], strict=False
        ):
            if low < high:
                more, their_lines = part.rows(rows[low:high] - start, names)
                found.extend(more)
                lines.extend(their_lines)
        return found, lines

    def place(self, fault: Fault, row: int, line: int | None) -> Fault:
        """The fault at a row, in its own file."""
        number = int(self.part_of(np.array([row]))[0])
        return self.parts[number].place(fault, row - int(self.starts[number]), line)

    def name_place(self, row: int, line: int | None) -> str:
        """A row's file, and its line or its number there."""
        placed = self.place(Fault("", ""), row, line)
        where = f"row {placed.row}" if line is None else f"line {line}"
        return f"{placed.file}, {where}"


def joined(parts: Sequence[LinkedTable]) -> LinkedTable | PartedTable:
    """One table of its parts."""
    return parts[0] if len(parts) == 1 else PartedTable(tuple(parts))
