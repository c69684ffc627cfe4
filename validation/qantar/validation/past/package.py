"""A package checked as a whole, by the schema that it names."""

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from qantar.schema.corpus import PLAIN_TABLES
from qantar.schema.past import PAST_VERSIONS, PastSchema, past_schema
from qantar.schema.rule import Profile
from qantar.schema.shape import Row, flatten
from qantar.validation.faults.argument import asked_path, asked_profile
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import gather_faults
from qantar.validation.faults.report import NotAsked, Reading, Report
from qantar.validation.packages import package as current
from qantar.validation.packages.comparison import compare_forms, tell_difference
from qantar.validation.packages.consistency import observe_facts
from qantar.validation.packages.descriptor import DESCRIPTOR, Descriptor, Resource
from qantar.validation.packages.digest_list import digest_fault, told_once
from qantar.validation.packages.evidence import check_texts
from qantar.validation.packages.package_files import PackageFiles
from qantar.validation.packages.store import Archive, Folder, Store, StoreError
from qantar.validation.past.note import past_note, too_large
from qantar.validation.past.record import past_record_faults
from qantar.validation.past.rules import link_rules_by
from qantar.validation.past.table import PastTable, judge_past, read_past
from qantar.validation.past.version import PACKAGES, RECORDS, package_version
from qantar.validation.readers.cell_table import CellTable, plain_rows
from qantar.validation.readers.json.text import Entry, read_jsonl
from qantar.validation.rules.derived_value import same
from qantar.validation.rules.link.registry import faults_of_tables, rules_not_asked
from qantar.validation.rules.observation import Observed, fault_by

_KNOWN = (*PLAIN_TABLES, "codes", "countries")


def check_package(
    path: Path | str,
    *,
    profile: Profile | str | None = None,
    articles: Path | str | None = None,
    progress: current.Progress | None = None,
    root: str = "",
) -> Report:
    """Check a release's folder, one of its packages, or a zip of a release.

    It is judged by the schema that it names; one of an earlier schema by what was published of
    that. profile: what is asked of the tables; by default what the descriptor says, else coded.
    articles: a folder of the articles' texts, to check every span. progress: told what is
    being done. root: the folder of the package in a zip of more. Nothing outside the package
    and the folder of texts is read. Raises ValueError for a profile there is not.
    """
    asked = asked_profile(profile, optional=True)
    place = Path(asked_path(path))
    name = f"{path}/{root}" if root else str(path)
    try:
        store: Store = Folder(place) if place.is_dir() else Archive(place, name, root=root)
    except StoreError:
        version = None
    else:
        with closing(store):
            store.paths()
            version = package_version(store)
            if version in PAST_VERSIONS and (articles is None or Path(articles).is_dir()):
                files = PackageFiles(store, progress or _say_nothing)
                texts = None if articles is None else Path(asked_path(articles))
                return PastPackage(files, past_schema(version), asked, texts).run()
    return current.check_package(
        path, profile=profile, articles=articles, progress=progress, root=root
    )


