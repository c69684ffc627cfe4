"""A descriptor's sizes, hashes and schemas are taken only in the form they must have."""

import json
from typing import Any

import pytest

import made_up
from made_up_package import csv_package
from qantar.schema.rule import Profile
from qantar.validation.packages.descriptor import Descriptor, read_descriptor


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
