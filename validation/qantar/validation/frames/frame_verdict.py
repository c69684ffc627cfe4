"""The verdict on a frame: its faults, and its rows parted into good and bad."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import narwhals as nw
import polars as pl

from qantar.schema import Profile, Severity
from qantar.schema.rule import ForeignKey, Join, Tally
from qantar.validation.faults.argument import asked_frame, asked_others
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_frame import faults_as_frame, relate
from qantar.validation.frames.frame import FrameCheck, begin_check
from qantar.validation.frames.frame_circle import circles_in
from qantar.validation.frames.frame_trace import untraced_in
from qantar.validation.frames.shred import (
    faults_of_shreds,
    linking_rules,
    shreds_of,
    shreds_of_other,
)
from qantar.validation.rules.unasked import rules_not_asked


def check_frame(
    frame: Any, table: str | None = None, profile: Profile | str | None = None
) -> list[Fault]:
    """What is wrong with the rows of a frame, each alone and among each other.

    frame: a pandas, Polars or pyarrow table, a lazy frame or a DuckDB relation (collected
    first). Columns may be text where the format has numbers, booleans or dates, as a CSV
    reader leaves them. table: its name in `TABLES`; told by the columns where it is not
    given. profile: coded where all required columns are there, else exchange. What needs
    other tables is not asked: see `judge_frame`, which also tells what was not.

    Returns faults with row (from 1) and column, in the order of the rows; those of whole
    columns come first. Raises TypeError for what is not a frame,
    ValueError for a table that the format does not have, or a profile that there is not.
    """
    begun = begin_check(frame, table, profile)
    if isinstance(begun, Fault):
        return [begun]
    return sorted((*begun.run(), *circles_in(begun)), key=lambda fault: fault.row or 0)


@dataclass(frozen=True)
class FrameVerdict:
    """What was found in a frame.

    frame: the caller's. faults: in the order of the rows, those of whole columns first.
    not_asked: the ids of rules that need tables which were not given.
    """

    frame: Any
    faults: list[Fault]
    not_asked: tuple[str, ...]
    _rows: nw.DataFrame[Any]

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
        return self._part([not bad for bad in self._is_bad])

    @property
    def bad(self) -> Any:
        """The other rows, likewise: together with the good ones, every row once."""
        return self._part(self._is_bad)

    @cached_property
    def _is_bad(self) -> list[bool]:
        errors = {fault.row for fault in self.faults if fault.severity is Severity.error}
        return [None in errors or number in errors for number in range(1, len(self._rows) + 1)]

    def _part(self, mask: list[bool]) -> Any:
        part = self._rows.filter(mask).to_native()
        if isinstance(self.frame, pl.LazyFrame):
            return part.lazy()
        if nw.from_native(self.frame).implementation.is_duckdb():
            return relate(part, self.frame)
        return part


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
    asked_others(others)
    held = asked_frame(frame)
    rows = held.collect() if isinstance(held, nw.LazyFrame) else held
    begun = begin_check(rows.to_native(), table, profile)
    if isinstance(begun, Fault):
        return FrameVerdict(frame, [begun], (), rows)
    given = {
        name: begin_check(other, name, begun.profile)
        for name, other in asked_others(others).items()
    }
    beside = {name: other for name, other in given.items() if isinstance(other, FrameCheck)}
    faults = [
        *begun.run(),
        *circles_in(begun),
        *_faults_to_others(begun, beside),
        *untraced_in(begun, beside),
    ]
    missing = rules_not_asked(begun.table.name, begun.profile, beside.keys())
    return FrameVerdict(frame, sorted(faults, key=lambda fault: fault.row or 0), missing, rows)


def _faults_to_others(check: FrameCheck, others: Mapping[str, FrameCheck]) -> Iterator[Fault]:
    numbered = linking_rules(check.table.name, check.profile, frozenset(others))
    # The rules among the frame's own rows are judged by its own check.
    rules = [(n, rule) for n, rule in numbered if isinstance(rule, ForeignKey | Tally | Join)]
    if not rules or not check.columns:
        return
    parts = [shreds_of(check, rules)]
    for name in dict.fromkeys(rule.other_table for _, rule in rules):
        parts.append(shreds_of_other(others[name], rules))
    for linked in faults_of_shreds(pl.concat(parts), check.table.name, check.profile):
        yield linked.fault.at(row=linked.place + 1)
