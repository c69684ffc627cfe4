"""Files as people have them: packed, in folders, cut off, twice, of several kinds."""

import gzip
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.dataset.conversion.account import Account
from qantar.dataset.conversion.convert import convert
from qantar.dataset.conversion.destination import ConversionError, beside, inside
from qantar.dataset.conversion.fit import UNFIT_TOLD
from qantar.dataset.conversion.run import DUPLICATE, REPEATED
from qantar.validation import check_path

FIXTURES = Path(__file__).parent / "fixtures"
GDELT = FIXTURES / "gdelt2" / "20160311101500.export.CSV"
UCDP = FIXTURES / "ucdp-ged" / "GEDEvent_v99_1.csv"
MENTIONS = FIXTURES / "gdelt-mentions" / "20160311103000.mentions.CSV"


def rejected_of(out: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in beside(out)[1].read_text("utf-8").splitlines()]


def is_balanced(account: Account) -> bool:
    return account.rows == account.converted + account.rejected


@pytest.mark.parametrize("suffix", ["csv", "parquet", "jsonl"])
def test_every_form_holds_the_same_rows(suffix: str, tmp_path: Path) -> None:
    out = tmp_path / f"events.{suffix}"
    account = convert([GDELT, UCDP], out)
    report = check_path(out, profile="exchange")
    assert [reading.rows for reading in report.read] == [account.converted] == [17]
    assert not [fault for fault in report if fault.severity == "error"]


def test_a_second_run_writes_the_same_bytes(tmp_path: Path) -> None:
    once, again = tmp_path / "a", tmp_path / "b"
    for folder in (once, again):
        folder.mkdir()
        for suffix in ("csv", "parquet", "jsonl"):
            convert([GDELT, UCDP, MENTIONS], folder / f"x.{suffix}")
    names = sorted(path.name for path in once.iterdir())
    assert "x-mentions.parquet" in names
    assert names == sorted(path.name for path in again.iterdir())
    assert all((once / name).read_bytes() == (again / name).read_bytes() for name in names)


def test_a_file_is_the_same_however_it_comes(tmp_path: Path) -> None:
    plain = tmp_path / "plain.csv"
    convert([GDELT], plain)
    packed = tmp_path / "x.export.CSV.gz"
    packed.write_bytes(gzip.compress(GDELT.read_bytes()))
    zipped = tmp_path / "x.export.CSV.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.write(GDELT, GDELT.name)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "anything.txt").write_bytes(GDELT.read_bytes())
    (folder / ".hidden").write_bytes(b"no events")
    wanted = pl.read_csv(plain, infer_schema=False).drop("source_file")
    for source in (packed, zipped, folder):
        out = tmp_path / "out.csv"
        convert([source], out)
        assert pl.read_csv(out, infer_schema=False).drop("source_file").equals(wanted)


def test_standard_input_is_converted(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    command = [sys.executable, "-m", "qantar.dataset.command", "convert", "-", "-o", str(out)]
    ran = subprocess.run(command, input=GDELT.read_bytes(), capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert pl.read_csv(out, infer_schema=False).height == 10


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "It is empty."),
        (b"\xef\xbb\xbf\n\n", "It is empty."),
        (b"a\x01b\x01c\n", "separated by ^A"),
        (b"name,age\nx,3\n", "is of no layout that is known"),
        (b"PK\x03\x04 cut off", "cut off or damaged"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid", "Git LFS pointer"),
        (b'{"a": 1}\n', "are of no layout that is known"),
        ("id\tday\n1\t2\n".encode("utf-16"), "UTF-16"),
    ],
)
def test_what_holds_no_events_is_refused_with_a_sentence(
    content: bytes, told: str, tmp_path: Path
) -> None:
    path, out = tmp_path / "x.csv", tmp_path / "out.csv"
    path.write_bytes(content)
    with pytest.raises(ConversionError, match="There is nothing to convert") as caught:
        convert([path], out)
    assert told in str(caught.value)
    assert not out.exists()


