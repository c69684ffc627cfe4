"""Files given together are parts of one table, unless releases or forms tell them apart."""

import gzip
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from qantar.dataset.csv_file import write_csv
from qantar.validation import Report, check_path, check_paths
from qantar.validation.engine.large_file import check_large
from qantar.validation.places import gathered, source_check
from qantar.validation.places.table_part import Part
from qantar.validation.readers.table_file import JudgedTable
from support import made_up
from support.made_up_package import put, release
from support.told_tables import CODED_TABLES

HEADER = "event_id,record_version,action_code,date_earliest,date_latest\n"
NAMES = ("first", "second")
VERSIONS = "event_id,record_version,change,reason,dataset_version\n"


def events(*numbers: int) -> bytes:
    rows = (f"TST-{n:06d},1,cameo:041,2022-01-05,2022-01-05\n" for n in numbers)
    return (HEADER + "".join(rows)).encode()


def versions(*numbers: int) -> bytes:
    rows = (f"TST-000001,{number},created,A reason.,0.1.0\n" for number in numbers)
    return (VERSIONS + "".join(rows)).encode()


def told(report: Report) -> list[tuple[str, str, int | None]]:
    return [(fault.rule, Path(fault.file or "").name, fault.line) for fault in report.faults]


def table(name: str) -> bytes:
    return write_csv(CODED_TABLES[name], made_up.corpus().tables()[name])


