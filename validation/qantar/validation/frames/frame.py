"""Data frames that the user already holds, judged by the same rules as records."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import narwhals as nw

from qantar.schema import TABLES, Profile, Severity
from qantar.schema.rule import Sequence, Unique
from qantar.schema.rules import rules_of
from qantar.schema.shape import Row
from qantar.schema.table import Table
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.suggestion import nearest
from qantar.validation.frames.frame_column import FrameColumn, broken, normalise, values_of
from qantar.validation.frames.frame_rule import Screen
from qantar.validation.rules.row_rules import columns_of_rule, faults_of_rule, row_rules_of
from qantar.validation.rules.table_kind import faults_of_profile, profile_of, table_of
from qantar.validation.rules.table_rules import faults_of_table_rule
from qantar.validation.rules.value_rule import BROKEN, is_required, judge_cell, missing


def begin_check(
    frame: Any, table: str | None = None, profile: Profile | None = None
) -> "FrameCheck | Fault":
    """The frame made ready to be judged, or the fault that no table is told by its columns.

    Takes and raises what `check_frame` does.
    """
    held = nw.from_native(frame)
    eager = held.collect() if isinstance(held, nw.LazyFrame) else held
    name = table or table_of(eager.columns)
    if name is None:
        return fault_of_columns(eager.columns)
    return FrameCheck(eager, TABLES[name], profile)


def fault_of_columns(columns: list[str]) -> Fault:
    """The fault of columns that do not tell which table they are."""
    told = f"The columns {', '.join(columns[:10])} do not tell which table this is."
    return Fault("table-unknown", told)


class FrameCheck:
    """One run over one frame in memory."""

    def __init__(self, frame: nw.DataFrame[Any], table: Table, profile: Profile | None) -> None:
        self.table = table
        self.is_told = profile is None
        self.profile = profile = profile or profile_of(table.name, frame.columns)
        self.extra = [name for name in frame.columns if name not in table.by_name]
        shared = [name for name in table.by_name if name in frame.columns]
        self.raw = frame.select(shared)
        self.columns = {
            name: FrameColumn(
                table.by_name[name],
                normalise(table.by_name[name], self.raw.get_column(name), profile),
                profile,
            )
            for name in shared
        }

    def run(self) -> Iterator[Fault]:
        """The faults of columns, cells, rows and between rows, but for circles."""
        yield from self.faults_of_columns()
        if not self.columns:
            return
        yield from self.faults_alone()
        yield from self._faults_between_rows(self.prepared)

    def faults_alone(self) -> Iterator[Fault]:
        """What is wrong with each row, whatever the others hold."""
        if self.columns:
            yield from self._faults_of_cells(self.prepared)
            yield from self._faults_of_rows(self.prepared)

    @cached_property
    def prepared(self) -> nw.DataFrame[Any]:
        """What `prepare` makes, once."""
        return self.prepare()

    def prepare(self) -> nw.DataFrame[Any]:
        """Values, soundness and brokenness of every column, in one pass."""
        whole = self.raw.with_columns(*(column.series for column in self.columns.values()))
        expressions = [e for column in self.columns.values() for e in column.expressions()]
        return whole.select(*expressions)

    def suspect_cells(self, prepared: nw.DataFrame[Any]) -> dict[str, list[int]]:
        """By column, the indices of rows in which its cell may have a fault."""
        return {name: _where(prepared.get_column(broken(name))) for name in self.columns}

    def suspect_rows(self, prepared: nw.DataFrame[Any]) -> dict[str, list[int]]:
        """By id of row rule, the indices of rows that may break it; all in one pass."""
        screen = Screen(prepared.columns)
        expressions = {
            rule.id: screen.expression(rule) for rule in row_rules_of(self.table.name, self.profile)
        }
        flags = {name: flag for name, flag in expressions.items() if flag is not None}
        found = prepared.select(**flags) if flags else prepared.select()
        return {name: _where(found.get_column(name)) for name in flags}

    def faults_of_columns(self) -> Iterator[Fault]:
        """Columns that are missing and columns that the table does not have."""
        for column in self.table.columns:
            if column.name not in self.columns and is_required(column, self.profile):
                yield missing(column)
        if self.is_told:
            yield from faults_of_profile(self.table.name, self.columns.keys())
        for name in self.extra:
            told = f"{name} is not a column of {self.table.name}, and is not checked."
            guess = nearest(name, self.table.by_name.keys() - self.columns.keys())
            yield Fault("column-unknown", told, Severity.warning, column=name, suggestion=guess)

    def _faults_of_cells(self, prepared: nw.DataFrame[Any]) -> Iterator[Fault]:
        for name, indices in self.suspect_cells(prepared).items():
            column = self.table.by_name[name]
            for index, cell in zip(indices, self.cells(name, indices), strict=True):
                fault = judge_cell(column, cell, self.profile)
                if fault:
                    yield fault.at(row=index + 1)

    def _faults_of_rows(self, prepared: nw.DataFrame[Any]) -> Iterator[Fault]:
        suspects = self.suspect_rows(prepared)
        for rule in row_rules_of(self.table.name, self.profile):
            for index, row in self.rows(columns_of_rule(rule), suspects.get(rule.id, [])):
                for fault in faults_of_rule(rule, row):
                    yield fault.at(row=index + 1)

    def _faults_between_rows(self, prepared: nw.DataFrame[Any]) -> Iterator[Fault]:
        for rule in rules_of(self.table.name, self.profile):
            if not isinstance(rule, Unique | Sequence):
                continue
            suspects = self._suspects_between(rule, prepared)
            placed = list(self.rows(rule.on, suspects))
            rows = [row for _, row in placed]
            for position, fault in faults_of_table_rule(rule, rows, (), self.profile):
                yield fault.at(row=placed[position][0] + 1)

    def _suspects_between(self, rule: Unique | Sequence, prepared: nw.DataFrame[Any]) -> list[int]:
        if not set(rule.on) <= self.columns.keys():
            return []
        if isinstance(rule, Unique):
            return _where(prepared.select(*rule.columns).is_duplicated())
        number = nw.col(rule.column)
        gap = number.max().over(*rule.within) != number.n_unique().over(*rule.within)
        return _where(prepared.select(gap=gap).get_column("gap"))

    def cells(self, name: str, indices: list[int]) -> list[Any]:
        """The cells of a column at these indices, as records hold them."""
        column = self.columns[name]
        return [column.cell(value) for value in values_of(self.raw.get_column(name)[indices])]

    def rows(self, names: tuple[str, ...], indices: list[int]) -> Iterator[tuple[int, Row]]:
        """(index, marked row) of the rows asked for, with only the columns named."""
        if not indices:
            return
        rows: list[Row] = [{} for _ in indices]
        for name in names:
            column = self.table.by_name[name]
            cells = self.cells(name, indices) if name in self.columns else [None] * len(indices)
            for row, cell in zip(rows, cells, strict=True):
                if judge_cell(column, cell, self.profile):
                    row[name] = BROKEN
                elif cell is not None:
                    row[name] = cell
        yield from zip(indices, rows, strict=True)


def _where(mask: nw.Series[Any]) -> list[int]:
    return [int(index) for index in mask.arg_true().to_list()]
