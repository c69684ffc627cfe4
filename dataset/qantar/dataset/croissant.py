"""The Croissant 1.0 description of a release, with its context inside so that it works offline."""

import json
from collections.abc import Mapping
from typing import Any

from qantar.dataset.digest import sha256
from qantar.dataset.facts import ReleaseFacts
from qantar.schema.patterns import ColumnKind
from qantar.schema.table import Column, Table

# The only name of Parquet that mlcroissant knows.
_MEDIA_TYPES = {"csv": "text/csv", "parquet": "application/x-parquet"}
_DATA_TYPES = {
    ColumnKind.string: "sc:Text",
    ColumnKind.integer: "sc:Integer",
    ColumnKind.number: "sc:Float",
    ColumnKind.boolean: "sc:Boolean",
    ColumnKind.date: "sc:Date",
}
# As the specification prints it: https://docs.mlcommons.org/croissant/docs/croissant-spec.html
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def write_croissant(files: Mapping[str, bytes], facts: ReleaseFacts) -> bytes:
    """The description as JSON-LD.

    files: bytes by path, from which the tables in csv/ and parquet/ are described.
    """
    edition = facts.edition
    document: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": edition.name,
        "alternateName": edition.title,
        "description": facts.description,
        "version": facts.version,
        **({"datePublished": facts.released} if facts.released else {}),
        **({"license": edition.license_url} if edition.license_url else {}),
        "creator": {"@type": "sc:Organization", "name": edition.creator},
        "keywords": list(edition.keywords),
        **({"inLanguage": facts.language_tags} if facts.languages else {}),
        "citeAs": facts.citation,
        "isLiveDataset": False,
        "distribution": [
            _file_object(form, table, files[f"{form}/{table.name}.{form}"])
            for form in _MEDIA_TYPES
            for table in facts.tables.values()
        ],
        "recordSet": [_record_set(table) for table in facts.tables.values()],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _file_object(form: str, table: Table, content: bytes) -> dict[str, Any]:
    path = f"{form}/{table.name}.{form}"
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "description": table.description,
        "contentUrl": path,
        "contentSize": f"{len(content)} B",
        "encodingFormat": _MEDIA_TYPES[form],
        "sha256": sha256(content),
    }


def _record_set(table: Table) -> dict[str, Any]:
    keys = [{"@id": f"{table.name}/{column}"} for column in table.primary_key]
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        **({"key": keys[0] if len(keys) == 1 else keys} if keys else {}),
        "field": [_field(table, column) for column in table.columns],
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    target = _referred_columns(table).get(column.name)
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.description,
        "dataType": _DATA_TYPES[column.kind],
        "source": _column_of(table.name, column.name),
        **({"references": _column_of(*target)} if target else {}),
    }


def _column_of(table: str, column: str) -> dict[str, Any]:
    return {"fileObject": {"@id": f"parquet/{table}.parquet"}, "extract": {"column": column}}


def _referred_columns(table: Table) -> dict[str, tuple[str, str]]:
    # A field can refer to one other field only, so a key of one column goes before a joint
    # key; and mlcroissant cannot load a record set that refers to itself.
    targets: dict[str, tuple[str, str]] = {}
    others = [reference for reference in table.references if reference.table != table.name]
    for reference in sorted(others, key=lambda reference: len(reference.columns)):
        for column, other in zip(reference.columns, reference.other_columns, strict=True):
            targets.setdefault(column, (reference.table, other))
    return targets
