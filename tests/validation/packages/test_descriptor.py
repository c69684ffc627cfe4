"""A descriptor's sizes, hashes and schemas are taken only in the form they must have."""

import json
from typing import Any

import pytest

from qantar.schema.rule import Profile
from qantar.validation.packages.descriptor import Descriptor, read_descriptor
from support import made_up
from support.made_up_package import csv_package


def described(**facts: Any) -> Descriptor:
    """A package of two tables of which the first has these facts; None leaves one out."""
    tables = made_up.corpus().tables()
    package = csv_package({name: tables[name] for name in ("actors", "articles")})
    document = json.loads(package["datapackage.json"])
    first = document["resources"][0]
    for name, value in facts.items():
        target, _, key = name.rpartition("__")
        place = first[target] if target else first
        if value is None:
            place.pop(key)
        else:
            place[key] = value
    return read_descriptor(json.dumps(document).encode(), file="d")


def told(found: Descriptor) -> list[tuple[str, str | None]]:
    return [(fault.rule, fault.pointer) for fault in found.faults]


@pytest.mark.parametrize("size", [True, False, -1, 1.5, "9", [9]])
def test_a_size_is_a_whole_number_and_nothing_else(size: Any) -> None:
    found = described(bytes=size)
    assert told(found) == [("descriptor-malformed", "/resources/0/bytes")]
    assert [resource.table.name for resource in found.resources] == ["articles"]


@pytest.mark.parametrize("size", [None, 0, 1, 10**15])
def test_a_size_may_be_nothing_or_left_out(size: int | None) -> None:
    found = described(bytes=size)
    assert found.faults == ()
    assert found.resources[0].size == size


@pytest.mark.parametrize(
    ("digest", "is_one"),
    [
        ("sha256:" + "0" * 64, True),
        ("sha256:" + "0" * 63, False),
        ("sha256:" + "0" * 65, False),
        ("sha256:" + "A" * 64, False),
        ("sha256:" + "0" * 64 + "\n", False),
        ("0" * 64, False),
        (None, False),
    ],
)
def test_a_hash_is_of_one_form(digest: str | None, is_one: bool) -> None:
    found = told(described(hash=digest))
    assert found == ([] if is_one else [("descriptor-malformed", "/resources/0/hash")])


@pytest.mark.parametrize("key", ["missingValues", "primaryKey", "foreignKeys"])
@pytest.mark.parametrize("value", [["NA"], [], "", [""]])
def test_a_schema_says_of_keys_and_absent_values_what_the_format_says(key: str, value: Any) -> None:
    found = described(**{f"schema__{key}": value})
    is_own = key == "missingValues" and value == [""]
    assert told(found) == ([] if is_own else [("descriptor-differs", f"/resources/0/schema/{key}")])


def test_a_schema_may_leave_them_out() -> None:
    assert described(schema__missingValues=None).faults == ()
    assert described(schema__primaryKey=None).faults == ()


@pytest.mark.parametrize(
    ("form", "is_one"), [("csv", True), ("parquet", True), ("tsv", True), ("xlsx", False)]
)
def test_a_form_is_one_that_is_read(form: str, is_one: bool) -> None:
    rules = {rule for rule, _ in told(described(format=form))}
    assert ("descriptor-malformed" in rules) is not is_one


def test_without_a_form_the_name_tells_it() -> None:
    assert described(format=None).resources[0].format == "csv"
    assert told(described(format=None, path="actors")) == [
        ("descriptor-malformed", "/resources/0/format")
    ]


@pytest.mark.parametrize("change", [{"name": "articles"}, {"path": "articles.csv"}])
def test_no_table_and_no_file_is_named_twice(change: dict[str, str]) -> None:
    found = [place for place in told(described(**change)) if place[0] == "descriptor-malformed"]
    assert found == [("descriptor-malformed", "/resources/1/name")]


