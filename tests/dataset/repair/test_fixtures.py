"""Made-up damage of every kind, mended as was written down before the program was."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from qantar.dataset.repair.run import Repaired, mended

FIXTURES = Path(__file__).parent / "fixtures"
EXPECTED = sorted(FIXTURES.glob("*.expected.json"))


@pytest.fixture(params=EXPECTED, ids=lambda path: path.name.removesuffix(".expected.json"))
def case(request: pytest.FixtureRequest) -> tuple[bytes, bytes, dict[str, Any]]:
    expected: Path = request.param
    stem = expected.name.removesuffix(".expected.json")
    given, wanted = (next(FIXTURES.glob(f"{stem}.{side}.*")) for side in ("in", "out"))
    return given.read_bytes(), wanted.read_bytes(), json.loads(expected.read_text("utf-8"))


def content(done: Repaired) -> bytes:
    return b"".join(done.content)


def table(data: bytes) -> list[list[str]]:
    """The cells of a file, quotes aside."""
    text = data.decode().removeprefix("\ufeff").replace("\r\n", "\n")
    separator = "\t" if "\t" in text.partition("\n")[0] else ","
    if separator == "\t":
        return [line.split("\t") for line in text.removesuffix("\n").split("\n")]
    return [*csv.reader(io.StringIO(text, newline=""), delimiter=separator)]


def told(done: Repaired, *, is_left: bool) -> set[tuple[str, ...]]:
    found = set()
    for row in done.changes.iter_rows(named=True):
        if (row["kind"] == "left") != is_left:
            continue
        values = (row["old"],) if is_left else (row["old"], row["new"] or "")
        found.add((str(row["row"]), row["column"], *values))
    return found


def test_a_file_comes_out_as_written_down(case: tuple[bytes, bytes, dict[str, Any]]) -> None:
    given, wanted, expected = case
    out = content(mended(given))
    if expected["changes"]:
        assert table(out) == table(wanted)
    else:
        assert out == given


def test_changes_are_told_cell_by_cell(case: tuple[bytes, bytes, dict[str, Any]]) -> None:
    given, _, expected = case
    wanted = {
        (str(one["row"]), one["column"], one["old"] or "", one["new"] or "")
        for one in expected["changes"]
    }
    assert told(mended(given), is_left=False) == wanted


def test_what_is_left_is_told(case: tuple[bytes, bytes, dict[str, Any]]) -> None:
    given, _, expected = case
    wanted = {(str(one["row"]), one["column"], one["value"]) for one in expected["left"]}
    assert told(mended(given), is_left=True) == wanted


def test_a_second_run_changes_nothing(case: tuple[bytes, bytes, dict[str, Any]]) -> None:
    first = content(mended(case[0]))
    second = mended(first)
    assert content(second) == first
    assert second.account.changed == {}
