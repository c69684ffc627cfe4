"""Nested records of several files are judged as if they stood in one."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.dataset.csv_file import write_csv
from qantar.schema import TABLES, Severity
from qantar.validation import Fault, Report, check_paths
from qantar.validation.engine.large_file import check_large
from qantar.validation.places import source_check
from support import made_up

Record = dict[str, Any]
ACTORS = sorted(
    {
        participant["actor_id"]
        for record in made_up.corpus().events
        for participant in record["participants"]
    }
)
# The records are more than that, the registry is less.
LEAST = {**check_large.__kwdefaults__, "least": 5_000}


def records() -> list[Record]:
    return [json.loads(json.dumps(record)) for record in made_up.corpus().events]


def write(path: Path, held: list[Record]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".json":
        path.write_text(json.dumps(held[0] if len(held) == 1 else held, indent=1))
    else:
        path.write_text("".join(json.dumps(record) + "\n" for record in held))
    return path


def write_registry(folder: Path, *without: str) -> Path:
    rows = [row for row in made_up.corpus().tables()["actors"] if row["actor_id"] not in without]
    (folder / "actors.csv").write_bytes(write_csv(TABLES["actors"], rows))
    return folder / "actors.csv"


def told(report: Report, rule: str) -> list[tuple[str, str | None]]:
    return [(Path(f.file or "").name, f.pointer) for f in report.faults if f.rule == rule]


def test_a_repeated_id_names_the_other_file(tmp_path: Path) -> None:
    first = records()[0]
    write(tmp_path / "a.json", [first])
    write(tmp_path / "b.json", [first])
    found = [f for f in check_paths([tmp_path]).faults if f.rule == "key-duplicate"]
    assert {Path(f.file or "").name for f in found} == {"b.json"}
    at_id = next(fault for fault in found if fault.pointer == "/event_id")
    assert f"{tmp_path / 'a.json'}, line 1" in at_id.message


def test_an_event_in_another_file_is_known(tmp_path: Path) -> None:
    for number, record in enumerate(records()):
        write(tmp_path / f"{number}.json", [record])
    apart, together = (
        check_paths(paths) for paths in ([tmp_path], [write(tmp_path / "x.jsonl", records())])
    )
    assert told(together, "event-unresolved") == []
    assert told(apart, "event-unresolved") == []
    alone = [check_paths([path]) for path in tmp_path.glob("*.json")]
    assert any(told(report, "event-unresolved") for report in alone)


def test_a_registry_given_beside_records_is_theirs(tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", records())
    assert told(check_paths([path]), "actor-unresolved")
    known = check_paths([path, write_registry(tmp_path)])
    assert told(known, "actor-unresolved") == told(known, "key-dangling") == []
    lost = made_up.corpus().events[0]["participants"][0]["actor_id"]
    dangling = check_paths([path, write_registry(tmp_path, lost)])
    assert ("x.jsonl", "/participants/0/actor_id") in told(dangling, "key-dangling")


@given(lost=st.sets(st.sampled_from(ACTORS), max_size=3), damaged=st.sets(st.integers(0, 9)))
@settings(max_examples=10, deadline=None)
def test_a_large_file_of_records_has_the_registry_too(
    lost: set[str], damaged: set[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("records")
    held = [_renamed(records()[number % 2], number) for number in range(10)]
    for number in damaged:
        held[number]["polarity"] = "zzz"
    paths = [write(folder / "x.jsonl", held), write_registry(folder, *lost)]
    whole = check_paths(paths)
    with patch.object(check_large, "__kwdefaults__", LEAST):
        in_chunks = check_paths(paths)
    assert Counter(in_chunks.faults) == Counter(whole.faults)
    assert bool(told(whole, "key-dangling")) == bool(lost)


def _renamed(record: Record, number: int) -> Record:
    text = json.dumps(record).replace(record["event_id"], f"TST-{number + 100:06d}")
    return dict(json.loads(text), relations=[])


@pytest.mark.parametrize(
    "names",
    [("0.1.0/x.jsonl", "0.2.0/x.jsonl"), ("x.jsonl", "x.json"), ("json/x.json", "jsonl/y.jsonl")],
)
def test_releases_and_forms_are_not_held_against_each_other(
    names: tuple[str, str], tmp_path: Path
) -> None:
    for name in names:
        write(tmp_path / name, records())
    assert told(check_paths([tmp_path]), "key-duplicate") == []


def test_the_first_error_ends_a_run_though_it_lies_between_files(tmp_path: Path) -> None:
    first, second = records()[:2]
    paths = [write(tmp_path / f"{n}.json", [r]) for n, r in enumerate([first, second, first])]
    report = check_paths(paths, fail_fast=True)
    errors = [fault for fault in report.faults if fault.severity is Severity.error]
    assert len(errors) == 1
    assert check_paths(paths[:2], fail_fast=True).count(Severity.error) == 0
    del first["event_id"]
    write(paths[0], [first])
    report = check_paths(paths, fail_fast=True)
    assert {Path(fault.file or "").name for fault in report.faults} == {"0.json"}


def test_records_judged_alone_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_check, "MOST_HELD", 0)
    write(tmp_path / "a.json", records()[:1])
    write(tmp_path / "b.json", records()[:1])
    report = check_paths([tmp_path])
    notes = [f for f in report.faults if f.rule == "file-too-large"]
    assert [Path(fault.file or "").name for fault in notes] == ["a.json", "b.json"]
    assert {fault.severity for fault in notes} == {Severity.note}
    assert told(report, "key-duplicate") == []


@given(
    chosen=st.lists(st.integers(0, 5), min_size=2, max_size=8),
    damaged=st.lists(st.tuples(st.integers(0, 7), st.sampled_from(["polarity", "event_id", "x"]))),
    cuts=st.lists(st.integers(0, 8), max_size=3),
)
@settings(max_examples=25, deadline=None)
def test_the_same_records_in_several_files_have_the_same_faults(
    chosen: list[int],
    damaged: list[tuple[int, str]],
    cuts: list[int],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("records")
    held = [records()[number % len(records())] for number in chosen]
    for place, name in damaged:
        held[place % len(held)][name] = "zzz"
    edges = sorted({0, len(held), *(cut for cut in cuts if cut < len(held))})
    parts = [write(folder / f"{low}.jsonl", held[low:high]) for low, high in pairwise(edges)]
    assert _without_places(check_paths(parts)) == _without_places(
        check_paths([write(folder / "one" / "x.jsonl", held)])
    )


def _without_places(report: Report) -> Counter[tuple[Any, ...]]:
    return Counter(_seen(fault) for fault in report.faults)


def _seen(fault: Fault) -> tuple[Any, ...]:
    return fault.rule, fault.severity, fault.pointer, fault.value, fault.suggestion