@pytest.mark.parametrize("profile", [*Profile, "loose", 1, None])
def test_a_profile_is_one_of_two(profile: Any) -> None:
    package = csv_package({"actors": made_up.corpus().tables()["actors"]})
    document = json.loads(package["datapackage.json"]) | {"qantar:profile": profile}
    found = read_descriptor(json.dumps(document).encode(), file="d")
    assert found.profile == (profile if profile in [*Profile] else None)
    malformed = [("descriptor-malformed", "/qantar:profile")]
    is_wrong = profile not in (*Profile, None)
    assert [place for place in told(found) if "profile" in str(place)] == malformed * is_wrong


@pytest.mark.parametrize("key", ["title", "description"])
def test_a_field_may_go_without_words_about_it(key: str) -> None:
    assert changed_field(Profile.coded, key, None).faults == ()


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("value", ["x", [1], 7, None])
def test_constraints_of_another_form_are_told(profile: Profile, value: Any) -> None:
    found = changed_field(profile, "constraints", value)
    assert [fault.rule for fault in found.faults] == ["descriptor-differs"]


def changed_field(profile: Profile, key: str, value: Any) -> Descriptor:
    """A package of which the first field of the first table has this; None leaves it out."""
    package = csv_package({"actors": made_up.corpus().tables()["actors"]})
    document = json.loads(package["datapackage.json"]) | {"qantar:profile": profile}
    field = document["resources"][0]["schema"]["fields"][0]
    assert key in field
    del field[key]
    if value is not None:
        field[key] = value
    return read_descriptor(json.dumps(document).encode(), file="d")


def test_what_is_no_json_is_told_as_that_alone() -> None:
    found = read_descriptor(b"{", file="d")
    assert [(fault.rule, fault.file) for fault in found.faults] == [("json-malformed", "d")]
    assert found.resources == ()


@pytest.mark.parametrize("resources", [None, [], {}, {"a": 1}, "x", 7])
@pytest.mark.parametrize("is_object", [True, False])
def test_a_descriptor_has_a_list_of_resources(resources: Any, is_object: bool) -> None:
    document = {"resources": resources} if is_object else resources
    found = read_descriptor(json.dumps(document).encode(), file="d")
    assert told(found) == [("descriptor-malformed", "")]
    assert found.faults[0].line == 1


@pytest.mark.parametrize("item", [7, "actors", [], None])
def test_a_resource_is_an_object_and_the_next_is_read(item: Any) -> None:
    package = csv_package({"actors": made_up.corpus().tables()["actors"]})
    document = json.loads(package["datapackage.json"])
    document["resources"].insert(0, item)
    found = read_descriptor(json.dumps(document).encode(), file="d")
    assert told(found) == [("descriptor-malformed", "/resources/0")]
    assert found.faults[0].message == "Resource 1 is not an object."
    assert [resource.table.name for resource in found.resources] == ["actors"]


@pytest.mark.parametrize(
    ("facts", "rule", "key", "suggestion"),
    [
        ({"name": "actor"}, "table-unknown", "name", "actors"),
        ({"name": ""}, "table-unknown", "name", None),
        ({"name": 7}, "descriptor-malformed", "name", None),
        ({"name": [1]}, "descriptor-malformed", "name", None),
        ({"name": None}, "descriptor-malformed", "name", None),
        ({"path": "../actors.csv"}, "path-unsafe", "path", None),
        ({"path": "/actors.csv"}, "path-unsafe", "path", None),
        ({"path": 7, "format": "csv"}, "descriptor-malformed", "path", None),
        ({"path": None, "format": "csv"}, "descriptor-malformed", "path", None),
        ({"schema": None}, "descriptor-malformed", "schema", None),
        ({"schema": "x"}, "descriptor-malformed", "schema", None),
        ({"schema__fields": None}, "descriptor-malformed", "schema", None),
        ({"schema__fields": {}}, "descriptor-malformed", "schema", None),
        ({"schema__fields": [7]}, "descriptor-malformed", "schema", None),
        ({"schema__fields": ["name"]}, "descriptor-malformed", "schema", None),
    ],
)
def test_names_paths_and_schemas_are_told_where_they_stand(
    facts: dict[str, Any], rule: str, key: str, suggestion: str | None
) -> None:
    found = described(**facts)
    [fault] = found.faults
    assert (fault.rule, fault.pointer) == (rule, f"/resources/0/{key}")
    assert fault.suggestion == suggestion
    read = [resource.table.name for resource in found.resources]
    assert read == (["actors"] if key == "schema" else []) + ["articles"]


