"""Nested records of several files are judged as if they stood in one."""

import gzip
import json
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from qantar.dataset.csv_file import write_csv
from qantar.schema import Severity
from qantar.validation import Fault, Report, check_paths
from qantar.validation.engine.large_file import check_large
from qantar.validation.places import gathered
from qantar.validation.readers.nested.chunks import NestedChunks
from support import made_up
from support.damaged_lines import record_lines
from support.told_tables import CODED_TABLES

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
    (folder / "actors.csv").write_bytes(write_csv(CODED_TABLES["actors"], rows))
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


def ways(paths: list[Path]) -> Iterator[Report]:
    """The same files held, read again, in chunks of different sizes, and some of each."""
    yield check_paths(paths)
    for least, chunk, held in [(2**30, None, 0), (0, 3_000, 0), (0, None, 2**30), (9_000, 900, 0)]:
        asked = {**check_large.__kwdefaults__, "least": least, "chunk": chunk}
        with (
            patch.object(check_large, "__kwdefaults__", asked),
            patch.object(gathered, "MOST_HELD", held),
        ):
            yield check_paths(paths)


def assert_told_alike(paths: list[Path]) -> Report:
    first, *others = ways(paths)
    for other in others:
        assert other == first
    return first


def repeat_an_id(first: Record, last: Record) -> None:
    last.update(event_id=first["event_id"])


def repeat_a_mention(first: Record, last: Record) -> None:
    last["mentions"][0].update(mention_id=first["mentions"][0]["mention_id"])


def lead_to_another_file(first: Record, last: Record) -> None:
    last["relations"] = [{"relation": "cause_of", "other_event_id": first["event_id"]}]


def lead_nowhere(_: Record, last: Record) -> None:
    last["relations"] = [{"relation": "cause_of", "other_event_id": "TST-000999"}]


def go_in_a_circle(first: Record, last: Record) -> None:
    for one, other in ((first, last), (last, first)):
        one["relations"] = [{"relation": "part_of", "other_event_id": other["event_id"]}]


@pytest.mark.parametrize("names", [("a.jsonl", "b.jsonl"), ("a.json", "b.jsonl"), ("a/x", "b/x")])
@pytest.mark.parametrize(
    ("change", "rule", "places"),
    [
        (repeat_an_id, "key-duplicate", [("/event_id", 4)]),
        (repeat_a_mention, "key-duplicate", [("/mentions/0/mention_id", 4)]),
        (lead_to_another_file, "event-unresolved", []),
        (lead_nowhere, "event-unresolved", [("/relations/0/other_event_id", 4)]),
        (go_in_a_circle, "relation-cycle", [("/relations/0/other_event_id", 4)] * 2),
    ],
)
def test_what_stands_between_files_is_told_at_its_place_however_they_are_read(
    names: tuple[str, str], change: Any, rule: str, places: list[Any], tmp_path: Path
) -> None:
    held = [_renamed(records()[number % 2], number) for number in range(8)]
    change(held[3], held[7])
    ends = [".jsonl" if name.endswith("x") else "" for name in names]
    paths = [
        write(tmp_path / (name + end), part)
        for name, end, part in zip(names, ends, (held[:4], held[4:]), strict=True)
    ]
    report = assert_told_alike([*paths, write_registry(tmp_path)])
    found = [fault for fault in report.faults if fault.rule == rule and fault.row == 4]
    # Where an id comes again, so do the keys that are made of it.
    assert [(f.pointer, f.row) for f in found[: len(places) or None]] == places
    if rule == "key-duplicate":
        assert f"{paths[0]}, line " in found[0].message
    assert {fault.file for fault in found} <= {str(path) for path in paths}


