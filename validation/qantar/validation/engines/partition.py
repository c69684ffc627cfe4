"""A part of a table judged where it lies, and what parts have to tell each other.

A part is judged in two steps, so that any engine that can map and shuffle can run them.
`PartitionCheck.judge` finds the faults of rows alone, and cuts the shreds that rules
between rows need. The engine brings rows of equal `link` and `key` together, and
`PartitionCheck.join` turns them into faults. Rows have no number there: a fault is told
by the record and the file.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from qantar.schema import TABLES, Profile, Severity
from qantar.schema.rule import Traced
from qantar.schema.rules import rules_of
from qantar.validation.faults.argument import asked_profile, asked_table
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.frames.frame import FrameCheck, begin_check, fault_of_columns
from qantar.validation.frames.frame_column import sound
from qantar.validation.frames.shred import (
    SHREDS,
    LinkingRule,
    faults_of_shreds,
    linking_rules,
    shreds_of,
    shreds_of_other,
)
from qantar.validation.rules.record_name import BETWEEN, naming_columns
from qantar.validation.rules.table_kind import faults_of_profile, profile_of, table_of
from qantar.validation.rules.unasked import needed_tables

_TOLD = ("rule", "severity", "message", "column", "value", "suggestion")
# The columns of the answer: a fault without the places that only files and frames have.
ANSWER: dict[str, type[pl.DataType]] = dict.fromkeys((*_TOLD, "record", "file"), pl.String)
# What a part yields: `link` is the number of a rule, or `DONE` for a fault that is told.
FOUND: dict[str, type[pl.DataType]] = {
    "link": pl.Int32,
    **{name: kind for name, kind in SHREDS.items() if name != "rule"},
    **ANSWER,
}
DONE = -1
# Where parts are numbered, a place is the part's number and the row's place within it.
PLACES_PER_PART = 2**33


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
        """What is wrong with the columns and what is not asked, told once; as `ANSWER`."""
        empty = pl.DataFrame(schema=dict.fromkeys(self.columns, pl.String))
        told = faults_of_profile(self.table, self.columns) if self.is_told else ()
        of_columns = self._begin(empty).faults_of_columns()
        return _fill(_tell([*told, *of_columns, *self._notes()]), ANSWER)

    def _notes(self) -> Iterator[Fault]:
        """What is not asked of a table in parts, though the tables that it takes are there."""
        traced = [r for r in rules_of(self.table, self.profile) if isinstance(r, Traced)]
        for name in dict.fromkeys(r.id for r in traced if {*needed_tables(r)} <= self.others):
            told = f"{name} is not asked of {self.table} in parts: its spans may lie in others."
            yield Fault(name, told, Severity.note)

    def judge(self, part: Any, place: int = 0) -> pl.DataFrame:
        """Faults of the rows of a part, and its shreds; the columns of `FOUND`.

        part: rows as pandas, Polars or Arrow hold them. place: that of the first row, so
        that of rows that repeat each other the first is known.
        """
        check = self._begin(part)
        if not check.columns or not len(check.raw):
            return pl.DataFrame(schema=FOUND)
        files = self._files(part)
        faults = [*check.faults_alone()]
        indices = [fault.row - 1 for fault in faults if fault.row]
        places = pl.Series(indices, dtype=pl.Int64) + place
        done = _tell(faults).with_columns(
            pl.lit(DONE, pl.Int32).alias("link"),
            # Faults that are told already travel with the shreds, spread over all workers.
            places.cast(pl.String).alias("key"),
            places.alias("place"),
            pl.Series("record", _names_at(check, indices), pl.String),
            files.gather(indices),
        )
        shreds = shreds_of(check, self._rules(), place).rename({"rule": "link"})
        at = shreds.get_column("place") - place
        placed = shreds.with_columns(_names(check).gather(at), files.gather(at))
        return pl.concat([_fill(done, FOUND), _fill(placed, FOUND)])

    def judge_other(self, name: str, part: Any) -> pl.DataFrame:
        """Shreds of a part of a table that rules point to; the columns of `FOUND`."""
        check = begin_check(part, name, self.profile)
        if isinstance(check, Fault) or not len(check.raw):
            return pl.DataFrame(schema=FOUND)
        return _fill(shreds_of_other(check, self._rules()).rename({"rule": "link"}), FOUND)

    def join(self, found: pl.DataFrame) -> pl.DataFrame:
        """Rows of `FOUND` as faults, all of each link and key being there; as `ANSWER`."""
        found = _fill(found, FOUND)
        shreds = found.filter(pl.col("link") != DONE)
        numbered = shreds.select(pl.col("link").alias("rule"), *[n for n in SHREDS if n != "rule"])
        linked = [*faults_of_shreds(numbered, self.table, self.profile)]
        own = shreds.filter(~pl.col("is_other")).select("place", "record", "file").unique("place")
        places = pl.Series("place", [link.place for link in linked], pl.Int64)
        told = _tell([link.fault for link in linked]).with_columns(places)
        joined = told.join(own, on="place", how="left")
        done = found.filter(pl.col("link") == DONE)
        return pl.concat([_fill(done, ANSWER), _fill(joined, ANSWER)])

    def _begin(self, part: Any) -> FrameCheck:
        held = nw.from_native(part, eager_only=True)
        kept = [name for name in held.columns if name != self.file]
        return FrameCheck(held.select(kept), TABLES[self.table], self.profile)

    def _files(self, part: Any) -> pl.Series:
        held = nw.from_native(part, eager_only=True)
        if self.file is None:
            return pl.Series("file", [None] * len(held), pl.String)
        files: pl.Series = held.get_column(self.file).to_polars()
        return files.cast(pl.String).alias("file")

    def _rules(self) -> tuple[tuple[int, LinkingRule], ...]:
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
        raise ValueError(fault_of_columns(names).message)
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


def _fill(frame: pl.DataFrame, schema: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    """The frame with exactly the columns of a schema, null where it has none."""
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in schema.items()
    )


def _names_at(check: FrameCheck, indices: list[int]) -> list[str]:
    """What the rows at these indices are called, sound or not."""
    parts = [
        [shown(cell) or "" for cell in check.cells(name, indices)]
        for name in naming_columns(check.table)
        if name in check.columns
    ]
    return (
        [BETWEEN.join(names) for names in zip(*parts, strict=True)]
        if parts
        else [""] * len(indices)
    )


def _names(check: FrameCheck) -> pl.Series:
    """What all rows are called; only those with a fault in their name are read one by one."""
    columns = [name for name in naming_columns(check.table) if name in check.columns]
    read = [part for name in columns for part in (name, sound(name))]
    frame = check.prepared.select(read).to_polars() if read else None
    if frame is None:
        return pl.Series("record", [""] * len(check.raw), pl.String)
    joined = pl.concat_str([pl.col(name).cast(pl.String) for name in columns], separator=BETWEEN)
    whole = pl.all_horizontal(sound(name) for name in columns)
    named = frame.select(joined.alias("record"), whole.alias("whole"))
    odd = (~named["whole"]).arg_true()
    return (
        named["record"].scatter(odd, _names_at(check, odd.to_list()))
        if len(odd)
        else named["record"]
    )
