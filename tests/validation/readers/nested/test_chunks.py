"""Lines of nested records are told apart, and never fewer keys counted than they have."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from qantar.validation.readers.nested.chunks import NestedChunk

TEXTS = st.text("a\\\":{} \t'é", max_size=6)
RECORDS = st.dictionaries(
    TEXTS, TEXTS | st.lists(st.dictionaries(TEXTS, TEXTS, max_size=2), max_size=2), max_size=4
)


def keys_of(value: Any) -> int:
    if isinstance(value, list):
        return sum(map(keys_of, value))
    return len(value) + sum(map(keys_of, value.values())) if isinstance(value, dict) else 0


@given(
    records=st.lists(RECORDS, min_size=1, max_size=4),
    colon=st.sampled_from([":", ": ", " :", "\t:", "  : ", " \r:"]),
    is_ascii=st.booleans(),
)
def test_no_key_is_passed_over_however_it_is_written(
    records: list[Any], colon: str, is_ascii: bool
) -> None:
    lines = [json.dumps(r, separators=(",", colon), ensure_ascii=is_ascii) for r in records]
    chunk = NestedChunk.of("".join(line + "\n" for line in lines).encode())
    counts = chunk.keys.tolist()
    assert all(most >= keys_of(r) for most, r in zip(counts, records, strict=True))


def test_colons_in_prose_are_not_taken_for_the_ends_of_keys() -> None:
    record = {"said": "Il a dit : non. Why: 10:30, see https://example.org", "list": [{"a": "b"}]}
    chunk = NestedChunk.of(json.dumps(record).encode() + b"\n")
    assert chunk.keys.tolist() == [3]


def test_blank_lines_are_no_records() -> None:
    chunk = NestedChunk.of(b'{"a":1}\n\n \t\r\n {"b":2}\r\n\x0b\n')
    assert [bytes(line) for line in chunk.lines()] == [b'{"a":1}', b' {"b":2}\r', b"\x0b"]
    assert chunk.numbers.tolist() == [0, 3, 4]
    assert chunk.starts.tolist() == [0, 13, 23]
    assert (chunk.height, chunk.line_ends) == (3, 5)


def test_a_line_beyond_the_limit_is_left_to_the_exact_reader(monkeypatch: Any) -> None:
    monkeypatch.setattr("qantar.validation.readers.nested.chunks.LARGEST_LINE", 20)
    chunk = NestedChunk.of(b'{"a":1}\n{"b":"' + b"x" * 20 + b'"}\n')
    assert chunk.keys.tolist() == [1, -1]
