"""The levels of a nested record: the objects at one place of it, which are rows of a table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyarrow as pa

from qantar.schema import TABLES, Profile
from qantar.schema.patterns import ColumnKind
from qantar.schema.shape import INHERITED, RECORD_TABLES
from qantar.schema.table import Column
from qantar.validation.rules.record.schema import load_schema

# Numbers are read as doubles, so that a fraction is not cut off a whole number.
_TYPES = {
    "string": pa.string(),
    "integer": pa.float64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}


@dataclass(frozen=True)
class Level:
    """What the published schema says of the objects at one place.

    name: the table of which they are rows, which is the list's name too. parent: the level
    that has the list. scalars: what its objects hold besides lists. lists: how many items
    each must have. required: the fields that must be there.
    """

    name: str
    parent: str | None
    scalars: Mapping[str, Column]
    types: Mapping[str, pa.DataType]
    lists: Mapping[str, int]
    required: frozenset[str]

    @property
    def inherited(self) -> tuple[str, ...]:
        """The columns that its rows take over from the level around them."""
        return INHERITED.get(self.name, ())


@cache
def levels_of(profile: Profile) -> dict[str, Level]:
    """The levels of a record by name, each after the one around it."""
    schema = load_schema(profile)
    levels = {level.name: level for level in _levels("events", None, schema, schema["$defs"])}
    if levels.keys() != {*RECORD_TABLES}:
        raise ValueError("the published schema has other lists than a record")
    return levels


@cache
def arrow_schema(profile: Profile) -> pa.Schema:
    """A record as Arrow reads it."""
    levels = levels_of(profile)
    return pa.schema(_fields(levels["events"], levels))


def _levels(
    name: str, parent: str | None, schema: Mapping[str, Any], defs: Mapping[str, Any]
) -> Iterator[Level]:
    properties = schema["properties"]
    lists = {key: one for key, one in properties.items() if one["type"] == "array"}
    scalars = {key: one for key, one in properties.items() if key not in lists}
    yield Level(
        name,
        parent,
        {key: _column(name, key, one) for key, one in scalars.items()},
        {key: _TYPES[one["type"]] for key, one in scalars.items()},
        {key: one.get("minItems", 0) for key, one in lists.items()},
        frozenset(schema["required"]),
    )
    for key, one in lists.items():
        yield from _levels(key, name, defs[one["items"]["$ref"].rpartition("/")[2]], defs)


def _column(table: str, name: str, schema: Mapping[str, Any]) -> Column:
    known = TABLES[table].by_name.get(name)
    # The version of the format stands in records only.
    return known or Column(name, ColumnKind.string, "", enum=tuple(schema["enum"]))


def _fields(level: Level, levels: Mapping[str, Level]) -> list[pa.Field]:
    lists = [pa.field(n, pa.list_(pa.struct(_fields(levels[n], levels)))) for n in level.lists]
    return [*(pa.field(name, kind) for name, kind in level.types.items()), *lists]
