"""The pace of a long file is told now and then, with what is left."""

import gzip
from pathlib import Path

import pytest

from qantar.validation import check_path
from qantar.validation.readers.pace import Pace


def test_share_rate_and_remaining_time_are_told_now_and_then() -> None:
    times = iter([0.0, 0.1, 10.0, 10.1, 90.0, 100.0])
    told: list[str] = []
    pace = Pace("x.csv", 10_000, told.append, lambda: next(times))
    for done, rows in ((10, 1), (1_000, 20_000), (1_010, 20_001), (9_000, 180_000), (10_000, 2)):
        pace.note(done, rows)
    assert told == [
        "x.csv: 10%, 20,000 rows, 2,000 a second, 1 min 30 s left",
        "x.csv: 90%, 180,000 rows, 2,000 a second, 10 s left",
        "x.csv: 100%, 2 rows, 0 a second, 0 s left",
    ]


def test_lines_pass_through_and_are_counted() -> None:
    seconds = iter(range(100))
    told: list[str] = []
    pace = Pace("x.jsonl", 6, told.append, lambda: next(seconds))
    assert [*pace.lines([b"a\n", b"bcd\n"])] == [b"a\n", b"bcd\n"]
    assert told == [
        "x.jsonl: 33%, 1 rows, 1 a second, 2 s left",
        "x.jsonl: 100%, 2 rows, 1 a second, 0 s left",
    ]


@pytest.mark.parametrize("kind", ["csv", "csv.gz", "jsonl"])
def test_a_long_file_tells_its_pace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr("qantar.validation.readers.pace.EVERY_SECONDS", -1)
    told: list[str] = []
    path = tmp_path / f"x.{kind}"
    if kind == "jsonl":
        content = b'{"actor_id": "a"}\n' * 3
    else:
        row = b"TST-%06d,1,cameo:041,2022-01-05,2022-01-05\n"
        header = b"event_id,record_version,action_code,date_earliest,date_latest\n"
        content = header + b"".join(row % n for n in range(1, 130_000))
    path.write_bytes(gzip.compress(content, 1) if kind == "csv.gz" else content)
    check_path(path, progress=told.append)
    rows = "129,999" if "csv" in kind else "3"
    assert told[0] == f"Checking {path}"
    assert told[-1].startswith(f"{path}: 100%, {rows} rows, ")
