"""A file replaced as a whole, so that a failure leaves the old one."""

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from qantar.schema.aside import file_aside, umask, undisturbed

_OUTPUTS = (1, 2)


def replace_file(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Make the file hold the content: written aside in its folder, flushed, then renamed.

    content: as a whole, or in pieces, of which one at a time is held.
    The target of a link is replaced, and the link stays. A file keeps its permissions; a
    new one gets those of the umask. A device, a pipe and the process' own output are
    written straight. Raises OSError; the old file is then whole.
    """
    with replacements(path) as (file,):
        file.writelines((content,) if isinstance(content, bytes) else content)


@contextmanager
def replacements(*paths: Path) -> Iterator[tuple[IO[bytes], ...]]:
    """Open files in which to write what several files are to hold, as `replace_file` does.

    They take the places of the old ones once all are written and flushed; where the block
    raises, none does.
    """
    with ExitStack() as opened:
        files: list[IO[bytes]] = []
        asides: list[tuple[IO[bytes], Path, Path, int]] = []
        for path in paths:
            if is_stream(path):
                files.append(opened.enter_context(_straight(path)))
                continue
            target = Path(os.path.realpath(path))
            permissions = _permissions(target)
            handle, aside = opened.enter_context(file_aside(target.parent))
            files.append(opened.enter_context(os.fdopen(handle, "wb")))
            asides.append((files[-1], aside, target, permissions))
        yield (*files,)
        for file, aside, _, permissions in asides:
            with file:
                file.flush()
                os.fsync(file.fileno())
            aside.chmod(permissions)
        with undisturbed():
            for _, aside, target, _ in asides:
                aside.replace(target)
    for folder in dict.fromkeys(target.parent for _, _, target, _ in asides):
        flush_folder(folder)


def replace_text(path: Path, text: str) -> bool:
    """Make the file hold the text (UTF-8, LF); return whether it did not already.

    Folders that are missing are made. Raises OSError; the old file is then whole.
    """
    content = text.encode()
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, content)
    return True


def is_stream(path: Path) -> bool:
    """Whether what is written to a path goes straight on: to a device, a pipe, the output.

    ``/dev/stdout`` is the output also where that goes to a plain file.
    """
    try:
        status = path.stat()
    except OSError:
        return False
    plain = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
    return not plain or _output_of(status) is not None


def flush_folder(folder: Path) -> None:
    """Flush a folder's entries to disk, where the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _permissions(target: Path) -> int:
    if not target.exists():
        return 0o666 & ~umask()
    if not os.access(target, os.W_OK):
        # To rename over it would be possible; whoever protected it did not want that.
        raise PermissionError(13, os.strerror(13), str(target))
    return stat.S_IMODE(target.stat().st_mode)


def _straight(path: Path) -> IO[bytes]:
    """A device, a pipe or the process' own output, opened to be written to."""
    output = _output_of(path.stat())
    if output is None:
        return path.open("wb")
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    return open(output, "wb", closefd=False)


def _output_of(status: os.stat_result) -> int | None:
    """The number of the process' own output that this is, if it is one."""
    for number in _OUTPUTS:
        try:
            own = os.fstat(number)
        except OSError:
            continue
        if os.path.samestat(status, own):
            return number
    return None
