"""A package's descriptor: whether it is well formed, and says what the schema says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from qantar.schema.language import is_language, languages_in, suffix_of
from qantar.schema.past import PAST_VERSIONS
from qantar.schema.publication import table_schema
from qantar.schema.rule import Profile
from qantar.schema.table import Table
from qantar.schema.tables import TABLES
from qantar.schema.version import SCHEMA_VERSION
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.suggestion import nearest
from qantar.validation.packages.safe_path import path_problem
from qantar.validation.readers.json.text import locate, parse
from qantar.validation.rules.observation import fault_by
from qantar.validation.rules.value.rule import is_column_required, name_value

DESCRIPTOR = "datapackage.json"
PROFILE = "qantar:profile"
LANGUAGES = "qantar:languages"
VERSION = "qantar:schema_version"
_HASH = re.compile("sha256:[0-9a-f]{64}")
_FORMATS = ("csv", "tsv", "parquet")


@dataclass(frozen=True)
class Resource:
    """A table's file as a descriptor names it; path is safe and relative to the descriptor."""

    table: Table
    path: str
    format: str
    digest: str
    size: int | None
    pointer: str


@dataclass(frozen=True)
class Descriptor:
    """What a descriptor says, as far as it can be understood.

    languages: suffixes of the languages that it names, the main one first.
    """

    resources: tuple[Resource, ...] = ()
    profile: Profile | None = None
    languages: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_descriptor(
    content: bytes, *, file: str, tables: Mapping[str, Table] = TABLES
) -> Descriptor:
    """Judge a descriptor's bytes; the faults have line and JSON pointer.

    tables: those of the schema by which it is judged.
    """
    document, refused = parse(content)
    if refused:
        return Descriptor(faults=tuple(fault.at(file=file) for fault in refused))
    faults: list[Fault] = []
    stated = document.get(PROFILE) if isinstance(document, dict) else None
    profile = Profile(stated) if stated in tuple(Profile) else None
    resources = tuple(_read_package(document, tables, profile or Profile.coded, faults))
    if stated is not None and profile is None:
        told = f"{PROFILE} must be {' or '.join(Profile)}."
        faults.append(_malformed(told, f"/{PROFILE}"))
    if tables is TABLES:
        faults.extend(_other_version(document))
    languages = _languages(document, faults)
    wanted = {fault.pointer or "" for fault in faults}
    lines = locate(content.decode("utf-8"), wanted) if wanted else {}
    placed = (fault.at(file=file, line=lines[fault.pointer or ""]) for fault in faults)
    return Descriptor(resources, profile, languages, tuple(placed))


def _other_version(document: Any) -> Iterator[Fault]:
    """A schema that a descriptor names, and that the tables are not judged by."""
    stated = document.get(VERSION) if isinstance(document, dict) else None
    if stated in (None, SCHEMA_VERSION):
        return
    known = " and ".join((SCHEMA_VERSION, *reversed(PAST_VERSIONS)))
    told = f"{VERSION} is {name_value(stated)}, but this package knows {known}."
    yield fault_by("schema-version-differs", told, pointer=f"/{VERSION}", value=stated)


def _languages(document: Any, faults: list[Fault]) -> tuple[str, ...]:
    """The languages that a descriptor names, by their suffixes."""
    if not isinstance(document, dict) or LANGUAGES not in document:
        return ()
    stated = document[LANGUAGES]
    tags: list[Any] = stated if isinstance(stated, list) else []
    if not tags or not all(isinstance(tag, str) and is_language(suffix_of(tag)) for tag in tags):
        told = f'{LANGUAGES} is a list of language tags, such as ["en", "pt-BR"].'
        faults.append(_malformed(told, f"/{LANGUAGES}"))
        return ()
    return tuple(dict.fromkeys(suffix_of(tag) for tag in tags))


def _read_package(
    document: Any, tables: Mapping[str, Table], profile: Profile, faults: list[Fault]
) -> Iterator[Resource]:
    listed = document.get("resources") if isinstance(document, dict) else None
    if not isinstance(listed, list) or not listed:
        faults.append(_malformed("The descriptor has no list of resources.", ""))
        return
    seen: set[str] = set()
    for number, item in enumerate(listed):
        pointer = f"/resources/{number}"
        if not isinstance(item, dict):
            faults.append(_malformed(f"Resource {number + 1} is not an object.", pointer))
            continue
        resource = _read_resource(item, pointer, tables, profile, faults)
        if resource and {resource.table.name, resource.path} & seen:
            told = f"{resource.table.name} or {resource.path} is named twice."
            faults.append(_malformed(told, f"{pointer}/name"))
        elif resource:
            seen |= {resource.table.name, resource.path}
            yield resource


