"""A nested record against the JSON Schema of an earlier version."""

from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import Any

import jsonschema_rs

from qantar.schema.past import PastSchema, past_schema
from qantar.schema.rule import Profile
from qantar.validation.engine.records.structure_error import ErrorReader, table_of_path
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.readers.json.text import as_pointer
from qantar.validation.readers.json.walk import Path
from qantar.validation.rules.unknown_name import faults_of_names


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
        for pointer, fault in _reader(schema.version, profile).read(error, foreign):
            if pointer not in told:
                told.add(pointer)
                yield fault.at(pointer=pointer, column=None)


@cache
def _engine(version: str, profile: Profile) -> jsonschema_rs.Draft202012Validator:
    document = dict(past_schema(version).records[profile])
    return jsonschema_rs.Draft202012Validator(document, validate_formats=False)


@cache
def _reader(version: str, profile: Profile) -> ErrorReader:
    schema = past_schema(version)
    return ErrorReader(schema.tables, profile, partial(_unknown_fields, schema))


def _unknown_fields(
    schema: PastSchema, path: Path, names: list[str], item: Any
) -> Iterator[tuple[str, Fault]]:
    table = table_of_path(path)
    known = {name for name, c in schema.tables[table].by_name.items() if not c.derived}
    told = f"a field of a record of {table} in schema {schema.version}"
    for name, fault in faults_of_names("field-unknown", names, known, item, told):
        place = path if name is None else (*path, name)
        value = None if name is None else shown(item.get(name))
        yield as_pointer(place), fault.at(value=value)
