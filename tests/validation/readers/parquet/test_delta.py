"""Parquet that tells each text from the one before is judged, and is no way to smuggle a bomb."""

import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from qantar.validation import check_path, split_rows
from qantar.validation.readers.expansion import HOW_TO_RAISE
from qantar.validation.readers.parquet import delta
from qantar.validation.readers.parquet.page import column_chunks, pages_of
from qantar.validation.readers.parquet.thrift import CutShortError, read_struct

ENCODINGS = ("DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY")
TEXTS = ("event_id", "action_code", "date_earliest", "date_latest")


def events(height: int, **other: Any) -> pa.Table:
    rows = range(height)
    columns: dict[str, Any] = {
        "event_id": [f"TST-{n:06}" for n in rows],
        "record_version": [1] * height,
        "action_code": ["cameo:41" if n == 7 else "cameo:041" for n in rows],
        "date_earliest": [f"2022-01-{n % 28 + 1:02}" for n in rows],
        "date_latest": ["2022-02-01"] * height,
    }
    return pa.table(columns | other)


def write(path: Path, table: pa.Table, encoding: str, *names: str, **form: Any) -> Path:
    encodings = dict.fromkeys(names, encoding)
    pq.write_table(table, path, use_dictionary=False, column_encoding=encodings, **form)
    return path


@pytest.mark.parametrize("height", [30, 30_000])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("names", [TEXTS, TEXTS[:1]])
@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_such_texts_are_judged(
    tmp_path: Path, height: int, encoding: str, names: tuple[str, ...], version: str
) -> None:
    path = write(
        tmp_path / "e.parquet",
        events(height),
        encoding,
        *names,
        row_group_size=11_000,
        data_page_version=version,
    )
    report = check_path(path)
    assert [(f.rule, f.row) for f in report.faults] == [("value-unknown", 8)]
    assert (report.exit_code, report.read[0].rows) == (1, height)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_such_a_file_is_parted_with_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path / "e.parquet", events(40_000), encoding, *TEXTS)
    good = tmp_path / "good.parquet"
    assert split_rows(path, good=good).good == 39_999
    assert encoding in pq.read_metadata(good).row_group(0).column(0).encodings
    assert pq.read_table(good)["event_id"].to_pylist() == [
        f"TST-{n:06}" for n in range(40_000) if n != 7
    ]


@pytest.mark.parametrize(
    ("text", "height", "told"),
    [("y" * 900_000, 400, "at once"), ("y" * 5_000_000, 100, "a text of 5000000 bytes")],
)
def test_few_bytes_that_become_many_texts_are_refused(
    tmp_path: Path, text: str, height: int, told: str
) -> None:
    path = tmp_path / "actors.parquet"
    schema = pa.schema([("actor_id", pa.string()), ("name", pa.string())])
    encodings = dict.fromkeys(schema.names, "DELTA_BYTE_ARRAY")
    with pq.ParquetWriter(
        path, schema, use_dictionary=False, column_encoding=encodings, data_page_size=10**8
    ) as writer:
        few = 50
        for _ in range(height // few):
            writer.write_table(pa.table([["a"] * few, [text] * few], schema=schema))
    assert path.stat().st_size < height * len(text) / 5
    report = check_path(path)
    assert [fault.rule for fault in report.faults] == ["file-too-large"]
    assert told in report.faults[0].message
    assert HOW_TO_RAISE in report.faults[0].message
    assert report.exit_code == 2


def test_what_may_be_decoded_at_once_is_raised_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delta, "MOST_AT_ONCE", 100_000)
    path = write(tmp_path / "e.parquet", events(30_000), "DELTA_BYTE_ARRAY", *TEXTS)
    assert check_path(path).exit_code == 2
    assert check_path(path, max_expansion=60_000).exit_code == 1


def test_the_pages_are_those_that_arrow_writes() -> None:
    content = io.BytesIO()
    pq.write_table(events(50_000), content, row_group_size=30_000)
    footer = pq.read_metadata(content)
    for number, columns in enumerate(column_chunks(content)):
        for place, column in enumerate(columns):
            stated = footer.row_group(number).column(place)
            assert column.path == stated.path_in_schema
            assert column.encodings == {*stated.encodings}
            assert column.size == stated.total_uncompressed_size
            assert column.has_dictionary == stated.has_dictionary_page
            pages = [*pages_of(content, column)]
            assert sum(page.values for page in pages) == stated.num_values
            assert sum(page.size for page in pages) <= column.size


def test_what_is_no_struct_is_refused() -> None:
    # A field of four bytes, a list of two whole numbers, and a struct within.
    assert read_struct(b"\x18\x04abcd\x19\x25\x02\x04\x1c\x15\x06\x00\x00") == (
        {1: b"abcd", 2: [1, 2], 3: {1: 3}},
        15,
    )
    with pytest.raises(CutShortError):
        read_struct(b"\x18\x04ab")
    for data in (b"\x1d\x00", b"\x1c" * 99, b"\x15" + b"\xff" * 20, b"\x19\xf5\xff\xff\x03"):
        with pytest.raises(ValueError, match="make no sense"):
            read_struct(data)