@dataclass
class PastPackage:
    """One run over one package of an earlier schema."""

    files: PackageFiles
    schema: PastSchema
    profile: Profile | None
    articles: Path | None
    readings: list[Reading] = field(default_factory=list)
    judged: dict[str, PastTable] = field(default_factory=dict)

    def run(self) -> Report:
        """Everything that is wrong, file by file."""
        paths = self.files.store.paths()
        self.files.faults.append(past_note(self.schema.version, self.files.store.name))
        for problem in self.files.store.problems:
            self.files.note(problem.rule, problem.message, problem.path)
        packages = [p for p in PACKAGES if f"{p}{DESCRIPTOR}" in paths]
        if not packages:
            self.files.note("file-missing", f"There is no {DESCRIPTOR} in it.")
            return self._report(judged=False)
        self.files.check_digests(paths, is_release=packages != [""])
        described = {package: self._describe(package) for package in packages}
        for package, descriptor in described.items():
            self._refuse_half(package, descriptor, described)
            for resource in descriptor.resources:
                self._take(resource, f"{package}{resource.path}")
        self._check_across()
        if RECORDS in paths:
            self._check_records()
        if self.articles is not None:
            self._check_texts(self.articles)
        unread = any(f.rule in ("file-unreadable", "file-too-large") for f in self.files.faults)
        return self._report(judged=bool(self.readings) and not unread)

    def _report(self, *, judged: bool) -> Report:
        whole = Reading(self.files.store.name, "package", profile=self._asked(), judged=judged)
        faults = told_once(gather_faults(self.files.faults))
        return Report(faults, (whole, *self.readings), (*self._not_asked(),))

    def _not_asked(self) -> Iterator[NotAsked]:
        rules = link_rules_by(self.schema)
        for name in self.judged:
            yield from rules_not_asked(name, self._asked(), {*self.judged}, rules)

    def _asked(self) -> Profile:
        return self.profile or Profile.coded

    def _describe(self, package: str) -> Descriptor:
        descriptor = self.files.descriptor(package, self.schema.tables)
        self.profile = self.profile or descriptor.profile
        return descriptor

    def _refuse_half(
        self, package: str, descriptor: Descriptor, described: dict[str, Descriptor]
    ) -> None:
        """A fault for each table that another form of the package lacks."""
        for other, others in described.items():
            there = {resource.table.name for resource in others.resources}
            for resource in descriptor.resources if there else ():
                if resource.table.name not in there:
                    told = f"{resource.table.name} is in {package or 'the package'} only."
                    self.files.note("tables-differ", told, f"{other}{DESCRIPTOR}")

    def _take(self, resource: Resource, path: str) -> None:
        """Judge a table in its first form, and compare the others with that."""
        read = self._read(resource, path)
        if read is None:
            return
        name = resource.table.name
        if name in self.judged:
            self.files.faults.extend(read.faults)
            self.files.faults.extend(compare_forms(self.judged[name].read, read))
        else:
            self.files.tell(f"Checking {name}")
            self.judged[name] = judge_past(self.schema, resource.table, read, self._asked())
            self.files.faults.extend(self.judged[name].faults)
        rows = read.frame.height
        self.readings.append(Reading(read.file, resource.format, name, rows, self._asked()))

    def _read(self, resource: Resource, path: str) -> CellTable | None:
        content = self._content(path)
        if content is None:
            return None
        file = self.files.place_of(path)
        fault = digest_fault(content, resource.digest, DESCRIPTOR, resource.size)
        if fault is None and resource.size not in (None, len(content)):
            told = f"The file has {len(content)} bytes, but {DESCRIPTOR} says {resource.size}."
            fault = fault_by("digest-differs", told)
        if fault:
            self.files.faults.append(fault.at(file=file))
            return None
        read, faults = read_past(content, resource.format, resource.table, file)
        self.files.faults.extend(faults)
        return read

    def _content(self, path: str) -> bytes | None:
        """The bytes of a file whose digest is right; None where it is refused."""
        place = self.files.store.large(path)
        if place is not None:
            file, size = self.files.place_of(path), place.stat().st_size
            self.files.faults.append(too_large(self.schema.version, size, file))
            return None
        return self.files.content(path)

    def _check_across(self) -> None:
        self.files.tell("Checking across tables")
        marked = self._marked()
        found = faults_of_tables(marked, self._asked(), rules=link_rules_by(self.schema))
        for placed in found:
            read = self.judged[placed.table].read
            fault = placed.fault.at(row=placed.index + 1)
            if not read.hides(fault):
                self.files.faults.append(read.place(fault))
        self._place(observe_facts(marked))

    def _marked(self) -> dict[str, list[Row]]:
        return {name: table.marked for name, table in self.judged.items()}

    def _place(self, found: Iterator[Observed]) -> None:
        for observed in found:
            read = self.judged[observed.table].read
            row = None if observed.index is None else observed.index + 1
            self.files.faults.append(read.place(observed.fault.at(row=row)))

    def _check_records(self) -> None:
        self.files.tell(f"Checking {RECORDS}")
        content = self._content(RECORDS)
        if content is None:
            return
        file = self.files.place_of(RECORDS)
        items = [*read_jsonl(io.BytesIO(content))]
        self.files.faults.extend(item.at(file=file) for item in items if isinstance(item, Fault))
        entries = [item for item in items if isinstance(item, Entry)]
        marked = self._marked()
        known = {name: marked[name] for name in _KNOWN if name in marked}
        found = past_record_faults(entries, self.schema.version, self._asked(), known)
        self.files.faults.extend(fault.at(file=file) for fault in found)
        self.files.faults.extend(self._differences(entries, file))
        self.readings.append(
            Reading(file, "jsonl", "events", len(entries), self._asked(), is_nested=True)
        )

    def _differences(self, entries: list[Entry], file: str) -> Iterator[Fault]:
        """Cells of the tables that the nested records have otherwise."""
        flat = flatten(e.record for e in entries if isinstance(e.record, dict))
        for name, nested in flat.items():
            if name in self.judged:
                yield from self._difference(self.judged[name].read, name, nested, file)

    def _difference(
        self, read: CellTable, name: str, nested: list[Row], file: str
    ) -> Iterator[Fault]:
        table = self.schema.tables[name]
        wanted = {_key(row, table.primary_key): row for row in nested}
        for index, row in enumerate(plain_rows(read.frame)):
            there = wanted.pop(_key(row, table.primary_key), None)
            if there is None:
                told = f"{_key(row, table.primary_key)} is not in {file}."
                fault = fault_by("tables-differ", told, column=table.primary_key[0])
                yield read.place(fault.at(row=index + 1))
                continue
            for column in table.stored:
                found, expected = row.get(column.name), there.get(column.name)
                if (index, column.name) not in read.unread and not same(found, expected):
                    fault = tell_difference(column.name, found, expected, file)
                    yield read.place(fault.at(row=index + 1))
        for key in wanted if not read.unread else ():
            told = f"{key} is in {file}, but not in this table."
            yield fault_by("tables-differ", told, file=read.file)

    def _check_texts(self, folder: Path) -> None:
        self.files.tell("Comparing spans with the texts")
        try:
            self._place(check_texts(self._marked(), folder, self._asked()))
        except OSError as error:
            told = f"The folder of texts cannot be read: {error.strerror or error}."
            self.files.faults.append(fault_by("file-unreadable", told, file=str(folder)))


def _key(row: Row, columns: tuple[str, ...]) -> str:
    """The key of a row as a fault tells it."""
    return " / ".join(str(row.get(column)) for column in columns)


def _say_nothing(_: str) -> None:
    return None
