"""What was published of earlier schemas is read again as tables and rules."""

import json

import pytest

from qantar.schema.digest import DIGESTS, list_digests
from qantar.schema.past import PAST_VERSIONS, PUBLISHED, past_schema, shows_past
from qantar.schema.publication import table_schema
from qantar.schema.version import SCHEMA_VERSION


@pytest.mark.parametrize("version", PAST_VERSIONS)
def test_a_table_read_again_is_published_as_it_was(version: str) -> None:
    for name, table in past_schema(version).tables.items():
        path = PUBLISHED / version / "tables" / f"{name}.schema.json"
        assert table_schema(table) == json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("version", PAST_VERSIONS)
def test_every_rule_is_read_again(version: str) -> None:
    declared = json.loads((PUBLISHED / version / "rules.json").read_text("utf-8"))["rules"]
    read = past_schema(version).rules
    assert [rule.id for rule in read] == [rule["id"] for rule in declared]
    assert [rule.severity for rule in read] == [rule["severity"] for rule in declared]


@pytest.mark.parametrize("version", PAST_VERSIONS)
def test_what_was_published_is_as_its_digests_say(version: str) -> None:
    folder = PUBLISHED / version
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.json")
    }
    assert (folder / DIGESTS).read_text("utf-8") == list_digests(files)


def test_a_version_that_there_was_not_is_refused() -> None:
    with pytest.raises(KeyError):
        past_schema(SCHEMA_VERSION)


@pytest.mark.parametrize(
    ("table", "names", "is_past"),
    [
        ("actors", ["actor_id", "wikidata_id"], True),
        ("actors", ["actor_id", "external_id"], False),
        ("events", ["event_id", "symmetric"], True),
        ("events", ["event_id", "symmetric", "direction"], False),
        ("agreement", ["field", "measure", "value", "n"], True),
        ("agreement", ["coders", "field", "measure", "counted", "value", "n"], False),
        ("spans", ["wikidata_id"], False),
        (None, ["wikidata_id"], False),
    ],
)
def test_some_columns_can_only_be_of_an_earlier_schema(
    table: str | None, names: list[str], is_past: bool
) -> None:
    assert shows_past(table, names) is is_past


@pytest.mark.parametrize("name", sorted(past_schema("0.1.0").tables))
def test_a_table_is_told_by_its_columns(name: str) -> None:
    schema = past_schema("0.1.0")
    assert schema.table_of(schema.tables[name].by_name) == name
