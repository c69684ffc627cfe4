"""JSON is read strictly, and every refusal says where."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qantar.validation import Fault
from qantar.validation.readers.json.text import Entry, locate, parse, read_json, read_jsonl
from qantar.validation.readers.json.walk import MalformedError, walk_json

MINEFIELD = json.loads(Path(__file__).with_name("minefield.json").read_text("utf-8"))
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(codec="utf-8"))
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS.filter(lambda n: abs(n) < 2**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def data_of(case: dict[str, Any]) -> bytes:
    return bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode()


REFUSED_LINES = [
    case for case in MINEFIELD["refused"] if data_of(case) and b"\n" not in data_of(case)
]


def walks(text: str) -> bool:
    try:
        return bool(list(walk_json(text)))
    except MalformedError:
        return False


@pytest.mark.parametrize("case", MINEFIELD["accepted"], ids=lambda case: case["what"])
def test_strict_json_is_read(case: dict[str, Any]) -> None:
    value, faults = parse(data_of(case))
    assert not faults
    assert value == json.loads(case["text"])
    assert walks(case["text"])


@pytest.mark.parametrize("case", MINEFIELD["refused"], ids=lambda case: case["what"])
def test_anything_else_is_refused_with_its_line(case: dict[str, Any]) -> None:
    value, faults = parse(data_of(case))
    assert value is None
    assert [(fault.rule, fault.line) for fault in faults] == [(case["rule"], case["line"])]


@pytest.mark.parametrize("case", REFUSED_LINES, ids=lambda case: case["what"])
def test_a_malformed_line_does_not_stop_the_rest(case: dict[str, Any]) -> None:
    data = data_of(case)
    found = list(read_jsonl([b'{"a": 1}\n', b"\n", data + b"\n", b'{"a": 2}']))
    assert [type(item) for item in found] == [Entry, Fault, Entry]
    assert [item.row for item in found] == [1, 2, 3]
    assert isinstance(found[1], Fault)
    assert (found[1].rule, found[1].line) == (case["rule"], 3)


@given(VALUES, st.sampled_from([None, 0, 2]))
@settings(max_examples=200, deadline=None)
def test_what_json_writes_is_read_back(value: Any, indent: int | None) -> None:
    for ascii_only in (True, False):
        text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
        assert parse(text.encode()) == (value, [])
        assert walks(text)


@given(st.text(st.sampled_from('{}[]",:0123456789.eE+-truefalsn \\\n\tu\ud800')) | st.text())
@example("[" * 100_000)
@example('{"a":' * 50_000)
@example('["' + "\\u0000" * 1000)
@settings(max_examples=500, deadline=None)
def test_the_parser_and_the_walk_give_one_verdict(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    value, faults = parse(data)
    if faults and faults[0].rule == "file-encoding":
        return
    assert walks(text) is (not faults)
    assert value is None or not faults


@given(st.binary())
@settings(max_examples=300, deadline=None)
def test_bytes_of_any_kind_are_read_or_told(data: bytes) -> None:
    for item in [*read_json(data), *read_jsonl(data.split(b"\n"))]:
        assert isinstance(item, Entry) or item.line is not None


def test_whole_numbers_are_whole_however_they_are_written() -> None:
    value, _ = parse(b"[1.0, 1e2, 1.5, -0.0, 1e300]")
    assert [type(number) for number in value] == [int, int, float, int, float]


def test_a_text_over_the_limit_is_not_read() -> None:
    _, faults = parse(b"[" + b" " * 100 + b"]", limit=100)
    assert [fault.rule for fault in faults] == ["file-too-large"]


@pytest.mark.parametrize("text", ['[{"a": 1},   {"b": 01}]', '[\n{"a": 1},  {"b": 01}\n]'])
def test_a_place_is_counted_from_the_start_of_its_line(text: str) -> None:
    (fault,) = (item for item in read_json(text.encode()) if isinstance(item, Fault))
    line = text.splitlines()[(fault.line or 1) - 1]
    assert f"(character {line.index('01') + 2} of the line)" in fault.message


def test_a_refusal_says_what_is_wrong() -> None:
    _, faults = parse(b'{"name": 1, "name": 2}')
    assert "the key 'name' stands twice" in faults[0].message


def test_a_pointer_is_located_on_its_physical_line() -> None:
    text = '{\n "a": [\n  1,\n  {"b/c": 2,\n   "~": "x\\ny"}\n ]\n}'
    wanted = {"": 1, "/a": 2, "/a/0": 3, "/a/1": 4, "/a/1/b~1c": 4, "/a/1/~0": 5}
    assert locate(text, wanted) == wanted


def test_what_is_missing_is_located_where_it_is_missing_from() -> None:
    text = '{\n "a": [\n  {"b": 1}\n ]\n}'
    assert locate(text, ["/a/0/c", "/d", "/a/7/x"]) == {"/a/0/c": 3, "/d": 1, "/a/7/x": 2}


def test_a_file_holds_one_record_or_a_list() -> None:
    assert [entry.row for entry in read_json(b'{"a": 1}')] == [1]
    assert [entry.row for entry in read_json(b'[{"a": 1}, {"a": 2}]')] == [1, 2]
    assert not list(read_json(b"[]"))