@pytest.fixture(params=["held", "in chunks"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if request.param == "in chunks":
        monkeypatch.setattr(source_check, "check_large", partial(check_large, least=0, chunk=90))
    return tmp_path


def test_a_key_of_an_earlier_part_is_told_with_both_places(folder: Path) -> None:
    put({"a.csv": events(1, 2), "b.csv": events(3, 2, 2), "c.csv": events(4, 2)}, folder)
    report = check_path(folder)
    # What comes again within b.csv is told of b.csv alone.
    assert told(report) == [
        ("key-duplicate", "b.csv", 4),
        ("key-duplicate", "b.csv", 3),
        ("key-duplicate", "c.csv", 3),
    ]
    assert "stands in an earlier row already" in report.faults[0].message
    for fault in report.faults[1:]:
        assert (
            f"event_id 'TST-000002' stands in {folder / 'a.csv'}, line 3 already" in fault.message
        )


def test_parts_come_in_the_order_in_which_they_were_named(folder: Path) -> None:
    put({"large.csv": events(*range(1, 20)), "small.csv": events(7)}, folder)
    for paths in (["large.csv", "small.csv"], ["small.csv", "large.csv"]):
        [fault] = check_paths([folder / name for name in paths]).faults
        assert Path(fault.file or "").name == paths[1]


def test_a_version_in_another_part_is_not_missing(folder: Path) -> None:
    put({"a.csv": versions(3, 1), "b.csv": versions(2)}, folder)
    assert "version-gap" in {fault.rule for fault in check_path(folder / "a.csv").faults}
    for fail_fast in (False, True):
        assert check_path(folder, fail_fast=fail_fast).faults == ()


def test_a_version_that_no_part_has_is_missing(folder: Path) -> None:
    put({"a.csv": versions(4, 1), "b.csv": versions(2)}, folder)
    for fail_fast in (False, True):
        assert told(check_path(folder, fail_fast=fail_fast)) == [("version-gap", "a.csv", 2)]


def test_keys_lead_to_any_part_of_a_table(folder: Path) -> None:
    header, *rows = table("actors").splitlines(keepends=True)
    put({"participants.csv": table("participants")}, folder)
    put({f"actors/{n}.csv": header + row for n, row in enumerate(rows)}, folder)
    assert check_path(folder).faults == ()
    (folder / "actors" / "0.csv").write_bytes(header)
    assert {fault.rule for fault in check_path(folder).faults} == {"key-dangling"}


def test_a_file_that_is_named_twice_is_one_part(folder: Path) -> None:
    put({"a.csv": events(1), "b.csv": events(2)}, folder)
    report = check_paths([folder / "a.csv", f"{folder}/*.csv", folder])
    assert report.faults == ()
    assert len(report.read) == 5


FORMS = {
    "names": ("events.csv", "events.parquet"),
    "packings": ("events.csv", "events.csv.gz"),
    "folders": ("csv/events.csv", "parquet/part-0.parquet"),
    "a folder of parts": ("events.csv", "events/part-0.parquet"),
    "a folder with a suffix": ("events.csv", "events.parquet/part-0.parquet"),
}


def put_form(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".parquet":
        pl.read_csv(data, try_parse_dates=False).write_parquet(path)
    elif path.suffix == ".jsonl":
        pl.read_csv(data, try_parse_dates=False).write_ndjson(path)
    else:
        path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


@pytest.mark.parametrize("names", FORMS.values(), ids=FORMS)
def test_a_table_in_two_forms_does_not_repeat_itself(names: tuple[str, str], folder: Path) -> None:
    for name in names:
        put_form(folder / name, events(1, 2))
    assert check_path(folder).faults == ()


def test_each_form_of_a_table_is_judged_among_the_others(folder: Path) -> None:
    put({"actors.csv": table("actors"), "a/participants.csv": table("participants")}, folder)
    other = table("participants").replace(b"target,1,malta", b"target,1,maltta", 1)
    put_form(folder / "a" / "participants.parquet", other)
    dangling = [fault for fault in check_path(folder).faults if fault.rule == "key-dangling"]
    assert [(Path(f.file or "").name, f.row) for f in dangling] == [("participants.parquet", 4)]


def test_parts_of_one_table_may_be_of_several_kinds(folder: Path) -> None:
    put_form(folder / "january.csv", events(1, 2))
    put_form(folder / "february.parquet", events(2, 3))
    put_form(folder / "march.csv.gz", events(3))
    assert [fault.rule for fault in check_path(folder).faults] == ["key-duplicate"] * 2


@pytest.mark.parametrize("names", [("0.1.0", "0.2.0"), ("v1.0.0/data", "v1.1.0/data")])
def test_folders_named_by_versions_are_releases(names: tuple[str, str], folder: Path) -> None:
    put({f"{name}/events.csv": events(1, 2) for name in names}, folder)
    assert check_path(folder).faults == ()


def test_tables_of_two_packages_are_not_parts(folder: Path) -> None:
    for name in NAMES:
        put(release(), folder / name)
    assert check_path(folder).faults == ()
    related = ("events", "mentions", "spans", "sentences", "articles")
    paths = [folder / name / "csv" / f"{table}.csv" for name in NAMES for table in related]
    assert {fault.rule for fault in check_paths(paths).faults} <= {"file-too-large"}


def test_a_file_beside_one_package_is_judged_with_it(folder: Path) -> None:
    put(release(), folder / "release")
    mentions = table("participants").replace(b"target,1,malta", b"target,1,maltta", 1)
    put({"participants.csv": mentions}, folder)
    paths = [folder / "participants.csv", folder / "release" / "csv" / "actors.csv"]
    assert [fault.rule for fault in check_paths(paths).faults] == ["key-dangling"]


@pytest.mark.parametrize("kind", ["csv", "csv.gz", "parquet", "jsonl"])
def test_of_many_small_files_not_all_are_held(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        put_form(tmp_path / f"{number:02d}.{kind}", events(number, number + 1))
    expected = check_path(tmp_path)
    assert Counter(fault.rule for fault in expected.faults) == {"key-duplicate": 19}
    held: list[bool] = []

    def keep(*args: Any) -> Part:
        held.append(isinstance(args[0], JudgedTable))
        return Part(*args)

    monkeypatch.setattr(gathered, "MOST_HELD", 300)
    monkeypatch.setattr(gathered, "Part", keep)
    assert check_path(tmp_path).faults == expected.faults
    assert len(held) == 20
    assert 0 < sum(held) < 10
