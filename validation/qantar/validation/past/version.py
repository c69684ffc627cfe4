"""Of which version of the schema a record or a package is."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qantar.schema.past import PAST_VERSIONS, shows_past
from qantar.validation.packages.descriptor import DESCRIPTOR, VERSION
from qantar.validation.packages.store import Store, StoreError

EVENT_SCHEMA = "event.schema.json"
RECORDS = "events.jsonl"
PACKAGES = ("", "csv/", "parquet/")
# A schema or a descriptor is smaller; what is larger is not read to tell a version by it.
_LONGEST = 20_000_000
_IN_ID = re.compile(r"/schema/([0-9]+[.][0-9]+[.][0-9]+)/")
_IN_RECORD = re.compile(rb'"schema_version"\s*:\s*"([0-9.]{1,20})"')
_START = 100_000


def past_version_of(record: Any) -> str | None:
    """The earlier version that a record names; None where it names another, or none."""
    version = record.get("schema_version") if isinstance(record, dict) else None
    return version if isinstance(version, str) and version in PAST_VERSIONS else None


def past_version_in(start: bytes) -> str | None:
    """The earlier version that the first record of a file names, by the first bytes."""
    found = _IN_RECORD.search(start[:_START])
    version = found[1].decode() if found else None
    return version if version in PAST_VERSIONS else None


def past_version_of_file(path: Path) -> str | None:
    """The earlier version that the first record of a file names. Raises OSError."""
    with path.open("rb") as handle:
        return past_version_in(handle.read(_START))


def package_version(store: Store) -> str | None:
    """The version of the schema that a package is of, as far as it tells.

    The descriptor says so; those of schema 0.1.0 do not, so the published schema beside it is
    asked, then the records, then the columns.
    """
    descriptors = [*_descriptors(store)]
    told = (found.get(VERSION) for found in descriptors)
    version = next((one for one in told if isinstance(one, str)), None)
    return version or _by_schema(store) or _by_records(store) or _by_columns(descriptors)


def _descriptors(store: Store) -> Iterator[dict[str, Any]]:
    for package in PACKAGES:
        found = _json(store, f"{package}{DESCRIPTOR}")
        if isinstance(found, dict):
            yield found


def _by_schema(store: Store) -> str | None:
    schema = _json(store, EVENT_SCHEMA)
    name = schema.get("$id") if isinstance(schema, dict) else None
    found = _IN_ID.search(name) if isinstance(name, str) else None
    return found[1] if found else None


def _by_records(store: Store) -> str | None:
    place = store.large(RECORDS)
    try:
        if place is not None:
            return past_version_of_file(place)
        return past_version_in(store.read(RECORDS))
    except (StoreError, OSError):
        return None


def _by_columns(descriptors: list[dict[str, Any]]) -> str | None:
    for descriptor in descriptors:
        listed = descriptor.get("resources")
        for resource in listed if isinstance(listed, list) else ():
            schema = resource.get("schema") if isinstance(resource, dict) else None
            fields = schema.get("fields") if isinstance(schema, dict) else None
            names = [f.get("name") for f in fields or () if isinstance(f, dict)]
            if shows_past(resource.get("name"), filter(None, names)):
                return PAST_VERSIONS[-1]
    return None


def _json(store: Store, path: str) -> Any:
    try:
        if store.large(path, _LONGEST) is not None:
            return None
        return json.loads(store.read(path))
    except (StoreError, OSError, ValueError, RecursionError):
        return None
