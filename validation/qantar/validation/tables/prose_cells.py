"""Prose as the rules see it: the columns of its languages together, under its base name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from qantar.schema.rule import Profile
from qantar.schema.table import Column, Table
from qantar.validation.faults.fault import Fault
from qantar.validation.tables.array import Mask, RowNumbers
from qantar.validation.tables.cells import ABSENT, FAULTY, SOUND, Cells


@dataclass
class ProseCells(Cells):
    """A row has prose where one of its languages has a sound text; the first is its value.

    parts: the columns, in their order.
    """

    parts: tuple[Cells, ...] = ()

    def only(self, rows: RowNumbers) -> "ProseCells":
        parts = tuple(part.only(rows) for part in self.parts)
        return prose_cells(self.column, parts, is_required=self.is_required)

    def cell(self, index: int) -> Any:
        """The first sound text of a row."""
        return next(part.cell(index) for part in self.parts if part.states[index] == SOUND)

    def fault(self, index: int) -> Fault | None:
        """Nothing: what is wrong with a text is told where it stands."""
        return None

    @cached_property
    def screened(self) -> pl.Series:
        """The first sound text of every row; a filler where there is none."""
        *others, texts = self.parts
        found = texts.screened
        for part in reversed(others):
            found = part.screened.zip_with(pl.Series(part.states == SOUND), found)
        return found.alias(self.column.name)

    def sound_values(self, rows: RowNumbers) -> pl.Series:
        """The texts of some rows, all of which have one."""
        return self.screened.gather(rows)

    def hashes(self) -> npt.NDArray[np.uint64]:
        """64 bits for the text of every row that has one."""
        return self.screened.hash().to_numpy()

    def firsts(self) -> Iterator[tuple[Cells, Mask]]:
        """Each column, and the rows of which it has the first sound text."""
        is_open = np.ones(len(self.states), np.bool_)
        for part in self.parts:
            is_sound = part.states == SOUND
            yield part, is_open & is_sound
            is_open &= ~is_sound

    def name_at(self, index: int) -> str:
        """The column of the first sound text of a row; the base name where there is none."""
        held = (part.column.name for part in self.parts if part.states[index] == SOUND)
        return next(held, self.column.name)


def with_prose(columns: Mapping[str, Cells], table: Table, profile: Profile) -> dict[str, Cells]:
    """The columns, and under its base name each prose of which a column is there."""
    found: dict[str, Cells] = dict(columns)
    for base in table.prose:
        parts = tuple(c for n, c in columns.items() if table.base_of(n) == base)
        if parts:
            column = table.declared[base]
            needed = profile is Profile.coded and column.required
            found[base] = prose_cells(column, parts, is_required=needed)
    return found


def prose_cells(column: Column, parts: tuple[Cells, ...], *, is_required: bool) -> ProseCells:
    """The cells of a prose column from those of its languages."""
    is_sound = np.logical_or.reduce([part.states == SOUND for part in parts])
    is_there = np.logical_or.reduce([part.states != ABSENT for part in parts])
    states = np.where(is_sound, SOUND, np.where(is_there, FAULTY, ABSENT)).astype(np.uint8)
    return ProseCells(column, is_required, states, parts[0].held, parts=parts)
