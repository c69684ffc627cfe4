"""Good files of much repetition are judged, bombs are refused, and the limit can be raised."""

import bz2
import gzip
import hashlib
import io
import json
import lzma
from dataclasses import replace
from functools import partial
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from qantar.dataset.command import main
from qantar.validation import check_path
from qantar.validation.readers import table_file
from qantar.validation.readers.expansion import EXPANSION, HOW_TO_RAISE, Expansion, raised_to
from qantar.validation.readers.parquet import chunks as parquet_chunks
from qantar.validation.readers.parquet.table import Limits, TooLargeError, read_columns, read_footer
from support.made_up_package import csv_package, put, redescribe, zipped

HEADER = "event_id,record_version,action_code,date_earliest,date_latest,summary_en\n"
WORDS = "Somebody calls somebody else about nothing in particular. " * 4


def rows(height: int) -> pl.DataFrame:
    """Rows of events that differ in their ids alone, of which the last is wrong."""
    number = pl.int_range(1, height + 1, dtype=pl.Int64, eager=True)
    last = pl.Series(["2022-01-05"] * (height - 1) + ["2021-01-01"])
    return pl.DataFrame(
        {
            "event_id": "TST-" + number.cast(pl.String).str.zfill(6),
            "record_version": pl.repeat(1, height, eager=True),
            "action_code": pl.repeat("cameo:041", height, eager=True),
            "date_earliest": pl.repeat("2022-01-05", height, eager=True),
            "date_latest": last,
            "summary_en": pl.repeat(WORDS.strip(), height, eager=True),
        }
    )


def parquet(frame: pl.DataFrame, **facts: object) -> bytes:
    content = io.BytesIO()
    pq.write_table(frame.to_arrow(), content, compression="zstd", compression_level=19, **facts)
    return content.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("dictionaries", [True, False])
def test_parquet_of_much_repetition_is_judged(tmp_path: Path, dictionaries: bool) -> None:
    frame = rows(900_000).with_columns(event_id=pl.lit("TST-000001"))
    content = parquet(frame, use_dictionary=dictionaries, row_group_size=300_000)
    assert frame.estimated_size() > 500 * len(content)
    report = check_path(put({"events.parquet": content}, tmp_path) / "events.parquet")
    assert report.by_rule() == {"key-duplicate": 899_999, "date-reversed": 1}
    assert (report.exit_code, report.read[0].rows) == (1, 900_000)


def test_of_what_is_let_go_only_a_batch_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = rows(60_000)
    limits = replace(parquet_chunks.LIMITS_OF_CHUNKS, least_column=3_000_000, times=1)
    monkeypatch.setattr(parquet_chunks, "LIMITS_OF_CHUNKS", limits)
    assert frame.estimated_size() > 12_000_000
    path = put({"events.parquet": parquet(frame)}, tmp_path) / "events.parquet"
    assert [(f.rule, f.row) for f in check_path(path).faults] == [("date-reversed", 60_000)]


@pytest.mark.parametrize("suffix", ["gz", "zst", "zip"])
def test_text_of_much_repetition_is_judged(tmp_path: Path, suffix: str) -> None:
    line = f"TST-%06d,1,cameo:041,2022-01-05,2022-01-05,{WORDS.strip()}\n"
    text = (HEADER + "".join(line % n for n in range(150_000))).encode()
    content = {
        "gz": lambda: gzip.compress(text, 9),
        "zst": lambda: bytes(pa.Codec("zstd").compress(text, asbytes=True)),
        "zip": lambda: zipped({"events.csv": text}),
    }[suffix]()
    assert len(text) > 40_000_000 > 60 * len(content)
    name = "e.zip" if suffix == "zip" else f"events.csv.{suffix}"
    report = check_path(put({name: content}, tmp_path) / name)
    assert (report.faults, report.read[0].rows) == ((), 150_000)


def long_text(height: int) -> bytes:
    """Half a megabyte of text in a dictionary, and rows that all have it."""
    indices = pa.array([0] * height, pa.int32())
    content = io.BytesIO()
    text = pa.DictionaryArray.from_arrays(indices, pa.array(["y" * 500_000]))
    pq.write_table(pa.table({"actor_id": text, "name": text}), content, compression="zstd")
    return content.getvalue()


