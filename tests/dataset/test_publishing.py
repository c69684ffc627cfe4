"""Whatever happens while a release is written, the old one or the new one stands whole."""

import errno
import os
import signal
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import qantar.dataset.swap
from qantar.dataset.digest import sha256
from qantar.dataset.error import ReleaseError
from qantar.dataset.release import publish_release, release_files, write_release
from qantar.dataset.swap import only_writer, restore_folder, swap_folder
from support.made_up import corpus
from support.made_up_history import DOCUMENTS, first

VERSION = "0.9.0"
STEPS = ("fsync", "mkdir", "rename", "replace", "rmdir", "unlink")
Files = dict[str, bytes]


@pytest.fixture
def old() -> Files:
    # Few files make few steps, and each step is one run.
    return {"csv/a.csv": b"a\n0\n", "parquet/b.parquet": b"PAR0", "SHA256SUMS": b"old"}


@pytest.fixture
def new() -> Files:
    return {"csv/a.csv": b"a\n1\n", "parquet/c.parquet": b"PAR1", "SHA256SUMS": b"new"}


def content_of(folder: Path) -> Files:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def zipped(folder: Path) -> Files:
    with zipfile.ZipFile(folder / f"qantar-{VERSION}.zip") as archive:
        top = f"qantar-{VERSION}/"
        return {name.removeprefix(top): archive.read(name) for name in archive.namelist()}


def leftovers(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {VERSION, f"qantar-{VERSION}.zip"}


def interrupt(monkeypatch: Any, at: int, act: Callable[[], None]) -> list[str]:
    """Act before the given step among the calls that change the disk; return steps taken."""
    taken: list[str] = []

    def watch(name: str) -> None:
        original = getattr(os, name)

        def step(*arguments: Any, **named: Any) -> Any:
            taken.append(name)
            if len(taken) == at:
                act()
            return original(*arguments, **named)

        monkeypatch.setattr(os, name, step)

    for name in STEPS:
        watch(name)
    return taken


def count_steps(folder: Path, old: Files, new: Files) -> int:
    publish_release(folder, VERSION, old)
    with pytest.MonkeyPatch.context() as patch:
        taken = interrupt(patch, 0, lambda: None)
        publish_release(folder, VERSION, new)
    return len(taken)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a process is forked to be killed")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.parametrize("exchange", [True, False])
def test_a_killed_run_leaves_old_or_new(
    exchange: bool, tmp_path: Path, old: Files, new: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchange:
        monkeypatch.setattr(qantar.dataset.swap, "_exchange", lambda *_: False)
    seen = set()
    for step in range(1, count_steps(tmp_path / "count", old, new) + 1):
        folder = tmp_path / str(step)
        publish_release(folder, VERSION, old)
        kill_at(step, lambda folder=folder: publish_release(folder, VERSION, new))
        if exchange:
            found = content_of(folder / VERSION)
            assert found in (old, new), step
            seen.add(found == new)
        publish_release(folder, VERSION, new)
        assert content_of(folder / VERSION) == zipped(folder) == new
        assert not leftovers(folder)
    assert seen == ({True, False} if exchange else set())


def kill_at(step: int, run: Callable[[], None]) -> None:
    child = os.fork()
    if child == 0:
        interrupt(pytest.MonkeyPatch(), step, lambda: os.kill(os.getpid(), signal.SIGKILL))
        run()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)


def fails(folder: Path, files: Files) -> bool:
    try:
        publish_release(folder, VERSION, files)
    except ReleaseError:
        return True
    return False


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_failing_step_leaves_old_or_new(
    number: int, tmp_path: Path, old: Files, new: Files
) -> None:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    failures = 0
    for step in range(1, count_steps(tmp_path / "count", old, new) + 1):
        folder = tmp_path / str(step)
        publish_release(folder, VERSION, old)
        with pytest.MonkeyPatch.context() as patch:
            interrupt(patch, step, fail)
            expected = old if fails(folder, new) else new
        failures += expected is old
        assert content_of(folder / VERSION) == zipped(folder) == expected, step
        publish_release(folder, VERSION, new)
        assert not leftovers(folder)
    assert failures >= len(new)


def test_a_swap_killed_between_its_renames_is_mended(tmp_path: Path) -> None:
    target, aside = tmp_path / "target", tmp_path / "aside"
    aside.mkdir()
    (aside / "file").write_text("old")
    restore_folder(target, aside)
    assert (target / "file").read_text() == "old"
    assert not aside.exists()


def test_a_failed_second_rename_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(qantar.dataset.swap, "_exchange", lambda *_: False)
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "file").write_text("old")
    with pytest.raises(FileNotFoundError):
        swap_folder(tmp_path / "missing", tmp_path / "target", tmp_path / "old")
    assert (tmp_path / "target" / "file").read_text() == "old"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "you may not write there"),
        (errno.EROFS, "you may not write there"),
        (errno.EIO, "error"),
    ],
)
def test_failures_say_what_and_where_and_what_to_do(
    number: int, words: str, tmp_path: Path, new: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "mkdir", fail)
    with pytest.raises(ReleaseError, match=words) as caught:
        publish_release(tmp_path / "releases", VERSION, new)
    assert str(tmp_path) in str(caught.value)


