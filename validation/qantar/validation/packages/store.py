"""Where the files of a package lie: a folder or a zip, read without leaving it."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Protocol

from qantar.schema.aside import temporary_folder
from qantar.validation.packages.folder_tree import FolderTree
from qantar.validation.packages.listing import Found, Walk, kind_problem
from qantar.validation.packages.safe_path import path_problem
from qantar.validation.packages.zip_tree import ZipTree
from qantar.validation.readers.expansion import EXPANSION, HOW_TO_RAISE, raised

LARGEST_FILE = 2_000_000_000
# A file of a folder that is larger than this is not held in memory.
LARGEST_HELD = 50_000_000
LARGEST_ARCHIVE = 4_000_000_000
MOST_FILES = 10_000
_PIECE = 1 << 20
_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError)


class StoreError(Exception):
    """A file cannot be had from a store: the rule that says so, a sentence, and where it lies."""

    def __init__(self, rule: str, message: str, path: str = "") -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.path = path


class Store(Protocol):
    """Files by relative path with forward slashes."""

    name: str
    # What was passed over, and why; and its paths.
    problems: list[StoreError]
    refused: set[str]

    def paths(self) -> list[str]:
        """Every file there is in order, without what is unsafe or litter of programs."""

    def read(self, path: str) -> bytes:
        """The bytes of a file; raises StoreError where it is not there, unsafe or too large."""

    def large(self, path: str, least: int | None = None) -> Path | None:
        """Where a file lies that is too large to be held; None where it has so few bytes.

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
        self.refused: set[str] = set()

    def paths(self) -> list[str]:
        self.problems, self.refused = [], set()
        paths: list[str] = []
        for found in Walk(FolderTree(self.root), is_package=True).found():
            if found.rule:
                self.refused.add(found.path)
                self.problems.append(_problem(found, found.path))
            elif not found.is_litter:
                paths.append(found.path)
            if len(paths) > MOST_FILES:
                told = f"{self.name} holds more than {MOST_FILES} files; the rest was passed over."
                self.problems.append(StoreError("file-too-large", told))
                break
        return sorted(paths[:MOST_FILES])

    def read(self, path: str) -> bytes:
        place, size = self._locate(path)
        if size > LARGEST_FILE:
            raise _too_large(path, size, LARGEST_FILE)
        try:
            return place.read_bytes()
        except OSError as error:
            raise _unreadable(path, error) from error

    def large(self, path: str, least: int | None = None) -> Path | None:
        try:
            place, size = self._locate(path)
        except StoreError:
            return None
        return place if size > (LARGEST_HELD if least is None else least) else None

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
    """A zip file. Files are read in memory, the large ones unpacked to a temporary folder.

    Its paths are those of a package. root: the folder in it that is meant; by default the one
    around everything, if there is one. Paths are told without it.
    """

    def __init__(
        self, source: Path | bytes, name: str, *, is_package: bool = True, root: str = ""
    ) -> None:
        """Raises StoreError where it is no zip, or one that would expand too far."""
        self.name = name
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise StoreError("file-unreadable", f"{name} is no readable zip: {error}.") from error
        self.problems: list[StoreError] = []
        self.refused: set[str] = set()
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._litter: dict[str, zipfile.ZipInfo] = {}
        self._unpacked: dict[str, Path | StoreError] = {}
        self._opened = ExitStack()
        self._opened.enter_context(self.zip)
        self._refuse_many()
        self.tree = ZipTree(self.zip.infolist())
        if is_package:
            found = [*Walk(self.tree, is_package=True).found(root)]
            self.take(found, f"{root}/" if root else common_folder(found))

    def paths(self) -> list[str]:
        return sorted(self._members)

    def close(self) -> None:
        self._opened.close()

    def large(self, path: str, least: int | None = None) -> Path | None:
        member = self._members.get(path)
        if member is None or member.file_size <= (LARGEST_HELD if least is None else least):
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
        """A file to read from, however far it expands; raises StoreError where it is not there."""
        return self.zip.open(self._found(path))

    def packed_size(self, path: str) -> int:
        """How many bytes a file takes in the zip; raises StoreError where it is not there."""
        return self._found(path).compress_size

    def peek(self, path: str, most: int) -> bytes | None:
        """What a file holds before any is taken; None where it is not there, or is larger."""
        member = self.tree.members.get(path)
        if member is None or member.file_size > most or kind_problem(member.external_attr >> 16):
            return None
        try:
            with self.zip.open(member) as file:
                return file.read(most)
        except (*_DAMAGED, NotImplementedError, RuntimeError):
            return None

    def _found(self, path: str) -> zipfile.ZipInfo:
        member = self._members.get(path) or self._litter.get(path)
        if member is None:
            _refuse_unsafe(path)
            raise _missing(path)
        return member

    def _member(self, path: str) -> zipfile.ZipInfo:
        member = self._found(path)
        if not EXPANSION.allows(member.file_size, member.compress_size):
            most = EXPANSION.bytes_for(member.compress_size)
            refusal = _too_large(path, member.file_size, most)
            raise StoreError(refusal.rule, f"{refusal.message} {HOW_TO_RAISE}")
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
        except _DAMAGED as error:
            raise StoreError(
                "file-unreadable", f"{path} is damaged in the zip: {error}."
            ) from error
        except (NotImplementedError, RuntimeError) as error:
            raise StoreError("file-unreadable", f"{path} cannot be unpacked: {error}.") from error

    def _refuse_many(self) -> None:
        members = self.zip.infolist()
        expanded = sum(member.file_size for member in members)
        if len(members) > MOST_FILES or expanded > raised(LARGEST_ARCHIVE):
            told = f"{self.name} holds {len(members)} files that expand to {expanded} bytes. "
            told += HOW_TO_RAISE
            raise StoreError("file-too-large", told)

    def take(self, found: Iterable[Found], top: str = "") -> None:
        """Take what a walk found, of a zip that is no package; top: what is cut off its paths."""
        for one in found:
            path = one.path.removeprefix(top)
            member = self.tree.members.get(one.path)
            if one.rule:
                self.refused.add(path)
                self.problems.append(_problem(one))
            elif member is not None and one.is_litter:
                self._litter[path] = member
            elif member is not None and is_locked(member):
                self.refused.add(path)
                told = f"{path} is locked with a password; unpack the zip with it first."
                self.problems.append(StoreError("file-unreadable", told))
            elif member is not None:
                self._members[path] = member


def is_locked(member: zipfile.ZipInfo) -> bool:
    """Whether a file of a zip is encrypted."""
    return bool(member.flag_bits & 1)


def common_folder(found: Iterable[Found]) -> str:
    """The one folder around all files, with its slash; an empty text where there is none."""
    paths = [one.path for one in found if not (one.rule or one.is_litter)]
    tops = {path.partition("/")[0] for path in paths}
    return f"{tops.pop()}/" if len(tops) == 1 and all("/" in path for path in paths) else ""


def _problem(found: Found, path: str = "") -> StoreError:
    said = f"The path {found.path!r}" if found.rule == "path-unsafe" else found.path or "It"
    return StoreError(found.rule, f"{said} {found.problem}.", path)


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
