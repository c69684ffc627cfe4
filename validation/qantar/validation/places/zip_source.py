"""The data files of a zip that is no package, as a folder of them has them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, TypeAlias

from qantar.schema.digest import DIGESTS
from qantar.validation.faults.fault import Fault
from qantar.validation.packages.listing import Found, Walk
from qantar.validation.packages.package import LONGEST_LIST, holds_package, lists_package
from qantar.validation.packages.store import Archive, StoreError
from qantar.validation.places.file_source import FileSource
from qantar.validation.places.packed_file import form_of
from qantar.validation.places.path_list import is_checkable, of_a_writer
from qantar.validation.rules.observation import fault_by


@dataclass(frozen=True)
class PackageFolder:
    """A folder in a zip that holds a package."""

    root: str


ZipPart: TypeAlias = FileSource | PackageFolder | Fault


class ZipFolder:
    """A zip of any files; `is_package` tells whether all of it is one package.

    Raises StoreError where it is no zip, or one that would expand too far.
    """

    def __init__(self, path: Path) -> None:
        self.archive = Archive(path, str(path), is_package=False)
        walk = Walk(
            self.archive.tree, is_package=False, is_whole=self._holds_package, omitted=of_a_writer
        )
        self.found: list[Found] = [*walk.found()]
        self.archive.take(self.found)

    def close(self) -> None:
        self.archive.close()

    @property
    def is_package(self) -> bool:
        """Whether it is a package or what is left of one, maybe in a folder around everything."""
        whole = [one for one in self.found if not (one.rule or one.is_litter)]
        is_top = len(whole) == 1 and whole[0].is_folder and "/" not in whole[0].path
        return is_top or self._holds_package("")

    def _holds_package(self, folder: str) -> bool:
        start = f"{folder}/" if folder else ""
        members = self.archive.tree.members
        if holds_package([path[len(start) :] for path in members if path.startswith(start)]):
            return True
        digests = self.archive.peek(f"{start}{DIGESTS}", LONGEST_LIST)
        return digests is not None and lists_package(digests)

    def parts(self) -> Iterator[ZipPart]:
        """Each file that can be checked, to be unpacked when that is done, and what cannot be."""
        for problem in self.archive.problems:
            yield fault_by(problem.rule, problem.message, file=self.archive.name)
        taken = {*self.archive.paths()}
        for one in self.found:
            if one.is_folder and not (one.rule or one.is_litter):
                yield PackageFolder(one.path)
            elif not one.rule and one.path in taken and is_checkable(one.path):
                yield self._source(one.path)

    def _source(self, path: str) -> FileSource:
        kind, packing = form_of(path)
        name = f"{self.archive.name}/{path}"
        opener = partial(_open, self.archive, path)
        return FileSource(
            name, kind, packing, open_it=opener, packed=self.archive.packed_size(path)
        )


def _open(archive: Archive, path: str) -> IO[bytes]:
    try:
        return archive.open(path)
    except StoreError as error:
        raise OSError(error.message.rstrip(".")) from error
