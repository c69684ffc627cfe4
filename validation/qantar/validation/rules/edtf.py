"""A day lies within what a date in EDTF can mean."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from qantar.schema.edtf import OPEN_END, edtf_bounds, is_qualified
from qantar.schema.rule import WithinEdtf
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.row_fault import Row, fault_of, is_present

# Of a day as text, YYYY-MM-DD.
_LETTERS = 10


def faults_of_edtf(rule: WithinEdtf, row: Row) -> Iterator[Fault]:
    """The fault of a marked row that has both, and the day outside."""
    if not is_present(row, rule.edtf, rule.column):
        return
    bounds = soft_bounds(row[rule.edtf])
    day = date.fromisoformat(row[rule.column])
    if not bounds[0] <= day <= bounds[1]:
        found = f"{rule.column} is {day}, outside {rule.edtf}, which is {row[rule.edtf]}"
        yield fault_of(rule, rule.column, row, found)


def breaks_edtf(rule: WithinEdtf) -> pl.Expr:
    """True where values without faults of their own break the rule.

    Days are compared as texts, which stand in the order of days: digits come after the dots
    of an open beginning and before the X of a day that is not known, so that only a lower X
    must be made a 0.
    """
    day, edtf = pl.col(rule.column), pl.col(rule.edtf)
    first = edtf.str.slice(0, _LETTERS).str.replace_all("X", "0", literal=True)
    last = edtf.str.strip_chars("?").str.tail(_LETTERS)
    is_open = edtf.str.ends_with(OPEN_END)
    # Marks of what is approximate; a question mark widens nothing.
    is_soft = edtf.str.contains("~", literal=True) | edtf.str.contains("%", literal=True)
    return ~is_soft & ((day < first) | (~is_open & (day > last)))


def soft_bounds(edtf: str) -> tuple[date, date]:
    """The first and last day that an EDTF date allows; no limit where it is approximate."""
    if is_qualified(edtf):
        return date.min, date.max
    lower, upper = edtf_bounds(edtf)
    return lower or date.min, upper or date.max
