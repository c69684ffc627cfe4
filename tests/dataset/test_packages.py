"""The two Data Packages and the Croissant file, judged by other people's tools."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import frictionless
import jsonschema
import polars
import pyarrow.parquet
import pytest
from referencing import Registry, Resource

from qantar.dataset.croissant import write_croissant
from qantar.dataset.digest import DIGESTS, parse_digests, sha256
from qantar.dataset.edition import OWN_EDITION
from qantar.dataset.facts import ReleaseFacts
from qantar.dataset.release import release_files
from qantar.schema.event import EventFields
from qantar.schema.publication import PUBLISHED
from qantar.schema.tables import TABLES
from qantar.schema.version import SCHEMA_VERSION
from support.made_up import corpus

FACTS = ReleaseFacts(OWN_EDITION, "0.1.0", ("en", "vi"))
FORMATS = ("csv", "parquet")


def descriptor(release: Path, form: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((release / form / "datapackage.json").read_text("utf-8"))
    return found


def profiles() -> Registry[Any]:
    folder = files("dplib") / "profiles" / "2.0"
    found = [json.loads(path.read_text("utf-8")) for path in folder.iterdir()]
    names = [path.name for path in folder.iterdir()]
    pairs = zip(names, found, strict=True)
    return Registry().with_resources(
        (f"https://datapackage.org/profiles/2.0/{name}", Resource.from_contents(profile))
        for name, profile in pairs
    )


@pytest.mark.parametrize("form", FORMATS)
def test_descriptors_follow_the_published_profiles(release: Path, form: str) -> None:
    package = descriptor(release, form)
    registry = profiles()

    def check(instance: Any) -> None:
        profile = registry.contents(instance["$schema"])
        jsonschema.Draft7Validator(profile, registry=registry).validate(instance)

    check(package)
    for resource in package["resources"]:
        check(resource)
        check(resource["schema"])


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_frictionless_passes(release: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(release / form)
    report = frictionless.Package("datapackage.json").validate()
    assert report.flatten(["title", "fieldName", "note"]) == []
    assert report.valid


@pytest.mark.parametrize("form", FORMATS)
def test_descriptors_state_what_is_there(release: Path, form: str) -> None:
    package = descriptor(release, form)
    assert package["version"] == "0.1.0"
    assert package["created"] == "2026-01-31T00:00:00Z"
    assert package["sources"] == [{"title": "The Daily: Minister Arna offers help: TST-A0001"}]
    assert "id" not in package
    assert [resource["name"] for resource in package["resources"]] == list(TABLES)
    for resource in package["resources"]:
        content = (release / form / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{sha256(content)}"
        assert resource.get("bytes", len(content)) == len(content)
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert fields == list(FACTS.tables[resource["name"]].by_name)
    assert package["qantar:languages"] == ["en", "vi"]
    assert package["qantar:schema_version"] == SCHEMA_VERSION


@pytest.mark.parametrize("name", TABLES)
def test_parquet_carries_the_descriptions(release: Path, name: str) -> None:
    table = TABLES[name]
    schema = pyarrow.parquet.read_schema(release / "parquet" / f"{name}.parquet")
    assert schema.metadata[b"description"].decode() == table.description
    assert schema.metadata[b"qantar:schema_version"].decode() == SCHEMA_VERSION
    for field in schema:
        assert field.metadata[b"description"].decode() == table.by_name[field.name].description


def test_parquet_names_no_time_and_no_machine(release: Path) -> None:
    for path in (release / "parquet").glob("*.parquet"):
        metadata = pyarrow.parquet.read_metadata(path)
        assert set(metadata.metadata) == {
            b"ARROW:schema",
            b"title",
            b"description",
            b"qantar:table",
            b"qantar:schema_version",
        }


@pytest.mark.parametrize("name", TABLES)
def test_foreign_keys_join_without_loss(release: Path, name: str) -> None:
    def frame(table: str) -> polars.DataFrame:
        return polars.read_parquet(release / "parquet" / f"{table}.parquet")

    for reference in TABLES[name].references:
        rows = frame(name).drop_nulls(list(reference.columns))
        joined = rows.join(
            frame(reference.table),
            left_on=list(reference.columns),
            right_on=list(reference.other_columns),
            how="inner",
        )
        assert len(joined) == len(rows), reference


def test_the_release_explains_itself(release: Path) -> None:
    listed = parse_digests((release / DIGESTS).read_bytes())
    there = {p.relative_to(release).as_posix() for p in release.rglob("*") if p.is_file()}
    assert there == {*listed, DIGESTS}
    assert list(listed) == sorted(listed)
    assert {"README.md", "croissant.json", "events.jsonl", "event.schema.json"} < there
    for path, digest in listed.items():
        assert sha256((release / path).read_bytes()) == digest
    published = PUBLISHED / SCHEMA_VERSION / "event.schema.json"
    assert (release / "event.schema.json").read_bytes() == published.read_bytes()


def test_records_follow_the_published_schema(release: Path) -> None:
    schema = json.loads((release / "event.schema.json").read_text("utf-8"))
    lines = (release / "events.jsonl").read_text("utf-8").splitlines()
    bases = EventFields.prose_bases()
    order = [
        key
        for name in EventFields.model_fields
        for key in ((f"{name}_en", f"{name}_vi") if name in bases else (name,))
    ]
    assert [name for name in order if not name.endswith(("_en", "_vi"))] == [*schema["properties"]]
    for line in lines:
        record = json.loads(line)
        jsonschema.Draft202012Validator(schema).validate(record)
        assert list(record) == [name for name in order if name in record]
    assert len(lines) == 2
    assert "Bộ trưởng" in lines[0]


def test_croissant_describes_every_file_and_column(release: Path) -> None:
    croissant = json.loads((release / "croissant.json").read_text("utf-8"))
    assert isinstance(croissant["@context"], dict)
    for file in croissant["distribution"]:
        assert file["sha256"] == sha256((release / file["contentUrl"]).read_bytes())
    columns = {
        f"parquet/{name}.parquet#{column.name}"
        for name, table in FACTS.tables.items()
        for column in table.columns
    }

    def column_of(source: dict[str, Any]) -> str:
        return f"{source['fileObject']['@id']}#{source['extract']['column']}"

    fields = [field for record_set in croissant["recordSet"] for field in record_set["field"]]
    assert {column_of(field["source"]) for field in fields} == columns
    assert {column_of(field["references"]) for field in fields if "references" in field} < columns


def test_no_day_of_release_is_invented() -> None:
    made = release_files(corpus(), "0.1.0", documents={})
    assert "created" not in json.loads(made["csv/datapackage.json"])
    assert "datePublished" not in json.loads(write_croissant(made, FACTS))
