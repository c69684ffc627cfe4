"""A nested record as the quick reader takes it: its structure, types, code lists and ranges.

What the types leave open, the form and length of texts, is judged column by column.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from types import GenericAlias
from typing import Annotated, Any, Literal, NotRequired, TypedDict

import msgspec

from qantar.schema import Profile
from qantar.schema.shape import RECORD_TABLES
from qantar.validation.rules.record.schema import load_schema
from qantar.validation.rules.value.large_number import LARGEST_WHOLE

_SCALARS: dict[str, Any] = {"string": str, "integer": int, "number": float, "boolean": bool}
# A type with fields that are only known as the program runs.
_typed_dict: Any = TypedDict


@cache
def record_decoder(profile: Profile) -> msgspec.json.Decoder[Any]:
    """Reads a record as dicts and lists; raises `msgspec.MsgspecError` or ValueError.

    Of keys that stand twice the last is taken, and unknown ones are passed over, so that the
    record has fewer keys than its text.
    """
    schema = load_schema(profile)
    return msgspec.json.Decoder(_object("events", schema, schema["$defs"]))


@cache
def open_texts(profile: Profile) -> dict[str, tuple[str, ...]]:
    """By table, the columns of which the types take any text."""
    schema = load_schema(profile)
    found = dict(_open_texts("events", schema, schema["$defs"]))
    if found.keys() != {*RECORD_TABLES}:
        raise ValueError("the published schema has other lists than a record")
    return found


def _object(name: str, schema: Mapping[str, Any], defs: Mapping[str, Any]) -> Any:
    fields = {}
    for key, one in schema["properties"].items():
        is_list = one["type"] == "array"
        kind = _list(key, one, defs) if is_list else _scalar(one)
        fields[key] = kind if key in schema["required"] else NotRequired[kind]
    return _typed_dict(name, fields)


def _list(name: str, schema: Mapping[str, Any], defs: Mapping[str, Any]) -> Any:
    item = _object(name, _item_of(schema, defs), defs)
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


def _open_texts(
    name: str, schema: Mapping[str, Any], defs: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    properties = schema["properties"]
    texts = (key for key, one in properties.items() if one["type"] == "string")
    yield name, tuple(key for key in texts if "enum" not in properties[key])
    for key, one in properties.items():
        if one["type"] == "array":
            yield from _open_texts(key, _item_of(one, defs), defs)


def _item_of(schema: Mapping[str, Any], defs: Mapping[str, Any]) -> Mapping[str, Any]:
    item: Mapping[str, Any] = defs[schema["items"]["$ref"].rpartition("/")[2]]
    return item
