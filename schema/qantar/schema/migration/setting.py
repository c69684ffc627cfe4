"""What a step of a migration set, and how sure that is."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from qantar.schema.shape import Row


class Surety(StrEnum):
    """How sure a step is of what it set."""

    mechanical = "mechanical"
    to_check = "to be checked by hand"
    left = "left as it was"


@dataclass(frozen=True)
class Setting:
    """One thing that a step set in a row.

    step: the name of the step. key: the id of the row. column: what was set. before, after: the
    values, None for none. told: a sentence on why, and on what is to be looked at.
    """

    step: str
    table: str
    key: str
    column: str
    before: Any
    after: Any
    surety: Surety
    told: str

    def as_dict(self) -> dict[str, Any]:
        """The setting as JSON holds it; absent values are absent keys."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {n: str(v) if n == "surety" else v for n, v in values.items() if v is not None}


# A row as it is after a step, and what the step set; the row that is given stays as it was.
Stepped: TypeAlias = tuple[Row, list[Setting]]
Step: TypeAlias = Callable[[Row, frozenset[str]], Stepped]


def renamed(row: Row, old: str, new: str, value: Any) -> Row:
    """The row with a column under another name, at the same place."""
    return {new if name == old else name: value if name == old else v for name, v in row.items()}


def after(row: Row, column: str, new: str, value: Any) -> Row:
    """The row with a new column behind another; at the end where that is not there."""
    if column not in row:
        return row | {new: value}
    made: Row = {}
    for name, held in row.items():
        made[name] = held
        if name == column:
            made[new] = value
    return made