def _read_resource(
    item: dict[str, Any],
    pointer: str,
    tables: Mapping[str, Table],
    profile: Profile,
    faults: list[Fault],
) -> Resource | None:
    before = len(faults)
    name, path = item.get("name"), item.get("path")
    table = tables.get(name) if isinstance(name, str) else None
    if table is None:
        told = f"The resource {name!r} is no table of the format."
        rule = "table-unknown" if isinstance(name, str) else "descriptor-malformed"
        guess = nearest(name or "", list(tables))
        faults.append(fault_by(rule, told, pointer=f"{pointer}/name", suggestion=guess))
    problem = path_problem(path)
    if problem:
        rule = "path-unsafe" if isinstance(path, str) else "descriptor-malformed"
        faults.append(fault_by(rule, f"The path {path!r} {problem}.", pointer=f"{pointer}/path"))
    digest, size = item.get("hash"), item.get("bytes")
    if not (isinstance(digest, str) and _HASH.fullmatch(digest)):
        told = "A resource's hash is sha256: and 64 small hexadecimal digits."
        faults.append(_malformed(told, f"{pointer}/hash"))
    if size is not None and (not isinstance(size, int) or isinstance(size, bool) or size < 0):
        faults.append(_malformed("bytes is a whole number.", f"{pointer}/bytes"))
    form = item.get("format", PurePosixPath(str(path)).suffix.removeprefix("."))
    if form not in _FORMATS:
        told = f"format must be one of {', '.join(_FORMATS)}."
        faults.append(_malformed(told, f"{pointer}/format"))
    readable = len(faults) == before
    if table is not None:
        schema = item.get("schema")
        faults.extend(_compare(schema, table, str(form), profile, f"{pointer}/schema"))
    if not readable or table is None:
        return None
    stated = str(digest).removeprefix("sha256:")
    return Resource(table, str(path), str(form), stated, size, pointer)


def _compare(
    found: Any, table: Table, form: str, profile: Profile, pointer: str
) -> Iterator[Fault]:
    """How a resource's schema departs from the table's own."""
    fields = found.get("fields") if isinstance(found, dict) else None
    if not isinstance(fields, list) or not all(isinstance(f, dict) for f in fields):
        yield _malformed(f"{table.name} has no schema with a list of fields.", pointer)
        return
    # In which languages prose may be, the tables themselves are asked.
    names = (field["name"] for field in fields if isinstance(field.get("name"), str))
    table = table.in_languages(languages_in(names, table.prose))
    expected = table_schema(table)
    wanted = {field["name"]: field for field in expected["fields"]}
    for number, field in enumerate(fields):
        place = f"{pointer}/fields/{number}"
        name = field.get("name")
        if not isinstance(name, str) or name not in wanted:
            guess = nearest(name or "", list(wanted))
            yield _differs(f"{table.name} has no column {name!r}.", f"{place}/name", guess)
            continue
        yield from _compare_field(field, wanted.pop(name), form, profile, place)
    held = {field["name"] for field in expected["fields"]} - wanted.keys()
    for name in wanted:
        if is_column_required(table.by_name[name], profile, held):
            yield _differs(f"The column {name} of {table.name} is left out.", f"{pointer}/fields")
    for key in ("primaryKey", "foreignKeys", "missingValues"):
        if key in found and found[key] != expected.get(key):
            yield _differs(f"{key} of {table.name} is not what the schema has.", f"{pointer}/{key}")


def _compare_field(
    field: dict[str, Any], wanted: dict[str, Any], form: str, profile: Profile, pointer: str
) -> Iterator[Fault]:
    for key, expected in _expected(wanted, form).items():
        found = field.get(key)
        if found is None and key in ("title", "description"):
            continue
        if profile is Profile.exchange and isinstance(found, dict) and isinstance(expected, dict):
            # A package of converted rows may ask for less than everything.
            found, expected = ({**facts, "required": None} for facts in (found, expected))
        if found != expected and found != wanted.get(key):
            told = f"{key} of {wanted['name']} is not what the schema has."
            yield _differs(told, f"{pointer}/{key}" if key in field else pointer)


def _expected(wanted: dict[str, Any], form: str) -> dict[str, Any]:
    """A field as packages of a format have it.

    Readers of Parquet by way of pandas see a number that is missing as one beyond every
    bound, and whole numbers beside it as fractions; so nothing is asked of these there.
    """
    is_number = wanted["type"] in ("integer", "number")
    if form != "parquet" or not is_number or wanted.get("constraints", {}).get("required"):
        return wanted
    return wanted | {"type": "number", "constraints": None}


def _malformed(message: str, pointer: str) -> Fault:
    return fault_by("descriptor-malformed", message, pointer=pointer)


def _differs(message: str, pointer: str, suggestion: str | None = None) -> Fault:
    return fault_by("descriptor-differs", message, pointer=pointer, suggestion=suggestion)
