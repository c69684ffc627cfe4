"""The published schemas, generated from models and rules.

``python -m qantar.schema.publication`` writes them; a test compares what is committed.
"""

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from qantar.schema.codebook import actions, admitted_countries
from qantar.schema.condition import expressible_rules
from qantar.schema.digest import DIGESTS, list_digests
from qantar.schema.event import ExchangeFields
from qantar.schema.event_record import Event
from qantar.schema.language import SUFFIX_PATTERN, prose_pattern
from qantar.schema.patterns import ColumnKind
from qantar.schema.replacement import replace_text
from qantar.schema.rule import Condition, Implies, Profile, Requires
from qantar.schema.rules import rules
from qantar.schema.table import WIDER_FORMS, Column, Table
from qantar.schema.tables import OPEN_PREFIX, TABLES
from qantar.schema.version import SCHEMA_VERSION, schema_url
from qantar.schema.vocabulary import Vocabulary

PUBLISHED = Path(__file__).parent / "published"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


_LINE_ENDS = "[\\t\\n\\r]"
# A Table Schema of a package has the columns of its languages; the published ones have these.
_SHOWN_LANGUAGES = ("en",)


_EVENT_KEYS = (
    "type",
    "additionalProperties",
    "propertyNames",
    "required",
    "properties",
    "patternProperties",
)


class _PortableSchema(GenerateJsonSchema):
    """JSON Schema in the keywords on which all engines agree: no null, no defaults."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        published = super().str_schema(schema)
        fixed_length = published.get("minLength") == published.get("maxLength")
        if "pattern" in published and not fixed_length:
            # Python lets `$` match before a final line end; other engines do not.
            published["not"] = {"pattern": _LINE_ENDS}
        return published

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        published = super().model_schema(schema)
        bases = schema["cls"].prose_bases()
        return _with_prose(published, bases) if bases else published

    def get_title_from_name(self, name: str) -> str:
        return name[0].upper() + name[1:].replace("_", " ")


def _with_prose(published: dict[str, Any], bases: Collection[str]) -> dict[str, Any]:
    """The same with prose as keys that end in a language, of which a required one needs any."""
    properties = {n: p for n, p in published["properties"].items() if n not in bases}
    patterns = {
        prose_pattern(base): {
            "title": prose["title"],
            "description": prose["description"],
            **prose["additionalProperties"],
        }
        for base, prose in published["properties"].items()
        if base in bases
    }
    required = [name for name in published.get("required", ()) if name not in bases]
    needed = [_has_prose(name) for name in published.get("required", ()) if name in bases]
    return {
        **published,
        "properties": properties,
        "patternProperties": patterns,
        # Python lets `$` match before a final line end; other engines do not.
        "propertyNames": {"type": "string", "not": {"pattern": _LINE_ENDS}},
        "required": required,
        **({"allOf": needed} if needed else {}),
    }


def _has_prose(base: str) -> dict[str, Any]:
    """At least one key has the base name and a language."""
    return {"not": {"propertyNames": {"not": {"type": "string", "pattern": prose_pattern(base)}}}}


def published_files() -> dict[str, str]:
    """Every published file of this schema version: path below the version, and content."""
    documents: dict[str, Any] = {
        "event.schema.json": event_schema(Profile.coded),
        "event.editor.schema.json": editor_schema(),
        "exchange.schema.json": event_schema(Profile.exchange),
        "rules.json": rule_catalogue(),
        **{
            f"tables/{table.name}.schema.json": table_schema(table.in_languages(_SHOWN_LANGUAGES))
            for table in TABLES.values()
        },
    }
    texts = {path: _as_text(document) for path, document in documents.items()}
    return texts | {DIGESTS: list_digests(texts)}


def event_schema(profile: Profile) -> dict[str, Any]:
    """The JSON Schema of the nested record, with the rules that JSON Schema can say."""
    name = "event" if profile is Profile.coded else "exchange"
    schema = Event.model_json_schema(schema_generator=_PortableSchema)
    conditions = [_as_condition(rule) for rule in expressible_rules(profile)]
    if profile is Profile.exchange:
        _relax_for_exchange(schema)
    return {
        "$schema": DIALECT,
        "$id": schema_url(f"{name}.schema.json"),
        "title": "Event record",
        "description": "One act that a text reports, foretells or supposes (Qantar "
        f"{SCHEMA_VERSION}, {profile} profile).",
        **{key: schema[key] for key in _EVENT_KEYS},
        "allOf": [*schema["allOf"], *conditions],
        "$defs": schema["$defs"],
    }


def editor_schema() -> dict[str, Any]:
    """The coded schema with a label for each code, for completion in editors."""
    schema = event_schema(Profile.coded)
    schema["$id"] = schema_url("event.editor.schema.json")
    meanings = code_labels()
    for node in _nodes(schema):
        known = meanings.get(frozenset(node.get("enum", ())))
        if known and "type" in node:
            node["enumDescriptions"] = [known[value] for value in node["enum"]]
    return schema


def code_labels() -> dict[frozenset[str], dict[str, str]]:
    """The label of each code, for each code list as a set."""
    meanings = {
        frozenset(m.value for m in vocabulary): {m.value: m.meaning for m in vocabulary}
        for vocabulary in Vocabulary.__subclasses__()
    }
    labels = {code: f"{a.action_name}. {a.gloss['en']}" for code, a in actions().items()}
    meanings[frozenset(labels)] = labels
    names = {code: country.name["en"] for code, country in admitted_countries().items()}
    return meanings | {frozenset(names): names}


def rule_catalogue() -> dict[str, Any]:
    """Every rule beyond the JSON Schema's keywords, as data."""
    in_schema = {rule.id for rule in expressible_rules(Profile.coded)}
    return {
        "$id": schema_url("rules.json"),
        "schema_version": SCHEMA_VERSION,
        "prose": {name: sorted(table.prose) for name, table in TABLES.items() if table.prose},
        "language_suffix": f"^{SUFFIX_PATTERN}$",
        "rules": [
            rule.model_dump(mode="json", exclude_none=True)
            | {"also_in_json_schema": rule.id in in_schema}
            for rule in rules()
        ],
    }


