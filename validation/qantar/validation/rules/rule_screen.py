"""Row rules as expressions over the columns that `value_screen` makes.

An expression is a screen: it is true wherever its rule may find a fault and nearly
nowhere else. What it holds back is judged by the interpreted rule, so that a frame and a
record are told the same in the same words.
"""

from collections.abc import Callable, Collection
from typing import Any

import polars as pl

from qantar.schema import TABLES
from qantar.schema.codebook import actions
from qantar.schema.patterns import ColumnKind
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
from qantar.validation.rules.row_rules import breaks_rule, look_up
from qantar.validation.rules.value_screen import TYPES, sound

NEVER = pl.lit(False)


class Screen:
    """Compiles the row rules of a table for frames of these sound columns."""

    def __init__(self, columns: Collection[str]) -> None:
        self.columns = frozenset(columns)

    def expression(self, rule: RowRule) -> pl.Expr | None:
        """True where the rule may find a fault, without nulls; None where it cannot."""
        match rule:
            case Compare() | PrefixOf() | WithinEdtf():
                return self._among(rule.on, lambda: breaks_rule(rule))
            case Requires():
                return self._requires(rule)
            case Implies():
                needed = (rule.column, *(c.column for c in rule.when))
                return self._among(needed, lambda: self._implies(rule))
            case Lookup():
                return self._look_up(rule)

    def _among(self, needed: tuple[str, ...], bad: Callable[[], pl.Expr]) -> pl.Expr | None:
        """What is bad, where every needed column is sound: the guard of every rule."""
        if not all(column in self.columns for column in needed):
            return None
        expression = self._sound(*needed) & bad()
        return expression.fill_null(False)

    def _sound(self, *columns: str) -> pl.Expr:
        expressions = [
            pl.col(sound(column)) if column in self.columns else NEVER for column in columns
        ]
        return pl.all_horizontal(pl.lit(True), *expressions)

    def holds(self, conditions: tuple[Condition, ...]) -> pl.Expr:
        """Where all the conditions hold."""
        met = [self._condition(condition) for condition in conditions]
        return pl.all_horizontal(*met) if met else pl.lit(True)

    def _condition(self, condition: Condition) -> pl.Expr:
        there = self._sound(condition.column)
        holds = pl.lit(True)
        if condition.present is not None:
            holds = there if condition.present else ~there
        if condition.is_in is not None:
            if condition.column not in self.columns:
                return NEVER
            values = [v if isinstance(v, bool) else str(v) for v in condition.is_in]
            holds = holds & there & pl.col(condition.column).is_in(values)
        if condition.lacks is not None and condition.column in self.columns:
            held = pl.col(condition.column).str.contains(condition.lacks, literal=True)
            holds = holds & ~(there & held)
        return holds

    def _requires(self, rule: Requires) -> pl.Expr:
        gaps = [~self._sound(column) for column in rule.present]
        surplus = [self._sound(column) for column in rule.absent]
        wrong = pl.any_horizontal(*gaps, *surplus)
        return (self.holds(rule.when) & wrong).fill_null(False)

    def _implies(self, rule: Implies) -> pl.Expr:
        value = pl.col(rule.column)
        met = self.holds(rule.when)
        wrong = value if not rule.value else ~value
        otherwise = value if not rule.otherwise else ~value
        return (met & wrong) | (~met & otherwise)

    def _look_up(self, rule: Lookup) -> pl.Expr | None:
        optional = TABLES[rule.table].by_name[rule.column].derived
        if rule.column not in self.columns:
            return None if optional else self._among((rule.key,), lambda: self._is_told(rule))
        filled = self._sound(rule.column)
        wrong = filled & self._sound(*(c.column for c in rule.when)) & ~self.holds(rule.when)
        if rule.key in self.columns:
            listed = self._sound(rule.key) & pl.col(rule.key).is_in(list(actions()))
            wrong = wrong | (listed & filled & self._differs(rule))
            if not optional:
                wrong = wrong | (listed & ~filled & self._is_told(rule))
        return wrong.fill_null(False)

    def _is_told(self, rule: Lookup) -> pl.Expr:
        """Where the codebook has a value for the code."""
        codes = [code for code in actions() if look_up(rule.field, code).value is not None]
        return pl.col(rule.key).is_in(codes)

    def _differs(self, rule: Lookup) -> pl.Expr:
        column = TABLES[rule.table].by_name[rule.column]
        told = {code: look_up(rule.field, code).value for code in actions()}
        values = {code: value for code, value in told.items() if value is not None}
        # Nothing in the codebook equals the filler, so codes without an entry differ.
        filler: Any = "" if column.kind is ColumnKind.string else -9999
        expected = _mapped(pl.col(rule.key), list(values), list(values.values()), filler)
        return pl.col(rule.column) != expected.cast(TYPES[column.kind])


def _mapped(key: pl.Expr, old: list[str], new: list[Any], default: Any) -> pl.Expr:
    if not old:
        return pl.lit(default)
    return key.replace_strict(old, new, default=default)
