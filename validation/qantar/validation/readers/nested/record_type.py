"""A nested record as the quick reader takes it: its structure, types, code lists and ranges.

What the types leave open, the form and length of texts, is judged column by column.
"""

from collections.abc import Mapping
from functools import cache
from types import GenericAlias
from typing import Annotated, Any, Literal

import msgspec

from qantar.schema import Profile
from qantar.validation.rules.record.schema import LevelSchema, level_schemas
from qantar.validation.rules.value.large_number import LARGEST_WHOLE

_SCALARS: dict[str, Any] = {"string": str, "integer": int, "number": float, "boolean": bool}


@cache
def record_type(profile: Profile, languages: tuple[str, ...]) -> type[msgspec.Struct]:
    """The type of a record: its fields by name, None where one may be left out and is.

    languages: those of its prose.
    """
    found: dict[str, type[msgspec.Struct]] = {}
    for table, level in level_schemas(profile, languages).items():
        found[table] = _struct(table, level, found)
    return found["events"]


@cache
def record_decoder(profile: Profile, languages: tuple[str, ...]) -> msgspec.json.Decoder[Any]:
    """Reads a record; raises `msgspec.MsgspecError` or ValueError.

    Of keys that stand twice the last is taken, and keys that are no fields are passed over, so
    that the record has fewer than its text.
    """
    return msgspec.json.Decoder(record_type(profile, languages))


@cache
def open_texts(profile: Profile, languages: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """By table, the columns of which the types take any text."""
    return {
        table: tuple(
            name
            for name, schema in level.scalars.items()
            if schema["type"] == "string" and "enum" not in schema
        )
        for table, level in level_schemas(profile, languages).items()
    }


def _struct(
    table: str, level: LevelSchema, inner: Mapping[str, type[msgspec.Struct]]
) -> type[msgspec.Struct]:
    kinds = {name: _scalar(schema) for name, schema in level.scalars.items()}
    kinds |= {name: _list(inner[name], schema) for name, schema in level.lists.items()}
    required = [(name, kind) for name, kind in kinds.items() if name in level.required]
    optional = [(name, kinds[name], None) for name in level.optional]
    # Rows lie in no circle, so that no garbage need be looked for.
    return msgspec.defstruct(table, [*required, *optional], gc=False)


def _list(item: type[msgspec.Struct], schema: Mapping[str, Any]) -> Any:
    kind = GenericAlias(list, (item,))
    return Annotated[kind, msgspec.Meta(min_length=schema.get("minItems"))]


def _scalar(schema: Mapping[str, Any]) -> Any:
    if "enum" in schema:
        return Literal[tuple(schema["enum"])]
    kind = _SCALARS[schema["type"]]
    if kind in (str, bool):
        return kind
    # A double does not tell larger whole numbers apart.
    least = kind(schema.get("minimum", -LARGEST_WHOLE))
    most = kind(schema.get("maximum", LARGEST_WHOLE))
    return Annotated[kind, msgspec.Meta(ge=least, le=most)]
