"""What lies in a folder or a zip: the files to read, and what is passed over and why.

Both are listed by one walk, so that the same content gets the same verdict in both.
"""

import stat
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from qantar.validation.packages.litter import is_litter, is_lock
from qantar.validation.packages.safe_path import name_problem, path_problem

TWICE = "stands there twice"
BOTH = "is both a file and a folder"


@dataclass(frozen=True)
class Entry:
    """What a folder holds: its name there, and its mode (``st_mode``; 0 where none is told)."""

    name: str
    mode: int = 0
    is_folder: bool = False


class Tree(Protocol):
    """Folders by relative path with forward slashes; that at the top is an empty text."""

    def entries(self, folder: str) -> Sequence[Entry]:
        """What lies in a folder, in order; raises OSError where it cannot be read."""


@dataclass(frozen=True)
class Found:
    """A file, or what is no file to read.

    problem: why it is passed over, as the end of a sentence that begins with its path.
    rule: the rule that says so. is_litter: whether a program left it there.
    """

    path: str
    problem: str = ""
    rule: str = ""
    is_litter: bool = False
    is_folder: bool = False


def _nothing(_folder: str, _entries: Sequence[Entry]) -> Collection[str]:
    return ()


@dataclass(frozen=True)
class Walk:
    """A walk over all that lies in a tree, folder by folder.

    is_package: whether names are those of a package, which any system must be able to have;
    elsewhere hidden files are passed over as none of the data, and only names that lead out
    are refused. is_whole: whether a folder below the top is told, and not looked into.
    omitted: names in a folder that are none of the data.
    """

    tree: Tree
    is_package: bool
    is_whole: Callable[[str], bool] = lambda _folder: False
    omitted: Callable[[str, Sequence[Entry]], Collection[str]] = _nothing

    def found(self, folder: str = "") -> Iterator[Found]:
        """All that lies in a folder and below it, in order."""
        try:
            entries = self.tree.entries(folder)
        except OSError as error:
            yield Found(folder, f"cannot be read: {error.strerror or error}", "file-unreadable")
            return
        omitted = self.omitted(folder, entries)
        seen: dict[str, Entry] = {}
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if _is_litter(entry):
                yield Found(path, is_litter=True, is_folder=entry.is_folder)
            elif entry.name not in omitted and (self.is_package or not _is_hidden(entry)):
                twin = seen.setdefault(_folded(entry.name), entry)
                yield from self._judged(entry, path, _twin_problem(entry, twin))

    def _judged(self, entry: Entry, path: str, doubled: str | None) -> Iterator[Found]:
        judge = path_problem if self.is_package else name_problem
        unsafe = kind_problem(entry.mode) or judge(path)
        if unsafe or doubled:
            yield Found(path, unsafe or doubled or "", "path-unsafe")
        if unsafe or doubled in (TWICE, BOTH):
            return
        if not entry.is_folder:
            yield Found(path)
        elif self.is_whole(path):
            yield Found(path, is_folder=True)
        else:
            yield from self.found(path)


def kind_problem(mode: int) -> str | None:
    """Why what has this mode is no file to read, as the end of a sentence that begins with it."""
    kinds = {
        stat.S_IFLNK: "is a link",
        stat.S_IFIFO: "is a pipe (FIFO)",
        stat.S_IFSOCK: "is a socket",
        stat.S_IFCHR: "is a device",
        stat.S_IFBLK: "is a device",
    }
    return kinds.get(stat.S_IFMT(mode))


def _is_litter(entry: Entry) -> bool:
    if kind_problem(entry.mode):
        return is_lock(entry.name) and stat.S_ISLNK(entry.mode)
    return is_litter(entry.name, is_folder=entry.is_folder)


def _is_hidden(entry: Entry) -> bool:
    return entry.name.startswith(".") and entry.name.strip(".") != ""


def _folded(name: str) -> str:
    """A name as systems see it that tell neither case nor the normal form of letters."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _twin_problem(entry: Entry, twin: Entry) -> str | None:
    if twin is entry:
        return None
    if twin.name != entry.name:
        return (
            f"differs from {twin.name!r} only in case or in the form of its letters: "
            "one of them is lost on systems that do not tell these"
        )
    if twin.is_folder != entry.is_folder:
        return BOTH
    return TWICE
