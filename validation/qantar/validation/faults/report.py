"""What a check found: the faults, what was read, and what was not asked."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NoReturn, Protocol

from qantar.schema.rule import Profile, Severity
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_frame import FrameKind, faults_as_frame
from qantar.validation.faults.fault_log import join_faults

CLEAN, FAULTY, UNREADABLE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read. kind: csv, tsv, parquet, json, jsonl, xlsx, package.

    rows: data rows or records. judged is false where nothing in it could be judged, or not
    all because it is damaged; whole is false where no more was asked for than its beginning.
    is_nested: whether it holds nested records, of which table is the outermost.
    """

    file: str
    kind: str
    table: str | None = None
    rows: int = 0
    profile: Profile | None = None
    judged: bool = True
    whole: bool = True
    is_nested: bool = False


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A rule that was not asked of a table. reason: a sentence that says what it takes."""

    rule: str
    table: str
    reason: str


class JudgedRows(Protocol):
    """The rows that were judged, where the caller holds them; `like` is their frame, if any."""

    @property
    def like(self) -> Any: ...
    @property
    def height(self) -> int: ...
    def keep(self, mask: Sequence[bool]) -> Any:
        """Some of the rows, in their order and in the caller's kind."""
        ...


@dataclass(frozen=True)
class Counts:
    """How many faults there are, of all: by severity, by rule, and by column or field."""

    by_severity: Counter[Severity] = field(default_factory=Counter)
    by_rule: Counter[str] = field(default_factory=Counter)
    by_column: Counter[str] = field(default_factory=Counter)

    def add(self, fault: Fault) -> None:
        self.by_severity[fault.severity] += 1
        self.by_rule[fault.rule] += 1
        place = fault.column or field_of(fault.pointer)
        if place:
            self.by_column[place] += 1


@dataclass(frozen=True)
class Report:
    """The outcome of a check: iterating gives its faults, and ``len`` their number.

    A report is neither true nor false, since both "sound" and "has faults" might be meant:
    ask `ok`, or ``len(report)``. faults: in the order of files and rows, those of whole
    columns first. read: the files that were read. not_asked: the rules that take what was not
    given. Raises TypeError where it is taken for a truth value.
    """

    faults: Sequence[Fault] = ()
    read: tuple[Reading, ...] = ()
    not_asked: tuple[NotAsked, ...] = ()
    judged_rows: JudgedRows | None = field(default=None, compare=False, repr=False)

    def __iter__(self) -> Iterator[Fault]:
        return iter(self.faults)

    def __len__(self) -> int:
        return len(self.faults)

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "A report is neither true nor false: ask report.ok whether there is no error, or "
            "len(report) how many faults there are, notes included."
        )

    def __hash__(self) -> int:
        """Of many faults, which are not all in memory, their number and the first one count."""
        return hash((len(self.faults), *self.faults[:1], self.read, self.not_asked))

    @property
    def ok(self) -> bool:
        """Whether there is no error and all could be judged; warnings and notes may be there."""
        return self.exit_code == CLEAN

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

    @property
    def good(self) -> Any:
        """The rows without an error, in their order; None where files were checked.

        A frame of the caller's kind, or a list of records. Warnings and notes leave a row good.
        An error of a whole column, or of a frame of which no table is told, is one of every
        row. Of a DuckDB relation, which has no fixed order, these are the rows as they were
        read for the check.
        """
        rows = self.judged_rows
        return None if rows is None else rows.keep([not bad for bad in self._is_bad])

    @property
    def bad(self) -> Any:
        """The other rows, likewise: together with the good ones, every row once."""
        rows = self.judged_rows
        return None if rows is None else rows.keep(self._is_bad)

    def as_frame(self, kind: FrameKind | None = None) -> Any:
        """The faults as a frame, one row a fault; see `faults_as_frame`.

        kind: by default that of the frame that was checked, else pandas.
        """
        like = self.judged_rows.like if self.judged_rows else None
        if kind is None and like is not None:
            return faults_as_frame(self.faults, like)
        return faults_as_frame(self.faults, kind=kind or "pandas")

    def count(self, severity: Severity) -> int:
        return self._counts.by_severity[severity]

    def by_rule(self) -> dict[str, int]:
        """How often each rule was broken, the most frequent first."""
        return dict(self._counts.by_rule.most_common())

    def by_column(self) -> dict[str, int]:
        """How often a fault stands in each column or field, the most frequent first."""
        return dict(self._counts.by_column.most_common())

    def until_error(self) -> "Report":
        """What is up to the first error, told as no whole reading, and without rows."""
        errors = (n for n, f in enumerate(self.faults) if f.severity is Severity.error)
        end = next(errors, len(self.faults) - 1) + 1
        read = tuple(replace(reading, whole=False) for reading in self.read)
        return replace(self, faults=self.faults[:end], read=read, judged_rows=None)

    def damaged(self, faults: tuple[Fault, ...]) -> "Report":
        """The report with faults that kept the file from being read to its end."""
        read = tuple(replace(reading, judged=False) for reading in self.read)
        return replace(self, faults=join_faults(self.faults, faults), read=read)

    def joined(self, *others: "Report") -> "Report":
        """One report of several."""
        reports = (self, *others)
        lacking = (one for report in reports for one in report.not_asked)
        return Report(
            join_faults(*(report.faults for report in reports)),
            tuple(reading for report in reports for reading in report.read),
            (*dict.fromkeys(lacking),),
        )

    @cached_property
    def _counts(self) -> Counts:
        counts = Counts()
        for fault in self.faults:
            counts.add(fault)
        return counts

    @cached_property
    def _is_bad(self) -> list[bool]:
        height = self.judged_rows.height if self.judged_rows else 0
        errors = {fault.row for fault in self.faults if fault.severity is Severity.error}
        return [None in errors or number in errors for number in range(1, height + 1)]


def field_of(pointer: str | None) -> str:
    """The field that a JSON pointer points to, with the numbers of list items left out."""
    steps = (pointer or "").split("/")[1:]
    return ".".join(step for step in steps if not step.isdigit())
