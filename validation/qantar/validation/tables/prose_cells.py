"""Prose as the rules see it: the columns of its languages together, under its base name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from qantar.schema.rule import Profile
from qantar.schema.table import Column, Table
from qantar.validation.faults.fault import Fault
from qantar.validation.tables.cells import ABSENT, FAULTY, SOUND, Cells


@dataclass
class ProseCells(Cells):
    """A row has prose where one of its languages has a sound text.

    parts: the columns, in their order. Rules ask of prose only whether it is there.
    """

    parts: tuple[Cells, ...] = ()

    def only(self, rows: npt.NDArray[np.int64]) -> "ProseCells":
        parts = tuple(part.only(rows) for part in self.parts)
        return prose_cells(self.column, parts, is_required=self.is_required)

    def cell(self, index: int) -> Any:
        """The first sound text of a row."""
        return next(part.cell(index) for part in self.parts if part.states[index] == SOUND)

    def fault(self, index: int) -> Fault | None:
        """Nothing: what is wrong with a text is told where it stands."""
        return None

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
