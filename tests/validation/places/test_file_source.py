"""Compressed and piped files give the faults of the plain ones; a bomb is stopped early."""

import gzip
import io
import json
import resource
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from qantar.validation import check_path
from qantar.validation.places.packed_file import form_of
from support import made_up
from support.made_up_package import csv_package, put

LINE = b"TST-000001,1,cameo:041,2022-01-05,2022-01-05\n"
HEADER = b"event_id,record_version,action_code,date_earliest,date_latest\n"


def pack(content: bytes, suffix: str) -> bytes:
    if suffix == "gz":
        return gzip.compress(content, mtime=0)
    return bytes(pa.Codec("zstd").compress(content, asbytes=True))


def events_csv() -> bytes:
    rows = made_up.corpus().tables()["events"]
    rows[0]["date_latest"] = "2020-01-01"
    rows[1]["polarity"] = "affirmativ"
    content = csv_package({"events": rows})["events.csv"]
    lines = content.split(b"\n")
    return b"\n".join([*lines[:2], lines[1][:40], *lines[2:]])


def contents() -> dict[str, bytes]:
    rows = made_up.corpus().tables()["events"]
    rows[1]["polarity"] = "negatd"
    events = made_up.corpus().events
    events[0] = events[0] | {"polarity": "no"}
    return {
        "events.csv": events_csv(),
        "events.tsv": events_csv().replace(b",", b"\t"),
        "rows.jsonl": b"{\n" + "".join(f"{json.dumps(row)}\n" for row in rows).encode(),
        "events.json": json.dumps(events, indent=1).encode(),
        "bad.json": b'[\n{"a": 1,\n"a": 2}]',
        "bad.csv": HEADER + b'"TST\xff\n' + LINE + b"a\0b\n",
    }


@pytest.mark.parametrize("suffix", ["gz", "zst", "zstd", "GZ"])
@pytest.mark.parametrize("name", contents())
def test_a_compressed_file_has_the_faults_of_the_plain_one(
    tmp_path: Path, name: str, suffix: str
) -> None:
    content = contents()[name]
    put({name: content, f"{name}.{suffix}": pack(content, suffix.lower())}, tmp_path)
    plain = check_path(tmp_path / name)
    packed = check_path(tmp_path / f"{name}.{suffix}")
    assert plain.faults
    assert [f.at(file=None) for f in packed.faults] == [f.at(file=None) for f in plain.faults]
    assert {f.file for f in packed.faults} == {str(tmp_path / f"{name}.{suffix}")}
    assert packed.exit_code == plain.exit_code
    assert [r.kind for r in packed.read] == [r.kind for r in plain.read]


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_what_stands_before_damage_is_checked_and_the_damage_told(
    tmp_path: Path, suffix: str
) -> None:
    faulty = LINE.replace(b"2022-01-05\n", b"2020-01-05\n")
    lines = [LINE.replace(b"000001", b"%06d" % n) for n in range(2, 60_000)]
    packed = pack(HEADER + faulty + b"".join(lines), suffix)
    path = put({f"x.csv.{suffix}": packed[: len(packed) * 3 // 4]}, tmp_path) / f"x.csv.{suffix}"
    report = check_path(path)
    assert [fault.rule for fault in report.faults] == ["date-reversed", "file-unreadable"]
    assert report.faults[0].line == 2
    assert (report.faults[1].line or 0) > 10_000
    assert report.faults[1].line == report.read[0].rows + 2
    assert report.exit_code == 2


@pytest.mark.parametrize("suffix", ["gz", "zst"])
@pytest.mark.parametrize("content", [b"", b"no", b"plain,text\n1,2\n"])
def test_what_is_not_compressed_as_its_name_says_is_one_fault(
    tmp_path: Path, suffix: str, content: bytes
) -> None:
    report = check_path(put({f"x.csv.{suffix}": content}, tmp_path) / f"x.csv.{suffix}")
    assert [fault.rule for fault in report.faults] == ["file-unreadable"]
    assert report.exit_code == 2


def test_a_wrong_checksum_is_told(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(HEADER + LINE))
    packed[-6] ^= 255
    report = check_path(put({"x.csv.gz": bytes(packed)}, tmp_path) / "x.csv.gz")
    assert [(f.rule, f.line) for f in report.faults] == [("file-unreadable", 3)]


def bomb(suffix: str, line: bytes) -> bytes:
    buffer = io.BytesIO()
    piece = line * (1_000_000 // len(line))
    if suffix == "gz":
        with gzip.GzipFile(fileobj=buffer, mode="wb") as packed:
            for _ in range(1_500):
                packed.write(piece)
        return buffer.getvalue()
    with pa.CompressedOutputStream(pa.PythonFile(buffer, mode="w"), "zstd") as stream:
        for _ in range(1_500):
            stream.write(piece)
        stream.flush()
        return buffer.getvalue()


@pytest.mark.parametrize("suffix", ["gz", "zst"])
@pytest.mark.parametrize("name", ["x.csv", "x.jsonl", "x.json"])
def test_a_bomb_is_refused_before_it_takes_300_megabytes(
    tmp_path: Path, suffix: str, name: str
) -> None:
    path = put({f"{name}.{suffix}": bomb(suffix, b" " * 1000)}, tmp_path) / f"{name}.{suffix}"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report = check_path(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000
    assert [fault.rule for fault in report.faults] == ["file-too-large"]
    assert report.exit_code == 2


@pytest.mark.parametrize("suffix", ["", "gz", "zst"])
def test_standard_input_is_checked_as_the_kind_it_is_said_to_be(suffix: str) -> None:
    content = HEADER + LINE.replace(b"041", b"41x")
    piped = subprocess.run(
        [sys.executable, "-m", "qantar.dataset.command", "validate", "-", "--kind", "csv"],
        input=pack(content, suffix) if suffix else content,
        capture_output=True,
        check=False,
    )
    assert piped.returncode == 1
    assert piped.stdout.startswith(b"-:2:action_code: error [value-")


def test_standard_input_of_no_kind_is_refused() -> None:
    report = check_path("-")
    assert report.exit_code == 2
    assert "--kind" in report.faults[0].message


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a/b.CSV.GZ", ("csv", "gzip")),
        ("b.jsonl.zst", ("jsonl", "zstd")),
        ("b.parquet", ("parquet", "")),
        ("b.gz", ("", "gzip")),
        ("gz", ("", "")),
    ],
)
def test_kind_and_packing_are_told_by_the_suffixes(name: str, form: tuple[str, str]) -> None:
    assert form_of(name) == form
