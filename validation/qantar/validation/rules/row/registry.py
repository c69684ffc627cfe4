"""The rules that look at one row, and the kind of each: nowhere else are they told apart."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any, get_args

from qantar.schema import TABLES, Profile
from qantar.schema.rule import (
    Compare,
    Computed,
    Implies,
    Lookup,
    OrderedEdtf,
    PrefixOf,
    Requires,
    RowRule,
    Rule,
    WithinCountry,
    WithinEdtf,
)
from qantar.schema.rules import rules_of
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.row import (
    compare,
    computed,
    country,
    edtf,
    edtf_order,
    implies,
    lookup,
    prefix,
    requires,
)
from qantar.validation.rules.row.kind import RowKind
from qantar.validation.rules.row_fault import Row
from qantar.validation.rules.value.rule import is_column_required

KINDS: Mapping[type[Rule], RowKind[Any]] = {
    Compare: compare.KIND,
    PrefixOf: prefix.KIND,
    WithinEdtf: edtf.KIND,
    WithinCountry: country.KIND,
    OrderedEdtf: edtf_order.KIND,
    Computed: computed.KIND,
    Requires: requires.KIND,
    Implies: implies.KIND,
    Lookup: lookup.KIND,
}


def kind_of(rule: RowRule) -> RowKind[Any]:
    """What is asked of the rule's kind."""
    return KINDS[type(rule)]


def faults_of_row(table: str, row: Row, profile: Profile) -> Iterator[Fault]:
    """What is wrong between the cells of one row; faults have a column and no place.

    row: as `mark` returns it: an absent value is an absent key (or None), and a cell that
    has a fault of its own is `BROKEN`.
    """
    for rule in row_rules_of(table, profile):
        yield from faults_of_rule(rule, row)


def faults_of_rule(rule: RowRule, row: Row) -> Iterator[Fault]:
    """What one rule finds wrong with a marked row."""
    return kind_of(rule).faults(rule, row)


@cache
def row_rules_of(table: str, profile: Profile) -> tuple[RowRule, ...]:
    """The rules that look at one row of a table."""
    return tuple(rule for rule in rules_of(table, profile) if isinstance(rule, get_args(RowRule)))


def row_rules_for(table: str, profile: Profile, columns: Collection[str]) -> tuple[RowRule, ...]:
    """The rules to ask of rows with these columns; a column that is told to be missing is not."""
    told = {
        column.name
        for column in TABLES[table].columns
        if column.name not in columns and is_column_required(column, profile, columns)
    }
    rules: list[RowRule] = []
    for rule in row_rules_of(table, profile):
        kind = kind_of(rule)
        if told & {*kind.deciding(rule)}:
            # What is not there leaves open whether the rule is asked.
            continue
        left = kind.without(rule, told)
        if left is not None:
            rules.append(left)
    return tuple(rules)
