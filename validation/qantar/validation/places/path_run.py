"""All paths of a run, and what only all of them together tell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from qantar.schema.rule import Severity
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import FaultPool
from qantar.validation.faults.report import Report
from qantar.validation.packages.evidence import check_texts
from qantar.validation.packages.ledger import observe_overlaps
from qantar.validation.places.across_check import (
    AcrossCheck,
    open_rules,
    place_in_part,
    rules_lacking_tables,
    without_open,
)
from qantar.validation.places.place_check import PlaceCheck
from qantar.validation.places.profile_note import with_profile_note
from qantar.validation.places.record_group import Found, RecordGroups, with_found
from qantar.validation.places.remote_path import is_remote
from qantar.validation.places.source_check import reason_of, unjudged
from qantar.validation.places.table_part import marked_rows, profile_of_ledger, tables_together


@dataclass
class PathRun:
    """One run over paths. places: what checks each."""

    places: PlaceCheck
    pool: FaultPool = field(default_factory=FaultPool)

    def __post_init__(self) -> None:
        files = self.places.files
        self.gathered, self.articles = files.gathered, self.places.articles
        self.progress = self.places.progress
        self.records = RecordGroups(self.progress, files.asked.form.encoding)

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
        records = self.records.found(self.gathered.records, self.gathered.parts)
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
                for file in self.gathered.records:
                    if file.file not in records:
                        records = {**records, **self.records.found([file], ())}
                # What a later part may mend is no reason to stop.
                own = {reading.file for reading in report.read}
                open_ones |= open_rules(part for part in self.gathered.parts if part.file in own)
                if with_found(without_open(report, open_ones), records).count(Severity.error):
                    certain = (without_open(read, open_ones) for read in reports)
                    return _until_error([with_found(read, records) for read in certain])
        return self._settled(reports, to_error=True)

    def _check_one(self, number: int, path: str) -> Iterator[Report]:
        self.gathered.number = number
        for report in self.places.check(path):
            yield replace(report, faults=self.pool.keep(report.faults))

    def check_across(self) -> AcrossCheck:
        """What judges all rows of several files together."""
        return AcrossCheck(self.gathered.parts, self.progress)

    def check_texts(self) -> Report:
        """Faults of single tables against the texts, once all were read."""
        if self.articles is None or not self.gathered.kept:
            return Report()
        faults: list[Fault] = []
        try:
            for tables in tables_together(self.gathered.kept):
                marked = {name: marked_rows(own) for name, own in tables.items()}
                profile = profile_of_ledger(tables)
                texts = check_texts(marked, self.articles, profile)
                for observed in (*observe_overlaps(marked), *texts):
                    own = tables[observed.table]
                    faults.append(place_in_part(own, observed.index, observed.fault))
        except OSError as error:
            return unjudged(self.articles, "", "file-unreadable", reason_of(self.articles, error))
        return Report((*dict.fromkeys(faults),))


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
