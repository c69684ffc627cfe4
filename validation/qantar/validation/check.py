"""Paths checked, whatever lies there: records, tables, packages, folders and zips of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from qantar.schema.rule import Profile
from qantar.schema.shape import Row
from qantar.schema.tables import TABLES
from qantar.validation.descriptor import DESCRIPTOR
from qantar.validation.evidence import check_texts
from qantar.validation.fault import Fault
from qantar.validation.json_text import Entry, read_json, read_jsonl
from qantar.validation.observation import fault_by
from qantar.validation.package import Progress, check_package, is_package
from qantar.validation.record_file import check_entries
from qantar.validation.row_file import check_rows, table_of_rows
from qantar.validation.suggestion import nearest
from qantar.validation.table_file import (
    TABLE_KINDS,
    JudgedTable,
    Unjudged,
    judge_table,
    kind_of,
    read_table,
)
from qantar.validation.verdict import Reading, Report

RECORD_KINDS = ("json", "jsonl")
KINDS = (*RECORD_KINDS, *TABLE_KINDS)
_KINDS_TOLD = ".json, .jsonl, .csv, .tsv, .parquet, .zip or a folder"


def check_path(
    path: Path | str,
    *,
    profile: Profile | str | None = None,
    table: str | None = None,
    articles: Path | str | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check what lies at a path; see `check_paths`."""
    return check_paths([path], profile=profile, table=table, articles=articles, progress=progress)


def check_paths(
    paths: Iterable[Path | str],
    *,
    profile: Profile | str | None = None,
    table: str | None = None,
    articles: Path | str | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check files, folders and packages.

    A `.json` or `.jsonl` file holds nested records, or flat rows of a table. A folder is a
    release or a package where it has a descriptor, else every data file below it is
    checked. profile: what is asked, by default what the columns or the descriptor promise.
    table: which table CSV, TSV and Parquet files and flat rows are, by default told by
    their columns. articles: a folder of the articles' texts. progress: told each step.

    Bad files give faults, not exceptions. Raises ValueError for a profile there is not.
    """
    asked = None if profile is None else Profile(profile)
    texts = None if articles is None else Path(articles)
    run = PathCheck(asked, table, texts, progress)
    if table is not None and table not in TABLES:
        guess = nearest(table, list(TABLES))
        fault = fault_by("table-unknown", f"There is no table {table!r}.", suggestion=guess)
        return Report((fault,), (Reading(table, "table", judged=False),))
    reports = [report for path in paths for report in run.check(Path(path))]
    return Report().joined(*reports, run.check_texts())


@dataclass
class PathCheck:
    """One run over paths; tables are kept only where texts are to be compared."""

    profile: Profile | None
    table: str | None
    articles: Path | None
    progress: Progress | None
    kept: dict[str, JudgedTable] = field(default_factory=dict)

    def check(self, path: Path) -> Iterator[Report]:
        """A report for each file or package at the path."""
        if path.is_dir():
            yield from self._check_folder(path)
        elif not path.is_file():
            what = "is not a plain file" if path.exists() else "does not exist"
            yield _unjudged(path, "", "file-unreadable", f"{path} {what}.")
        elif path.name == DESCRIPTOR:
            yield self._check_package(path.parent)
        elif kind_of(path) == "zip":
            yield self._check_package(path)
        elif kind_of(path) in KINDS:
            yield self._check_file(path, kind_of(path))
        else:
            told = f"{path.name} is of no kind that can be checked: {_KINDS_TOLD}."
            yield _unjudged(path, kind_of(path), "file-unreadable", told)

    def check_texts(self) -> Report:
        """Faults of single tables against the texts, once all were read."""
        if self.articles is None or not self.kept:
            return Report()
        marked: dict[str, list[Row]] = {name: table.marked() for name, table in self.kept.items()}
        faults: list[Fault] = []
        try:
            for observed in check_texts(marked, self.articles):
                row = None if observed.index is None else observed.index + 1
                read = self.kept[observed.table].read
                faults.append(read.place(observed.fault.at(row=row)))
        except OSError as error:
            return _unjudged(self.articles, "", "file-unreadable", _reason(self.articles, error))
        return Report(tuple(faults))

    def _check_package(self, path: Path) -> Report:
        return check_package(
            path, profile=self.profile, articles=self.articles, progress=self.progress
        )

    def _check_folder(self, folder: Path) -> Iterator[Report]:
        if is_package(folder):
            yield self._check_package(folder)
            return
        found = [*_data_files(folder)]
        if not found:
            told = f"There is no file in {folder} that can be checked: {_KINDS_TOLD}."
            yield _unjudged(folder, "", "file-unreadable", told)
        for path in found:
            yield from self.check(path)

    def _check_file(self, path: Path, kind: str) -> Report:
        if self.progress is not None:
            self.progress(f"Checking {path}")
        try:
            if kind in RECORD_KINDS:
                return self._check_json(path, kind)
            return self._check_table(path, kind)
        except OSError as error:
            return _unjudged(path, kind, "file-unreadable", _reason(path, error))

    def _check_table(self, path: Path, kind: str) -> Report:
        file = str(path)
        read = read_table(path, kind, file=file, table=self.table)
        if isinstance(read, Unjudged):
            return Report(read.faults, (Reading(file, kind, judged=False),))
        judged = judge_table(read, self.profile)
        if self.articles is not None and read.table:
            self.kept[read.table] = judged
        rows = read.frame.height
        return Report(judged.faults, (Reading(file, kind, read.table, rows, judged.profile),))

    def _check_json(self, path: Path, kind: str) -> Report:
        file = str(path)
        if kind == "json":
            items = list(read_json(path.read_bytes()))
        else:
            with path.open("rb") as lines:
                items = list(read_jsonl(lines))
        entries = [item for item in items if isinstance(item, Entry)]
        unread = [item for item in items if isinstance(item, Fault)]
        table = table_of_rows(entries, self.table)
        if table is None:
            asked = self.profile or Profile.coded
            found = check_entries(items, asked)
        else:
            asked, rows_faults = check_rows(entries, table, self.profile)
            found = [*unread, *rows_faults]
        faults = tuple(fault.at(file=file) for fault in found)
        judged = bool(entries) or not unread
        reading = Reading(file, kind, table or "events", len(entries), asked, judged)
        return Report(faults, (reading,))


def _data_files(folder: Path) -> Iterator[Path]:
    """Data files and packages below a folder; hidden ones and links are left out."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.is_symlink():
            continue
        if path.is_dir():
            if is_package(path):
                yield path
            else:
                yield from _data_files(path)
        elif kind_of(path) in (*KINDS, "zip"):
            yield path


def _unjudged(path: Path, kind: str, rule: str, message: str) -> Report:
    fault = fault_by(rule, message, file=str(path))
    return Report((fault,), (Reading(str(path), kind, judged=False),))


def _reason(path: Path, error: OSError) -> str:
    return f"{path} cannot be read: {error.strerror or error}."
