"""What a check found: the faults, and what was read to find them."""

from collections import Counter
from dataclasses import dataclass, replace

from qantar.schema.rule import Profile, Severity
from qantar.validation.faults.fault import Fault

CLEAN, FAULTY, UNREADABLE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read. kind: csv, tsv, parquet, json, jsonl, xlsx, package.

    rows: data rows or records. judged is false where nothing in it could be judged, or not
    all because it is damaged; whole is false where no more was asked for than its beginning.
    """

    file: str
    kind: str
    table: str | None = None
    rows: int = 0
    profile: Profile | None = None
    judged: bool = True
    whole: bool = True


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

    @property
    def whole(self) -> bool:
        """Whether everything was read that there is."""
        return all(reading.whole for reading in self.read)

    @property
    def total(self) -> int:
        """How many faults there are, notes included."""
        return len(self.faults)

    def count(self, severity: Severity) -> int:
        return sum(fault.severity is severity for fault in self.faults)

    def by_rule(self) -> dict[str, int]:
        """How often each rule was broken, the most frequent first."""
        return dict(Counter(fault.rule for fault in self.faults).most_common())

    def by_column(self) -> dict[str, int]:
        """How often a fault stands in each column or field, the most frequent first."""
        places = (fault.column or field_of(fault.pointer) for fault in self.faults)
        return dict(Counter(place for place in places if place).most_common())

    def until_error(self) -> "Report":
        """What is up to the first error, told as no whole reading."""
        errors = (n for n, f in enumerate(self.faults) if f.severity is Severity.error)
        end = next(errors, len(self.faults) - 1) + 1
        return Report(self.faults[:end], tuple(replace(r, whole=False) for r in self.read))

    def damaged(self, faults: tuple[Fault, ...]) -> "Report":
        """The report with faults that kept the file from being read to its end."""
        read = tuple(replace(reading, judged=False) for reading in self.read)
        return Report((*self.faults, *faults), read)

    def joined(self, *others: "Report") -> "Report":
        """One report of several."""
        reports = (self, *others)
        return Report(
            tuple(fault for report in reports for fault in report.faults),
            tuple(reading for report in reports for reading in report.read),
        )


def field_of(pointer: str | None) -> str:
    """The field that a JSON pointer points to, with the numbers of list items left out."""
    steps = (pointer or "").split("/")[1:]
    return ".".join(step for step in steps if not step.isdigit())
