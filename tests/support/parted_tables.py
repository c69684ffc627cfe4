"""Tables in parts as engines hold them, and what one frame of the same rows is told."""

import math
from collections import Counter
from itertools import pairwise

import polars as pl
from hypothesis import HealthCheck
from hypothesis import strategies as st

from qantar.schema import TABLES, Profile, Severity
from qantar.schema.patterns import ColumnKind
from qantar.schema.shape import Row, Rows
from qantar.validation import check_frame
from qantar.validation.faults.fault import shown
from qantar.validation.rules.record.name import BETWEEN, naming_columns
from support import made_up
from support.held_frames import FRAMES, as_polars
from support.mutations import HOSTILE_TEXTS
from support.told_tables import TOLD_TABLES

PARTED = ("events", "participants", "mentions", "sentences", "actor_roles", "changes")
OTHERS = ("events", "actors", "mentions", "changes", "articles")
NUMBERS = [1.5, 1e300, math.nan, math.inf]
Told = Counter[tuple[str | None, ...]]
NO_FIXTURE_HARM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@st.composite
def parted_tables(draw: st.DrawFn) -> tuple[str, Rows, list[int]]:
    """A table with rows repeated and cells changed, tables beside it, and where it is cut."""
    tables = made_up.corpus().tables()
    name = draw(st.sampled_from(PARTED))
    rows = [dict(r) for r in draw(st.lists(st.sampled_from(tables[name]), min_size=1, max_size=12))]
    numbers = {ColumnKind.integer: [1, 2, 9, -1], ColumnKind.number: NUMBERS}
    for _ in range(draw(st.integers(0, 6))):
        column = draw(st.sampled_from(TOLD_TABLES[name].columns))
        values = numbers.get(column.kind, [True, False])
        if column.kind in (ColumnKind.string, ColumnKind.date):
            values = [*HOSTILE_TEXTS, *{r[column.name] for r in tables[name] if r.get(column.name)}]
        draw(st.sampled_from(rows))[column.name] = draw(st.none() | st.sampled_from(values))
    beside = {other: tables[other] for other in OTHERS if draw(st.booleans())}
    cuts = sorted(draw(st.lists(st.integers(0, len(rows)), max_size=3)))
    return name, beside | {name: rows}, cuts


def local(name: str, tables: Rows, profile: Profile, kind: str = "polars") -> Told:
    """What one frame is told, keyed as parts are: by the name of the record."""
    frame = FRAMES[kind](name, tables[name])
    others = {other: as_polars(other, rows) for other, rows in tables.items() if other != name}
    verdict = check_frame(frame, name, profile, others)
    columns = [c for c in naming_columns(TABLES[name]) if any(c in row for row in tables[name])]
    records = [called(row, columns) for row in tables[name]]
    return Counter(
        (f.rule, f.message, f.column, f.value, records[f.row - 1] if f.row else None)
        for f in verdict.faults
        # Words for absent values are counted over a whole column, which no part has.
        if f.rule != "value-type" or f.severity is not Severity.warning
    )


def called(row: Row, columns: list[str]) -> str:
    return BETWEEN.join(shown(row.get(column)) or "" for column in columns)


def told(answer: pl.DataFrame) -> Told:
    columns = ("rule", "message", "column", "value", "record")
    return Counter(answer.select(columns).iter_rows())


def parts_of(frame: pl.DataFrame, cuts: list[int]) -> list[pl.DataFrame]:
    ends = [0, *cuts, frame.height]
    return [frame[low:high] for low, high in pairwise(ends)]
