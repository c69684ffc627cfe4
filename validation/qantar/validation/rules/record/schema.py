"""The published JSON Schema of a nested record, as rules and readers take it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from qantar.schema import SCHEMA_VERSION, Profile
from qantar.schema.language import prose_pattern
from qantar.schema.shape import RECORD_TABLES
from qantar.schema.tables import TABLES

_FILES = {Profile.coded: "event.schema.json", Profile.exchange: "exchange.schema.json"}


@dataclass(frozen=True)
class LevelSchema:
    """What the schema says of the objects at one place, which are rows of a table.

    scalars: what they hold besides lists, each with its schema. lists: by the table of their
    items, which is the list's name too. required: the fields that must be there.
    """

    scalars: Mapping[str, Mapping[str, Any]]
    lists: Mapping[str, Mapping[str, Any]]
    required: frozenset[str]

    @property
    def optional(self) -> tuple[str, ...]:
        """The fields that may be left out."""
        return tuple(name for name in (*self.scalars, *self.lists) if name not in self.required)


@cache
def load_schema(profile: Profile) -> dict[str, Any]:
    """The published JSON Schema of the record, from the copy in the package."""
    folder = files("qantar.schema") / "published" / SCHEMA_VERSION
    schema: dict[str, Any] = json.loads((folder / _FILES[profile]).read_text("utf-8"))
    return schema


@cache
def level_schemas(profile: Profile, languages: tuple[str, ...] = ()) -> dict[str, LevelSchema]:
    """What the schema says of the rows of each table, inner ones first.

    languages: those for which prose has a field.
    """
    schema = load_schema(profile)
    levels = dict(_levels("events", schema, schema["$defs"], languages))
    if levels.keys() != {*RECORD_TABLES}:
        raise ValueError("the published schema has other lists than a record")
    return levels


def _levels(
    table: str, schema: Mapping[str, Any], defs: Mapping[str, Any], languages: tuple[str, ...]
) -> Iterator[tuple[str, LevelSchema]]:
    properties = schema["properties"]
    lists = {name: one for name, one in properties.items() if one["type"] == "array"}
    for name, one in lists.items():
        yield from _levels(name, defs[one["items"]["$ref"].rpartition("/")[2]], defs, languages)
    scalars = {name: one for name, one in properties.items() if name not in lists}
    prose = {prose_pattern(base): base for base in TABLES[table].prose}
    for pattern, one in schema.get("patternProperties", {}).items():
        scalars |= {f"{prose[pattern]}_{language}": one for language in languages}
    yield table, LevelSchema(scalars, lists, frozenset(schema["required"]))
