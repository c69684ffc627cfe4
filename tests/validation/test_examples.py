"""Examples of every kind are valid, in every engine, and true to the text they were read from."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from qantar.schema import Event, Profile
from qantar.schema.event import (
    Alternative,
    Attribution,
    CountClaim,
    EventContext,
    Mention,
    Participant,
    Relation,
    Span,
)
from qantar.schema.rule import Severity
from qantar.schema.tables import TABLES
from qantar.validation import check_path
from support import made_up
from support.peer_schemas import by_models, by_reference, by_rust

FOLDER = Path(__file__).parents[1] / "examples"
EXAMPLES = json.loads((FOLDER / "examples.json").read_text("utf-8"))
TEXTS = {"TST-A0002": (FOLDER / "texts" / "harbour.txt").read_bytes().decode()}
CODED = [path for path in sorted(FOLDER.glob("records/*")) if path.suffix in (".json", ".jsonl")]
# A flat row names no schema.
CONVERTED = [
    path for path in sorted(FOLDER.glob("exchange/*.json")) if "schema_version" in path.read_text()
]
ROWS = {".csv", ".json", ".jsonl", ".tsv"}
MODELS = {
    "counts": CountClaim,
    "contexts": EventContext,
    "participants": Participant,
    "mentions": Mention,
    "spans": Span,
    "attributions": Attribution,
    "relations": Relation,
    "alternatives": Alternative,
}


def records(path: Path) -> list[dict[str, Any]]:
    text = path.read_text("utf-8")
    return [json.loads(part) for part in (text.splitlines() if path.suffix == ".jsonl" else [text])]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["file"])
def test_an_example_has_no_faults(example: dict[str, Any]) -> None:
    report = check_path(FOLDER / example["file"], profile=example["profile"])
    told = {fault.rule for fault in report.faults if fault.severity is not Severity.note}
    # What the source itself has against the order of its figures is kept, and warned of.
    assert told == {*example.get("warnings", [])}
    # That an actor or event is elsewhere is all that may be noted of a record on its own.
    noted = {fault.rule for fault in report.faults if fault.severity is Severity.note}
    assert noted <= {"actor-unresolved", "event-unresolved"}
    assert report.exit_code == 0
    assert sum(reading.rows for reading in report.read) == example["rows"]


def test_every_file_of_examples_is_told_of() -> None:
    told = {FOLDER / example["file"] for example in EXAMPLES}
    rows = {path for path in FOLDER.glob("exchange/**/*") if path.suffix in ROWS}
    assert {*FOLDER.glob("records/*"), *FOLDER.glob("packages/*"), *rows} == told


@pytest.mark.parametrize("path", CODED, ids=lambda path: path.name)
def test_every_engine_takes_a_coded_record(path: Path) -> None:
    for record in records(path):
        for engine in (by_reference, by_rust):
            assert engine(Profile.coded)(record)
            assert engine(Profile.coded, conditions=True)(record)
        assert by_models(record)


@pytest.mark.parametrize("path", CONVERTED, ids=lambda path: path.name)
def test_every_engine_takes_a_nested_record_of_another_system(path: Path) -> None:
    (held,) = records(path)
    for record in held if isinstance(held, list) else [held]:
        assert by_reference(Profile.exchange)(record)
        assert by_rust(Profile.exchange)(record)


@pytest.mark.parametrize("path", CODED, ids=lambda path: path.name)
def test_the_spans_of_an_example_are_those_of_its_text(path: Path) -> None:
    for mention in (mention for record in records(path) for mention in record["mentions"]):
        for span in mention["spans"]:
            words = TEXTS[mention["article_id"]][span["char_start"] : span["char_end"]]
            assert made_up.sha256(words) == span["span_sha256"], span


def test_the_minimal_record_has_what_is_required_and_no_more() -> None:
    for model, value in _objects(records(FOLDER / "records" / "minimal.json")[0]):
        due = {name for name, field in model.model_fields.items() if field.is_required()}
        # What is foretold says how surely.
        due |= {"certainty"} if value.get("factuality") == "predicted" else set()
        assert fields_of(value) == due


def test_the_full_record_has_every_field() -> None:
    objects = list(_objects(records(FOLDER / "records" / "full.json")[0]))
    for model in (Event, *MODELS.values()):
        held = {name for found, value in objects if found is model for name in fields_of(value)}
        assert held == set(model.model_fields), model.__name__


def fields_of(value: dict[str, Any]) -> set[str]:
    """The fields of an object, prose by its base."""
    return {name for name in value if not TABLES["events"].bases_in([name])} | {
        *TABLES["events"].bases_in(value)
    }


def _objects(value: dict[str, Any], model: type[BaseModel] = Event) -> Iterator[Any]:
    """(model, object) of a record and of everything nested in it."""
    yield model, value
    for name, items in value.items():
        if name in MODELS:
            for item in items:
                yield from _objects(item, MODELS[name])
