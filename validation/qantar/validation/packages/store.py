"""Where the files of a package lie: a folder or a zip, read without leaving it."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Protocol

from qantar.schema.aside import temporary_folder
from qantar.validation.packages.expansion import EXPANSION
from qantar.validation.packages.safe_path import path_problem

LARGEST_FILE = 2_000_000_000
# A file of a folder that is larger than this is not held in memory.
LARGEST_HELD = 50_000_000
LARGEST_ARCHIVE = 4_000_000_000
MOST_FILES = 10_000
_PIECE = 1 << 20


class StoreError(Exception):
    """A file cannot be had from a store: the rule that says so, and a sentence."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message


class Store(Protocol):
    """Files by relative path with forward slashes."""

    name: str
    # What was passed over, and why.
    problems: list[StoreError]

    def paths(self) -> list[str]:
        """Every file there is, unsafe names and links left out, in order."""

    def read(self, path: str) -> bytes:
        """The bytes of a file; raises StoreError where it is not there, unsafe or too large."""

    def large(self, path: str) -> Path | None:
        """Where a file lies that is too large to be held; None where it is not.

        What is in a zip is unpacked to a temporary place, until `close`.
        """

    def close(self) -> None:
        """Give back what was taken up to read."""


class Folder:
    """A folder on disk; links in it are not followed."""

    def __init__(self, root: Path, name: str | None = None) -> None:
        self.root = root
        self.name = name if name is not None else str(root)
        self.problems: list[StoreError] = []

    def paths(self) -> list[str]:
        found: list[str] = []
        waiting = [self.root]
        while waiting and len(found) < MOST_FILES:
            for entry in self._entries(waiting.pop()):
                path = entry.relative_to(self.root).as_posix()
                if path_problem(path) or entry.is_symlink():
                    continue
                if entry.is_dir():
                    waiting.append(entry)
                elif entry.is_file():
                    found.append(path)
        if waiting:
            told = f"{self.name} holds more than {MOST_FILES} files; the rest was passed over."
            self.problems.append(StoreError("file-too-large", told))
        return sorted(found)

    def _entries(self, folder: Path) -> list[Path]:
        try:
            return sorted(folder.iterdir())
        except OSError as error:
            told = f"{folder} cannot be read: {error.strerror}."
            self.problems.append(StoreError("file-unreadable", told))
            return []

    def read(self, path: str) -> bytes:
        place, size = self._locate(path)
        if size > LARGEST_FILE:
            raise _too_large(path, size, LARGEST_FILE)
        try:
            return place.read_bytes()
        except OSError as error:
            raise _unreadable(path, error) from error

    def large(self, path: str) -> Path | None:
        try:
            place, size = self._locate(path)
        except StoreError:
            return None
        return place if size > LARGEST_HELD else None

    def _locate(self, path: str) -> tuple[Path, int]:
        """Where a file lies and its size in bytes; raises StoreError where it is unsafe."""
        _refuse_unsafe(path)
        place = self.root
        try:
            for part in path.split("/"):
                place /= part
                if place.is_symlink():
                    raise StoreError("path-unsafe", f"{path} is a link, or lies behind one.")
            status = place.lstat()
        except (FileNotFoundError, NotADirectoryError):
            raise _missing(path) from None
        except (OSError, ValueError) as error:
            raise _unreadable(path, error) from error
        # Opening a pipe would wait for ever.
        if not stat.S_ISREG(status.st_mode):
            raise StoreError("path-unsafe", f"{path} is not a plain file.")
        return place, status.st_size

    def close(self) -> None:
        return None


