"""The rows of a table as columns, repeated values named once, as the page holds them."""

import json
import re
from base64 import b64encode
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
_DIGEST = re.compile("[0-9a-f]{64}")


def encode_table(table: Table, rows: Sequence[Row]) -> dict[str, Any]:
    """``{"n": number of rows, "c": columns}``; see `encode_column`."""
    return {"n": len(rows), "c": [encode_column(column, rows) for column in table.columns]}


def encode_column(column: Column, rows: Sequence[Row]) -> dict[str, Any]:
    """A column by name ``n`` and kind ``k``.

    Its values are in ``v``; where ``d`` is there, as places in that list. A column without
    values has no ``v``. An absent value is null, in a list of places -1. Kind ``x`` is
    digests, whose bytes stand in Base64.
    """
    values = [row.get(column.name) for row in rows]
    kind = _KINDS[column.kind]
    coded: dict[str, Any] = {"n": column.name, "k": kind}
    present = [value for value in values if value is not None]
    if not present:
        return coded
    if kind == "s" and all(isinstance(v, str) and _DIGEST.fullmatch(v) for v in present):
        coded["k"] = "x"
        values = [None if value is None else _pack(value) for value in values]
    if kind == "b":
        return {**coded, "v": [None if value is None else int(value) for value in values]}
    if kind in "sd":
        named = _name_once(values)
        if _length(named) < _length({"v": values}):
            return {**coded, **named}
    return {**coded, "v": values}


def _name_once(values: Sequence[Any]) -> dict[str, Any]:
    distinct = list(dict.fromkeys(value for value in values if value is not None))
    places = {value: place for place, value in enumerate(distinct)}
    return {"d": distinct, "v": [places.get(value, -1) for value in values]}


def _pack(digest: str) -> str:
    return b64encode(bytes.fromhex(digest)).decode().rstrip("=")


def _length(coded: dict[str, Any]) -> int:
    return len(json.dumps(coded, ensure_ascii=False, separators=(",", ":")))
