"""Which of the files that were given together are parts of one table.

Parts of a table are its files that no two releases, and no two forms of the table, tell
apart. A release is a folder with a descriptor, or one that is named by a version.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath
from typing import Protocol, TypeAlias, TypeVar

from qantar.schema.patterns import VERSION_PATTERN
from qantar.schema.rule import Profile
from qantar.schema.shape import Row
from qantar.validation.engine.links.linked_table import HeldChunks, LinkedTable
from qantar.validation.packages.package import is_package
from qantar.validation.places.file_source import FileSource
from qantar.validation.places.packed_file import form_of
from qantar.validation.places.path_list import KINDS
from qantar.validation.readers.table_file import JudgedTable

_VERSION = re.compile(f"v?(?:{VERSION_PATTERN.strip('^$')})")
Key: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A file, or a sheet of one, with a table that was judged.

    number: of the path that was given, by which parts are put in order. place: where the
    file lies. sheet: its name, if it is one.
    """

    held: JudgedTable | LinkedTable
    number: int
    place: PurePath
    form: str
    sheet: str = ""

    @property
    def table(self) -> str:
        """The table's name in the format."""
        name = self.held.read.table if isinstance(self.held, JudgedTable) else self.held.table
        return name or ""

    @property
    def file(self) -> str:
        """The file as faults tell it."""
        return self.held.read.file if isinstance(self.held, JudgedTable) else self.held.file

    @property
    def profile(self) -> Profile:
        return self.held.profile

    def is_in_chunks_of(self, file: str) -> bool:
        """Whether it is read again from a file of this name."""
        return isinstance(self.held, LinkedTable) and self.file == file

    def linked(self) -> LinkedTable:
        """The table as rules between tables of any size take it."""
        if isinstance(self.held, LinkedTable):
            return self.held
        read = self.held.read
        chunks = HeldChunks(read)
        return LinkedTable(self.table, self.profile, read.file, chunks, is_json=read.is_json)


Together: TypeAlias = Mapping[str, list[Part]]


class Given(Protocol):
    """What is asked of a file to tell with which others it goes; see `Part`."""

    @property
    def table(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def place(self) -> PurePath: ...
    @property
    def form(self) -> str: ...
    @property
    def sheet(self) -> str: ...


G = TypeVar("G", bound=Given)


def marked_rows(parts: Iterable[Part]) -> list[Row]:
    """The rows of parts that are held, one part after the other."""
    return [
        row for part in parts if isinstance(part.held, JudgedTable) for row in part.held.marked()
    ]


def profile_of_ledger(tables: Together) -> Profile:
    """What is asked of the sentences among tables that were given together."""
    parts = tables.get("sentences", [])
    is_exchange = any(part.profile is Profile.exchange for part in parts)
    return Profile.exchange if is_exchange else Profile.coded


def place_of(source: FileSource) -> PurePath:
    """Where a file lies: the same for the same file, however it was named."""
    return PurePath(source.name) if source.path is None else source.path.resolve()


def form_name(source: FileSource) -> str:
    """The form in which a file holds its table."""
    return f"{source.kind}.{source.packing}"


def tables_together(parts: Iterable[G]) -> Iterator[Mapping[str, list[G]]]:
    """Tables with their parts, as they are to be judged together.

    Where no two releases have a table in common, all are judged together, else each release
    by itself. Of a table in several forms each form is judged with the others' tables.
    """
    once = parts_once(parts)
    release_of = cache(_release_of)
    by_release: dict[str, list[G]] = defaultdict(list)
    for part in once:
        by_release[release_of(part.place.parent)].append(part)
    names = [name for own in by_release.values() for name in {part.table for part in own}]
    # Files of one release, and others that only it can be meant to go with.
    is_one = len(names) == len({*names})
    for own in [once] if is_one else by_release.values():
        yield from _by_form(own)


def parts_once(parts: Iterable[G]) -> list[G]:
    """The parts in the order in which their paths were given, each only once."""
    ordered = sorted(parts, key=lambda part: part.number)
    return [*{(part.place, part.sheet, part.table): part for part in ordered}.values()]


def _release_of(folder: PurePath) -> str:
    """The folder of the release to which the files of a folder belong, or nothing."""
    for place in (folder, *folder.parents):
        if isinstance(place, Path) and is_package(place):
            # A release holds a package for each form.
            return str(place.parent if is_package(place.parent) else place)
        if _VERSION.fullmatch(place.name):
            return str(place)
    return ""


def _by_form(parts: list[G]) -> Iterator[Mapping[str, list[G]]]:
    by_table: dict[str, list[G]] = defaultdict(list)
    for part in parts:
        by_table[part.table].append(part)
    forms = {name: _forms(own) for name, own in by_table.items()}
    named = dict.fromkeys(form for by_form in forms.values() for form in by_form if form)
    for form in named or [""]:
        yield {
            name: by_form[form if form in by_form else next(iter(by_form))]
            for name, by_form in forms.items()
        }


def _forms(parts: list[G]) -> dict[str, list[G]]:
    """The parts by the form of the table to which they belong; one form where it has one."""
    forms: dict[str, list[G]] = defaultdict(list)
    for part in parts:
        forms[part.form].append(part)
    return forms if _are_forms(forms) else {"": parts}


def _are_forms(forms: Mapping[str, list[G]]) -> bool:
    """Whether files of several kinds hold one table several times over.

    That is so where they have one name (``events.csv`` and ``events.parquet``, or a folder
    ``events``), or lie in folders named by their kinds.
    """
    if len(forms) == 1:
        return False
    in_own_folder = {part.form for own in forms.values() for part in own if _is_in_own(part)}
    if len(in_own_folder) > 1:
        return True
    of_key: dict[Key, set[str]] = defaultdict(set)
    for form, own in forms.items():
        for part in own:
            of_key[_key(part)].add(form)
    return any(
        of_key.get(_key(part)[:length], {form}) != {form}
        for form, own in forms.items()
        for part in own
        for length in range(1, len(_key(part)) + 1)
    )


def _is_in_own(part: Given) -> bool:
    return part.form.partition(".")[0] in part.place.parts[:-1]


def _key(part: Given) -> Key:
    """The file's path without what tells its form."""
    return tuple(_stem(name) for name in part.place.parts if name not in KINDS)


def _stem(name: str) -> str:
    kind, packing = form_of(name)
    if kind not in KINDS:
        return name
    stem = PurePath(name).stem
    return PurePath(stem).stem if packing else stem
