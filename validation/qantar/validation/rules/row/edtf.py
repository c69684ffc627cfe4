"""A day lies within what a date in EDTF (ISO 8601-2) can mean."""

from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from qantar.schema.edtf import edtf_bounds, is_qualified, is_reversed
from qantar.schema.rule import WithinEdtf
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.condition import Sees
from qantar.validation.rules.edtf_text import (
    first_day,
    first_day_in_sql,
    is_hard_in_sql,
    is_soft,
    last_day,
    last_day_in_sql,
)
from qantar.validation.rules.record.code import Level, Memory
from qantar.validation.rules.row.kind import Flag, RowKind, where_both
from qantar.validation.rules.row_fault import Row, fault_of, is_present
from qantar.validation.rules.sql_text import never_null
from qantar.validation.tables.array import Mask
from qantar.validation.tables.cells import CellsByName


class EdtfKind(RowKind[WithinEdtf]):
    """Asked where both columns have a sound value."""

    def faults(self, rule: WithinEdtf, row: Row) -> Iterator[Fault]:
        """The fault of a row that has both, and the day outside."""
        if not is_present(row, rule.edtf, rule.column):
            return
        bounds = soft_bounds(row[rule.edtf])
        day = date.fromisoformat(row[rule.column])
        if not bounds[0] <= day <= bounds[1]:
            found = f"{rule.column} is {day}, outside {rule.edtf}, which is {row[rule.edtf]}"
            yield fault_of(rule, rule.column, row, found)

    def sees(self, rule: WithinEdtf) -> Mapping[str, Sees]:
        return {rule.column: "value", rule.edtf: "value"}

    def maybe(self, rule: WithinEdtf, columns: CellsByName, height: int) -> Mask:
        def outside(edtf: pl.Series, day: pl.Series) -> pl.Series:
            return pl.DataFrame({"edtf": edtf, "day": day}).select(_outside()).to_series()

        return where_both(columns, (rule.edtf, rule.column), height, outside)

    def flags(self, rule: WithinEdtf) -> Iterator[Flag]:
        yield Flag(rule.id, rule.column, never_null(_outside_in_sql(rule.edtf, rule.column)))

    def in_record(self, rule: WithinEdtf, level: Level) -> str:
        edtf, day = level.value(rule.edtf), level.value(rule.column)
        bounds = f"{level.code.bind(_BOUNDS)}[{edtf}]"
        there = level.there(rule.edtf, rule.column)
        return f"{there} and not {bounds}[0] <= {day} <= {bounds}[1]"


KIND = EdtfKind()


def soft_bounds(edtf: str) -> tuple[date, date]:
    """The first and last day that an EDTF date allows.

    No limit where it is approximate, or where its own ends are a fault.
    """
    if is_qualified(edtf) or is_reversed(edtf):
        return date.min, date.max
    lower, upper = edtf_bounds(edtf)
    return lower or date.min, upper or date.max


def _as_texts(edtf: str) -> tuple[str, str]:
    first, last = soft_bounds(edtf)
    return first.isoformat(), last.isoformat()


# By EDTF date, its first and last day as text.
_BOUNDS = Memory(_as_texts)


def _outside() -> pl.Expr:
    """Where the column `day` lies outside the column `edtf`, whose ends are in order."""
    day, edtf = pl.col("day"), pl.col("edtf")
    first, last = first_day(edtf), last_day(edtf)
    in_order = (first <= last).fill_null(True)
    is_late = (day > last).fill_null(False)
    return ~is_soft(edtf) & in_order & ((day < first) | is_late)


def _outside_in_sql(edtf: str, day: str) -> str:
    first, last = first_day_in_sql(edtf), last_day_in_sql(edtf)
    in_order = f"({first}) <= ({last})"
    return f"{is_hard_in_sql(edtf)} AND {in_order} AND ({day} < {first} OR {day} > {last})"
