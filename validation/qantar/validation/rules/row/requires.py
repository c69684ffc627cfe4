"""Where conditions hold, columns must have a value or must have none."""

from collections.abc import Collection, Iterator, Mapping

import numpy as np

from qantar.schema.rule import Requires
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.condition import YES, Sees, classes_where, holds, seen, sql_of, tell
from qantar.validation.rules.row.kind import Flag, RowKind, marks_of
from qantar.validation.rules.row_fault import Row, fault_of, is_present
from qantar.validation.rules.sql_text import is_absent, never_null
from qantar.validation.rules.value.rule import name_value
from qantar.validation.tables.array import Mask
from qantar.validation.tables.cells import ABSENT, SOUND, CellsByName


class RequiresKind(RowKind[Requires]):
    """Of the columns that must be there or not only the presence is asked."""

    def faults(self, rule: Requires, row: Row) -> Iterator[Fault]:
        """A fault at each column that is missing, and at each that must be left out."""
        if not holds(rule.when, row):
            return
        because = tell(tuple(c for c in rule.when if c.column not in rule.on), row)
        for column in rule.present:
            if row.get(column) is None:
                yield fault_of(rule, column, row, f"{column} is missing{because}")
        for column in rule.absent:
            if is_present(row, column):
                value = name_value(row[column])
                found = f"{column} is {value}, but must be left out{because}"
                yield fault_of(rule, column, row, found)

    def sees(self, rule: Requires) -> Mapping[str, Sees]:
        asked: dict[str, Sees] = dict.fromkeys(rule.on, "presence")
        return asked | seen(rule.when)

    def maybe(self, rule: Requires, columns: CellsByName, height: int) -> Mask:
        wrong: Mask = np.zeros(height, np.bool_)
        for name in rule.present:
            wrong |= marks_of(columns, name, height) == ABSENT
        for name in rule.absent:
            wrong |= marks_of(columns, name, height) == SOUND
        met: Mask = classes_where(wrong, rule.when, columns) == YES
        return met

    def flags(self, rule: Requires) -> Iterator[Flag]:
        met = sql_of(rule.when)
        for column in rule.present:
            yield Flag(rule.id, column, never_null(f"{met} AND {is_absent(column)}"))
        for column in rule.absent:
            yield Flag(rule.id, column, never_null(f"{met} AND {column} IS NOT NULL"))

    def without(self, rule: Requires, columns: Collection[str]) -> Requires | None:
        """What is missing from the table is told once, and not of every row."""
        kept = tuple(name for name in rule.present if name not in columns)
        if kept == rule.present:
            return rule
        return rule.model_copy(update={"present": kept}) if kept or rule.absent else None


KIND = RequiresKind()
