"""Files in chunks are told the same as files held whole, whatever is wrong with them."""

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.dataset.csv_file import write_csv
from qantar.schema import TABLES, Profile, Severity
from qantar.validation import Fault, Report, check_path
from qantar.validation.engine.held_table import judge_table
from qantar.validation.engine.large_file import check_large
from qantar.validation.readers.table_file import Unjudged, read_table
from qantar.validation.tables import chunk as chunk_module
from qantar.validation.tables.chunk import FEWEST_DISTINCT
from qantar.validation.tables.key_hash import KeyHashes
from support import made_up
from support.held_frames import as_polars
from support.mutations import HOSTILE_TEXTS
from support.told_tables import CODED_TABLES

JUDGED = ("events", "spans")
ROWS = 450
# Whether columns with few values that come back are judged value by value, or row by row.
FEWEST = st.sampled_from([10, FEWEST_DISTINCT])
DAMAGES: dict[str, bytes] = {
    "quote": b'"',
    "two quotes": b'""',
    "quoted line end": b'"\n"',
    "line end": b"\n",
    "empty line": b"\n\n",
    "delimiter": b",",
    "NUL": b"\0",
    "return": b"\r",
    "both ends": b"\r\n",
    "not UTF-8": b"\xff",
    "letter": "é".encode(),
    "cell": b",x,",
}


def whole(path: Path) -> Counter[Fault]:
    read = read_table(path, path.suffix[1:], file="t")
    return Counter(read.faults if isinstance(read, Unjudged) else judge_table(read).told_once())


def in_chunks(path: Path, chunk: int, fewest: int = FEWEST_DISTINCT) -> Counter[Fault] | None:
    with patch.object(chunk_module, "FEWEST_DISTINCT", fewest):
        report = check_large(path, path.suffix[1:], file="t", least=0, chunk=chunk)
    return Counter(report.faults) if isinstance(report, Report) else None


def rows_of(table: str, seed: int) -> list[dict[str, Any]]:
    """Rows of the made-up corpus over and over, their keys mostly made different."""
    chosen = random.Random(seed)
    whole_table = made_up.corpus().tables()[table]
    key = TABLES[table].primary_key[0]
    rows = [dict(chosen.choice(whole_table)) for _ in range(ROWS)]
    for number, row in enumerate(rows):
        if chosen.random() < 0.9 and isinstance(row[key], str):
            row[key] = f"{row[key].split('-')[0]}-{number:06d}"
        if chosen.random() < 0.05:
            name = chosen.choice([*row])
            if isinstance(row[name], str):
                row[name] = chosen.choice(HOSTILE_TEXTS)
    return rows


@pytest.mark.parametrize("table", JUDGED)
@given(
    seed=st.integers(0, 2**32),
    damages=st.lists(st.tuples(st.floats(0, 1), st.sampled_from(list(DAMAGES))), max_size=6),
    chunk=st.sampled_from([1_000, 5_000, 40_000, 10_000_000]),
    fewest=FEWEST,
)
@settings(max_examples=3, deadline=None)
def test_damaged_csv_is_told_the_same_in_chunks(
    table: str,
    seed: int,
    damages: list[tuple[float, str]],
    chunk: int,
    fewest: int,
    tmp_path_factory: Any,
) -> None:
    data = write_csv(CODED_TABLES[table], _spelled(rows_of(table, seed)))
    start = data.index(b"\n") + 1
    for share, kind in damages:
        place = start + int(share * (len(data) - start))
        data = data[:place] + DAMAGES[kind] + data[place:]
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_bytes(data)
    assert in_chunks(path, chunk, fewest) == whole(path)


HEADERS: dict[str, Callable[[bytes], bytes]] = {
    "quoted": lambda line: b",".join(b'"' + name + b'"' for name in line.split(b",")),
    "marked": lambda line: b"\xef\xbb\xbf" + line,
    "marked and quoted": lambda line: b'\xef\xbb\xbf"' + line.replace(b",", b'","') + b'"',
    "with a return": lambda line: line + b"\r",
    "over two lines": lambda line: line + b',"other\nnotes"',
    "with an open quote": lambda line: b'"' + line,
    "with a name twice": lambda line: line + b",event_id",
    "UTF-16": lambda line: line.decode().encode("utf-16"),
    "not UTF-8": lambda line: line + b",\xff",
}


@pytest.mark.parametrize("kind", HEADERS)
def test_a_header_is_read_as_the_exact_reader_reads_it(kind: str, tmp_path: Path) -> None:
    header, _, rest = write_csv(CODED_TABLES["events"], _spelled(rows_of("events", 3))).partition(
        b"\n"
    )
    path = tmp_path / "t.csv"
    path.write_bytes(HEADERS[kind](header) + b"\n" + rest)
    # What has no header that can be read is left to the exact reader.
    is_left = kind in ("with an open quote", "UTF-16")
    assert in_chunks(path, 5_000) == (None if is_left else whole(path))


@pytest.mark.parametrize("table", JUDGED)
@given(seed=st.integers(0, 2**32), chunk=st.sampled_from([7, 100, 1_000]), fewest=FEWEST)
@settings(max_examples=2, deadline=None)
def test_parquet_is_told_the_same_in_chunks(
    table: str, seed: int, chunk: int, fewest: int, tmp_path_factory: Any
) -> None:
    path = tmp_path_factory.mktemp("parquet") / "t.parquet"
    as_polars(table, rows_of(table, seed)).write_parquet(path, row_group_size=64)
    assert in_chunks(path, chunk, fewest) == whole(path)


