"""What a kind of rule between rows has to say, whatever asks it: one class in one module a kind.

A rule is asked in two steps. Rows leave a hash of their key and a number (`Side.records`), in
which `suspects` finds the rows that may break the rule. Those are read again, with every row
of other sides that shares a key with them, and `faults` judges them exactly.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, Generic, Protocol, TypeAlias, TypeVar, runtime_checkable

import numpy as np

from qantar.schema import Profile
from qantar.schema.rule import CorpusRule, TableRule
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.link.side import Side
from qantar.validation.rules.record.code import RecordCode
from qantar.validation.rules.row_fault import Row
from qantar.validation.tables.array import Mask, RowNumbers
from qantar.validation.tables.cells import CellsByName
from qantar.validation.tables.key_record import KeyRecords, Records, no_rows, rows_of, together

R_contra = TypeVar("R_contra", bound=TableRule | CorpusRule, contravariant=True)

LinkRule: TypeAlias = TableRule | CorpusRule
Found: TypeAlias = Iterator[tuple[int, Fault]]


class Store(Protocol):
    """What a rule keeps of the rows of one table, chunk by chunk."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it reads."""
        ...

    def take(self, columns: CellsByName, height: int) -> None:
        """The rows of the next chunk; columns: those that the table has."""
        ...

    def suspects(self) -> RowNumbers:
        """Rows (from 0, in order) that may break the rule, with all that share a key with them."""
        ...


@runtime_checkable
class OpenStore(Store, Protocol):
    """What a rule keeps that only all parts of a table together settle."""

    def append(self, later: Any) -> None:
        """Add what was kept of the part after this one."""
        ...


class LinkKind(ABC, Generic[R_contra]):
    """A kind of rule that looks at several rows.

    is_settled_alone: a table tells by itself, apart from what other parts of it hold.
    may_be_mended: rows that are still to come may mend what seems to be wrong.
    """

    is_settled_alone = False
    may_be_mended = True

    @abstractmethod
    def sides(self, rule: R_contra) -> tuple[Side, ...]:
        """What the rule reads of each table, the side that is judged first."""

    def grouping(self, rule: R_contra) -> tuple[str, ...]:
        """The columns of the judged table by which rows must be brought together on a cluster."""
        return self.sides(rule)[0].key

    def way(self, rule: R_contra) -> tuple[Side, ...]:
        """The sides that meet on a cluster before the judged rows do, as they are there.

        The rows of the first lack the rule's key, which those of the second carry. Both are
        numbered as in `sides`. None where all sides have the key.
        """
        return ()

    def lead(self, rule: R_contra, records: Sequence[Records]) -> tuple[RowNumbers, RowNumbers]:
        """Which records of the first side of `way` go on, and by which of the second each."""
        raise NotImplementedError(f"{type(self).__name__} has no way to go")

    def reads(self, rule: R_contra) -> tuple[str, ...]:
        """The tables of whose rows `index` is made."""
        return tuple(side.table for side in self.sides(rule)[1:])

    def needs(self, rule: R_contra) -> tuple[str, ...]:
        """The tables without which the rule is not asked, but for its own."""
        return self.reads(rule)

    @abstractmethod
    def suspects(self, rule: R_contra, records: Sequence[Records], profile: Profile) -> Mask:
        """Which records of the judged side may break the rule.

        records: of each side, all that have the same keys.
        """

    def pick(
        self, rule: R_contra, kept: Sequence[KeyRecords], profile: Profile
    ) -> list[RowNumbers]:
        """The rows of each side, in order: those that may break the rule, then their partners.

        kept: the records of each side.
        """
        found: list[list[RowNumbers]] = [[no_rows()] for _ in kept]
        for records in together(kept):
            suspects = records[0][self.suspects(rule, records, profile)]
            if not len(suspects):
                continue
            found[0].append(rows_of(suspects))
            for rows, others in zip(found[1:], records[1:], strict=True):
                rows.append(rows_of(others[np.isin(others["hash"], suspects["hash"])]))
        return [np.sort(np.concatenate(rows)) for rows in found]

    @abstractmethod
    def faults(self, rule: R_contra, rows: Sequence[Row], index: Any, profile: Profile) -> Found:
        """(index of the row, fault) of marked rows; index: as `index` makes it."""

    def index(self, rule: R_contra, others: Sequence[Sequence[Row]]) -> Any:
        """What is looked up in the marked rows of the other sides."""
        return None

    def index_key(self, rule: R_contra) -> Hashable:
        """Rules of the kind with equal keys share an index of the same rows."""
        return rule

    def targets(
        self, rule: R_contra, own: Sequence[Row], known: Sequence[Row], *, is_judged: bool
    ) -> Sequence[Row]:
        """The rows of another side.

        own: those that are judged in this run. known: further ones. is_judged: whether the
        table is one of this run.
        """
        return (*own, *known)

    def begin(self, rule: R_contra, most: int) -> Store:
        """What keeps the rows of the one table that the rule is about; most: held in memory."""
        raise NotImplementedError(f"{type(self).__name__} reads several tables")

    def faults_across(
        self,
        rule: R_contra,
        rows: Sequence[Row],
        parts: Sequence[int],
        where: Callable[[int], str],
        profile: Profile,
    ) -> Found:
        """The faults that only several parts of a table together tell.

        parts: the part of each row. where: names the place of a row.
        """
        yield from self.faults(rule, rows, self.index(rule, ()), profile)

    def in_record(self, rule: R_contra, code: RecordCode) -> None:
        """Add what shows a nested record to break the rule by itself, if one can."""

    def sql(self, rule: R_contra, record: str) -> str | None:
        """Rows at fault as a subquery over `sound`, in DuckDB's dialect; None where there is none.

        record: the expression that names a row.
        """
        return None
