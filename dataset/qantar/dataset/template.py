"""Empty sheets to code in: they validate once they are filled in."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from qantar.schema.event import EventFields
from qantar.schema.patterns import ColumnKind
from qantar.schema.publication import code_labels, event_schema
from qantar.schema.rule import Profile
from qantar.schema.table import Column, Table
from qantar.schema.tables import TABLES
from qantar.validation.rules.value.form import describe_form
from qantar.validation.rules.value.rule import describe_range

# Optional in the schema, since a date that is not known has none; a coder is asked for them.
_ASKED = ("participants", "date_edtf", "date_earliest", "date_latest")
_EVENTS = "events"
_PARTIES = ("actor_", "target_")
_FEW = 15
# A table whose rows are all computed from others is nothing to fill in.
TEMPLATE_TABLES = {
    name: table
    for name, table in TABLES.items()
    if not any(table.by_name[key].derived for key in table.primary_key)
}


def template_table(name: str, languages: Sequence[str]) -> Table:
    """A table as coders fill it in, with prose in these languages (suffixes).

    What is required in some language is asked for in each, since a project promises them all.
    """
    declared = TEMPLATE_TABLES[name].of(Profile.coded)
    needed = {
        f"{column.name}_{language}"
        for column in declared.columns
        if column.by_language and column.required
        for language in languages
    }
    table = declared.in_languages(languages)
    columns = (replace(c, required=True) if c.name in needed else c for c in table.columns)
    return replace(table, columns=tuple(columns))


def template_columns(table: Table) -> list[Column]:
    """The columns that a coder fills: those that no release computes from others.

    In a sheet of events that stands alone the first actor and target have no table of their
    own, so that their columns are filled in too.
    """
    return [
        column
        for column in table.columns
        if not column.derived or (table.name == _EVENTS and column.name.startswith(_PARTIES))
    ]


def describe_cell(column: Column) -> str:
    """What a cell of the column holds, whether it must, and which values it takes."""
    return "\n".join((column.description, _need(column), _values(column)))


def csv_template(table: Table) -> bytes:
    """A header and nothing else."""
    text = io.StringIO(newline="")
    names = [column.name for column in template_columns(table)]
    csv.writer(text, lineterminator="\n").writerow(names)
    return text.getvalue().encode()


def json_template(table: Table) -> bytes:
    """A record to fill in: a nested one for events, else a list of one flat row.

    Text is empty and all else null; what stays so is a fault until it is filled in or
    deleted.
    """
    if table.name == _EVENTS:
        document: Any = _blank_event(table)
    else:
        document = [{c.name: _blank_cell(c) for c in template_columns(table)}]
    return (json.dumps(document, indent=2) + "\n").encode()


def code_rows(table: Table) -> list[tuple[str, str, str]]:
    """(column, code, label): each column with its description, then each of its codes."""
    known = code_labels()
    rows: list[tuple[str, str, str]] = []
    for column in template_columns(table):
        rows.append((column.name, "", column.description))
        labels = known.get(frozenset(column.enum or ()), {})
        rows.extend((column.name, code, labels.get(code, "")) for code in column.enum or ())
    return rows


def _need(column: Column) -> str:
    if column.required_in_exchange:
        return "Required." if column.required else "Required in converted rows."
    return "Required in coded records." if column.required else "May stay empty."


def _values(column: Column) -> str:
    if column.enum and len(column.enum) <= _FEW:
        return f"One of: {', '.join(column.enum)}."
    if column.enum:
        return f"One of {len(column.enum)} codes, such as {column.enum[0]}."
    if column.kind is ColumnKind.boolean:
        return "true or false."
    if column.kind in (ColumnKind.integer, ColumnKind.number):
        kind = "A whole number" if column.kind is ColumnKind.integer else "A number"
        bounded = column.minimum is not None or column.maximum is not None
        return f"{kind} {describe_range(column)}." if bounded else f"{kind}."
    form = describe_form(column.pattern) if column.pattern else "text"
    return f"{form[0].upper()}{form[1:]}."


def _blank_event(table: Table) -> dict[str, Any]:
    """A nested record, its keys in the order of the model."""
    schema = event_schema(Profile.coded)
    blank = _blank(schema, schema["$defs"], asked=_ASKED)
    record: dict[str, Any] = {}
    for name in EventFields.model_fields:
        if name in blank:
            record[name] = blank[name]
        elif name in EventFields.prose_bases():
            of_base = (c for c in table.columns if c.required and c.name.startswith(f"{name}_"))
            record |= {column.name: "" for column in of_base}
    return record


def _blank(node: dict[str, Any], defs: dict[str, Any], *, asked: tuple[str, ...] = ()) -> Any:
    if "$ref" in node:
        return _blank(defs[node["$ref"].rpartition("/")[2]], defs)
    if len(node.get("enum", ())) == 1:
        return node["enum"][0]
    if node.get("type") == "array":
        return [_blank(node["items"], defs)]
    if node.get("type") == "object":
        names = [n for n in node["properties"] if n in {*node.get("required", ()), *asked}]
        return {name: _blank(node["properties"][name], defs) for name in names}
    return "" if node.get("type") == "string" else None


def _blank_cell(column: Column) -> str | None:
    return "" if column.kind in ("string", "date") else None
