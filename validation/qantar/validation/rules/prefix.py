"""One column begins with what another holds."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from qantar.schema.rule import PrefixOf
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.row_fault import Row, fault_of, is_present
from qantar.validation.rules.value_rule import name_value


def faults_of_prefix(rule: PrefixOf, row: Row) -> Iterator[Fault]:
    """The fault of a marked row in which both have values, and one begins otherwise."""
    if not is_present(row, rule.prefix, rule.column):
        return
    beginning = row[rule.prefix] + rule.separator
    if not row[rule.column].startswith(beginning):
        value = name_value(row[rule.column])
        found = f"{rule.column} is {value}, but must begin with {name_value(beginning)}"
        yield fault_of(rule, rule.column, row, found)


def breaks_prefix(rule: PrefixOf, dialect: Any) -> Any:
    """True where values without faults of their own may break the rule.

    dialect: the module that makes the expression, Polars or Narwhals, which knows no beginning
    that differs from row to row. There what comes before the first separator is compared.
    """
    column, prefix = dialect.col(rule.column), dialect.col(rule.prefix)
    if dialect is pl:
        return ~column.str.starts_with(prefix + rule.separator)
    if not rule.separator:
        return dialect.lit(True)
    before = column.str.replace_all(f"{rule.separator}.*$", "")
    return (before != prefix) | ~column.str.contains(rule.separator, literal=True)
