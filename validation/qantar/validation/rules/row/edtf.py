"""A day lies within what a date in EDTF (ISO 8601-2) can mean."""

from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from qantar.schema.edtf import OPEN_END, edtf_bounds, is_qualified
from qantar.schema.rule import WithinEdtf
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.condition import Sees
from qantar.validation.rules.record.code import Level, Memory
from qantar.validation.rules.row.kind import Flag, RowKind, where_both
from qantar.validation.rules.row_fault import Row, fault_of, is_present
from qantar.validation.rules.sql_text import never_null
from qantar.validation.tables.array import Mask
from qantar.validation.tables.cells import CellsByName

# Of a day as text, YYYY-MM-DD.
_LETTERS = 10


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
    """The first and last day that an EDTF date allows; no limit where it is approximate."""
    if is_qualified(edtf):
        return date.min, date.max
    lower, upper = edtf_bounds(edtf)
    return lower or date.min, upper or date.max


def _as_texts(edtf: str) -> tuple[str, str]:
    first, last = soft_bounds(edtf)
    return first.isoformat(), last.isoformat()


# By EDTF date, its first and last day as text.
_BOUNDS = Memory(_as_texts)


def _outside() -> pl.Expr:
    """Where the column `day` lies outside the column `edtf`.

    Days are compared as texts, which stand in the order of days: digits come after the dots
    of an open beginning and before the X of a day that is not known, so that only a lower X
    must be made a 0.
    """
    day, edtf = pl.col("day"), pl.col("edtf")
    first = edtf.str.slice(0, _LETTERS).str.replace_all("X", "0", literal=True)
    last = edtf.str.strip_chars("?").str.tail(_LETTERS)
    is_open = edtf.str.ends_with(OPEN_END)
    # Marks of what is approximate; a question mark widens nothing.
    is_soft = edtf.str.contains("~", literal=True) | edtf.str.contains("%", literal=True)
    return ~is_soft & ((day < first) | (~is_open & (day > last)))


def _outside_in_sql(edtf: str, day: str) -> str:
    """Outside the days that an EDTF date can mean, which compare as text like dates do.

    Months and days that are not told are below and above every one that is.
    """
    last = f"SUBSTR({edtf}, STRPOS({edtf}, '/') + 1, 10)"
    low = f"CASE WHEN STARTS_WITH({edtf}, '..') THEN ''"
    low += f" ELSE REPLACE(SUBSTR({edtf}, 1, 10), 'XX', '00') END"
    high = f"CASE WHEN STARTS_WITH({last}, '..') THEN '9999-99-99'"
    high += f" ELSE REPLACE({last}, 'XX', '99') END"
    exact = f"STRPOS({edtf}, '~') = 0 AND STRPOS({edtf}, '%') = 0"
    return f"{exact} AND ({day} < {low} OR {day} > {high})"
