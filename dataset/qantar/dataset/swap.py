"""Files and folders put in place whole: written aside, flushed to disk, then renamed."""

import ctypes
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from qantar.schema.aside import folder_aside, remove
from qantar.schema.replacement import flush_folder

if sys.platform != "win32":
    import fcntl

# From Linux' fcntl.h and fs.h.
_CURRENT_FOLDER = -100
_EXCHANGE = 2
_MARK = ".made-by-qantar"


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


@contextmanager
def workshop(target: Path) -> Iterator[Path]:
    """A new folder beside a target, to make in it what takes the target's place.

    What it still holds at the end is removed. If the run is killed, `clear_workshops` of the
    next run does that. Raises OSError.
    """
    with folder_aside(target.parent, _workshop_prefix(target)) as folder:
        try:
            # A folder that bears this is nobody else's.
            write_file(folder / _MARK, b"Made by Qantar while it writes; may be removed.\n")
            yield folder
        finally:
            _clear(folder)


def clear_workshops(target: Path, old: str) -> None:
    """Remove the workshops that killed runs left beside a target.

    old: the name in a workshop of what stood at the target; it is put back where the run
    was killed while the target was missing. Call it as the only writer.
    """
    for folder in sorted(target.parent.glob(f"{_workshop_prefix(target)}*")):
        if folder.is_dir() and not folder.is_symlink():
            if (folder / _MARK).is_file():
                restore_folder(target, folder / old)
            _clear(folder)


def _workshop_prefix(target: Path) -> str:
    return f".qantar-{target.name}-"


def _clear(folder: Path) -> None:
    """Remove a workshop; what bears no mark only if it is empty. The mark goes last."""
    mark = folder / _MARK
    if mark.is_file():
        remove(*(path for path in folder.iterdir() if path != mark))
        if [*folder.iterdir()] == [mark]:
            remove(mark)
    with suppress(OSError):
        folder.rmdir()


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