def table_schema(table: Table) -> dict[str, Any]:
    """The Frictionless Table Schema (Data Package v2) of a table."""
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "name": table.name,
        "title": table.name.replace("_", " ").capitalize(),
        "description": table.description,
        "fields": [field_descriptor(column) for column in table.columns],
        "missingValues": [""],
    }
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": list(reference.columns),
                "reference": {
                    "resource": "" if reference.table == table.name else reference.table,
                    "fields": list(reference.other_columns),
                },
            }
            for reference in table.references
        ]
    return schema


def field_descriptor(column: Column) -> dict[str, Any]:
    """A column as a field of a Table Schema."""
    is_text = column.kind is ColumnKind.string
    constraints = {
        "required": column.required or None,
        "enum": list(column.enum) if column.enum else None,
        "pattern": column.pattern if is_text and not column.enum else None,
        "minLength": column.min_length if is_text else None,
        "maxLength": column.max_length if is_text else None,
        "minimum": column.minimum,
        "maximum": column.maximum,
    }
    field: dict[str, Any] = {
        "name": column.name,
        "type": str(column.kind),
        "title": column.title,
        "description": column.description + (" Derived." if column.derived else ""),
    }
    if column.kind is ColumnKind.boolean:
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    stated = {name: value for name, value in constraints.items() if value is not None}
    return field | ({"constraints": stated} if stated else {})


