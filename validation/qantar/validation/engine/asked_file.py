"""A file, and what is asked of it, as the checks of large files take it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qantar.schema.rule import Profile
from qantar.validation.engine.links.linked_table import LinkedTable
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import gather_faults
from qantar.validation.faults.report import Reading, Report
from qantar.validation.readers.constant_column import NOTHING_BESIDE, Beside
from qantar.validation.readers.csv.form import PLAIN, CsvForm
from qantar.validation.readers.nested.chunks import NestedChunks
from qantar.validation.rules.link.foreign import KnownKeys, ReadRows, known_keys
from qantar.validation.rules.past_columns import past_hint
from qantar.validation.rules.table_kind import profile_of


@dataclass(frozen=True)
class Among:
    """The tables that a file was given with.

    take: is given the file's table once it was read. others: by name, what gives the marked
    rows of a table that is held. records: is given nested records with their profile, which
    are then judged with those of other files.
    """

    take: Callable[[LinkedTable], None]
    others: Mapping[str, ReadRows] = field(default_factory=dict)
    records: Callable[[Profile, NestedChunks], None] | None = None


@dataclass(frozen=True)
class AskedFile:
    """A file of one kind: csv, tsv, parquet or jsonl.

    file: as faults tell it. table: which it is; told by its columns where it is None. profile:
    what is asked; told by the columns where it is None. chunk: bytes (CSV, JSON Lines) or rows
    (Parquet) of a chunk. tell: told the pace. among: the tables that rules lead to from this
    one. beside: values of all rows that are not in the file. fails_fast: whether to stop after
    the chunk with the first error. form: how a CSV file is written. says_version: whether a
    package says of which schema the file is.
    """

    path: Path
    kind: str
    file: str
    table: str | None = None
    profile: Profile | None = None
    chunk: int | None = None
    tell: Callable[[str], None] | None = None
    among: Among | None = None
    beside: Beside = NOTHING_BESIDE
    fails_fast: bool = False
    form: CsvForm = PLAIN
    says_version: bool = False

    def asked_profile(self, table: str, columns: Collection[str]) -> Profile:
        """What is asked of a table with these columns."""
        return self.profile or profile_of(table, columns)

    def known_keys(
        self, table: str, profile: Profile, columns: Collection[str]
    ) -> tuple[KnownKeys, ...]:
        """The keys that lead to tables that are held."""
        others = self.among.others if self.among else {}
        return (*known_keys(table, profile, columns, others),)

    def hints(self, table: str, names: Collection[str]) -> list[Fault]:
        """A note where only the columns show that the file is of an earlier schema."""
        hint = None if self.says_version else past_hint(table, names, self.file)
        return [] if hint is None else [hint]

    def report(self, faults: Iterable[Fault], reading: Reading) -> Report:
        """The report on the file."""
        return Report(gather_faults(fault.at(file=self.file) for fault in faults), (reading,))
