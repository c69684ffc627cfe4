"""A part of a table judged where it lies, and what parts have to tell each other.

A part is judged in steps, so that any engine that can map and shuffle can run them.
`PartitionCheck.judge` finds the faults of rows alone, and cuts the shreds that rules
between rows need; `judge_other` cuts those of the tables to which rules lead. The engine
brings rows of equal `link` and `key` together, and `join` turns them into faults. Spans
come there in two shuffles: `send` cuts them and the mentions that they belong to, the
engine brings these together in the same way, and `lead` makes of them rows for `join`.
Rows have no number there: a fault is told by the record and the file.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from qantar.schema import TABLES, Profile
from qantar.schema.patterns import ColumnKind
from qantar.schema.table import Column
from qantar.validation.engine.cluster.shred import (
    SHREDS,
    Asked,
    PartRows,
    faults_of_shreds,
    fill,
    linking_rules,
    shreds_of,
    shreds_of_others,
)
from qantar.validation.engine.cluster.way import lead_on, shreds_on_way
from qantar.validation.engine.column_judge import ColumnJudge
from qantar.validation.engine.table_run import TableRun
from qantar.validation.faults.argument import asked_profile, asked_table
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.readers.frame.chunks import chunks_of
from qantar.validation.readers.frame.held_frame import HeldFrame, hold_frame
from qantar.validation.rules.link.side import Side
from qantar.validation.rules.record.name import BETWEEN, naming_columns
from qantar.validation.rules.table_kind import (
    faults_of_columns,
    faults_of_profile,
    profile_of,
    table_of,
    unknown_columns,
)
from qantar.validation.rules.value.plain_cell import plain_cell
from qantar.validation.tables.cells import SOUND, UNREAD, Cells
from qantar.validation.tables.prose_cells import with_prose

_TOLD = ("rule", "severity", "message", "column", "value", "suggestion")
# The columns of the answer: a fault without the places that only files and frames have.
ANSWER: dict[str, type[pl.DataType]] = dict.fromkeys((*_TOLD, "record", "file"), pl.String)
# What a part yields: `link` is the number of a rule, or `DONE` for a fault that is told.
FOUND: dict[str, type[pl.DataType]] = {
    **SHREDS,
    **ANSWER,
}
DONE = -1


@dataclass(frozen=True)
class PartitionCheck:
    """What is asked of every part of a table; it can be sent to where the parts are.

    columns: those of the table as it is held. others: the tables to which rules may point.
    file: the column that names the file of a row and is not judged. is_told: whether the columns
    told the profile.
    """

    table: str
    profile: Profile
    columns: tuple[str, ...]
    others: frozenset[str] = frozenset()
    file: str | None = None
    is_told: bool = False

    def faults_of_columns(self) -> pl.DataFrame:
        """What is wrong with the columns, told once; as `ANSWER`."""
        told = faults_of_profile(self.table, self.columns) if self.is_told else ()
        of_columns = faults_of_columns(TABLES[self.table], self._names(), self.profile)
        return fill(_tell([*told, *of_columns]), ANSWER)

    def judge(self, part: Any, place: int = 0) -> pl.DataFrame:
        """Faults of the rows of a part, and its shreds; the columns of `FOUND`.

        part: rows as pandas, Polars or Arrow hold them. place: that of the first row, so
        that of rows that repeat each other the first is known.
        """
        held = hold_frame(part)
        rows, faults = _judged(held, self.table, self.profile)
        if not rows.columns or not rows.height:
            return pl.DataFrame(schema=FOUND)
        files = self._files(held)
        indices = [fault.row - 1 for fault in faults if fault.row]
        places = pl.Series(indices, dtype=pl.Int64) + place
        done = _tell(faults).with_columns(
            pl.lit(DONE, pl.Int32).alias("link"),
            # Faults that are told already travel with the shreds, spread over all workers.
            places.cast(pl.String).alias("key"),
            places.alias("place"),
            pl.Series("record", _names_at(rows, indices), pl.String),
            files.gather(indices),
        )
        shreds = shreds_of(rows, self._rules(), place)
        at = shreds.get_column("place") - place
        placed = shreds.with_columns(_names(rows).gather(at), files.gather(at))
        return pl.concat([fill(done, FOUND), fill(placed, FOUND)])

    def columns_of(self, other: str) -> frozenset[str]:
        """The columns of another table that `judge_other` reads; none where it is not needed."""
        sides = (side for asked in self._rules() for side in asked.others.values())
        return _columns(sides, other)

    def columns_sent_of(self, other: str) -> frozenset[str]:
        """The columns of another table that `send` reads; none where it has nothing to send."""
        sides = (side for asked in self._rules() for side in asked.way.values())
        return _columns(sides, other)

    def judge_other(self, name: str, part: Any, place: int = 0) -> pl.DataFrame:
        """Shreds of a part of a table that rules point to; the columns of `FOUND`.

        place: that of the first row; of rows with one key it tells which is the first.
        """
        rows = _judged_columns(part, name, self.columns_of(name), self.profile)
        return fill(shreds_of_others(rows, self._rules(), place), FOUND)

    def send(self, name: str, part: Any, place: int = 0) -> pl.DataFrame:
        """Shreds of a part of a table that meet others before they come to `join`.

        Takes and gives what `judge_other` does.
        """
        rows = _judged_columns(part, name, self.columns_sent_of(name), self.profile)
        return fill(shreds_on_way(rows, self._rules(), place), FOUND)

    def lead(self, sent: pl.DataFrame) -> pl.DataFrame:
        """Rows that were sent, all of each link and key being there, as rows for `join`."""
        return fill(lead_on(fill(sent, SHREDS), self._rules()), FOUND)

    def join(self, found: pl.DataFrame) -> pl.DataFrame:
        """Rows of `FOUND` as faults, all of each link and key being there; as `ANSWER`."""
        found = fill(found, FOUND)
        shreds = found.filter(pl.col("link") != DONE)
        linked = [*faults_of_shreds(shreds.select(*SHREDS), self.table, self.profile)]
        own = shreds.filter(pl.col("side") == 0).select("place", "record", "file").unique("place")
        places = pl.Series("place", [link.place for link in linked], pl.Int64)
        told = _tell([link.fault for link in linked]).with_columns(places)
        joined = told.join(own, on="place", how="left")
        done = found.filter(pl.col("link") == DONE)
        return pl.concat([fill(done, ANSWER), fill(joined, ANSWER)])

    def _names(self) -> list[str]:
        return [name for name in self.columns if name != self.file]

    def _files(self, held: HeldFrame) -> pl.Series:
        """The file of each row."""
        if self.file is None:
            return pl.Series("file", [None] * held.height, pl.String)
        stored = held.stored(Column(self.file, ColumnKind.string, ""))
        assert isinstance(stored, pl.Series)
        return stored.cast(pl.String).alias("file")

    def _rules(self) -> tuple[Asked, ...]:
        return linking_rules(self.table, self.profile, self.others)


def begin_partitions(
    columns: Collection[str],
    table: str | None = None,
    profile: Profile | str | None = None,
    others: Collection[str] = (),
    file: str | None = None,
) -> PartitionCheck:
    """What to ask of the parts of a table with these columns; see `check_frame`.

    Raises ValueError where the columns do not tell which table this is, for a table that the
    format does not have and for a profile that there is not.
    """
    asked = asked_profile(profile, optional=True)
    names = [name for name in columns if name != file]
    name = asked_table(table, optional=True) or table_of(names)
    if name is None:
        raise ValueError(unknown_columns(names).message)
    for other in others:
        asked_table(other)
    return PartitionCheck(
        name,
        asked or profile_of(name, names),
        tuple(columns),
        frozenset(others),
        file,
        is_told=asked is None,
    )


def _tell(faults: list[Fault]) -> pl.DataFrame:
    columns = {name: [getattr(fault, name) for fault in faults] for name in _TOLD}
    columns["severity"] = [str(fault.severity) for fault in faults]
    return pl.DataFrame(columns, dict.fromkeys(_TOLD, pl.String))


def _judged(held: HeldFrame, table: str, profile: Profile) -> tuple[PartRows, list[Fault]]:
    """The rows of a part, and what is wrong with each whatever the others hold.

    What is wrong with a column as a whole is told at its first row.
    """
    declared = TABLES[table]
    chunks = chunks_of(held, declared, max(held.height, 1))
    check = TableRun(chunks, declared, profile)
    columns: dict[str, Cells] = {}
    faults: list[Fault] = []
    for chunk in chunks:
        columns = {name: judge.judge(chunk.columns[name]) for name, judge in check.judges.items()}
        columns = with_prose(columns, check.table, profile)
        alone = check.faults_of_chunk(chunk, columns)
        faults = [fault.at(row=index + 1) for index, fault in alone]
    for name, judge in check.judges.items():
        if judge.foreign is not None:
            first = int((columns[name].states == UNREAD).argmax())
            faults.append(judge.foreign.at(row=first + 1))
    return PartRows(check.table, profile, columns, held.height), faults


def _judged_columns(part: Any, table: str, names: Collection[str], profile: Profile) -> PartRows:
    """Some columns of a part, judged cell by cell."""
    held, declared = hold_frame(part), TABLES[table]
    chunks = chunks_of(held, declared, max(held.height, 1), names=names)
    columns: dict[str, Cells] = {}
    for chunk in chunks:
        for name, stored in chunk.columns.items():
            columns[name] = ColumnJudge(declared.by_name[name], profile).judge(stored)
    return PartRows(declared, profile, columns, held.height)


def _columns(sides: Iterable[Side], table: str) -> frozenset[str]:
    return frozenset(name for side in sides if side.table == table for name in side.columns)


def _names_at(rows: PartRows, indices: list[int]) -> list[str]:
    """What the rows at these indices are called, sound or not."""
    parts = [
        [shown(plain_cell(rows.columns[name].stored(index))) or "" for index in indices]
        for name in naming_columns(rows.table)
        if name in rows.columns
    ]
    return (
        [BETWEEN.join(names) for names in zip(*parts, strict=True)]
        if parts
        else [""] * len(indices)
    )


def _names(rows: PartRows) -> pl.Series:
    """What all rows are called; only those with a fault in their name are read one by one."""
    columns = [rows.columns[name] for name in naming_columns(rows.table) if name in rows.columns]
    if not columns:
        return pl.Series("record", [""] * rows.height, pl.String)
    texts = [column.screened.cast(pl.String).alias(column.column.name) for column in columns]
    joined = pl.DataFrame(texts).select(pl.concat_str(pl.all(), separator=BETWEEN)).to_series()
    named = joined.alias("record")
    odd = np.flatnonzero(np.logical_or.reduce([column.states != SOUND for column in columns]))
    return named.scatter(odd, _names_at(rows, odd.tolist())) if len(odd) else named