class Archive:
    """A zip file; one folder around everything is left out of the paths.

    Files are read in memory, the large ones unpacked to a temporary folder.
    """

    def __init__(self, source: Path | bytes, name: str) -> None:
        """Raises StoreError where it is no zip, or one that would expand too far."""
        self.name = name
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise StoreError("file-unreadable", f"{name} is no readable zip: {error}.") from error
        self.problems: list[StoreError] = []
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._unpacked: dict[str, Path | StoreError] = {}
        self._opened = ExitStack()
        self._opened.enter_context(self.zip)
        self._take_members()

    def paths(self) -> list[str]:
        return sorted(self._members)

    def close(self) -> None:
        self._opened.close()

    def large(self, path: str) -> Path | None:
        member = self._members.get(path)
        if member is None or member.file_size <= LARGEST_HELD:
            return None
        if path not in self._unpacked:
            try:
                self._unpacked[path] = self._unpack(path)
            except StoreError as error:
                self._unpacked[path] = error
        place = self._unpacked[path]
        return None if isinstance(place, StoreError) else place

    def read(self, path: str) -> bytes:
        refusal = self._unpacked.get(path)
        if isinstance(refusal, StoreError):
            raise refusal
        return b"".join(self._pieces(path))

    def open(self, path: str) -> IO[bytes]:
        """A file to read from; raises StoreError where it is not there or expands too far."""
        return self.zip.open(self._member(path))

    def _member(self, path: str) -> zipfile.ZipInfo:
        _refuse_unsafe(path)
        member = self._members.get(path)
        if member is None:
            raise _missing(path)
        if not EXPANSION.allows(member.file_size, member.compress_size):
            most = max(EXPANSION.free, EXPANSION.times * member.compress_size)
            raise _too_large(path, member.file_size, most)
        return member

    def _unpack(self, path: str) -> Path:
        """Write a file to a temporary folder, each under a name of its own."""
        try:
            folder = self._opened.enter_context(temporary_folder())
            place = folder / "unpacked"
            with place.open("wb") as into:
                into.writelines(self._pieces(path))
        except OSError as error:
            raise _unreadable(path, error) from error
        return place

    def _pieces(self, path: str) -> Iterator[bytes]:
        """A file piece by piece, as far as its size says; raises StoreError for a damaged one."""
        member = self._member(path)
        count = 0
        try:
            with self.zip.open(member) as file:
                while piece := file.read(_PIECE):
                    count += len(piece)
                    if count > member.file_size:
                        raise _too_large(path, count, member.file_size)
                    yield piece
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError) as error:
            raise StoreError(
                "file-unreadable", f"{path} is damaged in the zip: {error}."
            ) from error
        except (NotImplementedError, RuntimeError) as error:
            raise StoreError("file-unreadable", f"{path} cannot be unpacked: {error}.") from error

    def _take_members(self) -> None:
        members = self.zip.infolist()
        expanded = sum(member.file_size for member in members)
        if len(members) > MOST_FILES or expanded > LARGEST_ARCHIVE:
            told = f"{self.name} holds {len(members)} files that expand to {expanded} bytes."
            raise StoreError("file-too-large", told)
        for member in members:
            if not member.is_dir() and self._is_safe(member):
                self._members[member.filename] = member
        tops = {path.partition("/")[0] for path in self._members}
        if len(tops) == 1 and all("/" in path for path in self._members):
            self._members = {p.partition("/")[2]: m for p, m in self._members.items()}

    def _is_safe(self, member: zipfile.ZipInfo) -> bool:
        # The name as stored: zipfile cuts it at a NUL and turns separators.
        name = member.orig_filename
        problem = path_problem(name)
        if problem is None and stat.S_ISLNK(member.external_attr >> 16):
            problem = "is a link"
        if problem is None and member.filename in self._members:
            problem = "stands in the zip twice"
        if problem is None and member.flag_bits & 1:
            problem = "is encrypted"
        if problem:
            self.problems.append(StoreError("path-unsafe", f"The path {name!r} {problem}."))
        return problem is None


def _refuse_unsafe(path: str) -> None:
    problem = path_problem(path)
    if problem:
        raise StoreError("path-unsafe", f"The path {path!r} {problem}.")


def _unreadable(path: str, error: Exception) -> StoreError:
    reason = getattr(error, "strerror", None) or error
    return StoreError("file-unreadable", f"{path} cannot be read: {reason}.")


def _missing(path: str) -> StoreError:
    return StoreError("file-missing", f"{path} is not there.")


def _too_large(path: str, size: int, limit: int) -> StoreError:
    return StoreError("file-too-large", f"{path} has {size} bytes; {limit} are allowed.")
