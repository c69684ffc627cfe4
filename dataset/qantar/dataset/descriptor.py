"""The Data Package (v2) descriptor of a release's tables in one format."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from qantar.builders.edition import Edition
from qantar.dataset.digest import sha256
from qantar.dataset.facts import MEDIA_TYPES, ReleaseFacts
from qantar.schema.publication import table_schema
from qantar.schema.shape import Row
from qantar.schema.table import Table
from qantar.schema.version import SCHEMA_VERSION

Format = Literal["csv", "parquet"]
DESCRIPTOR = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_RESOURCE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"


def write_descriptor(
    form: Format,
    contents: Mapping[str, bytes],
    facts: ReleaseFacts,
    *,
    articles: Iterable[Row] = (),
) -> bytes:
    """The descriptor as JSON.

    contents: the files' bytes by name of table. articles: rows of the table `articles`,
    which become the sources. The schemas are those of the tables in the languages of the
    release, which are named too.
    Source: https://datapackage.org/standard/data-package/
    """
    edition = facts.edition
    package: dict[str, Any] = {
        "$schema": _PROFILE,
        "name": edition.name,
        "title": edition.title,
        **({"description": facts.summary} if facts.summary else {}),
        "version": facts.version,
        **({"created": f"{facts.released}T00:00:00Z"} if facts.released else {}),
        "keywords": list(edition.keywords),
        **({"licenses": [_licence(edition)]} if edition.license_name else {}),
        "contributors": [{"title": edition.creator, "roles": ["creator"]}],
    }
    sources = [_source(article) for article in articles]
    if sources:
        package["sources"] = sources
    package["qantar:profile"] = "coded"
    package["qantar:schema_version"] = SCHEMA_VERSION
    if facts.language_tags:
        package["qantar:languages"] = facts.language_tags
    package["resources"] = [
        describe_resource(form, facts.tables[name], content) for name, content in contents.items()
    ]
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _licence(edition: Edition) -> dict[str, str]:
    facts = {
        "name": edition.license_name,
        "path": edition.license_url,
        "title": edition.license_title,
    }
    return {name: fact for name, fact in facts.items() if fact}


def describe_resource(form: Format, table: Table, content: bytes) -> dict[str, Any]:
    """A table's file as a descriptor names it."""
    schema = table_schema(table)
    size = {"bytes": len(content)}
    if form == "parquet":
        schema["fields"] = [_as_pandas_sees(field) for field in schema["fields"]]
        # frictionless counts no bytes of a Parquet file and fails where a count is stated.
        size = {}
    return {
        "$schema": _RESOURCE_PROFILE,
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.{form}",
        "title": schema["title"],
        "description": table.description,
        "format": form,
        "mediatype": MEDIA_TYPES[form],
        "encoding": "utf-8",
        **size,
        "hash": f"sha256:{sha256(content)}",
        "schema": schema,
    }


def _as_pandas_sees(field: dict[str, Any]) -> dict[str, Any]:
    constraints = field.get("constraints", {})
    if field["type"] not in ("integer", "number") or constraints.get("required"):
        return field
    # Readers by way of pandas see numbers with gaps as floating-point numbers and a gap as
    # one that is beyond every bound; the CSV package's descriptor keeps type and bounds.
    kept = {name: facts for name, facts in field.items() if name != "constraints"}
    return kept | {"type": "number"}


def _source(article: Row) -> dict[str, str]:
    words = (article.get("publisher"), article.get("title"), article["article_id"])
    return {"title": ": ".join(word for word in words if word)}
