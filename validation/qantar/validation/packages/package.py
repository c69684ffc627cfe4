"""A package checked as a whole: files, digests, descriptors, tables, records, texts."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from qantar.schema.digest import DIGESTS, read_digest_lines
from qantar.schema.rule import Profile
from qantar.schema.shape import Row
from qantar.schema.tables import TABLES
from qantar.validation.engine.asked_file import Among
from qantar.validation.engine.held_table import judge_table
from qantar.validation.engine.large_file import check_large
from qantar.validation.engine.links.link_run import faults_between
from qantar.validation.engine.links.linked_table import HeldChunks, LinkedTable
from qantar.validation.engine.links.within_table import faults_over_whole
from qantar.validation.faults.argument import asked_path, asked_profile
from qantar.validation.faults.fault_log import gather_faults
from qantar.validation.faults.report import Reading, Report
from qantar.validation.packages.comparison import compare_forms
from qantar.validation.packages.consistency import observe_consistency
from qantar.validation.packages.descriptor import DESCRIPTOR, Descriptor, Resource
from qantar.validation.packages.digest_list import (
    digest_fault,
    told_once,
)
from qantar.validation.packages.evidence import check_texts, observe_licences, told_of_own
from qantar.validation.packages.large_table import compare_large_forms, not_judged
from qantar.validation.packages.package_files import PackageFiles
from qantar.validation.packages.package_records import PackageRecords
from qantar.validation.packages.store import Archive, Folder, Store, StoreError
from qantar.validation.readers.cell_table import CellTable
from qantar.validation.readers.table_file import JudgedTable, read_table
from qantar.validation.rules.language import faults_of_languages
from qantar.validation.rules.link.registry import rules_not_asked
from qantar.validation.rules.observation import Observed, fault_by

FORMS = ("csv", "parquet")
RECORDS = "events.jsonl"
Progress = Callable[[str], None]


def check_package(
    path: Path | str,
    *,
    profile: Profile | str | None = None,
    articles: Path | str | None = None,
    progress: Progress | None = None,
    root: str = "",
) -> Report:
    """Check a release's folder, one of its packages, or a zip of a release.

    profile: what is asked of the tables; by default what the descriptor says, else coded.
    articles: a folder of the articles' texts, to check every span. progress: told what is
    being done. root: the folder of the package in a zip of more. Nothing outside the package
    and the folder of texts is read. Raises ValueError for a profile there is not.
    """
    asked = asked_profile(profile, optional=True)
    place = Path(asked_path(path))
    name = f"{path}/{root}" if root else str(path)
    try:
        store: Store = Folder(place) if place.is_dir() else Archive(place, name, root=root)
    except StoreError as error:
        fault = fault_by(error.rule, error.message, file=name)
        return Report((fault,), (Reading(name, "package", judged=False),))
    texts = None if articles is None else Path(asked_path(articles))
    lost = Report()
    if texts is not None and not texts.is_dir():
        told = f"There is no folder {texts}, so no span was checked against the articles' texts."
        fault = fault_by("file-unreadable", told, file=str(texts))
        lost, texts = Report((fault,), (Reading(str(texts), "", judged=False),)), None
    files = PackageFiles(store, progress or _say_nothing)
    with closing(store):
        return lost.joined(PackageCheck(files, asked, texts).run())


_DESCRIPTORS = (DESCRIPTOR, *(f"{form}/{DESCRIPTOR}" for form in FORMS))


# No list of digests is longer; what is longer is not read to tell a release by it.
LONGEST_LIST = 10_000_000


def is_package(folder: Path) -> bool:
    """Whether a folder holds a package, or the packages of a release, or what is left of one."""
    # A descriptor that is a link or a pipe is one too, and refused.
    if any(os.path.lexists(folder / place) for place in _DESCRIPTORS):
        return True
    digests = folder / DIGESTS
    try:
        is_list = digests.is_file() and digests.stat().st_size <= LONGEST_LIST
        return is_list and lists_package(digests.read_bytes())
    except OSError:
        return False


def lists_package(digests: bytes) -> bool:
    """Whether a list of digests is that of a release: it names a descriptor, or is emptied."""
    return not digests.strip() or any(
        path in _DESCRIPTORS for _, _, path in read_digest_lines(digests)
    )


def holds_package(paths: Collection[str]) -> bool:
    """Whether files of these paths are a package, or the packages of a release."""
    return any(place in paths for place in _DESCRIPTORS)


@dataclass
class PackageCheck:
    """One run over one package."""

    files: PackageFiles
    profile: Profile | None
    articles: Path | None
    readings: list[Reading] = field(default_factory=list)
    judged: dict[str, JudgedTable] = field(default_factory=dict)
    marked: dict[str, list[Row]] = field(default_factory=dict)
    linked: dict[str, LinkedTable] = field(default_factory=dict)
    languages: tuple[str, ...] = ()

    def run(self) -> Report:
        """Everything that is wrong, file by file."""
        paths = self.files.store.paths()
        for problem in self.files.store.problems:
            self.files.note(problem.rule, problem.message, problem.path)
        packages = [p for p in ("", *(f"{f}/" for f in FORMS)) if f"{p}{DESCRIPTOR}" in paths]
        if not packages:
            if not self.files.store.refused & {*_DESCRIPTORS}:
                self.files.note("file-missing", f"There is no {DESCRIPTOR} in it.")
            return Report(
                tuple(self.files.faults), (Reading(self.files.store.name, "package", judged=False),)
            )
        self.files.check_digests(paths, is_release=packages != [""])
        described = {package: self._describe(package) for package in packages}
        self._read_tables(described)
        self._check_across()
        if RECORDS in paths:
            self._check_records()
        own = self.files.texts(paths)
        if own:
            self._place(observe_licences(self.marked, own))
        if self.articles or own:
            self._check_texts(self.articles or own)
        unread = any(fault.rule == "file-unreadable" for fault in self.files.faults)
        judged = bool(self.readings) and not unread
        whole = Reading(self.files.store.name, "package", profile=self._asked(), judged=judged)
        names = (*self.judged, *self.linked)
        lacking = (one for name in names for one in rules_not_asked(name, self._asked(), names))
        return Report(
            told_once(gather_faults(self.files.faults)), (whole, *self.readings), (*lacking,)
        )

    def _asked(self) -> Profile:
        return self.profile or Profile.coded

    def _describe(self, package: str) -> Descriptor:
        descriptor = self.files.descriptor(package)
        self.profile = self.profile or descriptor.profile
        if self.languages and descriptor.languages and self.languages != descriptor.languages:
            told = "qantar:languages is not what the other descriptor of the release has."
            self.files.note("descriptor-differs", told, f"{package}{DESCRIPTOR}")
        self.languages = self.languages or descriptor.languages
        return descriptor

    def _read_tables(self, described: dict[str, Descriptor]) -> None:
        """Judge each table in its first form, and compare the others with that."""
        names = {
            p: {r.table.name for r in d.resources} for p, d in described.items() if d.resources
        }
        for package, descriptor in described.items():
            for resource in descriptor.resources:
                path = f"{package}{resource.path}"
                for other, others in names.items():
                    if resource.table.name not in others:
                        told = f"{resource.table.name} is in {package or 'the package'} only."
                        self.files.note("tables-differ", told, f"{other}{DESCRIPTOR}")
                large = self.files.store.large(path)
                if large is not None and self._check_large(resource, path, large):
                    continue
                read = self._read_table(resource, path)
                if read is not None:
                    self._take(resource, read)

    def _check_large(self, resource: Resource, path: str, place: Path) -> bool:
        """Judge a table in chunks; False where it has to be held whole after all."""
        if path in self.files.spoilt or not self.files.is_as_described(resource, path, place):
            return True
        self.files.tell(f"Checking {path}")
        name, file = resource.table.name, self.files.place_of(path)
        tables: list[LinkedTable] = []
        report = check_large(
            place,
            resource.format,
            file=file,
            table=name,
            profile=self._asked(),
            least=0,
            tell=self.files.tell,
            says_version=True,
            among=Among(tables.append),
        )
        if report is None:
            return False
        self.readings.extend(report.read)
        if tables:
            self._check_languages(name, tables[0].header, file)
        if not tables:
            self.files.faults.extend(report.faults)
        elif name in self.linked or name in self.judged:
            self.files.faults.extend(
                compare_large_forms(tables_of(self.judged, self.linked)[name], tables[0])
            )
        else:
            self.linked[name] = tables[0]
            note = not_judged(tables[0], place.stat().st_size)
            self.files.faults.extend(chain(report.faults, [note]))
        return True

    def _read_table(self, resource: Resource, path: str) -> CellTable | None:
        content = self.files.content(path)
        if content is None:
            return None
        fault = digest_fault(content, resource.digest, DESCRIPTOR, resource.size)
        if fault is None and resource.size not in (None, len(content)):
            told = f"The file has {len(content)} bytes, but {DESCRIPTOR} says {resource.size}."
            fault = fault_by("digest-differs", told)
        if fault:
            self.files.faults.append(fault.at(file=self.files.place_of(path)))
            return None
        self.files.tell(f"Reading {path}")
        name = resource.table.name
        read = read_table(content, resource.format, file=self.files.place_of(path), table=name)
        if isinstance(read, CellTable):
            return read
        if any(fault.rule == "file-too-large" for fault in read.faults):
            # What would take much memory as a whole does not so in chunks.
            place = self.files.store.large(path, 0)
            if place is not None and self._check_large(resource, path, place):
                return None
        self.files.faults.extend(read.faults)
        return None

    def _take(self, resource: Resource, read: CellTable) -> None:
        name = resource.table.name
        if name in self.linked:
            other = LinkedTable(name, self._asked(), read.file, HeldChunks(read))
            self.files.faults.extend((*read.faults, *compare_large_forms(self.linked[name], other)))
        elif name in self.judged:
            self.files.faults.extend(read.faults)
            self.files.faults.extend(compare_forms(self.judged[name].read, read))
        else:
            self.files.tell(f"Checking {name}")
            self.judged[name] = judge_table(read, self._asked())
            self._check_languages(name, read.frame.columns, read.file)
            self.marked[name] = self.judged[name].marked()
            self.files.faults.extend(self.judged[name].told_once())
        rows = read.frame.height
        self.readings.append(Reading(read.file, resource.format, name, rows, self._asked()))

    def _check_languages(self, table: str, header: Collection[str], file: str) -> None:
        """Tell of prose in a language that the package does not name, and of what it lacks."""
        if self.languages:
            found = faults_of_languages(TABLES[table], header, self.languages, self._asked())
            self.files.faults.extend(fault.at(file=file) for fault in found)

    def _check_across(self) -> None:
        self.files.tell("Checking across tables")
        tables = tables_of(self.judged, self.linked)
        self.files.faults.extend(faults_between(tables, self._asked()))
        for table in tables.values():
            self.files.faults.extend(faults_over_whole(table, self._asked()))
        self._place(observe_consistency(self.marked, self._asked(), self.languages))

    def _place(self, found: Iterator[Observed]) -> None:
        for observed in found:
            read = self.judged[observed.table].read
            row = None if observed.index is None else observed.index + 1
            self.files.faults.append(read.place(observed.fault.at(row=row)))

    def _check_records(self) -> None:
        records = PackageRecords(self.files.place_of(RECORDS), self._asked(), self.files.tell)
        self.files.tell(f"Checking {RECORDS}")
        place = self.files.store.large(RECORDS)
        content = None if place else self.files.content(RECORDS)
        try:
            if place is not None and RECORDS not in self.files.spoilt:
                report = records.check_file(place, tables_of(self.judged, self.linked))
            elif content is None:
                return
            elif self.linked:
                report = records.check_lines(content, tables_of(self.judged, self.linked))
            else:
                report = records.check_held(content, self.judged)
        except OSError as error:
            told = f"{RECORDS} cannot be read again: {error.strerror or error}."
            self.files.note("file-unreadable", told, RECORDS)
            return
        self.files.faults.extend(report.faults)
        self.readings.extend(report.read)

    def _check_texts(self, folder: Path | Mapping[str, bytes]) -> None:
        self.files.tell("Comparing spans with the texts")
        try:
            found = check_texts(self.marked, folder, self._asked())
            own = frozenset(folder) if isinstance(folder, Mapping) else frozenset()
            self._place(told_of_own(found, self.marked, own))
        except OSError as error:
            told = f"The folder of texts cannot be read: {error.strerror or error}."
            self.files.faults.append(fault_by("file-unreadable", told, file=str(self.articles)))


def tables_of(
    judged: Mapping[str, JudgedTable], linked: Mapping[str, LinkedTable]
) -> dict[str, LinkedTable]:
    """Every table that was judged, held or in chunks."""
    held = {
        name: LinkedTable(name, one.profile, one.read.file, HeldChunks(one.read))
        for name, one in judged.items()
    }
    return held | {**linked}


def _say_nothing(_: str) -> None:
    return None
