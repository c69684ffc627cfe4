"""No path that leads out of a package is followed, wherever it stands."""

import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qantar.validation import Report, check_package
from qantar.validation.packages.safe_path import path_problem
from support import made_up
from support.made_up_package import Files, csv_package, put, redescribe, release, rules_at, zipped

UNSAFE = [
    *("", "/etc/passwd", "//host/share", "~/x.csv", "~root/x.csv", "../x.csv", "a/../../x.csv"),
    *("..", ".", "./x.csv", "a/./x.csv", "a//x.csv", "x.csv/", ".hidden.csv", "a/.hidden/x.csv"),
    *("C:/x.csv", "C:x.csv", "c:\\x.csv", "a\\x.csv", "..\\x.csv", "\\\\host\\share", "x\0.csv"),
    *("http://example.org/x.csv", "https://example.org/x.csv", "file:///etc/passwd", "s3://b/x"),
    *("data:text/csv,a", "ftp://h/x.csv", "zip::x.csv", "x.csv\n", "x\t.csv", "x\u202e.csv"),
    *("x\u200b.csv", "*.csv", "x?.csv", "x|y.csv", "<x>.csv", "%2e%2e/x.csv", "a%2fx.csv"),
    *("con", "NUL.csv", "aux.csv", "com1.csv", " x.csv", "x.csv ", "x.csv.", "a./x.csv"),
    *("e\u0301.csv", "a" * 300 + ".csv"),
]


@pytest.fixture(scope="module")
def files() -> Files:
    return release()


@pytest.mark.parametrize("path", UNSAFE)
def test_an_unsafe_path_is_refused(path: str, tmp_path: Path) -> None:
    def rename(descriptor: Any) -> None:
        descriptor["resources"][0]["path"] = path

    tables = made_up.corpus().tables()
    package = redescribe(csv_package({"codes": tables["codes"]}), rename)
    report = check_package(put(package, tmp_path))
    assert rules_at(report) == {("path-unsafe", "datapackage.json")}
    fault = report.faults[0]
    assert fault.pointer == "/resources/0/path"
    assert package["datapackage.json"].decode().splitlines()[(fault.line or 0) - 1].count("path")


def test_forty_paths_are_unsafe_and_plain_ones_are_not() -> None:
    assert len([path for path in UNSAFE if path_problem(path)]) == len(UNSAFE) >= 40
    for path in ("events.csv", "a/b-c_d.1.csv", "Dữ liệu/x y.csv", "a..b.csv", "comma,.csv"):
        assert path_problem(path) is None


@pytest.mark.parametrize("form", ["file", "folder", "pipe"])
def test_nothing_outside_of_a_package_is_opened(tmp_path: Path, form: str) -> None:
    tables = made_up.corpus().tables()
    package = csv_package({"codes": tables["codes"]})
    folder = put(package, tmp_path / "package")
    outside = put({"codes.csv": package["codes.csv"]}, tmp_path / "outside")
    (folder / "codes.csv").unlink()
    if form == "file":
        (folder / "codes.csv").symlink_to(outside / "codes.csv")
    elif form == "pipe":
        os.mkfifo(folder / "codes.csv")
    else:
        (folder / "sub").symlink_to(outside)
        put(redescribe(package, lambda d: d["resources"][0].update(path="sub/codes.csv")), folder)
        (folder / "codes.csv").unlink()
    opened = record_opened(lambda: check_package(folder))
    assert not [path for path in opened if str(outside) in path]


_OPENED: list[str] = []
_HOOKED: list[bool] = []


def record_opened(action: Callable[[], Report]) -> list[str]:
    """The files that are opened while a package with an unsafe path is refused."""
    if not _HOOKED:
        sys.addaudithook(
            lambda event, what: _OPENED.append(str(what[0])) if event == "open" else None
        )
        _HOOKED.append(True)
    _OPENED.clear()
    report = action()
    assert {fault.rule for fault in report.faults} == {"path-unsafe"}
    return list(_OPENED)


@pytest.mark.parametrize("path", [path for path in UNSAFE if path and "\n" not in path])
def test_an_unsafe_path_in_the_list_of_digests_is_refused(
    files: Files, tmp_path: Path, path: str
) -> None:
    listed = files["SHA256SUMS"] + f"{'0' * 64}  {path}\n".encode()
    report = check_package(put(files | {"SHA256SUMS": listed}, tmp_path))
    assert rules_at(report) <= {
        ("path-unsafe", "SHA256SUMS"),
        ("descriptor-malformed", "SHA256SUMS"),
    }
    assert report.faults[0].line == listed.count(b"\n") or "\r" in path


@pytest.mark.parametrize("name", ["../x.csv", "/x.csv", "a\\x.csv", ".x", "C:x.csv"])
def test_an_unsafe_name_in_a_zip_is_refused(files: Files, tmp_path: Path, name: str) -> None:
    path = tmp_path / "r.zip"
    path.write_bytes(zipped(files | {name: b"a\n"}))
    assert rules_at(check_package(path)) == {("path-unsafe", "r.zip")}


def test_a_link_in_a_zip_is_refused(files: Files, tmp_path: Path) -> None:
    path = tmp_path / "r.zip"
    path.write_bytes(zipped(files))
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert rules_at(check_package(path)) == {("path-unsafe", "r.zip")}


def test_a_zip_that_expands_too_far_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qantar.validation.packages.store.LARGEST_ARCHIVE", 1_000_000)
    path = tmp_path / "r.zip"
    path.write_bytes(zipped({"datapackage.json": b" " * 2_000_000}))
    report = check_package(path)
    assert [fault.rule for fault in report.faults] == ["file-too-large"]
    assert report.exit_code == 2


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip"])
def test_what_is_no_zip_is_unreadable(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "r.zip"
    path.write_bytes(content)
    assert check_package(path).exit_code == 2
