"""A frame checked, alone and beside other frames."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import narwhals as nw
import narwhals.dependencies as kinds

from qantar.schema import TABLES, Profile
from qantar.validation.engine.links.link_run import faults_between
from qantar.validation.engine.links.linked_table import LinkedTable
from qantar.validation.engine.links.within_table import faults_over_whole
from qantar.validation.engine.table_run import TableRun
from qantar.validation.faults.argument import asked_others, asked_profile, asked_table
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import sort_faults
from qantar.validation.faults.report import Report
from qantar.validation.readers.frame.chunks import FrameChunks, chunks_of
from qantar.validation.readers.frame.held_frame import HeldFrame, hold_frame, keep_rows
from qantar.validation.rules.fault_order import fault_order
from qantar.validation.rules.link.registry import rules_not_asked
from qantar.validation.rules.past_columns import past_hint
from qantar.validation.rules.table_kind import (
    faults_of_columns,
    profile_of,
    table_of,
    unknown_columns,
)


def check_frame(
    frame: Any,
    table: str | None = None,
    profile: Profile | str | None = None,
    others: Mapping[str, Any] | None = None,
) -> Report:
    """What is wrong with the rows of a frame, alone, among each other and beside other tables.

    frame: a pandas, Polars or pyarrow table, a lazy frame or a DuckDB relation (collected
    first). Columns may be of any type: one that holds a column's values without loss is read
    as such (text where the format has numbers, booleans or dates, as a CSV reader leaves them;
    times that are midnight in their own zone as days), any other is a fault of the column.
    table: its name in `TABLES`; told by the columns where it is not given. profile: coded
    where all required columns are there, else exchange. others: further frames by the name
    of their table, of any kind; the rules that point from the frame to these tables are
    judged (foreign keys, tallies, values that must agree, and, with mentions and spans,
    values that no span shows). A table that points to itself is judged against itself
    where it is named too.

    Returns a report of which the faults have row (from 1) and column, in the order of the
    rows, and in a row of its columns, then of the rules; those of whole columns come first.
    `good` and `bad` part the frame's rows, and `not_asked` names the rules for which tables
    were missing. Raises TypeError for what is not a frame, ValueError for a table that the
    format does not have, or a profile that there is not.
    """
    named = asked_others(others)
    held = hold_frame(frame)
    rows = FrameRows(held, nw.to_native(frame, pass_through=True))
    begun = _begin(held, table, profile)
    if isinstance(begun, Fault):
        return Report((begun,), judged_rows=rows)
    faults = begun.faults()
    if named:
        faults = chain(faults, _faults_beside(begun, named))
    missing = rules_not_asked(begun.table, begun.profile, named.keys())
    found = sort_faults(faults, fault_order(TABLES[begun.table]))
    return Report(found, not_asked=missing, judged_rows=rows)


@dataclass(frozen=True)
class FrameRows:
    """The rows of a frame that was checked. like: the frame as the caller holds it."""

    held: HeldFrame
    like: Any

    @property
    def height(self) -> int:
        return self.held.height

    def keep(self, mask: Sequence[bool]) -> Any:
        """Some of the rows, as a frame of the caller's kind."""
        return keep_rows(self.held, mask, self.like)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled without the connection or session in which a frame lives.

        A DuckDB relation is made anew of the rows that were read, in the default connection of
        the other process; in place of a frame of Spark or Ibis these rows stand themselves.
        """
        if kinds.is_duckdb_relation(self.like):
            return _rows_of_relation, (self.held,)
        return FrameRows, (self.held, self.held.eager if _is_bound(self.like) else self.like)


def _rows_of_relation(held: HeldFrame) -> FrameRows:
    import duckdb

    return FrameRows(held, duckdb.from_arrow(held.eager))


def _is_bound(frame: Any) -> bool:
    """Whether a frame lives in a session, without which it is nothing."""
    return bool(
        kinds.is_pyspark_dataframe(frame)
        or kinds.is_pyspark_connect_dataframe(frame)
        or kinds.is_sqlframe_dataframe(frame)
        or kinds.is_ibis_table(frame)
    )


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
        check = TableRun(self.chunks, table, self.profile, tells_header=False)
        found = check.run()
        yield from check.words_taken()
        if hint := past_hint(self.table, self.chunks.header):
            yield hint
        yield from faults_of_columns(table, self.chunks.header, self.profile, is_told=self.is_told)
        # A note on how values are spelled has the line of a header, which a frame does not have.
        yield from (fault.at(line=None) if fault.line else fault for fault in found)
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


def _faults_beside(begun: _Begun, given: Mapping[str, Any]) -> Iterator[Fault]:
    """What other tables show of a frame. given: their frames, by the name of the table."""
    beside: dict[str, LinkedTable] = {}
    for name, frame in given.items():
        other = _begin(hold_frame(frame), name, begun.profile)
        if isinstance(other, Fault):
            yield other.at(message=f"Of the other table {name}: {other.message}")
        else:
            beside[name] = other.linked()
    linked = faults_between({begun.table: begun.linked()}, begun.profile, others=beside)
    yield from (fault.at(file=None) for fault in linked)
