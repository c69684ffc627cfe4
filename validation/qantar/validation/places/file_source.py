"""A file to check, wherever it lies: on disk, on standard input, or remote when asked for."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TypeVar

from qantar.schema.aside import temporary_folder
from qantar.validation.faults.fault import Fault
from qantar.validation.places.packed_file import ExpansionError, packing_of, refuse_bomb, unpack
from qantar.validation.readers.expansion import (
    EXPANSION,
    EXPANSION_OF_ROWS,
    HOW_TO_RAISE,
    Expansion,
    RowWatch,
    raised,
)
from qantar.validation.readers.foreign_content import foreign_content, is_text
from qantar.validation.readers.json.text import LARGEST_TEXT
from qantar.validation.rules.observation import fault_by

STANDARD_INPUT = "-"
MAGIC_LENGTH = 6
_IN_ROWS = ("csv", "tsv", "jsonl")
# What is read whole may expand to as much as is read.
EXPANSION_OF_LISTS = Expansion(free=LARGEST_TEXT)
_PIECE = 1 << 20
_START = 1 << 10
T = TypeVar("T")
Opener = Callable[[], IO[bytes]]


@dataclass(frozen=True)
class FileSource:
    """A file of a kind. name: as reports tell it. packing: gzip, zstd or nothing.

    path: where it lies on this disk; where it does not, `open_it` opens it. packed: how many
    bytes it takes in the archive that it comes of.
    """

    name: str
    kind: str
    packing: str = ""
    path: Path | None = None
    open_it: Opener | None = None
    packed: int | None = None

    @property
    def expansion(self) -> Expansion:
        """How far it may expand by what it holds."""
        if self.kind in _IN_ROWS:
            return EXPANSION_OF_ROWS
        return EXPANSION_OF_LISTS if self.kind == "json" else EXPANSION

    def opened(self) -> IO[bytes]:
        """The bytes as they lie there; raises OSError."""
        if self.open_it is not None:
            return _foreign(self.open_it)
        assert self.path is not None
        return self.path.open("rb")


@dataclass(frozen=True)
class PlainFile:
    """A file as plain bytes on this disk. faults: why it is not whole; None as path: not at all."""

    path: Path | None
    faults: tuple[Fault, ...] = ()


def standard_input(kind: str) -> FileSource:
    """What is piped in, as a file of a kind; compressed input is known by its first bytes."""
    return FileSource(STANDARD_INPUT, kind, open_it=_opened_input)


def _opened_input() -> IO[bytes]:
    if sys.stdin is None or sys.stdin.closed:
        raise OSError("there is no standard input")
    # A second handle, since it is closed here and the first belongs to who calls.
    try:
        return os.fdopen(os.dup(sys.stdin.fileno()), "rb", buffering=0)
    except (OSError, ValueError):
        return sys.stdin.buffer


@contextmanager
def laid_out(source: FileSource, expansion: Expansion | None = None) -> Iterator[PlainFile]:
    """The file as plain bytes, in a temporary place where it does not lie so already.

    expansion: how far it may expand, by default as its kind may.

    Of a damaged compressed file the lines before the damage are kept. Raises OSError where
    the file cannot be opened.
    """
    if source.path is not None:
        source = replace(source, packing=_packing_in(source.path, source.packing))
        if not source.packing:
            yield PlainFile(source.path)
            return
    with temporary_folder() as folder:
        yield _lay_out(source, folder, expansion or source.expansion)


def _packing_in(path: Path, told: str) -> str:
    """How a file is packed: its first bytes know better than its name."""
    with path.open("rb") as handle:
        return packing_of(handle.read(MAGIC_LENGTH)) or told


def _lay_out(source: FileSource, folder: Path, expansion: Expansion) -> PlainFile:
    with source.opened() as handle:
        packed, packing = handle, source.packing
        if source.path is None:
            packed = (folder / "fetched").open("w+b")
            try:
                _copy(handle, packed, source.packed, expansion)
            except ExpansionError as error:
                packed.close()
                told = f"{source.name} {error}."
                return PlainFile(None, (fault_by("file-too-large", told, file=source.name),))
            packed.seek(0)
            packing = packing_of(packed.read(MAGIC_LENGTH)) or packing
            packed.seek(0)
        with packed:
            if not packing:
                return PlainFile(folder / "fetched")
            return _unpack(source, packed, packing, folder / "unpacked", expansion)


def _unpack(
    source: FileSource, packed: IO[bytes], packing: str, place: Path, expansion: Expansion
) -> PlainFile:
    start = packed.read(_START)
    packed.seek(0)
    if is_text(start):
        plain = f"holds plain text and is not {packing}. Name it without its last suffix."
        told = f"{source.name} {foreign_content(start, source.kind) or plain}"
        return PlainFile(None, (fault_by("file-unreadable", told, file=source.name),))
    with place.open("w+b") as whole:
        try:
            reason = unpack(packed, packing, whole, expansion)
        except ExpansionError as error:
            told = f"{source.name} {error}."
            return PlainFile(None, (fault_by("file-too-large", told, file=source.name),))
        if reason is None:
            return PlainFile(place)
        lines = _keep_whole_lines(whole)
    told = f"{source.name} is damaged {packing}, read up to line {lines}: {reason}."
    fault = fault_by("file-unreadable", told, file=source.name, line=lines + 1)
    return PlainFile(place if lines else None, (fault,))


def _copy(handle: IO[bytes], into: IO[bytes], packed: int | None, expansion: Expansion) -> None:
    """Copy all there is; raises ExpansionError where it is too much.

    packed: of how many bytes it comes, where it comes out of an archive.
    """
    watch = RowWatch()
    while piece := _foreign(lambda: handle.read(_PIECE)):
        into.write(piece)
        watch.take(piece)
        if packed is not None:
            refuse_bomb(into.tell(), packed, watch, expansion)
        elif into.tell() > raised(expansion.most):
            raise ExpansionError(
                f"has more than {raised(expansion.most):,} bytes. {HOW_TO_RAISE.rstrip('.')}"
            )


def _foreign(call: Callable[[], T]) -> T:
    """What a call gives; libraries for remote places raise errors of their own."""
    try:
        return call()
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error


def _keep_whole_lines(file: IO[bytes]) -> int:
    """Cut a file after its last line end; the answer is how many lines are left."""
    file.seek(0)
    lines = end = place = 0
    while piece := file.read(_PIECE):
        lines += piece.count(b"\n")
        last = piece.rfind(b"\n")
        end = place + last + 1 if last >= 0 else end
        place += len(piece)
    file.truncate(end)
    return lines
