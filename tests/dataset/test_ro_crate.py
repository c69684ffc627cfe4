"""The RO-Crate of a release, held to what the specification asks, and read by ro-crate-py."""

import json
from pathlib import Path
from typing import Any

import pytest
from rocrate.rocrate import ROCrate

from qantar.builders.edition import Edition
from qantar.dataset.digest import DIGESTS, sha256
from qantar.dataset.facts import ReleaseFacts
from qantar.dataset.release import release_files, write_release
from qantar.dataset.ro_crate import CRATE, write_crate
from support import made_up
from support.made_up import corpus

EDITION = Edition(
    "gazette",
    "The Gazette",
    creator="Nobody",
    license_name="CC0-1.0",
    license_title="CC0 1.0 Universal",
    license_url="https://creativecommons.org/publicdomain/zero/1.0/",
)


def free_corpus() -> Any:
    made = corpus()
    made.plain["articles"][0]["text_license"] = "CC0-1.0"
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with a day and a free text; read only."""
    return write_release(
        free_corpus(),
        tmp_path_factory.mktemp("crate"),
        "0.1.0",
        documents={"README.md": "# The Gazette\n"},
        edition=EDITION,
        released="2024-03-12",
        texts={made_up.sha256(made_up.TEXT): made_up.TEXT},
    )


def entities(folder: Path) -> dict[str, dict[str, Any]]:
    document = json.loads((folder / CRATE).read_text("utf-8"))
    return {entity["@id"]: entity for entity in document["@graph"]}


def references(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [value["@id"]] if list(value) == ["@id"] else []
    return [name for item in value for name in references(item)] if isinstance(value, list) else []


def test_the_root_says_what_the_specification_asks(folder: Path) -> None:
    found = entities(folder)
    descriptor, root = found[CRATE], found["./"]
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert descriptor["about"] == {"@id": "./"}
    assert root["@type"] == "Dataset"
    assert root["datePublished"] == "2024-03-12"
    assert root["license"] == {"@id": EDITION.license_url}
    assert all(root[name] for name in ("name", "description", "version", "creator"))


def test_the_graph_is_flat_and_refers_only_to_what_is_in_it(folder: Path) -> None:
    document = json.loads((folder / CRATE).read_text("utf-8"))
    found = entities(folder)
    assert len(found) == len(document["@graph"])
    for entity in document["@graph"]:
        named = [n for key in entity if key != "conformsTo" for n in references(entity[key])]
        assert set(named) <= found.keys(), entity["@id"]


def test_every_file_is_there_with_its_size_and_digest(folder: Path) -> None:
    files = {i: e for i, e in entities(folder).items() if e["@type"] == "File"}
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert files.keys() == there - {CRATE, DIGESTS}
    for name, entity in files.items():
        content = (folder / name).read_bytes()
        assert entity["contentSize"] == str(len(content))
        assert entity["sha256"] == sha256(content)


def test_every_file_is_part_of_the_root(folder: Path) -> None:
    found = entities(folder)

    def parts(name: str) -> set[str]:
        inner = references(found[name].get("hasPart", []))
        return {name}.union(*map(parts, inner))

    assert {i for i, e in found.items() if e["@type"] in ("File", "Dataset")} == parts("./")


def test_a_free_text_has_its_own_licence(folder: Path) -> None:
    found = entities(folder)
    text = found[f"texts/{made_up.ARTICLE}.txt"]
    assert found[text["license"]["@id"]]["name"] == "CC0-1.0"


def test_ro_crate_py_reads_it(folder: Path) -> None:
    crate = ROCrate(str(folder))
    assert crate.root_dataset["name"] == "The Gazette"
    assert crate.root_dataset["license"]["name"] == "CC0 1.0 Universal"
    tables = [entity for entity in crate.data_entities if entity.id.endswith(".parquet")]
    assert len(tables) == len(list((folder / "parquet").glob("*.parquet")))


def test_what_is_not_known_is_not_said() -> None:
    made = release_files(corpus(), "0.1.0", documents={}, edition=Edition("x", "X"))
    graph = json.loads(made[CRATE])["@graph"]
    root = next(entity for entity in graph if entity["@id"] == "./")
    assert not {"datePublished", "license"} & root.keys()
    facts = ReleaseFacts(Edition("x", "X"), "0.1.0", ("en", "vi"))
    files = {path: content for path, content in made.items() if path not in (CRATE, DIGESTS)}
    assert write_crate(files, facts, articles=corpus().plain["articles"]) == made[CRATE]
