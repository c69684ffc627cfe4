"""Rows of the made-up tables, repeated, emptied and changed, as a Hypothesis strategy."""

from typing import Any

from hypothesis import strategies as st

from qantar.schema.patterns import ColumnKind
from qantar.schema.shape import Row
from support import made_up
from support.mutations import HOSTILE_NUMBERS, HOSTILE_TEXTS
from support.told_tables import CODED_TABLES

JUDGED = ("events", "participants", "mentions", "spans", "sentences", "actor_roles", "changes")
_HOSTILE: dict[ColumnKind, list[Any]] = {
    ColumnKind.string: HOSTILE_TEXTS,
    ColumnKind.date: HOSTILE_TEXTS,
    ColumnKind.integer: [n for n in HOSTILE_NUMBERS if isinstance(n, int)],
    ColumnKind.number: [float(n) for n in HOSTILE_NUMBERS],
    ColumnKind.boolean: [True, False],
}


@st.composite
def mutated_rows(draw: st.DrawFn) -> tuple[str, list[Row]]:
    """Rows of a table of the made-up corpus, some repeated, some cells changed or emptied."""
    table = draw(st.sampled_from(JUDGED))
    whole = made_up.corpus().tables()[table]
    rows = [dict(row) for row in draw(st.lists(st.sampled_from(whole), min_size=1, max_size=20))]
    for _ in range(draw(st.integers(0, 20))):
        row = draw(st.sampled_from(rows))
        column = draw(st.sampled_from(CODED_TABLES[table].columns))
        row[column.name] = draw(st.none() | st.sampled_from(_HOSTILE[column.kind]))
    return table, rows
