"""The rules that look at one row: interpreted over a marked row, a plain dict."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias, get_args

import polars as pl

from qantar.schema import TABLES, Profile
from qantar.schema.codebook import actions
from qantar.schema.rule import (
    Compare,
    Condition,
    Implies,
    Lookup,
    PrefixOf,
    Requires,
    RowRule,
    WithinEdtf,
)
from qantar.schema.rules import rules_of
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.compare import breaks_compare, faults_of_compare
from qantar.validation.rules.edtf import breaks_edtf, faults_of_edtf
from qantar.validation.rules.prefix import breaks_prefix, faults_of_prefix
from qantar.validation.rules.row_fault import Row, fault_of, is_present
from qantar.validation.rules.value_rule import BROKEN, is_column_required, name_value

# Kinds of which the values need not come back: whole columns are asked at once.
ColumnarRule: TypeAlias = Compare | PrefixOf | WithinEdtf


def faults_of_row(table: str, row: Row, profile: Profile) -> Iterator[Fault]:
    """What is wrong between the cells of one row; faults have a column and no place.

    row: as `mark` returns it: an absent value is an absent key (or None), and a cell that
    has a fault of its own is `BROKEN`.
    """
    for rule in row_rules_of(table, profile):
        yield from faults_of_rule(rule, row)


@cache
def row_rules_of(table: str, profile: Profile) -> tuple[RowRule, ...]:
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
        if told & _deciding(rule):
            # What is not there leaves open whether the rule is asked.
            continue
        if isinstance(rule, Requires) and told & {*rule.present}:
            kept = tuple(name for name in rule.present if name not in told)
            if not kept and not rule.absent:
                continue
            rule = rule.model_copy(update={"present": kept})
        rules.append(rule)
    return tuple(rules)


def _deciding(rule: RowRule) -> frozenset[str]:
    """The columns that decide whether a rule is asked of a row."""
    unless = (rule.unless,) if isinstance(rule, Lookup) and rule.unless else ()
    return frozenset((*(condition.column for condition in getattr(rule, "when", ())), *unless))


def faults_of_rule(rule: RowRule, row: Row) -> Iterator[Fault]:
    """What one rule finds wrong with a marked row."""
    match rule:
        case Compare():
            yield from faults_of_compare(rule, row)
        case PrefixOf():
            yield from faults_of_prefix(rule, row)
        case WithinEdtf():
            yield from faults_of_edtf(rule, row)
        case Requires():
            yield from _requires(rule, row)
        case Implies():
            yield from _implies(rule, row)
        case Lookup():
            yield from _look_up(rule, row)


def breaks_rule(rule: ColumnarRule) -> pl.Expr:
    """True where the rule may find a fault, among rows whose values have none of their own.

    An expression over the columns `rule.on`. Where it is not true, `faults_of_rule` finds
    nothing.
    """
    match rule:
        case Compare():
            return breaks_compare(rule)
        case PrefixOf():
            return breaks_prefix(rule)
        case WithinEdtf():
            return breaks_edtf(rule)


def columns_of_rule(rule: RowRule) -> tuple[str, ...]:
    """Every column that the rule reads."""
    when = getattr(rule, "when", ())
    unless = (rule.unless,) if isinstance(rule, Lookup) and rule.unless else ()
    return tuple(dict.fromkeys((*rule.on, *(c.column for c in when), *unless)))


def holds(conditions: tuple[Condition, ...], row: Row) -> bool | None:
    """Whether all conditions hold; None where a broken cell leaves that open."""
    found = [_holds(condition, row.get(condition.column)) for condition in conditions]
    if False in found:
        return False
    return None if None in found else True


@dataclass(frozen=True)
class Expected:
    """What the codebook says: known is false for a code that it does not have."""

    known: bool
    value: str | int | float | None = None


def look_up(field: str, code: str) -> Expected:
    """What the codebook says of a code in a field."""
    action = actions().get(code)
    if action is None:
        return Expected(known=False)
    value = getattr(action, field)
    return Expected(known=True, value=str(value) if isinstance(value, str) else value)


def _holds(condition: Condition, value: Any) -> bool | None:
    return None if value is BROKEN else condition.holds_of(value)


def _requires(rule: Requires, row: Row) -> Iterator[Fault]:
    if not holds(rule.when, row):
        return
    because = _tell(rule.when, row)
    for column in rule.present:
        if row.get(column) is None:
            yield fault_of(rule, column, row, f"{column} is missing{because}")
    for column in rule.absent:
        if is_present(row, column):
            value = name_value(row[column])
            found = f"{column} is {value}, but must be left out{because}"
            yield fault_of(rule, column, row, found)


def _tell(conditions: tuple[Condition, ...], row: Row) -> str:
    told = [
        f"{condition.column} is {name_value(row[condition.column])}"
        for condition in conditions
        if row.get(condition.column) is not None
    ]
    return f" where {' and '.join(told)}" if told else ""


def _implies(rule: Implies, row: Row) -> Iterator[Fault]:
    if not is_present(row, rule.column, *(condition.column for condition in rule.when)):
        return
    expected = rule.value if holds(rule.when, row) else rule.otherwise
    if row[rule.column] is not expected:
        value = name_value(row[rule.column])
        found = f"{rule.column} is {value}{_tell(rule.when, row)}"
        yield fault_of(rule, rule.column, row, found, expected)


def _look_up(rule: Lookup, row: Row) -> Iterator[Fault]:
    value = row.get(rule.column)
    if value is BROKEN or _is_excused(rule, row):
        return
    if not is_present(row, *(condition.column for condition in rule.when)):
        return
    if not holds(rule.when, row):
        if value is not None:
            found = f"{rule.column} is {name_value(value)}, but must be empty"
            yield fault_of(rule, rule.column, row, found + _tell(rule.when, row))
        return
    if not is_present(row, rule.key):
        return
    expected = look_up(rule.field, row[rule.key])
    if not expected.known or value == expected.value:
        return
    wanted = "none" if expected.value is None else name_value(expected.value)
    told = "missing" if value is None else name_value(value)
    found = f"{rule.column} is {told}, but {wanted} is expected for {row[rule.key]}"
    yield fault_of(rule, rule.column, row, found, expected.value)


def _is_excused(rule: Lookup, row: Row) -> bool:
    """A derived column may be left out; a stored one only with the reason in `unless`."""
    if row.get(rule.column) is None and TABLES[rule.table].by_name[rule.column].derived:
        return True
    return rule.unless is not None and row.get(rule.unless) is not None
