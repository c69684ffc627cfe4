"""A nested record against the published JSON Schema, in the words of the value rules."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import jsonschema_rs

from qantar.schema import SCHEMA_VERSION, TABLES, Profile
from qantar.schema.past import PAST_VERSIONS
from qantar.schema.shape import INHERITED, LISTS
from qantar.validation.engine.records.misplaced import place_of_field
from qantar.validation.engine.records.structure_error import ErrorReader, Pointed, table_of_path
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.readers.json.text import as_pointer
from qantar.validation.readers.json.walk import Path
from qantar.validation.rules.record.schema import load_schema
from qantar.validation.rules.table_kind import names_known
from qantar.validation.rules.unknown_name import faults_of_names
from qantar.validation.rules.value.rule import is_required, missing, name_value

_KNOWN = " and ".join((SCHEMA_VERSION, *reversed(PAST_VERSIONS)))


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


def _faults_of_prose(record: dict[str, Any], profile: Profile) -> Iterator[Pointed]:
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


@cache
def _reader(profile: Profile) -> ErrorReader:
    def unknown(path: Path, names: list[str], item: Any) -> Iterator[Pointed]:
        return _unknown_fields(path, names, item, profile)

    return ErrorReader(TABLES, profile, unknown, _expected)


def _translate(
    error: jsonschema_rs.ValidationError, profile: Profile, foreign: Mapping[str, Any]
) -> Iterator[Pointed]:
    path: Path = tuple(error.instance_path)
    value = foreign.get(as_pointer(path), error.instance)
    if path == ("schema_version",) and isinstance(value, str):
        yield as_pointer(path), _other_version(value)
    else:
        yield from _reader(profile).read(error, foreign)


def _expected(path: Path) -> str | None:
    if path == ("schema_version",):
        return f"the text {SCHEMA_VERSION}"
    if len(path) == 1 and _is_open(path[0]):
        return "a text, a number, or true or false"
    return None


def _unknown_fields(path: Path, names: list[str], item: Any, profile: Profile) -> Iterator[Pointed]:
    table = table_of_path(path)
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


@cache
def _fields(table: str, profile: Profile) -> frozenset[str]:
    """The fields of a record of a table, lists included; prose aside."""
    declared = TABLES[table].of(profile).columns
    columns = (c.name for c in declared if c.is_given(profile) and not c.by_language)
    own = {*columns} - {*INHERITED.get(table, ())} | {*LISTS.get(table, ())}
    return frozenset(own | {"schema_version"} if table == "events" else own)
