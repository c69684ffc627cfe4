"""One column stands in an order to another."""

import operator
from collections.abc import Callable, Iterator
from typing import Any

import polars as pl

from qantar.schema.rule import Compare, Operator
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.row_fault import Row, fault_of, is_present
from qantar.validation.rules.value_rule import name_value

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


def faults_of_compare(rule: Compare, row: Row) -> Iterator[Fault]:
    """The fault of a marked row in which both have values that do not stand in the order."""
    if not is_present(row, rule.left, rule.right):
        return
    left, right = row[rule.left], row[rule.right]
    if not COMPARISONS[rule.operator](left, right):
        words = f"{OPERATOR_WORDS[rule.operator]} {rule.left}, which is {name_value(left)}"
        found = f"{rule.right} is {name_value(right)}, but {words}"
        yield fault_of(rule, rule.right, row, found)


def breaks_compare(rule: Compare) -> pl.Expr:
    """True where values without faults of their own break the rule."""
    holds: pl.Expr = COMPARISONS[rule.operator](pl.col(rule.left), pl.col(rule.right))
    return ~holds