@pytest.mark.parametrize(("name", "dtype"), [("occurred", pl.Int64), ("date_latest", pl.Float64)])
def test_a_column_of_another_type_is_told_once(name: str, dtype: Any, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    frame = as_polars("events", rows_of("events", 1))
    frame.with_columns(pl.Series(name, [1] * len(frame)).cast(dtype)).write_parquet(path)
    found = in_chunks(path, 100)
    assert found == whole(path)
    assert found is not None
    assert [f.row for f in found if f.column == name and f.rule == "value-type"] == [None]


def test_a_column_of_text_that_is_no_number_is_told_once_as_in_csv(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    frame = as_polars("events", rows_of("events", 1))
    frame.with_columns(record_version=pl.lit("x")).write_parquet(path)
    found = in_chunks(path, 100)
    assert found == whole(path)
    (told,) = [f for f in found or () if f.column == "record_version"]
    assert told.row == 1
    assert f"all {frame.height} cells" in told.message


def test_a_damaged_page_is_told_the_same(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    as_polars("events", rows_of("events", 1)).write_parquet(path, row_group_size=64)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 50] = bytes(50)
    path.write_bytes(data)
    assert in_chunks(path, 100) == whole(path)


def test_a_damaged_line_leaves_the_quick_reader_the_rest(tmp_path: Path) -> None:
    data = write_csv(CODED_TABLES["changes"], _spelled(rows_of("changes", 1)))
    path = tmp_path / "t.csv"
    path.write_bytes(data + b'BAD-1,"\n' + data[data.index(b"\n") + 1 :])
    assert in_chunks(path, 1_000) == whole(path)


@pytest.mark.parametrize("kind", ["csv", "parquet", "jsonl"])
def test_a_run_to_the_first_error_reads_no_further_chunk(kind: str, tmp_path: Path) -> None:
    frame = pl.DataFrame(made_up.corpus().tables()["changes"])
    sound = pl.concat([frame] * 60).with_columns(
        event_id=pl.format("TST-{}", pl.int_range(pl.len()).cast(pl.String).str.zfill(6)),
        record_version=pl.lit(1),
    )
    faulty = sound.with_columns(
        record_version=pl.when(pl.int_range(pl.len()) == 70).then(0).otherwise(1)
    )
    chunk = 10 if kind == "parquet" else 700
    for name, held in (("sound", sound), ("faulty", faulty)):
        path = tmp_path / f"{name}.{kind}"
        {"csv": held.write_csv, "parquet": held.write_parquet, "jsonl": held.write_ndjson}[kind](
            path
        )
        report = check_large(
            path, kind, file="t", table="changes", least=0, chunk=chunk, fails_fast=True
        )
        assert report is not None
        errors = [fault.row for fault in report.faults if fault.severity is Severity.error]
        assert errors == ([] if name == "sound" else [71])
        assert (report.read[0].rows < held.height) == (name == "faulty")


def test_small_row_groups_and_dictionaries_of_one_value_a_row_are_told_the_same(
    tmp_path: Path,
) -> None:
    frame = as_polars("events", rows_of("events", 5))
    frame.write_parquet(tmp_path / "small.parquet", row_group_size=3)
    texts = pl.selectors.string()
    listed = frame.with_columns(texts.cast(pl.Categorical)).to_arrow(
        compat_level=pl.CompatLevel.oldest()
    )
    pq.write_table(listed, tmp_path / "listed.parquet")
    for path in tmp_path.glob("*.parquet"):
        for fewest in (1, FEWEST_DISTINCT):
            assert in_chunks(path, 100, fewest) == whole(path)


def test_hashes_that_spill_repeat_on_the_same_rows() -> None:
    hashes = np.random.default_rng(1).integers(0, 3_000, 5_000).astype(np.uint64) * 2**51
    held, spilt = KeyHashes(), KeyHashes(most=700)
    for part in np.array_split(hashes, 9):
        held.add(part)
        spilt.add(part)
    assert spilt.files
    assert held.repeated().tolist() == spilt.repeated().tolist()


def _spelled(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            name: "".join(c for c in v if c.isprintable()) if isinstance(v, str) else v
            for name, v in row.items()
        }
        for row in rows
    ]


@pytest.mark.parametrize("kind", ["csv", "parquet", "jsonl"])
def test_what_keeps_a_table_from_being_coded_is_told_of_large_files_too(
    kind: str, tmp_path: Path
) -> None:
    path = tmp_path / f"events.{kind}"
    frame = pl.DataFrame(made_up.corpus().tables()["events"]).drop("confidence")
    {"csv": frame.write_csv, "parquet": frame.write_parquet, "jsonl": frame.write_ndjson}[kind](
        path
    )
    told = [
        [fault.column for fault in report.faults if fault.rule == "coded-column-missing"]
        for report in (check_large(path, kind, file="t", least=0), check_path(path))
        if report is not None
    ]
    assert told == [["confidence"], ["confidence"]]
    asked = check_large(path, kind, file="t", least=0, profile=Profile.exchange)
    assert asked is not None
    assert "coded-column-missing" not in {fault.rule for fault in asked.faults}
