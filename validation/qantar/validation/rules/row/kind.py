"""What a kind of row rule has to say, whatever asks it: one class in one module a kind."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from qantar.schema.rule import Condition, RowRule
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.condition import FEW, Sees
from qantar.validation.rules.record.code import Level, Memory
from qantar.validation.rules.row_fault import Row
from qantar.validation.tables.array import Mask
from qantar.validation.tables.cells import ABSENT, SOUND, CellsByName

R = TypeVar("R", bound=RowRule)


@dataclass(frozen=True, slots=True)
class CodeTable:
    """A small table that an SQL query joins to the rows: what the codebook says of each code.

    key: the column of the rows that holds a code. name: the column that is joined. values: by
    code.
    """

    key: str
    name: str
    values: tuple[tuple[str, str | int | float | None], ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """A fault that a row rule may find: at which column, and where, as an SQL condition.

    The condition is over columns `c` (a value without a fault of its own, or null), `c_rule`
    (the value rule that the cell breaks, or null) and `c_text` (the cell as text). joins: the
    tables whose columns it names.
    """

    rule: str
    column: str
    where: str
    joins: tuple[CodeTable, ...] = ()


class RowKind(ABC, Generic[R]):
    """A kind of rule that looks at one row."""

    @abstractmethod
    def faults(self, rule: R, row: Row) -> Iterator[Fault]:
        """What is wrong with a marked row: the only place where a fault gets its words."""

    @abstractmethod
    def sees(self, rule: R) -> Mapping[str, Sees]:
        """Every column that the rule reads, and what it asks of it."""

    @abstractmethod
    def maybe(self, rule: R, columns: CellsByName, height: int) -> Mask:
        """Of so many rows where the rule may find a fault.

        Where it is not true, `faults` finds nothing; it should be true nearly nowhere else.
        """

    @abstractmethod
    def flags(self, rule: R) -> Iterator[Flag]:
        """Where the rule finds a fault, for warehouses, in DuckDB's dialect."""

    def in_record(self, rule: R, level: Level) -> str:
        """Where sound values of a row in a nested record break the rule, as Python.

        Unless a kind knows better, each combination of values is asked once.
        """
        seen = self.sees(rule)

        def is_broken(values: tuple[Any, ...]) -> bool:
            row = dict(zip(seen, values, strict=True))
            return any(True for _ in self.faults(rule, row))

        names = [
            level.value(column)
            if asked == "value"
            else f"{level.value(column)} is not None or None"
            for column, asked in seen.items()
        ]
        return f"{level.code.bind(Memory(is_broken))}[{', '.join(names)},]"

    def deciding(self, rule: R) -> Iterator[str]:
        """The columns that decide whether the rule is asked of a row."""
        conditions: tuple[Condition, ...] = getattr(rule, "when", ())
        yield from (condition.column for condition in conditions)

    def without(self, rule: R, columns: Collection[str]) -> R | None:
        """What is left to ask where these columns are told to be missing from the table."""
        return rule


def marks_of(columns: CellsByName, name: str, height: int) -> npt.NDArray[np.uint8]:
    """What each row has in a column: `ABSENT`, `SOUND` or `FAULTY`."""
    return columns[name].marks if name in columns else np.full(height, ABSENT, np.uint8)


def where_both(
    columns: CellsByName, names: tuple[str, str], height: int, test: Callable[..., pl.Series]
) -> Mask:
    """Of so many rows where two columns are sound and a test of their values says so."""
    found: Mask = np.zeros(height, np.bool_)
    if not columns.keys() >= {*names}:
        return found
    left, right = (columns[name] for name in names)
    sound = (left.states == SOUND) & (right.states == SOUND)
    rows = np.flatnonzero(sound)
    if len(rows) * FEW > height:
        return np.asarray(sound & test(left.screened, right.screened).to_numpy(), np.bool_)
    if len(rows):
        found[rows] = test(left.sound_values(rows), right.sound_values(rows)).to_numpy()
    return found
