"""The published JSON Schema of a nested record, as rules and readers take it."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from qantar.schema import SCHEMA_VERSION, Profile

_FILES = {Profile.coded: "event.schema.json", Profile.exchange: "exchange.schema.json"}


@cache
def load_schema(profile: Profile) -> dict[str, Any]:
    """The published JSON Schema of the record, from the copy in the package."""
    folder = files("qantar.schema") / "published" / SCHEMA_VERSION
    schema: dict[str, Any] = json.loads((folder / _FILES[profile]).read_text("utf-8"))
    return schema
