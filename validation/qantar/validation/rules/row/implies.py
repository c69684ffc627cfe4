"""Where conditions hold, a column is one thing; otherwise it is another."""

from collections.abc import Iterator, Mapping

import numpy as np

from qantar.schema.rule import Implies
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.condition import YES, Sees, classes_where, holds, seen, sql_of, tell
from qantar.validation.rules.row.kind import Flag, RowKind, marks_of
from qantar.validation.rules.row_fault import Row, fault_of, is_present
from qantar.validation.rules.sql_text import all_sound, never_null, quote
from qantar.validation.rules.value.rule import BROKEN, name_value
from qantar.validation.tables.array import Mask
from qantar.validation.tables.cells import FAULTY, SOUND, CellsByName


class ImpliesKind(RowKind[Implies]):
    """Asked where the column and all that it follows from have sound values.

    Of a column of which only the presence is asked, a row may have none.
    """

    def faults(self, rule: Implies, row: Row) -> Iterator[Fault]:
        """The fault of a row in which the column is the other thing."""
        seen_columns = self.sees(rule)
        needed = (name for name, asked in seen_columns.items() if asked == "value")
        if not is_present(row, *needed) or any(row.get(n) is BROKEN for n in seen_columns):
            return
        expected = rule.value if holds(rule.when, row) else rule.otherwise
        if row[rule.column] is not expected:
            value = name_value(row[rule.column])
            found = f"{rule.column} is {value}{tell(rule.when, row)}"
            yield fault_of(rule, rule.column, row, found, expected)

    def sees(self, rule: Implies) -> Mapping[str, Sees]:
        return {**seen(rule.when), rule.column: "value"}

    def maybe(self, rule: Implies, columns: CellsByName, height: int) -> Mask:
        asked: Mask = np.ones(height, np.bool_)
        for name, what in self.sees(rule).items():
            marks = marks_of(columns, name, height)
            asked &= (marks == SOUND) if what == "value" else (marks != FAULTY)
        if not asked.any():
            return asked
        met = classes_where(asked, rule.when, columns) == YES
        expected = np.where(met, rule.value, rule.otherwise)
        values = columns[rule.column].screened.to_numpy()
        return np.asarray(asked & (values != expected), np.bool_)

    def flags(self, rule: Implies) -> Iterator[Flag]:
        seen_columns = self.sees(rule)
        sound = all_sound(*(name for name, asked in seen_columns.items() if asked == "value"))
        for name in (name for name, asked in seen_columns.items() if asked == "presence"):
            sound += f" AND {name}_rule IS NULL"
        expected = f"CASE WHEN {sql_of(rule.when)} THEN {quote(rule.value)}"
        expected += f" ELSE {quote(rule.otherwise)} END"
        where = never_null(f"{sound} AND {rule.column} <> ({expected})")
        yield Flag(rule.id, rule.column, where)


KIND = ImpliesKind()