def _as_condition(rule: Requires | Implies) -> dict[str, Any]:
    tests: dict[str, Any] = {}
    needed: list[str] = []
    prose = TABLES[rule.table].prose
    lacked: dict[str, list[tuple[str, ...]]] = {}
    for condition in rule.when:
        if condition.lacks is not None:
            lacked.setdefault(condition.column, []).append(condition.lacks)
            tests[condition.column] = _without(lacked[condition.column])
        else:
            tests[condition.column] = _as_test(condition)
        if condition.lacks is None and condition.present is not False:
            needed.append(condition.column)
    test: dict[str, Any] = {"type": "object", "properties": tests}
    if needed:
        test["required"] = needed
    if isinstance(rule, Implies):
        return {
            "if": test,
            "then": {"properties": {rule.column: {"enum": [rule.value]}}},
            "else": {"properties": {rule.column: {"enum": [rule.otherwise]}}},
        }
    then: dict[str, Any] = {}
    plain = [name for name in rule.present if name not in prose]
    if plain:
        then["required"] = plain
        then["properties"] = dict.fromkeys(plain, True)
    lacking = [name for name in rule.absent if name not in prose]
    if lacking:
        then["properties"] = then.get("properties", {}) | dict.fromkeys(lacking, False)
    of_prose = [
        *(_has_prose(name) for name in rule.present if name in prose),
        *({"not": _has_prose(name)} for name in rule.absent if name in prose),
    ]
    if of_prose:
        then["allOf"] = of_prose
    return {"if": test, "then": then}


def _as_test(condition: Condition) -> Any:
    if condition.is_in is not None:
        values = list(condition.is_in)
        if all(isinstance(value, bool) for value in values):
            return {"type": "boolean", "enum": values}
        return {"type": "string", "enum": values}
    return bool(condition.present)


def _without(lacked: list[tuple[str, ...]]) -> dict[str, Any]:
    """A text that holds none of these, by condition."""
    literal = str.maketrans({".": "[.]", "[": "\\[", "]": "\\]"})
    escaped = [text.translate(literal) for texts in lacked for text in texts]
    return {"not": {"type": "string", "pattern": "|".join(escaped)}}


def _relax_for_exchange(schema: dict[str, Any]) -> None:
    """Ask for less, admit the ids and codes of others, and open the names that begin as theirs."""
    table = TABLES["events"].of(Profile.exchange)
    schema["required"] = [
        "schema_version",
        *(c.name for c in table.columns if c.required_in_exchange and not c.excused_by),
    ]
    schema["allOf"] = []
    properties = schema["properties"]
    properties["mentions"].pop("minItems", None)
    further = ExchangeFields.model_json_schema(schema_generator=_PortableSchema)
    properties |= further["properties"]
    for node in _nodes(schema):
        wider = WIDER_FORMS.get(node.get("pattern", ""))
        if wider:
            node |= {"pattern": wider.pattern, "maxLength": wider.max_length}
    properties["action_code"]["enum"] = list(table.by_name["action_code"].enum or ())
    # Engines quarrel over a key that has a schema of its own and matches a pattern too, so
    # what may be there is said of all names.
    names = [*properties, f"{OPEN_PREFIX}[a-z0-9_]+"]
    names += [prose_pattern(base).strip("^$") for base in sorted(table.prose)]
    schema["propertyNames"]["pattern"] = f"^(?:{'|'.join(names)})$"
    scalars = ("string", "number", "boolean")
    schema["additionalProperties"] = {"anyOf": [{"type": name} for name in scalars]}


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from _nodes(item)
    elif isinstance(value, list):
        for item in value:
            yield from _nodes(item)


def _as_text(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def publish(folder: Path = PUBLISHED / SCHEMA_VERSION) -> list[Path]:
    """Write the files and return those that changed; what is no longer made is removed."""
    wanted = {folder / path: text for path, text in published_files().items()}
    for path in folder.rglob("*.json"):
        if path not in wanted:
            path.unlink()
    return [path for path, text in wanted.items() if replace_text(path, text)]


if __name__ == "__main__":
    for written in publish():
        print(written.relative_to(PUBLISHED))
