"""The rows of a table as columns, repeated values named once, as the page holds them."""

from collections.abc import Sequence
from typing import Any

from qantar.schema.patterns import ColumnKind
from qantar.schema.shape import Row
from qantar.schema.table import Column, Table

_KINDS = {
    ColumnKind.string: "s",
    ColumnKind.date: "d",
    ColumnKind.integer: "i",
    ColumnKind.number: "n",
    ColumnKind.boolean: "b",
}


def encode_table(table: Table, rows: Sequence[Row]) -> dict[str, Any]:
    """``{"n": number of rows, "c": columns}``; see `encode_column`."""
    return {"n": len(rows), "c": [encode_column(column, rows) for column in table.columns]}


def encode_column(column: Column, rows: Sequence[Row]) -> dict[str, Any]:
    """A column by name ``n`` and kind ``k``.

    Its values are in ``v``; where ``d`` is there, as places in that list. A column without
    values has no ``v``. An absent value is null, in a list of places -1.
    """
    values = [row.get(column.name) for row in rows]
    coded: dict[str, Any] = {"n": column.name, "k": _KINDS[column.kind]}
    if all(value is None for value in values):
        return coded
    distinct = list(dict.fromkeys(value for value in values if value is not None))
    if _KINDS[column.kind] in "sd" and 2 * len(distinct) <= len(values):
        places = {value: place for place, value in enumerate(distinct)}
        return {**coded, "d": distinct, "v": [places.get(value, -1) for value in values]}
    if column.kind is ColumnKind.boolean:
        return {**coded, "v": [None if value is None else int(value) for value in values]}
    return {**coded, "v": values}
