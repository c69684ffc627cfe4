"""One column stands in an order to another."""

import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from qantar.schema.rule import Compare, Operator
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.condition import Sees
from qantar.validation.rules.record.code import Level
from qantar.validation.rules.row.kind import Flag, RowKind, where_both
from qantar.validation.rules.row_fault import Row, fault_of, is_present
from qantar.validation.rules.sql_text import never_null
from qantar.validation.rules.value.rule import name_value
from qantar.validation.tables.array import Mask
from qantar.validation.tables.cells import CellsByName

COMPARISONS: dict[Operator, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    "!=": operator.ne,
    "==": operator.eq,
}
OPERATOR_WORDS: dict[Operator, str] = {
    "<": "must be greater than",
    "<=": "must not be less than",
    "!=": "must differ from",
    "==": "must equal",
}
_SQL_OPERATORS: dict[Operator, str] = {"<": "<", "<=": "<=", "!=": "<>", "==": "="}


class CompareKind(RowKind[Compare]):
    """Asked where both columns have a sound value."""

    def faults(self, rule: Compare, row: Row) -> Iterator[Fault]:
        """The fault of a row in which both have values that do not stand in the order."""
        if not is_present(row, rule.left, rule.right):
            return
        left, right = row[rule.left], row[rule.right]
        if not COMPARISONS[rule.operator](left, right):
            words = f"{OPERATOR_WORDS[rule.operator]} {rule.left}, which is {name_value(left)}"
            found = f"{rule.right} is {name_value(right)}, but {words}"
            yield fault_of(rule, rule.right, row, found)

    def sees(self, rule: Compare) -> Mapping[str, Sees]:
        return {rule.right: "value", rule.left: "value"}

    def maybe(self, rule: Compare, columns: CellsByName, height: int) -> Mask:
        holds = COMPARISONS[rule.operator]
        return where_both(
            columns, (rule.left, rule.right), height, lambda left, right: ~holds(left, right)
        )

    def flags(self, rule: Compare) -> Iterator[Flag]:
        where = f"NOT ({rule.left} {_SQL_OPERATORS[rule.operator]} {rule.right})"
        yield Flag(rule.id, rule.right, never_null(where))

    def in_record(self, rule: Compare, level: Level) -> str:
        left, right = level.value(rule.left), level.value(rule.right)
        return f"{level.there(rule.left, rule.right)} and not {left} {rule.operator} {right}"


KIND = CompareKind()
