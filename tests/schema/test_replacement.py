"""A file is replaced whole or not at all, and what is somebody else's is left alone."""

import errno
import os
import stat
import sys
import threading
from pathlib import Path

import pytest

import qantar.schema.aside
from qantar.schema.aside import file_aside, remove_asides, temporary_folder
from qantar.schema.replacement import is_stream, replace_file, replace_text

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")


def permissions(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_files_of_others_stay(tmp_path: Path) -> None:
    others = [tmp_path / name for name in (".a.new", ".a.tmp", "a.new", ".qantar-a")]
    for other in others:
        other.write_text("theirs")
    replace_file(tmp_path / "a", b"mine")
    assert [other.read_text() for other in others] == ["theirs"] * len(others)
    assert len([*tmp_path.iterdir()]) == len(others) + 1


def test_two_writers_never_leave_half_a_file(tmp_path: Path) -> None:
    path, contents = tmp_path / "a", [letter * 100_000 for letter in (b"a", b"b")]
    replace_file(path, contents[0])
    seen = set()

    def write(content: bytes) -> None:
        for _ in range(20):
            replace_file(path, content)

    writers = [threading.Thread(target=write, args=(content,)) for content in contents]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        seen.add(path.read_bytes())
    assert seen <= {*contents}
    assert [*tmp_path.iterdir()] == [path]


@posix
def test_permissions_are_those_of_the_umask_or_of_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    old = os.umask(0o027)
    try:
        replace_file(path, b"new")
        assert permissions(path) == 0o640
        path.chmod(0o604)
        replace_file(path, b"newer")
        assert permissions(path) == 0o604
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(old)


@posix
def test_the_target_of_a_link_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    link, target = tmp_path / "link", tmp_path / "far" / "target"
    link.symlink_to("far/target")
    for content in (b"first", b"second"):
        replace_file(link, content)
        assert (link.is_symlink(), target.read_bytes()) == (True, content)
    assert [*(tmp_path / "far").iterdir()] == [target]


@posix
def test_a_link_in_a_circle_and_a_protected_file_are_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "circle").symlink_to("circle")
    with pytest.raises(OSError, match="circle"):
        replace_file(tmp_path / "circle" / "x", b"new")
    protected = tmp_path / "protected"
    protected.write_text("old")
    # The superuser may write to what is protected.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError, match="protected"):
        replace_file(protected, b"new")
    assert protected.read_text() == "old"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failing_step_leaves_the_old_file_and_nothing_aside(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "a"
    path.write_text("old")
    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="space"):
        replace_file(path, b"new")
    assert path.read_text() == "old"
    assert [*tmp_path.iterdir()] == [path]


@posix
def test_a_pipe_and_a_device_are_written_straight(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(fifo.read_bytes()))
    reader.start()
    replace_file(fifo, b"content")
    reader.join()
    assert read == [b"content"]
    replace_file(Path(os.devnull), b"content")
    assert is_stream(fifo)
    assert not is_stream(tmp_path)
    assert stat.S_ISFIFO(fifo.stat().st_mode)


def test_a_text_is_written_once(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a"
    assert replace_text(path, "é\n")
    assert not replace_text(path, "é\n")
    assert path.read_bytes() == "é\n".encode()


def test_what_is_aside_is_removed_before_an_early_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # From then on nothing can be put aside: the lock is never given back.
    monkeypatch.setattr(qantar.schema.aside, "_undisturbed", threading.RLock())
    with file_aside(tmp_path) as (handle, aside), temporary_folder() as folder:
        (folder / "x").write_text("x")
        os.close(handle)
        ending = threading.Thread(target=remove_asides, args=(1.0,))
        ending.start()
        ending.join()
        assert not aside.exists()
        assert not folder.exists()
        folder.mkdir()
