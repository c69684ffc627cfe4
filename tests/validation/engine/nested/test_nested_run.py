"""Nested records in chunks are told the same as records held whole, whatever is wrong with them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.schema import Profile
from qantar.validation import Report
from qantar.validation.engine.large_file import check_large
from qantar.validation.engine.nested.nested_run import NestedRun
from qantar.validation.places.asked_files import AskedFiles
from qantar.validation.places.file_source import FileSource
from qantar.validation.places.gathered import Gathered
from qantar.validation.places.json_source import JsonSource
from qantar.validation.places.record_group import RecordGroups, with_found
from qantar.validation.readers.nested.chunks import NestedChunks
from support import made_up
from support.damaged_lines import record_lines

CHUNKS = [1_000, 5_000, 40_000, 10_000_000]
# What JSON Lines may hold that quick readers are known to take for something else, or to die of.
ODD_LINES = [
    b"null",
    b"{}null{}",
    b"{}{}",
    b"[]",
    b'"text"',
    b"{}",
    b'{"mentions":' + b"[" * 100_000,
    b'{"extra":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    b'{"mentions":[null]}',
    b'{"mentions":[{"spans":[null],"leading":1}]}',
    b'{"event_id":"a\\u0000","event_id":"b"}',
    b'{"latitude":NaN}',
    b'{"latitude":1e400}',
    b'{"record_version":9007199254740993}',
    b'{"event_id":"\xff"}',
    b'{"event_id" :"NEW-000001"}',
    b"{\0}",
    b"\xef\xbb\xbf{}",
]


def whole(path: Path, profile: Profile | None = None) -> Report:
    source, gathered = FileSource("t", "jsonl", "", path), Gathered()
    report = JsonSource(source, path, AskedFiles(profile), gathered).check()
    return with_found(report, RecordGroups().found(gathered.records, ()))


def in_chunks(path: Path, chunk: int, profile: Profile | None = None) -> Report | None:
    return check_large(path, "jsonl", file="t", least=0, chunk=chunk, profile=profile)


def records(count: int) -> Iterator[dict[str, Any]]:
    """Sound records, two and two of which belong together."""
    made = [json.dumps(event) for event in made_up.corpus().events]
    for number in range(count):
        text = made[number % 2].replace("TST-000001", f"NEW-{number // 2 * 2:06d}")
        yield json.loads(text.replace("TST-000002", f"NEW-{number // 2 * 2 + 1:06d}"))


def write(path: Path, lines: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


@given(
    seed=st.integers(0, 2**32),
    chunk=st.sampled_from(CHUNKS),
    profile=st.sampled_from([None, Profile.exchange]),
)
@settings(max_examples=12, deadline=None)
def test_damaged_records_are_told_the_same_in_chunks(
    seed: int, chunk: int, profile: Profile | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("nested") / "t.jsonl"
    path.write_bytes(record_lines(seed, 40))
    assert in_chunks(path, chunk, profile) == whole(path, profile)


@pytest.mark.parametrize("line", ODD_LINES, ids=lambda line: repr(line[:30]))
def test_an_odd_line_among_others_is_told_the_same(line: bytes, tmp_path: Path) -> None:
    path = write(tmp_path / "t.jsonl", [*records(6)])
    sound = path.read_bytes().splitlines()
    path.write_bytes(b"\n".join([*sound[:3], line, *sound[3:], line]))
    assert in_chunks(path, 10_000_000) == whole(path)


def test_records_without_a_fault_are_not_read_again(tmp_path: Path) -> None:
    path = write(tmp_path / "t.jsonl", [*records(40)])
    (found,) = NestedRun({"t": NestedChunks(path, 20_000)}, Profile.coded).run()
    # Only where an actor comes first is it noted that no registry was given.
    assert {fault.rule for fault in found.faults} == {"actor-unresolved"}
    assert (found.rows, found.suspects) == (40, 0)


def share_an_id(first: Any, last: Any) -> None:
    last.update(event_id=first["event_id"])


def share_a_mention(first: Any, last: Any) -> None:
    last["mentions"][0].update(first["mentions"][0])


def name_no_mention(_: Any, last: Any) -> None:
    last["relations"][0].update(mention_id=f"{last['event_id']}-M9")


def name_no_event(_: Any, last: Any) -> None:
    last["relations"][0].update(other_event_id="NEW-000099")


def name_an_event_with_a_fault(first: Any, last: Any) -> None:
    first.update(record_version="1")
    last["relations"][0].update(other_event_id=first["event_id"])


def name_an_event_whose_id_has_a_fault(first: Any, last: Any) -> None:
    last.update(date_anchor_event_id=first["event_id"])
    first.update(event_id="x")


def go_in_a_circle(first: Any, last: Any) -> None:
    first["date_anchor_event_id"] = last["event_id"]
    last["date_anchor_event_id"] = first["event_id"]


def go_in_a_circle_by_a_record_with_a_fault(first: Any, last: Any) -> None:
    go_in_a_circle(first, last)
    last["extra"] = 1


def be_parts_of_each_other(first: Any, last: Any) -> None:
    for one, other in ((first, last), (last, first)):
        one["relations"] = [{"relation": "part_of", "other_event_id": other["event_id"]}]


def show_no_words(_: Any, last: Any) -> None:
    last["mentions"][0]["spans"][1]["field"] = "time"


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (share_an_id, {"key-duplicate"}),
        (share_a_mention, {"key-duplicate", "mention-id-foreign"}),
        (name_no_mention, {"key-dangling"}),
        (name_no_event, {"event-unresolved"}),
        (name_an_event_with_a_fault, {"value-type"}),
        (go_in_a_circle, {"date-anchor-cycle"}),
        (go_in_a_circle_by_a_record_with_a_fault, {"date-anchor-cycle", "field-unknown"}),
        (be_parts_of_each_other, {"relation-cycle"}),
        (show_no_words, {"span-missing"}),
        (name_an_event_whose_id_has_a_fault, {"value-malformed", "event-unresolved"}),
    ],
)
def test_what_stands_between_records_of_different_chunks_is_found(
    change: Any, rules: set[str], tmp_path: Path
) -> None:
    lines = [*records(40)]
    change(lines[0], lines[39])
    path = write(tmp_path / "t.jsonl", lines)
    report = in_chunks(path, 20_000)
    assert report == whole(path)
    assert report is not None
    assert rules <= {fault.rule for fault in report.faults}