@pytest.mark.parametrize("is_first", [True, False])
def test_a_registry_in_chunks_is_used_wherever_it_is_named(is_first: bool, tmp_path: Path) -> None:
    lost = made_up.corpus().events[0]["participants"][0]["actor_id"]
    path = write(tmp_path / "x.jsonl", records())
    registry = write_registry(tmp_path, lost)
    paths = [registry, path] if is_first else [path, registry]
    report = assert_told_alike(paths)
    assert told(report, "actor-unresolved") == []
    assert ("x.jsonl", "/participants/0/actor_id") in told(report, "key-dangling")
    halves = registry.read_text().splitlines(keepends=True)
    for number, rows in enumerate((halves[1:3], halves[3:])):
        (tmp_path / f"actors{number}.csv").write_text("".join([halves[0], *rows]))
    parts = [path, tmp_path / "actors0.csv", tmp_path / "actors1.csv"]
    assert told(assert_told_alike(parts), "key-dangling") == told(report, "key-dangling")


@given(seed=st.integers(0, 2**32), cuts=st.lists(st.integers(1, 11), min_size=1, max_size=3))
@settings(max_examples=5, deadline=None, phases=[Phase.generate])
def test_damaged_files_are_told_alike_however_they_are_read(
    seed: int, cuts: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("records")
    lines = record_lines(seed, 12).splitlines(keepends=True)
    edges = sorted({0, len(lines), *cuts})
    paths = [folder / f"{low}.jsonl" for low in edges[:-1]]
    for path, (low, high) in zip(paths, pairwise(edges), strict=True):
        path.write_bytes(b"".join(lines[low:high]))
    assert_told_alike([*paths, write_registry(folder)])


def test_packed_files_are_told_alike_and_nothing_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    held = [_renamed(records()[number % 2], number) for number in range(8)]
    repeat_an_id(held[1], held[6])
    lines = [json.dumps(record).encode() + b"\n" for record in held]
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b"".join(lines[:3])))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as packed:
        packed.writestr("x/b.jsonl", b"".join(lines[3:5]))
        packed.writestr("x/c.jsonl", b"".join(lines[5:]))
    report = assert_told_alike([tmp_path / "b.zip", tmp_path / "a.jsonl.gz"])
    found = [f for f in report.faults if f.rule == "key-duplicate" and f.pointer == "/event_id"]
    # The files count in the order in which they were given.
    assert [(Path(f.file or "").name, f.line) for f in found] == [("a.jsonl.gz", 2)]
    assert f"{tmp_path / 'b.zip'}" in found[0].message
    assert [*(tmp_path / "temporary").iterdir()] == []


def test_bytes_that_an_encoding_does_not_have_are_told_alike(tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", records())
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines, lines[0].replace(b"TST-000001", b"TST-\x81")]))
    held = check_paths([path], encoding="cp1252")
    with patch.object(check_large, "__kwdefaults__", LEAST):
        in_chunks = check_paths([path], encoding="cp1252")
    assert in_chunks == held
    [told] = [fault for fault in held.faults if fault.rule == "file-encoding"]
    assert told.message.startswith(f"Line {len(lines) + 1} holds bytes that are not cp1252.")


def test_the_first_error_ends_a_run_over_chunks_too(tmp_path: Path) -> None:
    held = [_renamed(records()[number % 2], number) for number in range(6)]
    parts = [held[:2], held[2:4], held[4:]]
    paths = [write(tmp_path / f"{n}.jsonl", part) for n, part in enumerate(parts)]
    with patch.object(check_large, "__kwdefaults__", {**LEAST, "least": 0}):
        assert check_paths(paths, fail_fast=True).count(Severity.error) == 0
        held[2]["polarity"] = "zzz"
        write(paths[1], parts[1])
        report = check_paths(paths, fail_fast=True)
    errors = [fault for fault in report.faults if fault.severity is Severity.error]
    assert [Path(fault.file or "").name for fault in errors] == ["1.jsonl"]
    assert [Path(reading.file).name for reading in report.read] == ["0.jsonl", "1.jsonl"]


def test_records_that_cannot_be_read_again_are_told(tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", records())
    again = patch.object(NestedChunks, "__iter__", side_effect=OSError(5, "I/O error"))
    with again, patch.object(check_large, "__kwdefaults__", LEAST):
        report = check_paths([path])
    assert report.exit_code == 2
    assert [fault.rule for fault in report.faults] == ["file-unreadable"]


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
