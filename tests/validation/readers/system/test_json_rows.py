"""Records of JSON in every form that they are written in, as rows of text."""

import json
from pathlib import Path
from typing import Any

import pytest

from qantar.schema.systems import LAYOUTS
from qantar.validation.readers.system.json_cells import JsonCells, text_of
from qantar.validation.readers.system.json_chunks import JsonChunk, JsonChunks
from qantar.validation.readers.system.json_records import CUT_OFF, MENDED
from qantar.validation.readers.system.start import NotConvertibleError, start_of


def record(number: int, **more: Any) -> dict[str, Any]:
    given = {"id": f"made-up-{number}", "date": "2021-03-01", "event": "AID", "dateCoded": ""}
    return {**given, "source": [{"actorText": "Fog; Riders", "code": "MLT"}], **more}


ONE, TWO = json.dumps(record(1)), json.dumps(record(2))
PRETTY = json.dumps(record(1), indent=1)


def chunks_of(path: Path, text: bytes | str, most: int = 2**20) -> list[JsonChunk]:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return [*JsonChunks(path, start_of(path), most)]


def ids(chunks: list[JsonChunk]) -> list[str]:
    return [one for chunk in chunks for one in chunk.frame["id"]]


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n{TWO}\n",
        f"{ONE}\r\n\r\n{TWO}",
        f"\ufeff{ONE}\n{TWO}\n",
        f"[{ONE}, {TWO}]",
        f"[\n{ONE},\n{TWO}\n]\n",
        f"{ONE},\n{TWO},\n",
        f"{PRETTY}\n{TWO}",
        f"{PRETTY},\n{TWO},",
        f"[{ONE}{TWO}]",
    ],
)
def test_every_form_gives_the_same_rows(tmp_path: Path, text: str) -> None:
    assert ids(chunks_of(tmp_path / "records", text)) == ["made-up-1", "made-up-2"]


def test_lines_are_read_in_pieces(tmp_path: Path) -> None:
    lines = "".join(json.dumps(record(n)) + "\n" for n in range(1, 101))
    chunks = chunks_of(tmp_path / "records", lines, most=1_000)
    assert len(chunks) > 10
    assert ids(chunks) == [f"made-up-{n}" for n in range(1, 101)]
    assert [n for chunk in chunks for n in chunk.rows.tolist()] == [*range(1, 101)]


def test_a_damaged_record_keeps_its_text_and_its_neighbours(tmp_path: Path) -> None:
    text = f"{ONE}\n\n{TWO[:-9]}\n[1]\n{TWO}\n"
    (chunk,) = chunks_of(tmp_path / "records", text)
    assert ids([chunk]) == ["made-up-1", "made-up-2"]
    assert [(one.row, one.line, one.text.decode()) for one in chunk.unread] == [
        (2, 3, TWO[:-9]),
        (3, 4, "[1]"),
    ]
    assert chunk.source_row(1, "why").row == 4


@pytest.mark.parametrize(
    "odd",
    ['"a\\ud800": "x"', '"a": "\\ud800"', '"a": ' + '{"b": ' * 900 + "1" + "}" * 900, '"id": "x"'],
)
def test_a_record_that_is_no_sound_json_is_rejected_alone(tmp_path: Path, odd: str) -> None:
    (chunk,) = chunks_of(tmp_path / "records", f"{TWO}\n{ONE[:-1]}, {odd}}}\n")
    assert ids([chunk]) == ["made-up-2"]
    assert [one.row for one in chunk.unread] == [2]


def test_the_first_records_may_all_be_damaged(tmp_path: Path) -> None:
    chunks = chunks_of(tmp_path / "records", f"{ONE[:-1]}\n{TWO}")
    assert ids(chunks) == ["made-up-2"]


def test_commas_and_words_that_are_no_json_are_passed_over_and_told(tmp_path: Path) -> None:
    odd = ONE[:-1] + ', "score": NaN, "note": "a, } NaN",}'
    (chunk,) = chunks_of(tmp_path / "records", f"{odd}\n{TWO}\n")
    assert chunk.notes == {MENDED: 1}
    assert chunk.frame["note"][0] == "a, } NaN"
    assert "score" not in chunk.frame.columns


def test_a_list_that_is_cut_off_is_told(tmp_path: Path) -> None:
    (chunk,) = chunks_of(tmp_path / "records", f"[{ONE},\n{TWO},\n")
    assert chunk.height == 2
    assert chunk.notes == {CUT_OFF: 1}


def test_the_same_text_has_the_same_hash_in_any_file(tmp_path: Path) -> None:
    (first,) = chunks_of(tmp_path / "one", f"{ONE}\n{TWO}\n")
    (other,) = chunks_of(tmp_path / "other", f"{json.dumps(record(3, comment='x'))}\n{ONE}\n")
    assert first.hashes()[0] == other.hashes()[1]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("demo", "demo"),
        (["demo", "obstruct"], "demo;obstruct"),
        (["a;b"], '["a;b"]'),
        ([1, 2.5], "1;2.5"),
        ([True], "[true]"),
        ([["é"]], '[["é"]]'),
        ([None, "x"], '[null, "x"]'),
        (35.8869, "35.8869"),
        (10**20, "100000000000000000000"),
        (True, "true"),
        (None, ""),
        ([], ""),
    ],
)
def test_values_as_text(value: Any, text: str) -> None:
    assert text_of(value) == text


def test_nested_values_come_under_names_of_the_layout() -> None:
    (layout,) = (one for one in LAYOUTS if one.key == "ngec")
    held = {
        "id": "run-1",
        "orig_id": "made-up-1",
        "date_resolved": {"resolved_date": "2026-01-12", "date_type": "exact", "odd": {"x": 1}},
        "event_location": {"event_loc": {"name": "Mdina"}, "reason": "success"},
        "attributes": {},
    }
    assert JsonCells(layout).row(held) == {
        "run_id": "run-1",
        "orig_id": "made-up-1",
        "resolved_date": "2026-01-12",
        "date_type": "exact",
        "date_resolved.odd.x": "1",
        "placename": "Mdina",
        "event_location.reason": "success",
    }


def test_two_paths_of_one_name_keep_apart() -> None:
    (layout,) = (one for one in LAYOUTS if one.key == "plover")
    assert JsonCells(layout).row({"date": "1", "Date": "2", "DATE": "3"}) == {
        "date": "1",
        "Date": "2",
        "DATE": "3",
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"a": 1}\n', '(with "a") are of no layout'),
        (f'{{"data": [{ONE}]}}', "stand within something else"),
        ("[]", "none of its records can be read"),
        ('{"id": ', "none of its records can be read"),
    ],
)
def test_other_json_is_refused_with_what_it_is(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "records"
    path.write_text(text, "utf-8")
    with pytest.raises(NotConvertibleError) as refusal:
        start_of(path)
    assert told in str(refusal.value)
