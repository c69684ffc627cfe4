"""Paths checked, whatever lies there: records, tables, packages, folders and zips of them."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from qantar.schema.rule import Profile, Severity
from qantar.schema.tables import TABLES
from qantar.validation.faults.argument import (
    asked_count,
    asked_name,
    asked_path,
    asked_paths,
    asked_profile,
    asked_table,
    asked_text,
)
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import FaultPool
from qantar.validation.faults.report import Reading, Report
from qantar.validation.faults.suggestion import nearest
from qantar.validation.packages.descriptor import DESCRIPTOR
from qantar.validation.packages.evidence import check_texts
from qantar.validation.packages.ledger import observe_overlaps
from qantar.validation.packages.package import Progress, check_package, is_package
from qantar.validation.packages.store import StoreError
from qantar.validation.places.across_check import (
    AcrossCheck,
    open_rules,
    place_in_part,
    rules_lacking_tables,
    without_open,
)
from qantar.validation.places.file_source import STANDARD_INPUT, FileSource, standard_input
from qantar.validation.places.packed_file import form_of
from qantar.validation.places.path_list import (
    KINDS,
    KINDS_TOLD,
    data_files,
    is_checkable,
    unsafe,
    without_litter,
)
from qantar.validation.places.path_pattern import is_pattern, matching, problem_of
from qantar.validation.places.profile_note import with_profile_note
from qantar.validation.places.record_group import Found, RecordGroups, with_found
from qantar.validation.places.remote_path import is_remote, remote_sources, without_secrets
from qantar.validation.places.source_check import SourceCheck, reason_of, unjudged
from qantar.validation.places.table_part import marked_rows, profile_of_ledger, tables_together
from qantar.validation.places.zip_source import PackageFolder, ZipFolder, ZipPart
from qantar.validation.readers.csv.form import csv_form
from qantar.validation.readers.expansion import raised_to
from qantar.validation.readers.foreign_content import BYTES_OF_START, foreign_content
from qantar.validation.rules.observation import fault_by


def check_path(
    path: Path | str,
    *,
    profile: Profile | str | None = None,
    table: str | None = None,
    articles: Path | str | None = None,
    progress: Progress | None = None,
    kind: str | None = None,
    first: int | None = None,
    fail_fast: bool = False,
    separator: str | None = None,
    encoding: str | None = None,
    decimal: str | None = None,
    max_expansion: int | None = None,
) -> Report:
    """Check what lies at a path; see `check_paths`."""
    return check_paths(
        [path],
        profile=profile,
        table=table,
        articles=articles,
        progress=progress,
        kind=kind,
        first=first,
        fail_fast=fail_fast,
        separator=separator,
        encoding=encoding,
        decimal=decimal,
        max_expansion=max_expansion,
    )


def check_paths(
    paths: Iterable[Path | str],
    *,
    profile: Profile | str | None = None,
    table: str | None = None,
    articles: Path | str | None = None,
    progress: Progress | None = None,
    kind: str | None = None,
    first: int | None = None,
    fail_fast: bool = False,
    separator: str | None = None,
    encoding: str | None = None,
    decimal: str | None = None,
    max_expansion: int | None = None,
) -> Report:
    """Check files, folders, packages, patterns, standard input (``-``) and remote paths.

    A `.json` or `.jsonl` file holds nested records, or flat rows of a table. A folder is a
    release or a package where it has a descriptor, else every data file below it is
    checked; folders named as ``year=2022`` give their files a column. Only a path with a
    scheme (``https://``) leads to the network. profile: what is asked, by default what the
    columns or the descriptor promise. table: which table CSV, TSV, Parquet and Excel files
    and flat rows are, by default told by their columns. articles: a folder of the articles'
    texts. progress: told each step. kind: of standard input and of files that are named,
    where their names do not tell it. first: how many rows of each file to read. fail_fast:
    whether to stop after the first error; the report tells what was not read. separator, decimal:
    the signs between cells and in numbers of CSV and TSV files, such as ``;`` and ``,``.
    encoding: of text, by default UTF-8. max_expansion: how many times its own size a compressed
    file may expand, by default some hundreds.

    Bad files give faults, not exceptions. Raises ValueError for a profile, a kind, a separator,
    an encoding or a decimal sign that there is not, TypeError for what is no path, no name or
    no number.
    """
    asked = asked_profile(profile, optional=True)
    texts = None if articles is None else Path(asked_path(articles))
    named = asked_paths(paths)
    rows = asked_count("first", first)
    if kind is not None:
        asked_name("kind", kind, KINDS)
    if table is not None and not isinstance(table, str):
        asked_table(table)
    files = SourceCheck(asked, table, rows, fail_fast, keeps=texts is not None, tell=progress)
    files.form = csv_form(
        asked_text("separator", separator),
        asked_text("encoding", encoding),
        asked_text("decimal", decimal),
    )
    expansion = asked_count("max_expansion", max_expansion)
    if table is not None and table not in TABLES:
        guess = nearest(table, list(TABLES))
        fault = fault_by("table-unknown", f"There is no table {table!r}.", suggestion=guess)
        return Report((fault,), (Reading(table, "table", judged=False),))
    meant = named if kind else without_litter(named)
    lost = Report()
    if texts is not None and not texts.is_dir():
        told = f"There is no folder {texts}, so no span was checked against the articles' texts."
        lost, texts = unjudged(texts, "", "file-unreadable", told), None
    with files.held, raised_to(expansion):
        found = PathCheck(files, texts, progress, kind).run(meant, fail_fast=fail_fast)
    return lost.joined(found)


@dataclass
class PathCheck:
    """One run over paths."""

    files: SourceCheck
    articles: Path | None
    progress: Progress | None
    kind: str | None = None
    is_input_read: bool = False
    pool: FaultPool = field(default_factory=FaultPool)

    def __post_init__(self) -> None:
        self.records = RecordGroups(self.progress, self.files.form.encoding)

    def run(self, paths: Iterable[Path | str], *, fail_fast: bool) -> Report:
        """The report on all paths, or on what comes up to the first error."""
        if fail_fast:
            return self._run_to_error(paths)
        named = [str(path) for path in paths]
        # The small come first, so that keys which lead to them are judged as they are read.
        order = sorted(range(len(named)), key=lambda position: size_of(named[position]))
        by_path = {position: [*self._check_one(position, named[position])] for position in order}
        reports = [report for position in range(len(named)) for report in by_path[position]]
        return self._settled(reports)

    def _settled(self, reports: list[Report], *, to_error: bool = False) -> Report:
        """The reports with what is wrong between files."""
        across = self.check_across()
        records = self.records.found(self.files.records, self.files.parts)
        found = [with_found(across.settle(report), records) for report in reports]
        settled = [with_profile_note(report) for report in found]
        if to_error and any(report.count(Severity.error) for report in settled):
            return _until_error(settled)
        lacking = Report(not_asked=(*rules_lacking_tables(reports, across.together),))
        return Report().joined(*settled, across.run(), self.check_texts(), lacking)

    def _run_to_error(self, paths: Iterable[Path | str]) -> Report:
        reports: list[Report] = []
        records: Found = {}
        open_ones: set[tuple[str, str]] = set()
        for number, path in enumerate(paths):
            for report in self._check_one(number, str(path)):
                reports.append(report)
                for file in self.files.records:
                    if file.file not in records:
                        records = {**records, **self.records.found([file], ())}
                # What a later part may mend is no reason to stop.
                own = {reading.file for reading in report.read}
                open_ones |= open_rules(part for part in self.files.parts if part.file in own)
                if with_found(without_open(report, open_ones), records).count(Severity.error):
                    certain = (without_open(read, open_ones) for read in reports)
                    return _until_error([with_found(read, records) for read in certain])
        return self._settled(reports, to_error=True)

    def _check_one(self, number: int, path: str) -> Iterator[Report]:
        self.files.number = number
        for report in self.check(path):
            yield replace(report, faults=self.pool.keep(report.faults))

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

    def check_across(self) -> AcrossCheck:
        """What judges all rows of several files together."""
        return AcrossCheck(self.files.parts, self.progress)

    def check_texts(self) -> Report:
        """Faults of single tables against the texts, once all were read."""
        if self.articles is None or not self.files.kept:
            return Report()
        faults: list[Fault] = []
        try:
            for tables in tables_together(self.files.kept):
                marked = {name: marked_rows(own) for name, own in tables.items()}
                profile = profile_of_ledger(tables)
                texts = check_texts(marked, self.articles, profile)
                for observed in (*observe_overlaps(marked), *texts):
                    own = tables[observed.table]
                    faults.append(place_in_part(own, observed.index, observed.fault))
        except OSError as error:
            return unjudged(self.articles, "", "file-unreadable", reason_of(self.articles, error))
        return Report((*dict.fromkeys(faults),))

    def _check_package(self, path: Path, root: str = "") -> Report:
        return check_package(
            path,
            profile=self.files.profile,
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


def _until_error(reports: list[Report]) -> Report:
    """What was read up to the first error."""
    number = next(n for n, report in enumerate(reports) if report.count(Severity.error))
    return Report().joined(*reports[:number], reports[number].until_error())


def size_of(name: str) -> int:
    """The bytes of a file that is named; 0 for all else."""
    path = Path(name)
    try:
        return path.stat().st_size if not is_remote(name) and path.is_file() else 0
    except OSError:
        # Such as a name that is too long; its check says so.
        return 0
