"""The work on records grows with their size and no faster: calls are counted, no time is taken."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from qantar.validation import Report, check_frame, check_records
from qantar.validation.engine.records.record_file import check_entries
from qantar.validation.engine.records.row_file import check_rows
from qantar.validation.readers.csv.text import read_cells
from qantar.validation.readers.json.foreign_record import foreign_told
from qantar.validation.readers.json.list_text import list_pieces
from qantar.validation.readers.json.text import Entry, locate, read_json
from qantar.validation.reports.report import FORMS, Form, render
from qantar.validation.rules.unknown_name import MOST_TOLD
from support import made_up

SIZE = 90
# Twice the work and what begins anew at some size; four times would be the square.
MOST_GROWTH = 2.5


def offer(**changes: Any) -> dict[str, Any]:
    return made_up.corpus().events[1] | changes


def with_mentions(count: int, **changes: Any) -> dict[str, Any]:
    mention = made_up.corpus().events[1]["mentions"][0] | changes
    return offer(
        mentions=[mention | {"mention_id": f"TST-000002-M{n}"} for n in range(1, count + 1)]
    )


def unknown(count: int) -> dict[str, Any]:
    return {f"key_{n}": n for n in range(count)}


SHAPES: Mapping[str, Callable[[int], Any]] = {
    "unknown keys": lambda n: offer(**unknown(n)),
    "unknown keys of an item": lambda n: with_mentions(1, **unknown(n)),
    "items with unknown keys": lambda n: offer(participants=[{"slott": "actor"}] * n),
    "items of another type": lambda n: offer(participants=[1] * n),
    "items of null": lambda n: offer(participants=[None] * n),
    "the same participant": lambda n: offer(participants=[offer()["participants"][0]] * n),
    "mentions without a trigger": lambda n: with_mentions(n, zone="nowhere", spans=[]),
    "mentions that all lead": lambda n: with_mentions(n, sentence_no="x"),
    "relations to nowhere": lambda n: offer(
        relations=[{"relation": "part_of", "other_event_id": f"TST-{i:06d}"} for i in range(n)]
    ),
    "alternatives of long texts": lambda n: offer(
        alternatives=[{"field": "x" * 70, "value": "y" * 70, "standing": "z" * 70}] * n
    ),
    "unknown codes": lambda n: [offer(action_code=f"cameo:9{i}") for i in range(n // 15)],
    "lists in the place of a text": lambda n: offer(object_en=[[i] for i in range(n)]),
    "records of one id": lambda n: [offer() for _ in range(n // 15)],
}


def calls_of(work: Callable[[Any], Any], value: Any) -> int:
    """How many functions are called, Python's and C's."""
    count = 0

    def note(_: Any, event: str, __: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work(value)
    finally:
        sys.setprofile(None)
    return count


def assert_in_step(work: Callable[[Any], Any], make: Callable[[int], Any]) -> None:
    """Twice as much is about twice the work, once what is compiled on the way is there."""
    work(make(SIZE))
    once, twice = (calls_of(work, make(size)) for size in (SIZE, 2 * SIZE))
    assert twice <= MOST_GROWTH * once, (once, twice)


@pytest.mark.parametrize("shape", SHAPES)
def test_records_cost_what_their_size_is(shape: str) -> None:
    def as_list(size: int) -> list[Any]:
        made = SHAPES[shape](size)
        return made if isinstance(made, list) else [made]

    assert_in_step(check_records, as_list)
    assert_in_step(
        lambda data: check_entries(foreign_told(read_json(data))),
        lambda size: json.dumps(as_list(size), indent=1).encode(),
    )


class Watched(str):
    """A text that counts the characters in which something is counted."""

    looked_at = 0

    def count(self, *args: Any) -> int:
        start, end = (*args[1:], 0, len(self))[:2] if len(args) < 3 else args[1:]
        Watched.looked_at += max(0, end - start)
        return super().count(*args)


def test_lines_are_counted_once_however_many_faults_there_are() -> None:
    text = Watched(json.dumps({"a": [[n] for n in range(2_000)]}, indent=1))
    Watched.looked_at = 0
    lines = locate(text, [f"/a/{n}" for n in range(2_000)] + ["/a/7/none", "/b"])
    assert Watched.looked_at <= 2 * len(text)
    assert lines["/a/0"] == 3
    assert lines["/a/1999"] == 3 + 3 * 1_999
    assert (lines["/a/7/none"], lines["/b"]) == (lines["/a/7"], 1)


def test_a_long_key_is_not_written_out_for_each_of_its_items() -> None:
    text = json.dumps({"k~/" * 50_000: [*range(100_000)], "b": {"~/": 1}}, indent=1)
    assert locate(text, ["/b/~0~1"]) == {"/b/~0~1": text[: text.index('"~/"')].count("\n") + 1}


@pytest.mark.parametrize(
    "text", ["[" * 300_000 + "]" * 299_999, "[{" + "[" * 300_000 + "}" * 300_000]
)
def test_brackets_that_are_not_closed_are_taken_apart_in_one_go(text: str) -> None:
    # The square of so many would not end within the patience of anybody.
    assert any(piece.data or piece.problem for piece in list_pieces(text.encode()))


@pytest.mark.parametrize("count", [MOST_TOLD, MOST_TOLD + 1, 20_000])
def test_many_unknown_names_are_told_once_with_their_number(count: int) -> None:
    faults = [f for f in check_records([offer(**unknown(count))]) if f.rule == "field-unknown"]
    if count <= MOST_TOLD:
        assert [fault.pointer for fault in faults] == [f"/key_{n}" for n in range(count)]
        return
    assert [(fault.pointer, fault.suggestion) for fault in faults] == [("", None)]
    assert f"{count:,} names are not a field of a record of events" in faults[0].message
    assert f"key_0, key_1, key_2, key_3, key_4 and {count - 5:,} more" in faults[0].message


def test_many_unknown_names_hide_no_other_fault() -> None:
    record = with_mentions(1, **unknown(500), zone="nowhere") | unknown(500) | {"polarity": "no"}
    told = {(f.rule, f.pointer) for f in check_records([record]) if f.severity == "error"}
    assert told >= {
        ("field-unknown", ""),
        ("field-unknown", "/mentions/0"),
        ("value-unknown", "/mentions/0/zone"),
        ("value-unknown", "/polarity"),
    }


def test_unknown_names_of_rows_and_columns_cost_what_their_number_is() -> None:
    row = {"event_id": "AB-000001", "reasn": "x"}

    def of_rows(size: int) -> list[Entry]:
        return [Entry(1, row | unknown(size))]

    assert_in_step(lambda entries: check_rows(entries, "changes"), of_rows)
    _, faults = check_rows(of_rows(30), "changes")
    assert [f.pointer for f in faults if f.rule == "field-unknown"] == [""]

    def of_columns(size: int) -> Any:
        header = ",".join(["event_id", *unknown(size)])
        return read_cells(f"{header}\n".encode()).text

    assert_in_step(lambda frame: check_frame(frame, "changes"), of_columns)
    faults = check_frame(of_columns(30), "changes")
    assert [f.severity for f in faults if f.rule == "column-unknown"] == ["warning"]


@pytest.mark.parametrize("form", FORMS)
def test_a_report_of_many_faults_is_shown_in_step_with_them(form: Form) -> None:
    fault = next(f for f in check_records([offer(zone="x")]) if f.rule == "field-unknown")

    def report(size: int) -> Report:
        return Report(tuple(fault.at(row=row + 1) for row in range(size)))

    assert_in_step(lambda made: render(made, form, details=True), report)
