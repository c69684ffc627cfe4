"""Good and bad rows of a file are written apart as they stand, and every row once."""

import bz2
import gzip
import json
import lzma
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qantar.schema import SCHEMA_VERSION
from qantar.validation import check_path, split_rows

NAMES = ("event_id", "record_version", "action_code", "date_earliest", "date_latest")
HEADER = ",".join((*NAMES, "own"))
SOUND = ("cameo:041", "2022-01-05", "2022-01-05", "Aral")
# What a row can be: its cells after the id and the version, and whether it is bad.
ROWS: dict[str, tuple[str, bool]] = {
    "sound": ("cameo:041,2022-01-05,2022-01-05,Aral", False),
    "comma in quotes": ('cameo:041,2022-01-05,2022-01-05,"Aral, north"', False),
    "line end in quotes": ('cameo:041,2022-01-05,2022-01-05,"Aral\nnorth"', False),
    "quotes in quotes": ('cameo:041,2022-01-05,2022-01-05,"the ""sea"""', False),
    "no name": ("cameo:041,2022-01-05,2022-01-05,", False),
    "letters": ("cameo:041,2022-01-05,2022-01-05,Өскемен", False),
    "code": ("cameo:41,2022-01-05,2022-01-05,Aral", True),
    "days": ("cameo:041,2022-01-05,2020-01-05,Aral", True),
    "ragged": ("cameo:041,2022-01-05", True),
    "open quote": ('cameo:041,2022-01-05,2022-01-05,"Aral', True),
    "carriage return": ("cameo:041,2022-01-05,2022-01-05,A\rral", True),
}


def csv_row(number: int, kind: str, end: str) -> bytes:
    return f"TST-{number:06},1,{ROWS[kind][0]}{end}".encode()


def pieces_of(data: bytes, units: Sequence[bytes]) -> list[int]:
    """Which of some rows a file holds, in their order and nothing else."""
    held, place = [], 0
    for number, unit in enumerate(units):
        if data.startswith(unit, place):
            held.append(number)
            place += len(unit)
    assert place == len(data)
    return held


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kinds=st.lists(st.sampled_from([*ROWS]), min_size=1, max_size=12),
    end=st.sampled_from(["\n", "\r\n"]),
    marked=st.booleans(),
    ended=st.booleans(),
)
def test_every_row_of_a_csv_file_goes_to_one_of_two_files(
    tmp_path: Path, kinds: list[str], end: str, *, marked: bool, ended: bool
) -> None:
    start = (b"\xef\xbb\xbf" if marked else b"") + f"{HEADER}{end}".encode()
    units = [csv_row(number, kind, end) for number, kind in enumerate(kinds, start=1)]
    if not ended:
        units[-1] = units[-1].removesuffix(end.encode())
    path, good, bad = (tmp_path / name for name in ("x.csv", "good.csv", "bad.csv"))
    path.write_bytes(start + b"".join(units))
    split_rows(path, good=good, bad=bad)
    bodies = [place.read_bytes() for place in (good, bad)]
    assert all(body.startswith(start) for body in bodies)
    sound, faulty = (pieces_of(body.removeprefix(start), units) for body in bodies)
    assert sorted([*sound, *faulty]) == [*range(len(units))]
    if "open quote" not in kinds:
        # One that is open may be closed by a quote that opens another cell.
        assert [kinds[n] for n in faulty] == [kind for kind in kinds if ROWS[kind][1]]
    assert check_path(good).exit_code == 0


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_large_file_is_parted_like_a_small_one(tmp_path: Path, end: str) -> None:
    kinds = [[*ROWS][number * number % len(ROWS)] for number in range(60_000)]
    units = [csv_row(number, kind, end) for number, kind in enumerate(kinds)]
    start = f"{HEADER}{end}".encode()
    path, good, bad = (tmp_path / name for name in ("x.csv", "good.csv", "bad.csv"))
    path.write_bytes(start + b"".join(units))
    split = split_rows(path, good=good, bad=bad)
    sound, faulty = (
        pieces_of(place.read_bytes().removeprefix(start), units) for place in (good, bad)
    )
    assert [kinds[n] for n in faulty] == [kind for kind in kinds if ROWS[kind][1]]
    assert (split.good, split.bad) == (len(sound), len(faulty))
    assert check_path(good).exit_code == 0


