"""The one evaluator of conditions: each value is in the class no, open or yes.

Open is what a value with a fault of its own would be. Several conditions hold together, so the
class of a row is the least of theirs.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from qantar.schema.rule import Condition
from qantar.validation.rules.record.code import Level, Memory
from qantar.validation.rules.row_fault import Row
from qantar.validation.rules.sql_text import is_absent, never_null, quote
from qantar.validation.rules.value.rule import BROKEN, name_value
from qantar.validation.tables.array import Mask
from qantar.validation.tables.cells import SOUND, Cells, CellsByName

NO, OPEN, YES = 0, 1, 2
# One row among so many is so few that its cells are taken out.
FEW = 4

# What is asked of a column: only whether there is a value, or which it is.
Sees: TypeAlias = Literal["presence", "value"]
Classes: TypeAlias = npt.NDArray[np.uint8]
Conditions: TypeAlias = tuple[Condition, ...]


def class_of(condition: Condition, value: Any) -> int:
    """The class of one value; None is no value, `BROKEN` one with a fault of its own."""
    if value is BROKEN:
        return OPEN
    return YES if condition.holds_of(value) else NO


def holds(conditions: Conditions, row: Row) -> bool | None:
    """Whether all conditions hold of a marked row; None where a broken cell leaves that open."""
    found = min((class_of(c, row.get(c.column)) for c in conditions), default=YES)
    return None if found == OPEN else found == YES


def classes(conditions: Conditions, columns: CellsByName, height: int) -> Classes:
    """The class of each of so many rows; a column that is not there has no values."""
    found = np.full(height, YES, np.uint8)
    for condition in conditions:
        cells = columns.get(condition.column)
        if cells is None:
            np.minimum(found, np.uint8(class_of(condition, None)), out=found)
        else:
            if condition not in cells.memo:
                cells.memo[condition] = _classes_of(condition, cells)
            np.minimum(found, cells.memo[condition], out=found)
    return found


def classes_where(asked: Mask, conditions: Conditions, columns: CellsByName) -> Classes:
    """The class of each row that is asked for, and `NO` of all others.

    Of few rows only their own values are looked at: each that does not come back costs time.
    """
    height = len(asked)
    rows = np.flatnonzero(asked)
    if len(rows) * FEW > height:
        return classes(conditions, columns, height) * asked
    found = np.full(height, NO, np.uint8)
    if len(rows):
        held = {c.column: columns[c.column] for c in conditions if c.column in columns}
        few = {name: cells.only(rows) for name, cells in held.items()}
        found[rows] = classes(conditions, few, len(rows))
    return found


def met_in(conditions: Conditions, level: Level) -> str:
    """Where all conditions hold of sound values of a row in a nested record, as Python."""
    parts = [
        f"{level.code.bind(_memory_of(condition))}[{level.value(condition.column)}]"
        for condition in conditions
    ]
    return " and ".join(parts) if parts else "True"


def seen(conditions: Conditions) -> dict[str, Sees]:
    """The columns that conditions read, and what they ask of each."""
    found: dict[str, Sees] = {condition.column: "presence" for condition in conditions}
    found.update({c.column: "value" for c in conditions if _sees_value(c)})
    return found


def tell(conditions: Conditions, row: Row) -> str:
    """The values of a row by which the conditions hold, as the end of a sentence."""
    told = [
        f"{condition.column} is {name_value(row[condition.column])}"
        for condition in conditions
        if row.get(condition.column) is not None
    ]
    return f" where {' and '.join(told)}" if told else ""


def sql_of(conditions: Conditions) -> str:
    """Where all conditions hold, in DuckDB's dialect; never null."""
    parts = [never_null(part) for condition in conditions for part in _sql_parts(condition)]
    return f"({' AND '.join(parts)})" if parts else "TRUE"


@cache
def _memory_of(condition: Condition) -> Memory:
    return Memory(lambda value: class_of(condition, value) == YES)


def _sees_value(condition: Condition) -> bool:
    """Whether it asks which value there is, and not only whether there is one."""
    return condition.is_in is not None or condition.lacks is not None


def _classes_of(condition: Condition, cells: Cells) -> Classes:
    by_mark = np.array([class_of(condition, None), YES, OPEN], np.uint8)
    if not _sees_value(condition):
        # Any value will do to ask whether there may be one.
        by_mark[SOUND] = class_of(condition, "")
        return by_mark.take(cells.marks)
    found = by_mark.take(cells.marks)
    sound = cells.marks == SOUND
    found[sound] = _classes_of_values(condition, cells)[sound]
    return found


def _classes_of_values(condition: Condition, cells: Cells) -> Classes:
    """The class of every value, each that comes back worked out once."""
    if cells.ids is None:
        values = cells.screened
        distinct = values.unique().to_list()
        met = [value for value in distinct if class_of(condition, value) == YES]
        return np.where(values.is_in(met).to_numpy().astype(np.bool_), YES, NO).astype(np.uint8)
    by_place = np.full(len(cells.held.states), NO, np.uint8)
    there = np.zeros(len(by_place), np.bool_)
    there[cells.ids] = True
    places = np.flatnonzero(there & (cells.held.states == SOUND)).tolist()
    by_place[places] = [class_of(condition, cells.held.cell(place)) for place in places]
    return by_place.take(cells.ids)


def _sql_parts(condition: Condition) -> Iterator[str]:
    column = condition.column
    if condition.present is not None:
        yield f"{column} IS NOT NULL" if condition.present else f"({is_absent(column)})"
    if condition.is_in is not None:
        yield f"{column} IN ({', '.join(quote(value) for value in condition.is_in)})"
    if condition.lacks is not None:
        parts = [f"{column}_rule IS NULL"]
        parts += [f"COALESCE(STRPOS({column}, {quote(t)}), 0) = 0" for t in condition.lacks]
        yield f"({' AND '.join(parts)})"