def test_a_file_in_the_way_is_reported(tmp_path: Path) -> None:
    (tmp_path / "releases").write_text("")
    with pytest.raises(ReleaseError, match="there is a file where a folder is needed"):
        write_release(corpus(), tmp_path / "releases", VERSION, documents={})


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks no folder")
def test_two_runs_do_not_meet(tmp_path: Path, new: Files) -> None:
    with only_writer(tmp_path), pytest.raises(ReleaseError, match="another run"):
        publish_release(tmp_path, VERSION, new)
    publish_release(tmp_path, VERSION, new)


def test_the_zip_holds_the_folder_and_nothing_of_the_machine(tmp_path: Path, new: Files) -> None:
    publish_release(tmp_path, VERSION, new)
    with zipfile.ZipFile(tmp_path / f"qantar-{VERSION}.zip") as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == [f"qantar-{VERSION}/{p}" for p in sorted(new)]
    for entry in entries:
        assert entry.compress_type == zipfile.ZIP_STORED
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert entry.external_attr >> 16 == 0o100644
    assert zipped(tmp_path) == new


@pytest.mark.parametrize(
    "name", ["SHA256SUMS", "events.jsonl", "../README.md", "csv/x.csv", ".hidden", "a\\b"]
)
def test_documents_stay_in_their_place(name: str) -> None:
    with pytest.raises(ReleaseError, match="cannot be called"):
        release_files(corpus(), VERSION, documents={name: ""})


def test_values_that_readers_would_change_stop_the_release(tmp_path: Path) -> None:
    made = corpus()
    made.plain["actors"][0]["name_en"] = "NA"
    with pytest.raises(ReleaseError, match=r"events\.actor_name holds 'NA'"):
        write_release(made, tmp_path, VERSION, documents={})
    assert not (tmp_path / VERSION).exists()


@pytest.mark.parametrize("version", [".", "..", "1.0", "v1.0.0", ""])
def test_what_is_no_version_is_not_written(version: str, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="is not a version"):
        write_release(corpus(), tmp_path, version, documents={})
    assert not list(tmp_path.iterdir())


def test_drafts_are_rebuilt_in_place_and_progress_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    for documents in ({}, DOCUMENTS):
        path = write_release(corpus(), tmp_path, VERSION, documents=documents, progress=told.append)
    assert path == tmp_path / VERSION
    assert (path / "README.md").read_text("utf-8").startswith("# A made-up")
    assert len(told) == 6


def test_a_release_that_cannot_be_frozen_is_taken_back(tmp_path: Path) -> None:
    (tmp_path / "FROZEN").mkdir()
    files = release_files(first(), "1.0.0", documents={})
    with pytest.raises(ReleaseError):
        publish_release(tmp_path, "1.0.0", files)
    assert [path.name for path in tmp_path.iterdir()] == ["FROZEN"]
    (tmp_path / "FROZEN").rmdir()
    publish_release(tmp_path, "1.0.0", files)
    digest = sha256(files["SHA256SUMS"])
    assert (tmp_path / "FROZEN").read_text() == f"{digest}  1.0.0\n"
