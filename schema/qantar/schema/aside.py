"""Files and folders kept aside for a while, under names that nobody else has.

Whoever ends the process early removes what is still aside: see `remove_asides`.
"""

import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = ".qantar-"
_kept: set[Path] = set()
_undisturbed = threading.RLock()
_holders: list[int] = []


@contextmanager
def file_aside(folder: Path) -> Iterator[tuple[int, Path]]:
    """A new empty file in a folder, as (handle, path); what of it is left is removed.

    Only the user can read it. Whoever takes it closes the handle. Raises OSError.
    """
    with undisturbed():
        handle, name = tempfile.mkstemp(dir=folder, prefix=PREFIX)
        _kept.add(Path(name))
    try:
        yield handle, Path(name)
    finally:
        remove(Path(name))
        _kept.discard(Path(name))


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A new folder where the system keeps temporary files; it is removed. Raises OSError."""
    with undisturbed():
        made = tempfile.TemporaryDirectory(prefix=PREFIX.removeprefix("."))
        _kept.add(Path(made.name))
    try:
        with made:
            yield Path(made.name)
    finally:
        _kept.discard(Path(made.name))


@contextmanager
def folder_aside(folder: Path, prefix: str) -> Iterator[Path]:
    """A new folder in a folder. Whoever takes it removes it in the end. Raises OSError."""
    with undisturbed():
        made = Path(tempfile.mkdtemp(dir=folder, prefix=prefix))
        _kept.add(made)
    try:
        yield made
    finally:
        _kept.discard(made)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Steps of which either all are done or none: `remove_asides` waits for their end."""
    with _undisturbed:
        _holders.append(threading.get_ident())
        try:
            yield
        finally:
            _holders.pop()


def is_undisturbed() -> bool:
    """Whether this thread is in the midst of such steps."""
    return threading.get_ident() in _holders


def remove_asides(patience: float) -> None:
    """Remove all that is aside, and let nothing new be put there.

    Called from a thread of its own, just before the process ends. patience: how many seconds
    to wait for steps that must not be disturbed; where they last longer, nothing is removed.
    """
    if _undisturbed.acquire(timeout=patience):
        remove(*_kept)


def remove(*paths: Path) -> None:
    """Remove files and folders; what cannot be removed is left. A link is removed as a link."""
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink(missing_ok=True)


def umask() -> int:
    """The permissions that new files of this process do not get."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