def test_few_rows_of_a_long_text_are_refused_with_the_name_of_the_option(tmp_path: Path) -> None:
    content = long_text(10_000)
    assert len(content) < 10_000
    report = check_path(put({"actors.parquet": content}, tmp_path) / "actors.parquet")
    assert [fault.rule for fault in report.faults] == ["file-too-large"]
    assert HOW_TO_RAISE in report.faults[0].message
    assert report.exit_code == 2


def test_a_footer_of_too_many_cells_or_of_a_column_too_large_is_refused() -> None:
    content = io.BytesIO(parquet(rows(1_000)))
    size = len(content.getvalue())
    read_footer(content, Limits(least_cells=6_000, times=0))
    for limits, said in (
        (Limits(least_cells=5_999, times=0), "6,000 cells; 5,999 are"),
        (Limits(least_column=99, times=0, is_let_go=True), "99 are"),
        (Limits(least_bytes=99, times=0), "99 are"),
    ):
        with pytest.raises(TooLargeError, match=said):
            read_footer(content, limits)
    assert Limits(least_cells=1, times=2).cells_for(size) == 2 * size
    with raised_to(3):
        assert Limits(least_cells=1, times=2).cells_for(size) == 3 * size
        assert Limits(least_column=1, times=2).column_bytes_for(size) == 3 * size
        assert Limits(least_bytes=1, times=2).bytes_for(size) == 3 * size


