"""Files and folders put in place whole: written aside, flushed to disk, then renamed."""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

# From Linux' fcntl.h and fs.h.
_CURRENT_FOLDER = -100
_EXCHANGE = 2


def write_file(path: Path, content: bytes) -> None:
    """Write a new file and flush it to disk."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by path below a new folder and flush them and the folders to disk."""
    folder.mkdir()
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        write_file(place, content)
    for inner in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        flush_folder(inner)


def flush_folder(folder: Path) -> None:
    """Flush a folder's entries to disk, where the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_file(path: Path, content: bytes, aside: Path) -> None:
    """Write a file aside and rename it over what was there.

    Raises OSError where it cannot be written; what was there is then whole.
    """
    remove(aside)
    try:
        write_file(aside, content)
        aside.replace(path)
    except OSError:
        remove(aside)
        raise
    flush_folder(path.parent)


def swap_folder(new: Path, target: Path, old: Path) -> None:
    """Put a folder in the place of another, which goes to `old`.

    One step on Linux. Elsewhere two renames, with `target` missing in between;
    `restore_folder` mends that if the run was killed there.
    """
    if not target.exists():
        new.rename(target)
    elif _exchange(new, target):
        try:
            new.rename(old)
        except OSError:
            _exchange(new, target)
            raise
    else:
        target.rename(old)
        try:
            new.rename(target)
        except OSError:
            old.rename(target)
            raise


def restore_folder(target: Path, old: Path) -> None:
    """Put back a folder that a killed swap left aside; drop it if the swap was complete."""
    if old.exists() and not target.exists():
        old.rename(target)
    remove(old)


def remove(*paths: Path) -> None:
    """Remove files and folders; what cannot be removed now is left to the next run."""
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink(missing_ok=True)


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Hold the folder against another run, until the end even of a killed one.

    Raises ``BlockingIOError`` where another run holds it.
    """
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _exchange(one: Path, other: Path) -> bool:
    # The standard library has no call for this, and two renames leave a gap.
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    return bool(rename(_CURRENT_FOLDER, names[0], _CURRENT_FOLDER, names[1], _EXCHANGE) == 0)
