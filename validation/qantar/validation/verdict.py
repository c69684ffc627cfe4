"""What a check found: the faults, and what was read to find them."""

from collections import Counter
from dataclasses import dataclass

from qantar.schema.rule import Profile, Severity
from qantar.validation.fault import Fault

CLEAN, FAULTY, UNREADABLE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read. kind: csv, tsv, parquet, json, jsonl, package.

    rows: data rows or records. judged is false where nothing in it could be judged.
    """

    file: str
    kind: str
    table: str | None = None
    rows: int = 0
    profile: Profile | None = None
    judged: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a check."""

    faults: tuple[Fault, ...] = ()
    read: tuple[Reading, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 where there is no error, 1 where there is, 2 where a file could not be judged."""
        if any(not reading.judged for reading in self.read):
            return UNREADABLE
        return FAULTY if self.count(Severity.error) else CLEAN

    def count(self, severity: Severity) -> int:
        return sum(fault.severity is severity for fault in self.faults)

    def by_rule(self) -> dict[str, int]:
        """How often each rule was broken, the most frequent first."""
        return dict(Counter(fault.rule for fault in self.faults).most_common())

    def joined(self, *others: "Report") -> "Report":
        """One report of several."""
        reports = (self, *others)
        return Report(
            tuple(fault for report in reports for fault in report.faults),
            tuple(reading for report in reports for reading in report.read),
        )
