"""The ends of EDTF dates as texts, which stand in the order of days.

Digits come after dots and before an X. So an open beginning is below every day, and a month or
day that is not told is above every one that is; only in a first day it must be made a 0.
"""

import polars as pl

from qantar.schema.edtf import OPEN_END

# Of a day as text, YYYY-MM-DD.
_LETTERS = 10
_AROUND_DAYS = "[]?~%"


def first_day(edtf: pl.Expr) -> pl.Expr:
    """What no day that the date can mean is below."""
    start = edtf.str.strip_chars_start("[").str.slice(0, _LETTERS)
    return start.str.replace_all("X", "0", literal=True)


def last_day(edtf: pl.Expr) -> pl.Expr:
    """What no day that the date can mean is above; null where the end is open."""
    end = edtf.str.strip_chars_end(_AROUND_DAYS)
    return pl.when(~end.str.ends_with(OPEN_END)).then(end.str.tail(_LETTERS))


def is_soft(edtf: pl.Expr) -> pl.Expr:
    """Whether the date is marked as approximate; a question mark widens nothing."""
    return edtf.str.contains("~", literal=True) | edtf.str.contains("%", literal=True)


def first_day_in_sql(edtf: str) -> str:
    """The same in DuckDB's dialect."""
    return f"REPLACE(SUBSTR(REPLACE({edtf}, '[', ''), 1, {_LETTERS}), 'X', '0')"


def last_day_in_sql(edtf: str) -> str:
    """The same in DuckDB's dialect, with a text above all days where the end is open."""
    end = edtf
    for letter in _AROUND_DAYS:
        end = f"REPLACE({end}, '{letter}', '')"
    return f"CASE WHEN {end} LIKE '%..' THEN 'X' ELSE RIGHT({end}, {_LETTERS}) END"


def is_hard_in_sql(edtf: str) -> str:
    """Whether the date is not marked as approximate."""
    return f"STRPOS({edtf}, '~') = 0 AND STRPOS({edtf}, '%') = 0"
