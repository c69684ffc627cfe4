"""The engines that must give one verdict on a record, each as a function."""

from collections.abc import Callable
from functools import cache
from typing import Any

import jsonschema
import jsonschema_rs
import pydantic

from qantar.schema import Event, Profile
from qantar.validation.rules.record.schema import load_schema


def _without_conditions(profile: Profile) -> dict[str, Any]:
    return {k: v for k, v in load_schema(profile).items() if k != "allOf"}


def _only_conditions(profile: Profile) -> dict[str, Any]:
    return {k: v for k, v in load_schema(profile).items() if k in ("$schema", "allOf")}


@cache
def by_reference(profile: Profile, *, conditions: bool = False) -> Callable[[Any], bool]:
    """python-jsonschema, the reference: the structure, or the conditions alone."""
    schema = _only_conditions(profile) if conditions else _without_conditions(profile)
    engine = jsonschema.Draft202012Validator(schema)
    return lambda record: bool(engine.is_valid(record))


@cache
def by_rust(profile: Profile, *, conditions: bool = False) -> Callable[[Any], bool]:
    schema = _only_conditions(profile) if conditions else _without_conditions(profile)
    engine = jsonschema_rs.Draft202012Validator(schema, validate_formats=False)
    return engine.is_valid


def by_models(record: Any) -> bool:
    """The models say what a coded record is: its structure, and the conditions."""
    return _accepts(Event.model_validate, record)


def by_models_from_text(text: str | bytes) -> bool:
    """The same, of a record's JSON text."""
    return _accepts(Event.model_validate_json, text)


def _accepts(validate: Callable[[Any], Event], value: Any) -> bool:
    try:
        validate(value)
    except pydantic.ValidationError:
        return False
    return True
