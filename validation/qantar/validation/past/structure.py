"""A nested record against the JSON Schema of an earlier version."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import jsonschema_rs

from qantar.schema.past import PastSchema, past_schema
from qantar.schema.rule import Profile
from qantar.schema.shape import RECORD_TABLES
from qantar.schema.table import Column
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.readers.json.text import as_pointer
from qantar.validation.readers.json.walk import Path
from qantar.validation.rules.unknown_name import faults_of_names
from qantar.validation.rules.value.null import null_of
from qantar.validation.rules.value.rule import judge_value, missing, name_value

_LISTS = frozenset(RECORD_TABLES) - {"events"}
Kinds = jsonschema_rs.ValidationErrorKind


def faults_of_past_structure(
    schema: PastSchema, record: Any, profile: Profile, foreign: Mapping[str, Any]
) -> Iterator[Fault]:
    """What the JSON Schema finds wrong; faults have a pointer, one a place at most.

    foreign: by pointer, what stands in the record as null because JSON cannot hold it. What the
    schema's conditions say is left to the rules that they were made from.
    """
    engine = _engine(schema.version, profile)
    if engine.is_valid(record):
        return
    told: set[str] = set()
    for error in engine.iter_errors(record):
        if "allOf" in error.schema_path[:1]:
            continue
        for pointer, fault in _translate(schema, error, profile, foreign):
            if pointer not in told:
                told.add(pointer)
                yield fault.at(pointer=pointer, column=None)


@cache
def _engine(version: str, profile: Profile) -> jsonschema_rs.Draft202012Validator:
    document = dict(past_schema(version).records[profile])
    return jsonschema_rs.Draft202012Validator(document, validate_formats=False)


def _translate(
    schema: PastSchema,
    error: jsonschema_rs.ValidationError,
    profile: Profile,
    foreign: Mapping[str, Any],
) -> Iterator[tuple[str, Fault]]:
    path: Path = tuple(error.instance_path)
    kind, pointer = error.kind, as_pointer(path)
    if isinstance(kind, Kinds.Required):
        column = _column(schema, (*path, kind.property))
        fault = (
            missing(column) if column else Fault("value-missing", f"{kind.property} is missing.")
        )
        yield as_pointer((*path, kind.property)), fault
    elif isinstance(kind, Kinds.AdditionalProperties):
        yield from _unknown_fields(schema, path, kind.unexpected, error.instance)
    else:
        value = foreign.get(pointer, error.instance)
        if value is None and pointer not in foreign and path and isinstance(path[-1], str):
            yield pointer, null_of(_column(schema, path), path[-1], profile)
        else:
            yield pointer, _judged(schema, error, path, value, profile)


def _judged(
    schema: PastSchema,
    error: jsonschema_rs.ValidationError,
    path: Path,
    value: Any,
    profile: Profile,
) -> Fault:
    column = _column(schema, path)
    fault = judge_value(column, value, profile) if column else None
    if fault:
        return fault
    name = str(path[-1]) if path else "the record"
    if isinstance(error.kind, Kinds.MinItems):
        told = f"{name} is an empty list, but needs at least {error.kind.limit} item."
        return Fault("list-length", told)
    expected = "a list" if name in _LISTS else "a record"
    subject = f"item {name} of {path[-2]}" if name.isdigit() and len(path) > 1 else name
    told = f"{subject} is {name_value(value)}, but must be {expected}."
    return Fault("value-type", told, value=None if value is None else shown(value))


def _unknown_fields(
    schema: PastSchema, path: Path, names: list[str], item: Any
) -> Iterator[tuple[str, Fault]]:
    table = _table_of(path)
    known = {name for name, c in schema.tables[table].by_name.items() if not c.derived}
    told = f"a field of a record of {table} in schema {schema.version}"
    for name, fault in faults_of_names("field-unknown", names, known, item, told):
        place = path if name is None else (*path, name)
        value = None if name is None else shown(item.get(name))
        yield as_pointer(place), fault.at(value=value)


def _column(schema: PastSchema, path: Path) -> Column | None:
    return schema.tables[_table_of(path[:-1])].by_name.get(str(path[-1])) if path else None


def _table_of(path: Path) -> str:
    """The table whose row stands at the path."""
    names = [step for step in path if step in _LISTS]
    return str(names[-1]) if names else "events"