def test_another_system_than_asked_for_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConversionError, match="and not like a file of ucdp-ged"):
        convert([GDELT], tmp_path / "out.csv", system="ucdp-ged")


def test_a_file_that_is_refused_does_not_keep_others_back(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("my notes\n")
    account = convert([other, GDELT], tmp_path / "out.csv")
    assert [file.name for file in account.refused] == [str(other)]
    assert account.converted == 10


def test_the_same_download_twice_is_rejected_row_by_row(tmp_path: Path) -> None:
    again = tmp_path / "copy.CSV"
    again.write_bytes(GDELT.read_bytes())
    out = tmp_path / "out.csv"
    account = convert([GDELT, again], out)
    assert account.files[1].rejected == {DUPLICATE: 10}
    assert {one["file"] for one in rejected_of(out)} == {str(again)}
    texts = {one["text"] for one in rejected_of(out)}
    assert texts == {*GDELT.read_text("utf-8").splitlines()}


def test_an_id_that_comes_with_another_row_gets_a_number(tmp_path: Path) -> None:
    lines = GDELT.read_text("utf-8").splitlines()
    cells = lines[0].split("\t")
    others = ["\t".join([*cells[:30], str(scale), *cells[31:]]) for scale in (8.25, 8.5)]
    path, out = tmp_path / "x.CSV", tmp_path / "out.csv"
    path.write_text("\n".join([lines[0], *others, lines[0], others[0]]) + "\n")
    account = convert([path], out)
    assert account.files[0].notes[REPEATED] == 2
    assert account.files[0].rejected == {DUPLICATE: 2}
    ids = pl.read_csv(out)["event_id"].to_list()
    assert ids == [ids[0], f"{ids[0]}_2", f"{ids[0]}_3"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_marks_change_nothing(end: str, mark: str, tmp_path: Path) -> None:
    wanted, out = tmp_path / "wanted.csv", tmp_path / "out.csv"
    convert([GDELT], wanted)
    path = tmp_path / GDELT.name
    path.write_bytes((mark + end.join(GDELT.read_text("utf-8").splitlines()) + end).encode())
    convert([path], out)
    assert out.read_bytes() == wanted.read_bytes()


def test_what_a_field_cannot_hold_is_kept_beside_it(tmp_path: Path) -> None:
    cells = GDELT.read_text("utf-8").splitlines()[0].split("\t")
    cells[6], cells[16] = "=SUM(A1)", "x" * 301
    path, out = tmp_path / "x.CSV", tmp_path / "out.csv"
    path.write_text("\t".join(cells) + "\n")
    account = convert([path], out)
    assert account.files[0].notes[UNFIT_TOLD] == 1
    (row,) = pl.read_csv(out, infer_schema=False).to_dicts()
    assert json.loads(row["source_unfit"]) == {"actor_name": "=SUM(A1)", "target_name": "x" * 301}
    assert row["actor_name"] is row["target_name"] is None


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_other_encodings_are_read_where_they_are_said(encoding: str, tmp_path: Path) -> None:
    text = GDELT.read_text("utf-8").splitlines()[0].replace("Valletta", "Żejtun", 1)
    text = text if encoding == "utf-16" else text.replace("Ż", "Ž")
    path, out = tmp_path / "x.CSV", tmp_path / "out.csv"
    path.write_bytes((text + "\n").encode(encoding))
    assert convert([path], out, encoding=encoding).converted == 1


def test_damaged_rows_are_told_and_kept_as_they_stand(tmp_path: Path) -> None:
    good = GDELT.read_bytes().splitlines()[:3]
    spoilt = [
        b"\t".join(good[0].split(b"\t")[:40]),
        good[1].replace(b"https://", b"https://\xff\xfe"),
        good[2] + b"\tmore\tthan",
        b"GLOBALEVENTID" + good[0][9:],
    ]
    path, out = tmp_path / "x.CSV", tmp_path / "out.csv"
    path.write_bytes(b"\n".join([*good, b"", *spoilt]))
    account = convert([path], out)
    assert is_balanced(account)
    assert account.rows == 7
    told = {one["row"]: one for one in rejected_of(out)}
    assert told[4]["reason"] == "It has 40 columns instead of 61."
    assert told[4]["line"] == 5
    assert told[4]["text"] == spoilt[0].decode()
    assert "UTF-8" in told[5]["reason"]
    assert "base64" in told[5]
    # What follows the address is part of it, and it is no other row.
    assert 6 not in told


def test_a_damaged_packed_file_is_converted_so_far(tmp_path: Path) -> None:
    rows = GDELT.read_bytes() * 1
    many = b"".join(
        line.replace(line.split(b"\t")[0], str(10_000_000 + n).encode(), 1) + b"\n"
        for n in range(2_000)
        for line in rows.splitlines()[:1]
    )
    path = tmp_path / "x.CSV.gz"
    path.write_bytes(gzip.compress(many)[:-2_000])
    account = convert([path], tmp_path / "out.csv")
    assert 0 < account.converted < 2_000
    assert any("damaged gzip" in note for note in account.files[0].notes)


def test_a_run_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, folder = tmp_path / "out.csv", tmp_path / "parts"
    convert([GDELT], out)
    convert([GDELT], folder, partition="year")
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}

    def fails(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("qantar.dataset.conversion.output.CsvFile.add", fails)
    monkeypatch.setattr("qantar.dataset.conversion.output.ParquetFile.add", fails)
    for target, partition in ((out, None), (folder, "year")):
        with pytest.raises(OSError, match="disk is full"):
            convert([UCDP], target, partition=partition)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize("partition", ["year", "country"])
def test_partitions_hold_every_row_once(partition: str, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    account = convert([GDELT, UCDP], folder, partition=partition)
    convert([GDELT, UCDP], folder, partition=partition)
    held = pl.scan_parquet(folder / "**/*.parquet", hive_partitioning=True).collect()
    assert held.height == account.converted
    assert partition in held.columns
    assert json.loads(inside(folder)[0].read_bytes())["converted"] == account.converted


def test_a_folder_of_something_else_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("three years of work")
    with pytest.raises(ConversionError, match="was not made by a conversion"):
        convert([GDELT], tmp_path / "mine", partition="year")


def test_the_report_declares_every_loss(tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    convert([UCDP], out)
    report = json.loads(beside(out)[0].read_bytes())
    declared = report["crosswalk"]["events"]["ucdp-ged"]
    assert "occurred" in declared["unknown"]
    named = {link.get("field") for link in declared["columns"]}
    assert {"action_code", "fatalities_best", "source_version"} <= named
    held = pl.read_parquet_metadata(out)["qantar:conversion"]
    assert json.loads(held)["converted"] == report["converted"]


CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\n\r\t"), max_size=12
) | st.sampled_from(["0", "-1", "20240230", "20190101", "99999999999999999999", "010", "NA"])


@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=70), min_size=1, max_size=5))
@settings(max_examples=15, deadline=None)
def test_any_cells_are_converted_or_rejected(
    rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    path, out = folder / "x.CSV", folder / "out.csv"
    first = GDELT.read_text("utf-8").splitlines()[0]
    cells = first.split("\t")
    mixed = [[*row, *cells[len(row) :]] if len(row) % 2 else row for row in rows]
    text = io.StringIO()
    text.write(first + "\n")
    text.writelines("\t".join(row) + "\n" for row in mixed)
    path.write_text(text.getvalue(), "utf-8", newline="")
    account = convert([path], out)
    assert is_balanced(account)
    blank = sum(row in ([""], []) for row in mixed)
    assert account.rows == 1 + len(rows) - blank
    assert not [f for f in check_path(out, profile="exchange") if f.severity == "error"]
