"""Values that their field cannot hold: taken out of it, and kept beside.

Such are line breaks and control characters, what a spreadsheet would take for a formula, texts
that are too long, coordinates and figures out of range. All is by the columns of the schema.
"""

import json
from functools import cache
from typing import Any

import polars as pl

from qantar.schema import TABLES, Profile
from qantar.schema.table import Column

UNFIT = "source_unfit"
UNFIT_TOLD = f"A value does not fit its field: it stands in {UNFIT} only."
# Made by the conversion itself, in the form that the schema asks.
_MADE = frozenset({"date_edtf", "date_earliest", "date_latest", "event_id", "mention_id"})


def fit(fields: pl.DataFrame, table: str) -> pl.DataFrame:
    """The fields with `source_unfit`: as JSON, by field, what each cannot hold of a row."""
    tests = {
        name: _is_unfit(column)
        for name, column in _tested(table).items()
        if name in fields.columns and fields[name].null_count() < fields.height
    }
    names = [n for n, found in zip(tests, _any(fields, tests), strict=True) if found]
    if not names:
        return fields.with_columns(pl.lit(None, pl.String).alias(UNFIT))
    masks = fields.select(tests[name].fill_null(False).alias(name) for name in names)
    is_any = masks.select(pl.any_horizontal(pl.all())).to_series()
    told: list[str | None] = [None] * fields.height
    for index in is_any.arg_true().to_list():
        held = {n: fields[n][index] for n in names if masks[n][index]}
        told[index] = json.dumps(held, ensure_ascii=False)
    kept = [pl.when(masks[n]).then(None).otherwise(fields[n]).alias(n) for n in names]
    return fields.with_columns(*kept, pl.Series(UNFIT, told, pl.String))


def _any(fields: pl.DataFrame, tests: dict[str, pl.Expr]) -> list[bool]:
    if not tests:
        return []
    return list(fields.select(test.any().alias(n) for n, test in tests.items()).row(0))


@cache
def _tested(table: str) -> dict[str, Column]:
    columns = TABLES[table].of(Profile.exchange).columns
    held = {c.name: c for c in columns if c.name not in _MADE and not c.enum}
    if table != "events":
        # What events have columns for, mentions keep under the same names.
        events = TABLES["events"].of(Profile.exchange).columns
        held |= {c.name: c for c in events if c.name.startswith("source_")}
    return held


def _is_unfit(column: Column) -> pl.Expr:
    value: Any = pl.col(column.name)
    tests = []
    if column.pattern:
        tests.append(~value.str.contains(column.pattern))
        if column.max_length:
            tests.append(value.str.len_bytes() > column.max_length)
    if column.minimum is not None:
        tests.append(value < column.minimum)
    if column.maximum is not None:
        tests.append(value > column.maximum)
    return pl.any_horizontal(tests) if tests else pl.lit(False)