def test_texts_of_a_chunk_are_not_spelled_out_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_chunks, "MOST_SPELLED", 1_000)
    path = put({"events.parquet": parquet(rows(30_000))}, tmp_path) / "events.parquet"
    assert [fault.rule for fault in check_path(path).faults] == ["file-too-large"]


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_a_table_of_a_package_is_judged_in_chunks_where_it_would_take_too_much(
    tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = partial(read_columns, limits=Limits(least_bytes=1_000, times=1))
    monkeypatch.setattr(table_file, "read_columns", small)
    frame = rows(200).select("event_id", "record_version", "action_code")
    package = csv_package({"events": frame.to_dicts()})
    content = parquet(frame)
    package |= {"events.parquet": content}

    def describe(descriptor: dict[str, list[dict[str, object]]]) -> None:
        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        change = {"path": "events.parquet", "format": "parquet", "hash": digest}
        descriptor["resources"][0] |= change | {"bytes": len(content)}

    package = redescribe(package, describe)
    del package["events.csv"]
    put({"p.zip": zipped(package)} if form == "zip" else package, tmp_path)
    report = check_path(tmp_path / "p.zip" if form == "zip" else tmp_path, profile="exchange")
    assert "file-too-large" not in {f.rule for f in report.faults if f.severity == "error"}
    assert [r.rows for r in report.read if r.table == "events"] == [200]


@pytest.mark.parametrize("suffix", ["gz", "bz2", "xz", "zst", "zip"])
@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_rows_may_be_as_many_as_there_are(tmp_path: Path, kind: str, suffix: str) -> None:
    named = dict(zip(HEADER.strip().split(","), ("TST-%06d", 1, "cameo:041"), strict=False))
    line = "TST-%06d,1,cameo:041,2022-01-05,2022-01-05," + "a" * 30_000 + "\n"
    text = (HEADER + "".join(line % n for n in range(1_200))).encode()
    if kind == "jsonl":
        days = {"date_earliest": "2022-01-05", "date_latest": "2022-01-05"}
        line = json.dumps({**named, **days, "summary_en": "a" * 30_000}) + "\n"
        text = "".join(line % n for n in range(1_200)).encode()
    content = {
        "gz": lambda: gzip.compress(text, 9),
        "bz2": lambda: bz2.compress(text),
        "xz": lambda: lzma.compress(text),
        "zst": lambda: bytes(pa.Codec("zstd").compress(text, asbytes=True)),
        "zip": lambda: zipped({f"e.{kind}": text}),
    }[suffix]()
    assert not EXPANSION.allows(len(text), len(content))
    name = "e.zip" if suffix == "zip" else f"e.{kind}.{suffix}"
    report = check_path(put({name: content}, tmp_path) / name)
    assert (report.read[0].rows, "file-too-large" in report.by_rule()) == (1_200, False)


@pytest.mark.parametrize("text", [b"\0", b"\n", b"a", b" ", b",,,,\n"])
def test_what_is_no_row_is_a_bomb(tmp_path: Path, text: bytes) -> None:
    content = gzip.compress(HEADER.encode() + text * (40_000_000 // len(text)))
    report = check_path(put({"e.csv.gz": content}, tmp_path) / "e.csv.gz")
    assert [fault.rule for fault in report.faults] == ["file-too-large"]
    assert "are no row" in report.faults[0].message
    assert HOW_TO_RAISE.rstrip(".") in report.faults[0].message
    assert report.exit_code == 2


def test_a_list_may_expand_to_what_is_read_of_one(tmp_path: Path) -> None:
    record = {"event_id": "TST-000001", "record_version": 1, "summary_en": " " * 33_000_000}
    content = gzip.compress(json.dumps([record]).encode())
    assert not EXPANSION.allows(33_000_000, len(content))
    report = check_path(put({"e.json.gz": content}, tmp_path) / "e.json.gz", profile="exchange")
    assert "file-too-large" not in report.by_rule()


def test_columns_without_a_type_and_many_columns_are_judged(tmp_path: Path) -> None:
    frame = rows(30_000).to_arrow()
    for number in range(300):
        kind = pa.null() if number % 2 else pa.string()
        frame = frame.append_column(f"own_{number}", pa.nulls(len(frame), kind))
    pq.write_table(frame, tmp_path / "e.parquet")
    report = check_path(tmp_path / "e.parquet")
    assert [(f.rule, f.row) for f in report.faults if f.severity == "error"] == [
        ("date-reversed", 30_000)
    ]
    chunks = parquet_chunks.ParquetChunks(tmp_path / "e.parquet")
    assert max(chunk.height for chunk in chunks) * 306 <= parquet_chunks.CELLS_PER_CHUNK


@pytest.mark.parametrize("suffix", ["gz", "zst", "zip"])
def test_the_limit_is_raised_by_name(tmp_path: Path, suffix: str) -> None:
    text = HEADER.encode() + b"\n" * 33_000_000
    content = {
        "gz": lambda: gzip.compress(text),
        "zst": lambda: bytes(pa.Codec("zstd").compress(text, asbytes=True)),
        "zip": lambda: zipped({"e.csv": text}),
    }[suffix]()
    name = "e.zip" if suffix == "zip" else f"e.csv.{suffix}"
    path = put({name: content}, tmp_path) / name
    with raised_to(100_000):
        assert EXPANSION.allows(len(text), len(content))
    assert not EXPANSION.allows(len(text), len(content))
    report = check_path(path)
    assert report.exit_code == 2
    assert "--max-expansion" in report.faults[0].message


def test_the_command_takes_the_limit_and_so_does_its_environment(tmp_path: Path) -> None:
    text = HEADER.encode() + b" " * 33_000_000
    path = put({"e.csv.gz": gzip.compress(text)}, tmp_path) / "e.csv.gz"
    for arguments, variables in (
        (["--max-expansion", "2000"], {}),
        ([], {"QANTAR_MAX_EXPANSION": "2000"}),
    ):
        told = CliRunner().invoke(main, ["validate", str(path), *arguments], env=variables)
        assert "csv-malformed" in told.output
        assert "file-too-large" not in told.output
    told = CliRunner().invoke(main, ["validate", str(path)])
    assert (told.exit_code, "file-too-large" in told.output) == (2, True)
    assert check_path(path, max_expansion=2000).by_rule().get("file-too-large") is None


def test_what_is_raised_is_so_only_meanwhile() -> None:
    small = Expansion(most=1_000, free=10, times=2)
    assert (small.bytes_for(4), small.bytes_for(6), small.bytes_for(600)) == (10, 12, 1_000)
    with raised_to(3):
        assert (small.bytes_for(6), small.allows(18, 6), small.allows(19, 6)) == (18, True, False)
        with raised_to(None):
            assert small.bytes_for(6) == 12
        assert small.bytes_for(6) == 18
    assert small.bytes_for(6) == 12