def with_fields(change: Any, table: str = "actors", **facts: Any) -> list[tuple[Any, ...]]:
    """What is told of a package of one table whose list of fields was changed."""
    rows = made_up.corpus().tables()[table]
    document = json.loads(csv_package({table: rows})["datapackage.json"])
    document |= {"qantar:profile": facts.get("profile", "coded")}
    if "format" in facts:
        document["resources"][0]["format"] = facts["format"]
    if facts.get("profile", "coded") is None:
        del document["qantar:profile"]
    change(document["resources"][0]["schema"]["fields"])
    found = read_descriptor(json.dumps(document).encode(), file="d").faults
    assert {fault.rule for fault in found} <= {"descriptor-differs"}
    return [(str(f.pointer).partition("schema/")[2], f.suggestion) for f in found]


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [("country_cod", "country_code"), ("", None), (7, None), (["x"], None), (None, None)],
)
def test_a_column_is_one_of_the_table_and_those_after_it_are_judged(
    name: Any, suggestion: str | None
) -> None:
    def change(fields: list[Any]) -> None:
        fields.insert(0, {"name": name})
        fields[-1]["type"] = "integer"

    found = with_fields(change)
    assert found[0] == ("fields/0/name", suggestion)
    assert [pointer for pointer, _ in found[1:]] == ["fields/7/type"]


@pytest.mark.parametrize(
    ("place", "profile", "is_told"),
    [
        (0, "coded", True),
        (0, None, True),
        (0, "exchange", False),
        (5, "coded", False),
        (5, "exchange", False),
    ],
)
def test_a_column_is_left_out_only_where_it_need_not_be(
    place: int, profile: str | None, is_told: bool
) -> None:
    found = with_fields(lambda fields: fields.pop(place), profile=profile)
    assert found == [("fields", None)] * is_told


@pytest.mark.parametrize("profile", ["coded", "exchange"])
@pytest.mark.parametrize(
    ("facts", "is_same"),
    [({"required": True}, True), ({}, False), ({"required": False}, False)],
)
def test_only_converted_rows_may_ask_for_less(
    profile: str, facts: dict[str, Any], is_same: bool
) -> None:
    def change(fields: list[Any]) -> None:
        constraints = fields[0]["constraints"]
        del constraints["required"]
        constraints |= facts

    is_fine = is_same or profile == "exchange"
    assert with_fields(change, profile=profile) == [("fields/0/constraints", None)] * (not is_fine)


@pytest.mark.parametrize("profile", ["coded", "exchange"])
def test_no_rows_may_ask_for_something_else(profile: str) -> None:
    def change(fields: list[Any]) -> None:
        fields[0]["constraints"]["maxLength"] = 7

    assert with_fields(change, profile=profile) == [("fields/0/constraints", None)]


def test_what_a_field_leaves_out_is_told_at_the_field() -> None:
    def change(fields: list[Any]) -> None:
        del fields[0]["title"]
        del fields[0]["description"]
        del fields[0]["type"]
        fields[1]["title"] = "Other"
        del fields[2]["title"]
        fields[2]["constraints"] = {}

    places = ["fields/0", "fields/1/title", "fields/2/constraints"]
    assert with_fields(change) == [(place, None) for place in places]


@pytest.mark.parametrize(
    ("column", "form", "is_fine"),
    [
        ("latitude", "parquet", True),
        ("fatalities_low", "parquet", True),
        # Such a column holds a number in every row.
        ("record_version", "parquet", False),
        ("place_name", "parquet", False),
        ("latitude", "csv", False),
        ("fatalities_low", "csv", False),
    ],
)
def test_only_of_numbers_in_parquet_that_may_be_missing_no_range_is_asked(
    column: str, form: str, is_fine: bool
) -> None:
    def change(fields: list[Any]) -> None:
        field = next(field for field in fields if field["name"] == column)
        field["type"] = "number"
        field.pop("constraints", None)

    assert (with_fields(change, "events", format=form) == []) is is_fine
    for profile in Profile:
        assert with_fields(list, "events", format=form, profile=profile) == []
