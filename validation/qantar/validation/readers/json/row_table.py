"""Flat rows of JSON as a table in memory, for the rules between tables."""

import sys
from collections.abc import Collection, Iterable
from typing import Any

import polars as pl

from qantar.schema.patterns import ColumnKind
from qantar.schema.rule import Profile
from qantar.schema.table import Column
from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import gather_faults
from qantar.validation.readers.cell_table import POLARS_TYPES, CellTable
from qantar.validation.readers.json.text import Entry
from qantar.validation.readers.table_file import JudgedTable


def judged_rows(
    entries: Collection[Entry], faults: Iterable[Fault], table: str, profile: Profile, file: str
) -> JudgedTable:
    """Rows that were judged, as the rules between tables read them.

    entries: the rows that could be read, by whose numbers the others are left empty. faults:
    of the rows, with pointers.
    """
    height = max((entry.row for entry in entries), default=0)
    rows: list[dict[str, Any]] = [{} for _ in range(height)]
    lines = [1] * height
    for entry in entries:
        rows[entry.row - 1] = entry.record if isinstance(entry.record, dict) else {}
        lines[entry.row - 1] = entry.lines([""])[""]
    # A frame without columns has no height; one that is empty says the same.
    held = {TABLES[table].columns[0].name, *(name for row in rows for name in row)}
    columns = [
        values_of_column(column, [row.get(column.name) for row in rows])
        for column in TABLES[table].with_names(held).columns
        if column.name in held
    ]
    unread = {
        (index, series.name)
        for series in columns
        for index in series.is_null().arg_true().to_list()
        if rows[index].get(series.name) is not None
    }
    frame = pl.DataFrame(columns, height=height)
    read = CellTable(file, frame, lines, frozenset(unread), table=table, is_json=True)
    told = (f.at(column=f.pointer.removeprefix("/")) for f in faults if f.pointer)
    return JudgedTable(read, profile, gather_faults(told))


def values_of_column(column: Column, values: list[Any]) -> pl.Series:
    """The values that are of the column's kind; null in place of others."""
    kind = POLARS_TYPES[column.kind]
    if column.kind in (ColumnKind.string, ColumnKind.date):
        texts = [value if isinstance(value, str) else None for value in values]
        series = pl.Series(column.name, texts, pl.String)
        return series if kind is pl.String else series.str.to_date("%Y-%m-%d", strict=False)
    kept = [_held(column.kind, value) for value in values]
    return pl.Series(column.name, kept, kind, strict=False)


def _held(kind: ColumnKind, value: Any) -> bool | int | float | None:
    """The value, if it is of the column's kind and no number beyond what 64 bits hold."""
    if kind is ColumnKind.boolean:
        return value if isinstance(value, bool) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if kind is ColumnKind.number:
        return float(value) if abs(value) <= sys.float_info.max else None
    return value if isinstance(value, float) or abs(value) < 2**63 else None
