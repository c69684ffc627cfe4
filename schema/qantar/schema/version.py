"""The version of the record format, which is neither the data's nor the package's."""

from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

SCHEMA_VERSION = "0.2.0"
SCHEMA_BASE_URL = "https://w3id.org/qantar/schema"


def schema_url(file_name: str, version: str = SCHEMA_VERSION) -> str:
    """The identifier of a published schema; it names the file and need not resolve."""
    return f"{SCHEMA_BASE_URL}/{version}/{file_name}"


def _same_version(version: str) -> str:
    if version != SCHEMA_VERSION:
        raise ValueError(f"the record is of schema {version}, these models of {SCHEMA_VERSION}")
    return version


SchemaVersion = Annotated[
    str,
    AfterValidator(_same_version),
    WithJsonSchema({"type": "string", "enum": [SCHEMA_VERSION]}),
]
