"""What lies at one place that the user names: a file, a folder, a zip, a pattern, a pipe."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from qantar.validation.faults.fault import Fault
from qantar.validation.faults.report import Reading, Report
from qantar.validation.packages.descriptor import DESCRIPTOR
from qantar.validation.packages.package import Progress, is_package
from qantar.validation.packages.store import StoreError
from qantar.validation.past.package import check_package
from qantar.validation.places.file_source import STANDARD_INPUT, FileSource, standard_input
from qantar.validation.places.packed_file import form_of
from qantar.validation.places.path_list import (
    KINDS,
    KINDS_TOLD,
    data_files,
    is_checkable,
    unsafe,
)
from qantar.validation.places.path_pattern import is_pattern, matching, problem_of
from qantar.validation.places.remote_path import is_remote, remote_sources, without_secrets
from qantar.validation.places.source_check import SourceCheck, reason_of, unjudged
from qantar.validation.places.zip_source import PackageFolder, ZipFolder, ZipPart
from qantar.validation.readers.foreign_content import BYTES_OF_START, foreign_content
from qantar.validation.readers.system.hint import foreign_table


@dataclass
class PlaceCheck:
    """Checks one place after the other.

    files: what judges files. articles: the folder of texts, if there is one. progress: told each
    step. kind: of what its name does not tell.
    """

    files: SourceCheck
    articles: Path | None
    progress: Progress | None
    kind: str | None = None
    is_input_read: bool = False

    def check(self, name: str) -> Iterator[Report]:
        """A report for each file or package that a path stands for."""
        if name == STANDARD_INPUT:
            yield self._check_input()
        elif is_remote(name):
            yield from self._check_remote(name)
        elif is_pattern(name):
            found = matching(name)
            if not found:
                yield unjudged(name, "", "file-unreadable", f"No file matches {name}.")
            for path in found:
                if problem := problem_of(path):
                    yield Report((unsafe(path, str(path), problem),))
                else:
                    yield from self._check_place(path)
        else:
            yield from self._check_place(Path(name), self.kind)

    def _check_place(self, path: Path, kind: str | None = None) -> Iterator[Report]:
        try:
            yield from self._check_readable(path, kind)
        except OSError as error:
            yield unjudged(path, "", "file-unreadable", reason_of(path, error))

    def _check_readable(self, path: Path, kind: str | None) -> Iterator[Report]:
        told_kind, packing = form_of(path)
        if path.is_dir():
            yield from self._check_folder(path)
        elif path.is_fifo() or path.is_socket():
            yield from self._check_pipe(path, kind)
        elif not path.is_file():
            what = "is not a plain file" if path.exists() else "does not exist"
            yield unjudged(path, "", "file-unreadable", f"{path} {what}.")
        elif path.name == DESCRIPTOR:
            yield self._check_package(path.parent)
        elif kind or (is_checkable(path) and told_kind != "zip"):
            yield from self._check(FileSource(str(path), kind or told_kind, packing, path))
        elif is_checkable(path):
            yield from self._check_zip(path)
        elif foreign := foreign_table(path, str(path)):
            yield Report((foreign,), (Reading(str(path), told_kind, judged=False),))
        else:
            told = f"{path.name} is of no kind that can be checked: {KINDS_TOLD}."
            yield unjudged(path, told_kind, "file-unreadable", told)

    def _check_pipe(self, path: Path, kind: str | None) -> Iterator[Report]:
        """What comes through a pipe that is named; one that is only found might never end."""
        if kind is None:
            told = f"{path} is a pipe and not a plain file; say with --kind what it holds."
            yield unjudged(path, "", "file-unreadable", told)
            return
        yield from self._check(FileSource(str(path), kind, open_it=lambda: path.open("rb")))

    def _check_input(self) -> Report:
        if self.is_input_read:
            told = "Standard input can be read only once; name - once."
            return unjudged(STANDARD_INPUT, self.kind or "", "file-unreadable", told)
        self.is_input_read = True
        if self.kind is None:
            told = f"Say with --kind what standard input holds: {', '.join(KINDS)}."
            return unjudged(STANDARD_INPUT, "", "file-unreadable", told)
        return Report().joined(*self._check(standard_input(self.kind)))

    def _check_remote(self, name: str) -> Iterator[Report]:
        shown_name = without_secrets(name)
        try:
            sources = remote_sources(name, self.kind)
        except OSError as error:
            yield unjudged(shown_name, "", "file-unreadable", reason_of(shown_name, error))
            return
        if not sources:
            told = f"There is no file at {shown_name} that can be checked: {KINDS_TOLD}."
            yield unjudged(shown_name, "", "file-unreadable", told)
        for source in sources:
            if source.kind in KINDS:
                yield from self._check(source)
            else:
                told = f"{source.name} is of no kind that can be checked: {KINDS_TOLD}."
                yield unjudged(source.name, source.kind, "file-unreadable", told)

    def _check_package(self, path: Path, root: str = "") -> Report:
        return check_package(
            path,
            profile=self.files.asked.profile,
            articles=self.articles,
            progress=self.progress,
            root=root,
        )

    def _check_zip(self, path: Path) -> Iterator[Report]:
        """A report on a package, or on each data file of a zip that is none."""
        with path.open("rb") as start:
            told = foreign_content(start.read(BYTES_OF_START), "zip")
        if told:
            yield unjudged(path, "zip", "file-unreadable", f"{path} {told}")
            return
        try:
            folder = ZipFolder(path)
        except StoreError:
            # What keeps it from being read is told as for any package.
            yield self._check_package(path)
            return
        with closing(folder):
            parts = [*folder.parts()]
            if folder.is_package or all(isinstance(part, Fault) for part in parts):
                yield self._check_package(path)
                return
            yield from self._check_parts(path, parts)

    def _check_parts(self, path: Path, parts: Iterable[ZipPart]) -> Iterator[Report]:
        for part in parts:
            if isinstance(part, Fault):
                judged = part.rule != "file-unreadable"
                yield Report((part,), () if judged else (Reading(str(path), "zip", judged=False),))
            elif isinstance(part, PackageFolder):
                yield self._check_package(path, part.root)
            elif part.kind == "zip":
                told = f"{part.name} is a zip in a zip; unpack the outer one, and check the inner."
                yield unjudged(part.name, part.kind, "file-unreadable", told)
            else:
                yield from self._check(part)

    def _check_folder(self, folder: Path) -> Iterator[Report]:
        if is_package(folder):
            yield self._check_package(folder)
            return
        found = [*data_files(folder)]
        faults = tuple(one for one in found if isinstance(one, Fault))
        if faults:
            yield Report(faults)
        if len(faults) == len(found):
            told = f"There is no file in {folder} that can be checked: {KINDS_TOLD}."
            yield unjudged(folder, "", "file-unreadable", told)
        for path in found:
            if isinstance(path, Path):
                yield from self._check_place(path)

    def _check(self, source: FileSource) -> Iterator[Report]:
        if self.progress is not None:
            self.progress(f"Checking {source.name}")
        return self.files.check(source)
