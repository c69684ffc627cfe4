"""A column holds what the codebook says of the code in another."""

from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np
import polars as pl

from qantar.schema.codebook import actions
from qantar.schema.rule import Lookup
from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.condition import (
    NO,
    YES,
    Sees,
    classes_where,
    holds,
    seen,
    sql_of,
    tell,
)
from qantar.validation.rules.row.kind import CodeTable, Flag, RowKind, marks_of
from qantar.validation.rules.row_fault import Row, fault_of, is_present
from qantar.validation.rules.sql_text import all_sound, is_absent, never_null
from qantar.validation.rules.value.rule import BROKEN, name_value
from qantar.validation.rules.value.screen import TYPES
from qantar.validation.tables.array import Mask
from qantar.validation.tables.cells import ABSENT, FAULTY, SOUND, CellsByName


class LookupKind(RowKind[Lookup]):
    """Asked where the code is one of the codebook's."""

    def faults(self, rule: Lookup, row: Row) -> Iterator[Fault]:
        """The fault of a row whose value is not what the codebook says."""
        value = row.get(rule.column)
        if value is BROKEN or _is_excused(rule, row):
            return
        if not is_present(row, *(condition.column for condition in rule.when)):
            return
        if not holds(rule.when, row):
            if value is not None:
                found = f"{rule.column} is {name_value(value)}, but must be empty"
                yield fault_of(rule, rule.column, row, found + tell(rule.when, row))
            return
        if not is_present(row, rule.key) or row[rule.key] not in told(rule.field):
            return
        expected = told(rule.field)[row[rule.key]]
        if value == expected:
            return
        wanted = "none" if expected is None else name_value(expected)
        held = "missing" if value is None else name_value(value)
        found = f"{rule.column} is {held}, but {wanted} is expected for {row[rule.key]}"
        yield fault_of(rule, rule.column, row, found, expected)

    def sees(self, rule: Lookup) -> Mapping[str, Sees]:
        asked: dict[str, Sees] = {rule.unless: "presence"} if rule.unless else {}
        return {**asked, **seen(rule.when), rule.column: "value", rule.key: "value"}

    def maybe(self, rule: Lookup, columns: CellsByName, height: int) -> Mask:
        marks = marks_of(columns, rule.column, height)
        asked: Mask = marks != FAULTY
        if TABLES[rule.table].declared[rule.column].derived:
            asked &= marks != ABSENT
        if rule.unless:
            asked &= marks_of(columns, rule.unless, height) == ABSENT
        for condition in rule.when:
            asked &= marks_of(columns, condition.column, height) == SOUND
        if not asked.any():
            return asked
        met = classes_where(asked, rule.when, columns)
        surplus: Mask = (met == NO) & (marks == SOUND)
        differs: Mask = (met == YES) & _differs(rule, columns, height)
        return asked & (surplus | differs)

    def flags(self, rule: Lookup) -> Iterator[Flag]:
        book = CodeTable(rule.key, f"told_{rule.field}", tuple(told(rule.field).items()))
        differs = f"{book.name}_code IS NOT NULL AND {rule.column} IS DISTINCT FROM {book.name}"
        if rule.when:
            held, sound = sql_of(rule.when), all_sound(*(c.column for c in rule.when))
            surplus = f"NOT {held} AND {rule.column} IS NOT NULL"
            differs = f"{sound} AND (({surplus}) OR ({held} AND {differs}))"
        guards = [f"{rule.column}_rule IS NULL"]
        if TABLES[rule.table].declared[rule.column].derived:
            guards.append(f"{rule.column} IS NOT NULL")
        if rule.unless:
            guards.append(is_absent(rule.unless))
        where = never_null(f"{' AND '.join(guards)} AND ({differs})")
        yield Flag(rule.id, rule.column, where, (book,))

    def deciding(self, rule: Lookup) -> Iterator[str]:
        yield from super().deciding(rule)
        if rule.unless:
            yield rule.unless


KIND = LookupKind()


@cache
def told(field: str) -> Mapping[str, str | int | float | None]:
    """What the codebook says in a field, by code; None where it says nothing."""
    found = {code: getattr(action, field) for code, action in actions().items()}
    return {c: str(value) if isinstance(value, str) else value for c, value in found.items()}


def _is_excused(rule: Lookup, row: Row) -> bool:
    """A derived column may be left out; a stored one only with the reason in `unless`."""
    if row.get(rule.column) is None and TABLES[rule.table].declared[rule.column].derived:
        return True
    return rule.unless is not None and row.get(rule.unless) is not None


@cache
def _book(field: str, dtype: type[pl.DataType]) -> tuple[pl.Series, pl.Series]:
    """The codes, and what the codebook says of each."""
    said = told(field)
    return pl.Series([*said], dtype=pl.String), pl.Series([*said.values()], dtype=dtype)


def _differs(rule: Lookup, columns: CellsByName, height: int) -> Mask:
    """Where the code is the codebook's and the value is not what it says, or is not there."""
    if rule.key not in columns:
        return np.zeros(height, np.bool_)
    key, dtype = columns[rule.key], TYPES[TABLES[rule.table].declared[rule.column].kind]
    codes, values = _book(rule.field, dtype)
    known: Mask = key.screened.is_in(codes.implode()).to_numpy() & (key.marks == SOUND)
    expected = key.screened.replace_strict(codes, values, default=None, return_dtype=dtype)
    value = pl.repeat(None, height, dtype=dtype, eager=True)
    if rule.column in columns:
        there = pl.Series(columns[rule.column].marks == SOUND)
        value = columns[rule.column].screened.zip_with(there, value)
    differs: Mask = value.ne_missing(expected).to_numpy()
    return known & differs
