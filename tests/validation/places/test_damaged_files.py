"""Each damage is found at its place, and neither hides another nor moves its line."""

import gzip
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.validation import Fault, check_paths
from qantar.validation.engine.large_file import LARGE, check_large
from support.damaged_files import (
    COLUMNS,
    Damage,
    Expected,
    build,
    clean_row,
    csv_damages,
    csv_line,
    damaged,
    header,
    json_damages,
    json_line,
    parquet_bytes,
    spoil_page,
)

EXAMPLES = 15
CSV, TSV, JSONL = csv_damages(), csv_damages("\t"), json_damages()
Made = tuple[int, dict[int, Damage]]


def told(faults: Iterable[Fault]) -> Counter[Any]:
    return Counter(
        (f.rule, f.line, f.row, f.column or (f.pointer or "")[1:] or None) for f in faults
    )


def write_damaged(made: Made, path: Path, delimiter: str = ",") -> Expected:
    rows, expected = build(*made, lambda row: csv_line(row, delimiter), line=2)
    data = header(delimiter) + rows
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return expected


@given(damaged(CSV))
@settings(max_examples=EXAMPLES, deadline=None)
def test_csv(tmp_path_factory: Any, made: Made) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    expected = write_damaged(made, path)
    assert told(check_paths([path]).faults) == Counter(expected)


@given(damaged(CSV))
@settings(max_examples=EXAMPLES, deadline=None)
def test_csv_in_chunks(tmp_path_factory: Any, made: Made) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    expected = write_damaged(made, path)
    report = check_large(path, "csv", file="t", least=0, chunk=1_500)
    assert report is not None
    assert told(report.faults) == Counter(expected)


@given(damaged(TSV))
@settings(max_examples=EXAMPLES, deadline=None)
def test_packed_tsv(tmp_path_factory: Any, made: Made) -> None:
    path = tmp_path_factory.mktemp("tsv") / "t.tsv.gz"
    expected = write_damaged(made, path, "\t")
    assert told(check_paths([path]).faults) == Counter(expected)


@given(damaged(JSONL))
@settings(max_examples=EXAMPLES, deadline=None)
def test_json_lines(tmp_path_factory: Any, made: Made) -> None:
    path = tmp_path_factory.mktemp("jsonl") / "t.jsonl"
    data, expected = build(*made, json_line)
    path.write_bytes(data)
    assert told(check_paths([path], table="events").faults) == Counter(expected)


@given(damaged({name: d for name, d in JSONL.items() if name != "more after it"}))
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_json_list(tmp_path_factory: Any, made: Made) -> None:
    path = tmp_path_factory.mktemp("json") / "t.json"
    data, expected = build(*made, json_line, line=2)
    lines = data.splitlines(keepends=True)
    last = max(n for n, line in enumerate(lines) if line.strip())
    items = [
        line.replace(b"\n", b",\n") if line.strip() and n != last else line
        for n, line in enumerate(lines)
    ]
    path.write_bytes(b"[\n" + b"".join(items) + b"]\n")
    assert told(check_paths([path], table="events").faults) == Counter(expected)


@pytest.mark.slow
@given(damaged(CSV, most_rows=60_000))
@settings(max_examples=6, deadline=None)
def test_csv_that_is_large(tmp_path_factory: Any, made: Made) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    expected = write_damaged((60_000, made[1]), path)
    assert path.stat().st_size > LARGE
    assert told(check_paths([path]).faults) == Counter(expected)
    path.unlink()


def test_a_clean_file_has_no_faults(tmp_path: Path) -> None:
    for name, data in (
        ("t.csv", header() + build(50, {}, csv_line)[0]),
        ("t.jsonl", build(50, {}, json_line)[0]),
        ("t.json", json.dumps([json.loads(x) for x in build(9, {}, json_line)[0].splitlines()])),
    ):
        (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
        assert check_paths([tmp_path / name]).faults == ()


@pytest.mark.parametrize("in_chunks", [False, True])
@given(
    rows=st.integers(1, 60),
    group=st.integers(3, 20),
    pages=st.sets(st.tuples(st.integers(0, 19), st.sampled_from(COLUMNS)), min_size=1, max_size=3),
    places=st.sets(st.integers(0, 59), max_size=4),
)
@settings(max_examples=EXAMPLES, deadline=None)
def test_parquet_of_which_pages_are_damaged(
    tmp_path_factory: Any,
    in_chunks: bool,
    rows: int,
    group: int,
    pages: set[tuple[int, str]],
    places: set[int],
) -> None:
    path = tmp_path_factory.mktemp("parquet") / "t.parquet"
    clean = [clean_row(number) for number in range(rows)]
    spoilt = {(number, name) for number, name in pages if number * group < rows}
    expected: Expected = []
    for place in places & {*range(rows)}:
        clean[place] |= {"latitude": 95.0}
        if (place // group, "latitude") not in spoilt:
            expected.append(("value-out-of-range", None, place + 1, "latitude"))
    data = parquet_bytes(clean, group)
    for number, name in spoilt:
        data = spoil_page(data, number, name)
        expected.append(("file-unreadable", None, number * group + 1, name))
    path.write_bytes(data)
    if in_chunks:
        report = check_large(path, "parquet", file="t", least=0, chunk=7)
    else:
        report = check_paths([path])
    assert report is not None
    assert told(report.faults) == Counter(expected)
    assert report.exit_code == (2 if spoilt else 1 if expected else 0)
