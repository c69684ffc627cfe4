"""One column begins with what another holds."""

from collections.abc import Iterator

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


def breaks_prefix(rule: PrefixOf) -> pl.Expr:
    """True where values without faults of their own break the rule."""
    beginning = pl.col(rule.prefix) + rule.separator
    return ~pl.col(rule.column).str.starts_with(beginning)
