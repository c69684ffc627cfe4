"""A file of a release that a tool has changed is said to be so, with what to do."""

import json
from pathlib import Path

import pytest

from qantar.schema.digest import sha256_of
from qantar.validation import Report, check_path
from qantar.validation.packages import alteration
from qantar.validation.packages.alteration import alteration_of, other_content
from support.made_up_package import Files, csv_package, put, release, zipped

MARK = b"\xef\xbb\xbf"
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 250\n" % (b"3" * 64)
ANNEX = b".git/annex/objects/Kx/1p/SHA256E-s250--3333.csv/SHA256E-s250--3333.csv"


@pytest.fixture(scope="module")
def files() -> Files:
    return release()


def crlf(content: bytes) -> bytes:
    return content.replace(b"\n", b"\r\n")


CHANGES = [
    (crlf, "line ends", "autocrlf"),
    (lambda c: c.replace(b"\n", b"\r"), "line ends", "autocrlf"),
    (lambda c: MARK + c, "byte order mark", "Restore"),
    (lambda c: MARK + crlf(c), "byte order mark and its line ends", "Restore"),
    (lambda c: c.rstrip(b"\n"), "line end at its end", "Restore"),
    (lambda c: c + b"\n", "line end at its end", "Restore"),
    (lambda _: b"", "is empty", "download it again"),
    (lambda _: POINTER, "Git LFS pointer", "git lfs pull"),
    (lambda _: MARK + crlf(POINTER), "Git LFS pointer", "git lfs pull"),
    (lambda _: ANNEX + b"\n", "git-annex pointer", "datalad get"),
]


@pytest.mark.parametrize(("change", "said", "mend"), CHANGES)
def test_what_a_tool_did_is_said_once_with_what_to_do(
    files: Files, tmp_path: Path, change: object, said: str, mend: str
) -> None:
    assert callable(change)
    altered = files | {"csv/actors.csv": change(files["csv/actors.csv"])}
    report = check_path(put(altered, tmp_path))
    assert [(f.rule, str(f.severity), f.file) for f in report.faults] == [
        ("digest-differs", "error", f"{tmp_path}/csv/actors.csv")
    ]
    assert said in report.faults[0].message
    assert mend in report.faults[0].message
    assert report.exit_code == 1


def only(report: Report) -> tuple[str, str]:
    [fault] = report.faults
    return fault.rule, fault.message


def test_what_was_cut_short_is_said_where_its_size_is_known(tmp_path: Path) -> None:
    package = csv_package({"codes": [{"action_code": "cameo:041"}]})
    package["codes.csv"] = package["codes.csv"][:-3]
    rule, told = only(check_path(put(package, tmp_path)))
    assert rule == "digest-differs"
    assert "is cut short" in told


def test_other_changes_are_told_by_the_digests_alone() -> None:
    assert alteration_of(b"one", "0" * 64) is None
    assert alteration_of(b"one", "0" * 64, 3) is None
    assert alteration_of(POINTER * 20, "0" * 64) is None


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_line_ends_of_a_whole_checkout_are_one_fault(
    files: Files, tmp_path: Path, form: str
) -> None:
    text = {path: crlf(data) for path, data in files.items() if not path.endswith("parquet")}
    put({"a.zip": zipped(files | text)} if form == "zip" else files | text, tmp_path)
    report = check_path(tmp_path / "a.zip" if form == "zip" else tmp_path)
    rule, told = only(report)
    assert rule == "digest-differs"
    assert "line ends" in told
    assert "README.md" in told
    assert report.exit_code == 2


def test_pointers_in_place_of_all_files_are_one_fault(files: Files, tmp_path: Path) -> None:
    kept = ("SHA256SUMS", "README.md")
    pointers = {path: data if path in kept else POINTER for path, data in files.items()}
    report = check_path(put(pointers, tmp_path))
    rule, told = only(report)
    assert (rule, report.exit_code) == ("digest-differs", 2)
    assert "git lfs pull" in told


@pytest.mark.parametrize("content", [POINTER, b"", ANNEX])
@pytest.mark.parametrize("name", ["SHA256SUMS", "csv/datapackage.json"])
def test_a_pointer_in_place_of_what_tells_of_the_others_is_one_fault(
    files: Files, tmp_path: Path, name: str, content: bytes
) -> None:
    report = check_path(put(files | {name: content}, tmp_path))
    rule, told = only(report)
    if name == "SHA256SUMS":
        assert (rule, report.exit_code) == ("file-unreadable", 2)
    else:
        assert (rule, report.exit_code) == ("digest-differs", 1)
    assert "pointer" in told or "empty" in told


def test_a_descriptor_that_is_a_pointer_is_told_as_that(tmp_path: Path) -> None:
    package = csv_package({"codes": [{"action_code": "cameo:041"}]})
    report = check_path(put(package | {"datapackage.json": POINTER}, tmp_path))
    rule, told = only(report)
    assert (rule, report.exit_code) == ("file-unreadable", 2)
    assert "git lfs pull" in told
    assert json.dumps(report.faults[0].as_dict())


@pytest.mark.parametrize(("length", "is_pointer"), [(1024, True), (1025, False)])
@pytest.mark.parametrize("start", [POINTER, ANNEX])
def test_a_pointer_is_short(length: int, is_pointer: bool, start: bytes) -> None:
    assert bool(other_content(start.ljust(length, b"x"))) is is_pointer


@pytest.mark.parametrize(("largest", "is_tried"), [(6, False), (7, True), (8, True)])
def test_a_large_file_is_not_tried_in_other_forms(
    monkeypatch: pytest.MonkeyPatch, largest: int, is_tried: bool
) -> None:
    monkeypatch.setattr(alteration, "LARGEST_TRIED", largest)
    found = alteration_of(b"a\r\nbb\r\n", sha256_of(b"a\nbb\n"))
    assert found is (alteration.LINE_ENDS if is_tried else None)


def test_a_file_that_is_as_pinned_was_not_altered() -> None:
    assert alteration_of(b"one\n", sha256_of(b"one\n")) is None


@pytest.mark.parametrize(
    ("size", "said"),
    [(None, None), (2, None), (3, None), (4, "is cut short: it has 3 of 4 bytes")],
)
def test_a_file_is_cut_short_where_it_has_fewer_bytes(size: int | None, said: str | None) -> None:
    found = alteration_of(b"one", "0" * 64, size)
    assert (found and found.said) == said
