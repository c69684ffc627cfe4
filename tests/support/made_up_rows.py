"""Rows of any table, made by Hypothesis from what the table says of its columns."""

from functools import cache
from typing import Any

from hypothesis import strategies as st

from qantar.dataset.cells import READ_AS_MISSING, is_always_there
from qantar.schema.patterns import TEXT_PATTERN, ColumnKind
from qantar.schema.table import Column, Table

# Control characters, which the readers of CSV treat each in its own way, are not in texts.
_LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"])
_HARD = st.sampled_from(
    ['"', '""', 'a "b", c', "'", "a,b;c|d", "Hội đồng Bảo an", "é́", "a ", "\u2028x", "🐎", "\\N"]
)


def rows(table: Table, most: int = 5) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Lists of rows in which any column but keys and required ones may be absent."""
    due = {column.name for column in table.columns if is_always_there(table, column)}
    fields = {name: _values(table.by_name[name]) for name in table.by_name if name in due}
    absent = {name: _values(table.by_name[name]) for name in table.by_name if name not in due}
    return st.lists(st.fixed_dictionaries(fields, optional=absent), max_size=most).map(
        lambda made: [{name: row[name] for name in table.by_name if name in row} for row in made]
    )


@cache
def _values(column: Column) -> st.SearchStrategy[Any]:
    low, high = column.minimum, column.maximum
    if column.kind is ColumnKind.boolean:
        return st.booleans()
    if column.kind is ColumnKind.integer:
        return st.integers(
            -(2**63) if low is None else int(low), 2**63 - 1 if high is None else int(high)
        )
    if column.kind is ColumnKind.number:
        # The very largest floats are rounded to infinity.
        return st.floats(-1e300 if low is None else low, 1e300 if high is None else high).map(
            _as_released
        )
    return _texts(column).filter(lambda text: text not in READ_AS_MISSING)


def _as_released(number: float) -> float:
    return float(f"{number:.15g}") + 0.0


def _texts(column: Column) -> st.SearchStrategy[str]:
    if column.kind is ColumnKind.date:
        return st.dates().map(lambda day: day.isoformat()).filter(lambda day: day >= "1000")
    if column.enum:
        return st.sampled_from(column.enum)
    if column.pattern in (None, TEXT_PATTERN):
        return (st.text(_LETTERS, min_size=1, max_size=40) | _HARD).filter(
            lambda text: text[0] not in " =+@-"
        )
    longest = column.max_length or 100
    return st.from_regex(column.pattern, fullmatch=True, alphabet=_LETTERS).filter(
        lambda text: len(text) <= longest
    )
