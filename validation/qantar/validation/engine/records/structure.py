"""A nested record against the published JSON Schema, in the words of the value rules."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import jsonschema_rs

from qantar.schema import SCHEMA_VERSION, TABLES, Profile
from qantar.schema.past import PAST_VERSIONS
from qantar.schema.shape import INHERITED, LISTS, RECORD_TABLES
from qantar.validation.engine.records.misplaced import place_of_field
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.readers.json.text import as_pointer
from qantar.validation.readers.json.walk import Path
from qantar.validation.rules.record.schema import load_schema
from qantar.validation.rules.table_kind import names_known
from qantar.validation.rules.unknown_name import faults_of_names
from qantar.validation.rules.value.null import null_of
from qantar.validation.rules.value.rule import is_required, judge_value, missing, name_value

_KNOWN = " and ".join((SCHEMA_VERSION, *reversed(PAST_VERSIONS)))
_LISTS = frozenset(RECORD_TABLES) - {"events"}


def faults_of_structure(
    record: Any, profile: Profile, foreign: Mapping[str, Any] | None = None
) -> Iterator[Fault]:
    """What the JSON Schema finds wrong; faults have a pointer, one a place at most.

    foreign: by pointer, what stands in the record as null because JSON cannot hold it. What
    the schema's conditions say is left to the rules that they were made from.
    """
    engine = _engine(profile)
    if engine.is_valid(record):
        return
    told: set[str] = set()
    if isinstance(record, dict):
        for pointer, fault in _faults_of_prose(record, profile):
            told.add(pointer)
            yield fault.at(pointer=pointer, column=None)
    for error in engine.iter_errors(record):
        if {"allOf", "propertyNames"} & {*error.schema_path[:1]}:
            continue
        for pointer, fault in _translate(error, profile, foreign or {}):
            if pointer not in told:
                told.add(pointer)
                yield fault.at(pointer=pointer, column=None)


def _faults_of_prose(record: dict[str, Any], profile: Profile) -> Iterator[tuple[str, Fault]]:
    """Prose that no language has, and fields of converted records that are none."""
    table = TABLES["events"].of(profile)
    there = table.bases_in(record)
    for base in sorted(table.prose - there):
        if is_required(table.declared[base], profile):
            yield as_pointer((base,)), missing(table.declared[base])
    if profile is Profile.exchange:
        known = {*_fields("events", profile)}
        odd = [n for n in record if not (n in known or table.base_of(n) or _is_open(n))]
        yield from _unknown_fields((), odd, record, profile)


def _is_open(name: Any) -> bool:
    return isinstance(name, str) and TABLES["events"].is_open_to(name, Profile.exchange)


def structure_test(profile: Profile) -> Callable[[Any], bool]:
    """Whether the JSON Schema finds nothing wrong; it raises an error for what is not JSON."""
    return _engine(profile).is_valid


@cache
def _engine(profile: Profile) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(load_schema(profile), validate_formats=False)


def _translate(
    error: jsonschema_rs.ValidationError, profile: Profile, foreign: Mapping[str, Any]
) -> Iterator[tuple[str, Fault]]:
    path: Path = tuple(error.instance_path)
    kind = error.kind
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.Required):
        yield as_pointer((*path, kind.property)), _missing(path, kind.property)
    elif isinstance(kind, jsonschema_rs.ValidationErrorKind.AdditionalProperties):
        yield from _unknown_fields(path, kind.unexpected, error.instance, profile)
    else:
        pointer = as_pointer(path)
        value = foreign.get(pointer, error.instance)
        is_null = value is None and pointer not in foreign
        if is_null and path and isinstance(path[-1], str):
            column = TABLES[_table_of(path[:-1])].by_name.get(path[-1])
            yield pointer, null_of(column, path[-1], profile)
        else:
            yield pointer, _judge(error, path, value, profile)


def _judge(error: jsonschema_rs.ValidationError, path: Path, value: Any, profile: Profile) -> Fault:
    name = str(path[-1]) if path else "the record"
    if name == "schema_version" and len(path) == 1 and isinstance(value, str):
        return _other_version(value)
    column = TABLES[_table_of(path[:-1])].by_name.get(name)
    fault = judge_value(column, value, profile) if column else None
    if fault:
        return fault
    if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.MinItems):
        told = f"{name} is an empty list, but needs at least {error.kind.limit} item."
        return Fault("list-length", told)
    expected = "a list" if name in _LISTS else "a record"
    if len(path) == 1 and _is_open(name):
        expected = "a text, a number, or true or false"
    if name == "schema_version":
        expected = f"the text {SCHEMA_VERSION}"
    subject = f"item {name} of {path[-2]}" if name.isdigit() and len(path) > 1 else name
    told = f"{subject} is {name_value(value)}, but must be {expected}."
    return Fault("value-type", told, value=None if value is None else shown(value))


def _missing(path: Path, name: str) -> Fault:
    column = TABLES[_table_of(path)].by_name.get(name)
    return missing(column) if column else Fault("value-missing", f"{name} is missing.")


def _unknown_fields(
    path: Path, names: list[str], item: Any, profile: Profile
) -> Iterator[tuple[str, Fault]]:
    table = _table_of(path)
    told = f"a field of a record of {table}"
    declared = TABLES[table]
    prose = (known for known in names_known(declared, item) if declared.base_of(known))
    known = {*_fields(table, profile), *prose}
    for name, fault in faults_of_names("field-unknown", names, known, item, told):
        if name is None:
            yield as_pointer(path), fault
            continue
        place = place_of_field(table, name)
        if place:
            fault = fault.at(message=f"{fault.message} {place}", suggestion=None)
        yield as_pointer((*path, name)), fault.at(value=shown(item.get(name)))


def _other_version(value: str) -> Fault:
    told = f"schema_version is {name_value(value)}, but this package knows {_KNOWN}."
    if value in PAST_VERSIONS:
        told = (
            f"schema_version is {name_value(value)}, but it stands among what is judged by "
            f"{SCHEMA_VERSION}; `qantar migrate` brings it there."
        )
    return Fault("schema-version-differs", told, value=shown(value))


def _table_of(path: Path) -> str:
    """The table whose row stands at the path."""
    names = [step for step in path if step in _LISTS]
    return str(names[-1]) if names else "events"


@cache
def _fields(table: str, profile: Profile) -> frozenset[str]:
    """The fields of a record of a table, lists included; prose aside."""
    declared = TABLES[table].of(profile).columns
    columns = (c.name for c in declared if c.is_given(profile) and not c.by_language)
    own = {*columns} - {*INHERITED.get(table, ())} | {*LISTS.get(table, ())}
    return frozenset(own | {"schema_version"} if table == "events" else own)
