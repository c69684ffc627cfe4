"""Remote paths are opened when a user gives one; nothing else opens a socket."""

import gzip
import socket
from pathlib import Path
from typing import Any

import fsspec
import pytest

from qantar.validation import check_path
from qantar.validation.places.remote_path import is_remote, without_secrets
from support import made_up
from support.made_up_package import csv_package, put

HEADER = b"event_id,record_version,action_code,date_earliest,date_latest\n"
BAD = HEADER + b"TST-000001,1,cameo:41,2022-01-05,2022-01-05\n"


@pytest.fixture
def memory() -> Any:
    system = fsspec.filesystem("memory")
    system.pipe(
        {
            "/box/a.csv": BAD,
            "/box/b.csv.gz": gzip.compress(BAD),
            "/box/deep/c.jsonl": b'{"actor_id": 3}\n',
            "/box/x.txt": b"",
        }
    )
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("memory://box/a.csv", ["a.csv"]),
        ("memory://box/*.csv*", ["a.csv", "b.csv.gz"]),
        ("memory://box", ["a.csv", "b.csv.gz", "deep/c.jsonl"]),
    ],
)
def test_a_remote_path_is_a_file_a_pattern_or_a_folder(path: str, found: list[str]) -> None:
    report = check_path(path)
    assert [reading.file for reading in report.read] == [f"memory://box/{name}" for name in found]
    first = report.faults[0]
    assert (first.rule, first.line, first.file) == ("value-unknown", 2, "memory://box/a.csv")


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize(
    "path", ["memory://box/none.csv", "memory://box/x.txt", "memory://box/*.tsv", "nosuch://a.csv"]
)
def test_what_cannot_be_fetched_ends_with_2(path: str) -> None:
    report = check_path(path)
    assert [fault.rule for fault in report.faults] == ["file-unreadable"]
    assert report.exit_code == 2


def test_errors_of_a_library_are_faults(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise RuntimeError("401, come back with a token")

    monkeypatch.setattr(type(memory), "_open", fail)
    report = check_path("memory://box/a.csv")
    assert report.exit_code == 2
    assert "RuntimeError: 401" in report.faults[0].message


@pytest.mark.parametrize(
    ("path", "remote"),
    [
        ("https://x/y.csv", True),
        ("s3://b/*.csv", True),
        ("C:\\x.csv", False),
        ("c:/x.csv", False),
        ("/a//b.csv", False),
        ("a.csv", False),
    ],
)
def test_only_a_scheme_makes_a_path_remote(path: str, remote: bool) -> None:
    assert is_remote(path) is remote


def test_no_report_shows_a_password_or_a_signature() -> None:
    told = without_secrets("https://me:secret@host:8/a/b.csv?X-Amz-Signature=1#x")
    assert told == "https://host:8/a/b.csv"


def test_local_paths_open_no_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    files = csv_package(made_up.corpus().tables())
    put(files | {"a.csv.gz": gzip.compress(BAD)}, tmp_path)
    for path in (tmp_path, tmp_path / "a.csv.gz", f"{tmp_path}/*.csv", "https:/x.csv", "-"):
        assert check_path(path).read
    named = put({"a=https:/b.csv": BAD, "s3:/b.csv": BAD}, tmp_path / "odd")
    assert len(check_path(named).read) == 2
