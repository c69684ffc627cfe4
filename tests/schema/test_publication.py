"""What is published is what models, codebook and rules say, in the portable profile."""

import hashlib
import json

import jsonschema
import pytest

from qantar.schema.publication import DIGESTS, PUBLISHED, published_files
from qantar.schema.rule import Severity
from qantar.schema.rules import rules
from qantar.schema.tables import TABLES
from qantar.schema.version import SCHEMA_VERSION
from support import made_up

FOLDER = PUBLISHED / SCHEMA_VERSION
MEND = "run: python -m qantar.schema.publication"
# What engines disagree on, or refuse.
NOT_PORTABLE = {
    "oneOf",
    "discriminator",
    "$dynamicRef",
    "unevaluatedItems",
    "unevaluatedProperties",
    "multipleOf",
    "format",
    "default",
    "nullable",
}
SCHEMAS = ["event.schema.json", "exchange.schema.json"]


def read(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def nodes(value):
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from nodes(item)
    elif isinstance(value, list):
        for item in value:
            yield from nodes(item)


@pytest.mark.parametrize("path", sorted(published_files()))
def test_the_committed_file_is_up_to_date(path):
    assert (FOLDER / path).read_text(encoding="utf-8") == published_files()[path], MEND


def test_nothing_else_is_published():
    there = {p.relative_to(FOLDER).as_posix() for p in FOLDER.rglob("*") if p.is_file()}
    assert there == set(published_files()), MEND


def test_the_digests_are_those_of_the_files():
    for line in (FOLDER / DIGESTS).read_text().splitlines():
        digest, path = line.split("  ")
        assert hashlib.sha256((FOLDER / path).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_is_valid_and_portable(name):
    schema = read(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"].endswith(f"/{SCHEMA_VERSION}/{name}")
    for node in nodes(schema):
        assert not NOT_PORTABLE & set(node) - set(node.get("properties", ()))
        assert node.get("type") != "null"


@pytest.mark.parametrize("name", SCHEMAS)
def test_patterns_are_in_the_dialect_all_engines_share(name):
    patterns = [n["pattern"] for n in nodes(read(name)) if isinstance(n.get("pattern"), str)]
    assert len(patterns) > 20
    for pattern in patterns:
        assert not any(
            mark in pattern for mark in (r"\d", r"\w", r"\s", r"\p", "(?=", "(?!", "(?<")
        )


def test_the_editor_schema_is_the_same_but_for_labels():
    editor = read("event.editor.schema.json")
    labelled = 0
    for node in nodes(editor):
        labels = node.pop("enumDescriptions", None)
        if labels:
            labelled += 1
            assert len(labels) == len(node["enum"])
    plain = read("event.schema.json")
    assert labelled > 10
    assert {k: v for k, v in editor.items() if k != "$id"} == {
        k: v for k, v in plain.items() if k != "$id"
    }


@pytest.mark.parametrize("position", [0, 1])
def test_a_record_is_valid_and_loses_validity_with_each_required_field(position):
    validator = jsonschema.Draft202012Validator(read("event.schema.json"))
    record = made_up.corpus().events[position]
    assert validator.is_valid(record)
    for name in read("event.schema.json")["required"]:
        assert not validator.is_valid({k: v for k, v in record.items() if k != name}), name


def test_exchange_asks_for_the_core_only():
    validator = jsonschema.Draft202012Validator(read("exchange.schema.json"))
    core = {
        "schema_version": SCHEMA_VERSION,
        "event_id": "GDELT-410412347",
        "record_version": 1,
        "action_code": "icews:1213",
        "date_earliest": "2022-01-06",
        "date_latest": "2022-01-06",
    }
    assert validator.is_valid(core)
    for name in core:
        assert not validator.is_valid({k: v for k, v in core.items() if k != name}), name


def test_every_rule_says_what_holds_and_what_to_do():
    for rule in rules():
        assert rule.sentence.endswith(".")
        assert rule.mend.endswith(".")
        assert rule.id == rule.id.lower()
        assert rule.severity in Severity


def test_rules_name_columns_that_exist():
    for rule in rules():
        if rule.table in TABLES:
            assert set(rule.on) <= set(TABLES[rule.table].declared), rule.id


def test_every_column_is_described():
    for table in TABLES.values():
        for column in table.columns:
            assert column.description.endswith("."), f"{table.name}.{column.name}"
