"""The verdict on a frame: its faults, and its rows parted into good and bad."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from qantar.schema import TABLES, Profile, Severity
from qantar.validation.engine.links.link_run import faults_between
from qantar.validation.engine.links.linked_table import LinkedTable
from qantar.validation.engine.links.within_table import faults_over_whole
from qantar.validation.engine.table_run import TableRun
from qantar.validation.faults.argument import asked_others, asked_profile, asked_table
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_frame import faults_as_frame
from qantar.validation.readers.frame.chunks import FrameChunks, chunks_of
from qantar.validation.readers.frame.held_frame import HeldFrame, hold_frame, keep_rows
from qantar.validation.rules.link_rules import rules_not_asked
from qantar.validation.rules.table_kind import (
    faults_of_columns,
    profile_of,
    table_of,
    unknown_columns,
)

# What is read of the tables that show which words a value was read from.
_SHOWING = {"mentions": ("mention_id", "event_id"), "spans": ("mention_id", "field", "ordinal")}


def check_frame(
    frame: Any, table: str | None = None, profile: Profile | str | None = None
) -> list[Fault]:
    """What is wrong with the rows of a frame, each alone and among each other.

    frame: a pandas, Polars or pyarrow table, a lazy frame or a DuckDB relation (collected
    first). Columns may be of any type: one that holds a column's values without loss is read
    as such (text where the format has numbers, booleans or dates, as a CSV reader leaves them;
    times that are midnight in their own zone as days), any other is a fault of the column.
    table: its name in `TABLES`; told by the columns where it is not given. profile: coded
    where all required columns are there, else exchange. What needs other tables is not asked:
    see `judge_frame`, which also tells what was not.

    Returns faults with row (from 1) and column, in the order of the rows; those of whole
    columns come first. Raises TypeError for what is not a frame,
    ValueError for a table that the format does not have, or a profile that there is not.
    """
    begun = _begin(hold_frame(frame), table, profile)
    return [begun] if isinstance(begun, Fault) else _in_order(begun.faults())


@dataclass(frozen=True)
class FrameVerdict:
    """What was found in a frame.

    frame: the caller's. faults: in the order of the rows, those of whole columns first.
    not_asked: the ids of rules that need tables which were not given.
    """

    frame: Any
    faults: list[Fault]
    not_asked: tuple[str, ...]
    _held: HeldFrame

    def as_frame(self) -> Any:
        """The faults as a frame of the caller's kind; see `faults_as_frame`."""
        return faults_as_frame(self.faults, like=self.frame)

    @property
    def good(self) -> Any:
        """The rows without an error, in their order, as a frame of the caller's kind.

        Warnings and notes leave a row good. An error of a whole column, or of a frame of
        which no table is told, is one of every row. Of a DuckDB relation, which has no
        fixed order, these are the rows as they were read for the verdict.
        """
        return keep_rows(self._held, [not bad for bad in self._is_bad], self.frame)

    @property
    def bad(self) -> Any:
        """The other rows, likewise: together with the good ones, every row once."""
        return keep_rows(self._held, self._is_bad, self.frame)

    @cached_property
    def _is_bad(self) -> list[bool]:
        errors = {fault.row for fault in self.faults if fault.severity is Severity.error}
        return [None in errors or number in errors for number in range(1, self._held.height + 1)]


def judge_frame(
    frame: Any,
    table: str | None = None,
    profile: Profile | str | None = None,
    others: Mapping[str, Any] | None = None,
) -> FrameVerdict:
    """The verdict on a frame: what `check_frame` finds, and what other tables show.

    frame, table, profile: as `check_frame` takes them. others: further frames by the name
    of their table, of any kind; the rules that point from the frame to these tables are
    judged (foreign keys, tallies, values that must agree, and, with mentions and spans,
    values that no span shows). A table that points to itself is judged against itself
    where it is named too. Raises TypeError for what is not a
    frame, ValueError for a table that the format does not have, or a profile that there is not.
    """
    named = asked_others(others)
    held = hold_frame(frame)
    begun = _begin(held, table, profile)
    if isinstance(begun, Fault):
        return FrameVerdict(frame, [begun], (), held)
    beside: dict[str, LinkedTable] = {}
    faults = [*begun.faults()]
    for name, given in named.items():
        other = _begin(hold_frame(given), name, begun.profile)
        if isinstance(other, Fault):
            faults.append(other.at(message=f"Of the other table {name}: {other.message}"))
        else:
            beside[name] = other.linked()
    one = {begun.table: begun.linked()}
    linked = faults_between(one, begun.profile, others=beside)
    faults.extend(fault.at(file=None) for fault in linked)
    missing = rules_not_asked(begun.table, begun.profile, beside.keys())
    return FrameVerdict(frame, _in_order(faults), missing, held)


@dataclass(frozen=True)
class _Begun:
    """A frame that is known to be one of a table. is_told: whether its columns told how much."""

    table: str
    profile: Profile
    chunks: FrameChunks
    is_told: bool

    def faults(self) -> Iterator[Fault]:
        """What is wrong with its columns, cells, rows, and between its rows."""
        table = TABLES[self.table]
        yield from faults_of_columns(table, self.chunks.header, self.profile, is_told=self.is_told)
        check = TableRun(self.chunks, table, self.profile, tells_header=False)
        # A note on how values are spelled has the line of a header, which a frame does not have.
        yield from (fault.at(line=None) if fault.line else fault for fault in check.run())
        circles = faults_over_whole(self.linked(check), self.profile)
        yield from (fault.at(file=None) for fault in circles)

    def linked(self, check: TableRun | None = None) -> LinkedTable:
        """The table as rules between tables take it. check: what was found of it already."""
        stores = (*check.stores,) if check else ()
        return LinkedTable(self.table, self.profile, "", self.chunks, stores=stores)


def _begin(held: HeldFrame, table: str | None, profile: Profile | str | None) -> _Begun | Fault:
    named, asked = asked_table(table, optional=True), asked_profile(profile, optional=True)
    fault = held.fault_of_labels()
    if fault is not None:
        return fault
    name = named or table_of(held.names)
    if name is None:
        return unknown_columns(held.names)
    chunks = chunks_of(held, TABLES[name])
    told = asked or profile_of(name, chunks.header)
    return _Begun(name, told, chunks, is_told=asked is None)


def _in_order(faults: Iterator[Fault] | list[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: fault.row or 0)
