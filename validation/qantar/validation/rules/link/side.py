"""One side of a rule between rows: a table, the key that brings rows together, what they carry."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from qantar.schema.patterns import ColumnKind
from qantar.schema.rule import Condition
from qantar.validation.rules.condition import NO, YES, Classes, classes
from qantar.validation.rules.row_fault import Row, is_present
from qantar.validation.rules.value.rule import name_value
from qantar.validation.tables.cells import ABSENT, SOUND, Cells, CellsByName
from qantar.validation.tables.key_hash import NONE, Hashes, joined_hashes
from qantar.validation.tables.key_record import NO_VALUE, OPEN_VALUE

Numbers: TypeAlias = npt.NDArray[np.int64]
Key: TypeAlias = tuple[Any, ...]

# A row that is counted in any case, and one that may be.
CERTAIN, POSSIBLE = np.int64(1), np.int64(0)


@dataclass(frozen=True, slots=True)
class Side:
    """What a rule reads of one table.

    key: the columns by which rows of all sides are brought together. when: the conditions of
    rows that are asked, or that count. carries: the columns of which each row carries a 64-bit
    number, as its value where as_value, else as a hash; without them, whether the row counts in
    any case. is_judged: faults stand at rows of this side. also: further columns that the exact
    rule reads.
    """

    table: str
    key: tuple[str, ...]
    when: tuple[Condition, ...] = ()
    carries: tuple[str, ...] = ()
    as_value: bool = False
    is_judged: bool = False
    also: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read, those of the key first."""
        return tuple(
            dict.fromkeys((*self.key, *self.carries, *(c.column for c in self.when), *self.also))
        )

    def records(self, columns: CellsByName, height: int) -> tuple[Hashes, Numbers]:
        """Of so many rows the hash of the key, and the number; `NONE` where a row is not asked."""
        hashes = key_hashes(columns, self.key, height)
        if not (hashes != NONE).any():
            return hashes, np.zeros(height, np.int64)
        met = classes(self.when, columns, height)
        hashes[met != YES if self.is_judged else met == NO] = NONE
        return hashes, self.numbers(columns, met)

    def carried(self, columns: CellsByName, height: int) -> list[pl.Series]:
        """The values of which `records` has a hash, column by column; none where it has none."""
        hashed = () if self.as_value else self.carries
        return [columns[name].screened for name in hashed if name in columns]

    def numbers(self, columns: CellsByName, met: Classes) -> Numbers:
        """What each row carries; met: the class of its conditions."""
        if not self.carries:
            return np.where(met == YES, CERTAIN, POSSIBLE)
        if not columns.keys() >= {*self.carries}:
            return np.full(len(met), NO_VALUE)
        cells = [columns[name] for name in self.carries]
        values = _values(cells[0]) if self.as_value else hashed(cells)
        marks = np.array([held.marks for held in cells])
        absent = (marks == ABSENT).any(axis=0)
        is_open = ~absent & (marks != SOUND).any(axis=0)
        return np.where(absent, NO_VALUE, np.where(is_open, OPEN_VALUE, values))


def key_hashes(columns: CellsByName, names: Collection[str], height: int) -> Hashes:
    """Of each of so many rows the hash of a key; `NONE` where it has not all of it."""
    if not columns.keys() >= {*names}:
        return np.full(height, NONE)
    present = np.logical_and.reduce([columns[name].states == SOUND for name in names])
    return joined_hashes([columns[name].hashes() for name in names], present)


def hashed(cells: Collection[Cells]) -> Numbers:
    """One hash of several columns as a number, whatever their cells are."""
    hashes = [held.hashes() for held in cells]
    return joined_hashes(hashes, np.ones(len(hashes[0]), np.bool_)).view(np.int64)


def key_of(row: Row, columns: Collection[str]) -> Key | None:
    """The values of the columns, or None where one is absent or broken."""
    if not is_present(row, *columns):
        return None
    return tuple(row[column] for column in columns)


def tell_key(columns: Collection[str], key: Key) -> str:
    """A key in words: each column with its value."""
    pairs = zip(columns, key, strict=True)
    return " and ".join(f"{column} {name_value(value)}" for column, value in pairs)


def _values(cells: Cells) -> Numbers:
    if cells.column.kind is not ColumnKind.integer:
        raise NotImplementedError(f"{cells.column.name} is put in an order, and is no whole number")
    return cells.screened.to_numpy().astype(np.int64)