def row(number: int, **other: Any) -> dict[str, Any]:
    values = (f"TST-{number:06}", 1, *SOUND)
    return dict(zip((*NAMES, "place_name"), values, strict=True)) | other


def without(number: int, *names: str) -> dict[str, Any]:
    return {name: value for name, value in row(number).items() if name not in names}


BAD_ROWS: list[Any] = [
    row(100, action_code="cameo:41"),
    row(101, date_latest="2020-01-05"),
    without(102, "date_latest"),
    row(103, record_version="one"),
    row(104, place_name=None),
    row(105, place_name=None),
    7,
]


@pytest.mark.parametrize("times", [1, pytest.param(5_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("nested", [False, True])
def test_json_lines_are_parted(tmp_path: Path, times: int, *, nested: bool) -> None:
    records: list[Any] = []
    for number in range(times):
        sound = [row(1000 + 9 * number + more) for more in range(2)]
        records += [sound[0], BAD_ROWS[number % len(BAD_ROWS)], sound[1]]
        if isinstance(records[-2], dict):
            records[-2] = records[-2] | {"event_id": f"BAD-{number:06}"}
    if nested:
        for record in records:
            if isinstance(record, dict):
                record["schema_version"] = SCHEMA_VERSION
    lines = [json.dumps(record).encode() + b"\n" for record in records]
    lines[-1] = lines[-1][:-1]
    path, good, bad = (tmp_path / name for name in ("x.jsonl", "good.jsonl", "bad.ndjson"))
    path.write_bytes(b"".join(lines))
    split = split_rows(path, good=good, bad=bad, profile="exchange")
    assert (split.good, split.bad) == (2 * times, times)
    assert good.read_bytes() == b"".join(line for n, line in enumerate(lines) if n % 3 != 1)
    assert bad.read_bytes() == b"".join(line for n, line in enumerate(lines) if n % 3 == 1)
    assert check_path(good, profile="exchange").exit_code == 0


def test_blank_lines_of_json_lines_are_no_rows(tmp_path: Path) -> None:
    lines = [b"\n", json.dumps(row(1)).encode(), b" \n", json.dumps(BAD_ROWS[0]).encode(), b"\n\n"]
    path, good, bad = (tmp_path / name for name in ("x.jsonl", "good.jsonl", "bad.jsonl"))
    path.write_bytes(b"".join([*lines, json.dumps(row(2)).encode()]))
    split = split_rows(path, good=good, bad=bad)
    assert (split.good, split.bad) == (2, 1)
    assert [json.loads(line) for line in bad.read_bytes().split(b"\n") if line] == [BAD_ROWS[0]]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("broken", [False, True])
def test_a_list_of_records_is_parted(tmp_path: Path, indent: int | None, *, broken: bool) -> None:
    texts = [json.dumps(r, indent=indent) for r in (row(1), BAD_ROWS[0], row(2, place_name="Ж"))]
    if broken:
        texts[1] = texts[1].replace('"record_version": 1', '"record_version": 01')
    path, good, bad = (tmp_path / name for name in ("x.json", "good.json", "bad.json"))
    path.write_text("[\n  " + ",\n  ".join(texts) + "\n]\n")
    split = split_rows(path, good=good, bad=bad)
    assert (split.good, split.bad) == (2, 1)
    assert good.read_text() == "[\n  " + ",\n  ".join([texts[0], texts[2]]) + "\n]\n"
    assert bad.read_text() == "[\n  " + texts[1] + "\n]\n"
    assert check_path(good).exit_code == 0


@pytest.mark.parametrize(("given", "good", "bad"), [(row(1), 1, 0), (BAD_ROWS[0], 0, 1)])
def test_a_record_alone_is_good_or_bad(tmp_path: Path, given: Any, good: int, bad: int) -> None:
    path, places = tmp_path / "x.json", {n: tmp_path / f"{n}.json" for n in ("good", "bad")}
    path.write_text(json.dumps(given))
    split = split_rows(path, **places, profile="exchange")
    assert (split.good, split.bad) == (good, bad)
    texts = {name: place.read_text() for name, place in places.items()}
    full, empty = ("good", "bad") if good else ("bad", "good")
    assert (texts[full], texts[empty]) == (json.dumps(given), "[]\n")


def table(height: int, bad: Sequence[int]) -> pa.Table:
    codes = ["cameo:41" if n in {*bad} else "cameo:041" for n in range(height)]
    return pa.table(
        {
            "event_id": [f"TST-{n:06}" for n in range(height)],
            "record_version": pa.array([1] * height, pa.int32()),
            "action_code": pa.array(codes).dictionary_encode(),
            "date_earliest": pa.array([18_997] * height, pa.date32()),
            "date_latest": pa.array([18_997] * height, pa.date32()),
            "longitude": pa.array([1.5] * height, pa.float32()),
            "latitude": pa.array([1.5] * height, pa.float64()),
            "own": pa.array([[n, n] for n in range(height)]),
        }
    ).replace_schema_metadata({b"made by": b"a test"})


@pytest.mark.parametrize("stored", [True, False])
@pytest.mark.parametrize("codec", ["none", "snappy", "zstd", "gzip", "brotli", "lz4"])
def test_parquet_is_parted_with_schema_metadata_and_compression(
    tmp_path: Path, codec: str, *, stored: bool
) -> None:
    height, wrong = 30_000, [*range(0, 30_000, 7)]
    path, good, bad = (tmp_path / name for name in ("x.parquet", "good.parquet", "bad.pq"))
    form = {"use_dictionary": ["action_code"], "version": "2.4", "store_schema": stored}
    with pq.ParquetWriter(path, table(1, []).schema, compression=codec, **form) as writer:
        writer.add_key_value_metadata({"own": "kept"})
        writer.write_table(table(height, wrong), row_group_size=8_000)
    split = split_rows(path, good=good, bad=bad)
    assert (split.good, split.bad) == (height - len(wrong), len(wrong))
    whole = pq.read_table(path)
    kept = [n for n in range(height) if n % 7]
    for place, rows in ((good, kept), (bad, wrong)):
        assert pq.read_table(place).equals(whole.take(rows), check_metadata=True)
        before, after = pq.read_metadata(path), pq.read_metadata(place)
        assert after.schema.equals(before.schema)
        assert {**after.metadata, b"ARROW:schema": b""} == {**before.metadata, b"ARROW:schema": b""}
        assert (b"ARROW:schema" in after.metadata) == stored
        assert after.row_group(0).num_rows <= 8_000
        for number in range(after.num_columns):
            one, other = (m.row_group(0).column(number) for m in (before, after))
            assert one.compression == other.compression
            assert one.has_dictionary_page == other.has_dictionary_page
    assert check_path(good).exit_code == 0


@pytest.mark.parametrize("wrong", [[], [0, 1, 2]])
def test_parquet_without_a_bad_or_a_good_row_is_copied(tmp_path: Path, wrong: list[int]) -> None:
    path, good, bad = (tmp_path / name for name in ("x.parquet", "good.parquet", "bad.parquet"))
    pq.write_table(table(3, wrong), path)
    split_rows(path, good=good, bad=bad)
    full, empty = (bad, good) if wrong else (good, bad)
    assert full.read_bytes() == path.read_bytes()
    assert pq.read_table(empty).equals(pq.read_table(path).slice(0, 0), check_metadata=True)


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        (["05/01/2022"] * 8 + ["2022-01-05"] * 2, 8),
        (["NA"] * 3 + ["2022-01-05"] * 7, 3),
        (["soon", "later", "never"] * 4, 12),
    ],
)
@pytest.mark.parametrize("times", [1, 6_000])
def test_what_is_told_once_is_bad_in_every_row(
    tmp_path: Path, cells: list[str], wrong: int, times: int
) -> None:
    rows = [f"TST-{n:06},1,cameo:041,{cell},2022-01-05\n" for n, cell in enumerate(cells * times)]
    path, bad = tmp_path / "x.csv", tmp_path / "bad.csv"
    path.write_text(",".join(NAMES) + "\n" + "".join(rows))
    split = split_rows(path, bad=bad)
    assert split.report.total < 3
    assert (split.bad, split.whole) == (wrong * times, None)


def test_an_error_without_a_row_makes_all_rows_bad_and_a_warning_none(tmp_path: Path) -> None:
    path, good, bad = (tmp_path / name for name in ("x.csv", "good.csv", "bad.csv"))
    header = "event_id,record_version,action_code,date_earliest"
    path.write_text(f"{header}\nTST-000001,1,cameo:041,2022-01-05\n")
    split = split_rows(path, good=good, bad=bad, profile="exchange")
    assert (split.good, split.bad, split.report.exit_code) == (0, 1, 1)
    assert split.whole is not None
    assert split.whole.message in split.told()
    assert good.read_text() == f"{header}\n"
    assert bad.read_text() == path.read_text()
    path.write_bytes(b"\xef\xbb\xbf" + f"{HEADER}\n".encode() + csv_row(1, "sound", "\n"))
    split = split_rows(path, good=good)
    assert (split.good, split.bad, split.report.total) == (1, 0, 2)


def test_of_rows_with_one_key_the_one_that_is_told_is_bad(tmp_path: Path) -> None:
    path, good, bad = (tmp_path / name for name in ("x.csv", "good.csv", "bad.csv"))
    units = [csv_row(1, "sound", "\n"), csv_row(1, "no name", "\n"), csv_row(2, "sound", "\n")]
    path.write_bytes(f"{HEADER}\n".encode() + b"".join(units))
    split_rows(path, good=good, bad=bad)
    assert good.read_bytes() == f"{HEADER}\n".encode() + units[0] + units[2]
    assert check_path(good).exit_code == 0


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-be", "utf-32", "shift_jis"])
@pytest.mark.parametrize("times", [1, 4_000])
def test_text_stays_in_its_encoding(tmp_path: Path, encoding: str, times: int) -> None:
    name = "Zürich" if encoding == "cp1252" else "新疆"
    kinds = ["sound", "code", "line end in quotes", "days"]
    texts = [
        csv_row(n, kinds[n % 4], "\r\n").decode().replace("Aral", name) for n in range(4 * times)
    ]
    path, good, bad = (tmp_path / one for one in ("x.csv", "good.csv", "bad.csv"))
    lines = [f"{HEADER}\r\n", *texts]
    path.write_bytes("".join(lines).replace(",", ";").encode(encoding))
    split = split_rows(path, good=good, bad=bad, encoding=encoding, separator=";")
    assert (split.good, split.bad) == (2 * times, 2 * times)
    for place, first in ((good, 0), (bad, 1)):
        kept = "".join([lines[0], *texts[first::2]]).replace(",", ";")
        assert place.read_bytes() == kept.encode(encoding)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_list_stays_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    texts = [json.dumps(row(n, place_name="Zürich"), ensure_ascii=False) for n in (1, 2)]
    texts[1] = texts[1].replace("cameo:041", "cameo:41")
    path, good, bad = (tmp_path / one for one in ("x.json", "good.json", "bad.json"))
    path.write_bytes(f"[{texts[0]}, {texts[1]}]".encode(encoding))
    split_rows(path, good=good, bad=bad, encoding=encoding)
    assert good.read_bytes() == f"[{texts[0]}]".encode(encoding)
    assert bad.read_bytes() == f"[ {texts[1]}]".encode(encoding)


def test_the_suffix_of_an_output_says_how_it_is_packed(tmp_path: Path) -> None:
    start = f"{HEADER}\n".encode()
    units = [csv_row(1, "sound", "\n"), csv_row(2, "code", "\n")]
    path = tmp_path / "x.csv.gz"
    path.write_bytes(gzip.compress(start + b"".join(units)))
    unpack = {"gz": gzip.decompress, "bz2": bz2.decompress, "xz": lzma.decompress, "": bytes}
    unpack["zst"] = lambda data: pa.CompressedInputStream(pa.BufferReader(data), "zstd").read()
    for suffix, read in unpack.items():
        bad = tmp_path / f"bad.csv{suffix and '.'}{suffix}"
        split_rows(path, bad=bad)
        assert read(bad.read_bytes()) == start + units[1]


def test_other_separators_and_names_are_kept(tmp_path: Path) -> None:
    path, good = tmp_path / "x.txt", tmp_path / "good.txt"
    start = HEADER.replace(",", "\t").encode() + b"\n"
    units = [csv_row(n, kind, "\n").replace(b",", b"\t") for n, kind in ((1, "code"), (2, "sound"))]
    path.write_bytes(start + b"".join(units))
    split_rows(path, good=good, kind="tsv")
    assert good.read_bytes() == start + units[1]


@pytest.mark.parametrize(
    ("given", "good", "bad", "told"),
    [
        ("-", "good.csv", None, "Write it to a file first"),
        ("https://example.org/x.csv", "good.csv", None, "Fetch it first"),
        ("*.csv", "good.csv", None, "is a pattern"),
        (".", "good.csv", None, "is a folder"),
        ("datapackage.json", "good.json", None, "is a package"),
        ("x.zip", "good.csv", None, "is a zip"),
        ("x.xlsx", "good.xlsx", None, "Save each of its sheets as .csv"),
        ("x.csv", None, None, "Say where to write"),
        ("x.csv", "good.tsv", None, "does not end with .csv"),
        ("x.csv", "x.csv", None, "is the file that is read"),
        ("x.csv", "good.csv", "./good.csv", "Name two"),
        ("x.parquet", "good.parquet.gz", None, "is compressed within"),
    ],
)
def test_what_cannot_be_parted_is_refused_and_nothing_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    given: str,
    good: str | None,
    bad: str | None,
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("x.csv", "x.zip", "x.xlsx", "x.parquet", "datapackage.json"):
        (tmp_path / name).write_text(HEADER)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(ValueError, match=told):
        split_rows(given, good=good, bad=bad)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    "content",
    [b"", b"a,b\n1,2\n", gzip.compress(f"{HEADER}\nTST-000001".encode())[:-9]],
    ids=["empty", "no table", "damaged"],
)
def test_nothing_is_written_where_a_file_cannot_be_judged(tmp_path: Path, content: bytes) -> None:
    path, good = tmp_path / "x.csv", tmp_path / "good.csv"
    path.write_bytes(content)
    good.write_text("old")
    split = split_rows(path, good=good, bad=tmp_path / "bad.csv")
    assert (split.report.exit_code, split.good, split.bad) == (2, None, None)
    assert "could not be judged" in split.told()
    assert good.read_text() == "old"
    assert {place.name for place in tmp_path.iterdir()} == {"x.csv", "good.csv"}


def test_a_file_that_changes_meanwhile_is_not_parted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, good = tmp_path / "x.csv", tmp_path / "good.csv"
    path.write_text(f"{HEADER}\n" + csv_row(1, "sound", "\n").decode())

    def checked(given: Path, **asked: Any) -> Any:
        report = check_path(given, **asked)
        path.write_text(f"{HEADER}\n")
        return report

    monkeypatch.setattr("qantar.validation.places.row_split.check_path", checked)
    with pytest.raises(ValueError, match="changed while it was read"):
        split_rows(path, good=good)
    assert {place.name for place in tmp_path.iterdir()} == {"x.csv"}
