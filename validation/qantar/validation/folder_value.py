"""A part of a table judged where it lies, and what parts have to tell each other.

A part is judged in two steps, so that any engine that can map and shuffle can run them.
`PartitionCheck.judge` finds the faults of rows alone, and cuts the shreds that rules
between rows need. The engine brings rows of equal `link` and `key` together, and
`PartitionCheck.join` turns them into faults. Rows have no number there: a fault is told
by the record and the file.
"""

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from qantar.schema import TABLES, Profile
from qantar.schema.rule import Rule, TableRule
from qantar.validation.fault import Fault, shown
from qantar.validation.frame import FrameCheck, begin_check, fault_of_columns
from qantar.validation.frame_column import sound
from qantar.validation.record_name import BETWEEN, naming_columns
from qantar.validation.shred import (
    SHREDS,
    faults_of_shreds,
    linking_rules,
    shreds_of,
    shreds_of_other,
)
from qantar.validation.table_kind import profile_of, table_of

# The columns of the answer: a fault without the places that only files and frames have.
ANSWER: dict[str, type[pl.DataType]] = dict.fromkeys(
    ("rule", "severity", "message", "file", "record", "column", "value", "suggestion"), pl.String
)
_SHRED = {"link" if name == "rule" else name: kind for name, kind in SHREDS.items()}
FOUND: dict[str, type[pl.DataType]] = _SHRED | {"bucket": pl.Int32} | ANSWER
NO_LINK = -1
# Where parts are numbered, a place is the part's number and the row's place within it.
PLACES_PER_PART = 2**33
BUCKETS = 64


@dataclass(frozen=True)
class PartitionCheck:
    """What is asked of every part of a table; it can be sent to where the parts are.

    columns: those of the table as it is held. others: the tables to which rules may point.
    file: the column that names the file of a row and is not judged.
    """

    table: str
    profile: Profile
    columns: tuple[str, ...]
    others: frozenset[str] = frozenset()
    file: str | None = None

    def faults_of_columns(self) -> pl.DataFrame:
        """What is wrong with the columns, told once for all parts; columns of `ANSWER`."""
        empty = pl.DataFrame(schema=dict.fromkeys(self.columns, pl.String))
        return _answer([*self._begin(empty).faults_of_columns()])

    def judge(self, part: Any, place: int = 0) -> pl.DataFrame:
        """Faults of the rows of a part, and its shreds; the columns of `FOUND`.

        part: rows as pandas, Polars or Arrow hold them. place: that of the first row, so
        that of rows that repeat each other the earlier is known.
        """
        files = self._files(part)
        check = self._begin(part)
        if not check.columns or not len(check.raw):
            return pl.DataFrame(schema=FOUND)
        faults = [*check.faults_alone()]
        rows = sorted({fault.row - 1 for fault in faults if fault.row})
        names = dict(zip(rows, _names(check, rows), strict=True))
        alone = _answer(
            faults,
            [names.get((fault.row or 0) - 1) for fault in faults],
            [files[fault.row - 1] if files is not None and fault.row else None for fault in faults],
        ).with_columns(
            link=pl.lit(NO_LINK, dtype=pl.Int32),
            place=pl.Series([(fault.row or 1) - 1 + place for fault in faults], dtype=pl.Int64),
        )
        # Faults that are told already travel with the shreds, spread over all workers.
        alone = alone.with_columns(key=pl.col("place").cast(pl.String))
        shreds = shreds_of(check, self._rules(), place)
        at = shreds["place"] - place
        linked = shreds.rename({"rule": "link"}).with_columns(
            record=_all_names(check).gather(at),
            file=pl.Series([None] * len(at), dtype=pl.String)
            if files is None
            else files.gather(at),
        )
        return _found(alone, linked)

    def judge_other(self, name: str, part: Any) -> pl.DataFrame:
        """Shreds of a part of a table that rules point to; the columns of `FOUND`."""
        check = begin_check(part, name, self.profile)
        if isinstance(check, Fault) or not check.columns:
            return pl.DataFrame(schema=FOUND)
        return _found(shreds_of_other(check, self._rules()).rename({"rule": "link"}))

    def join(self, found: pl.DataFrame) -> pl.DataFrame:
        """Rows of `FOUND` as faults, all of each link and key being there; as `ANSWER`."""
        found = found.select(pl.col(name).cast(kind) for name, kind in FOUND.items())
        told = found.filter(pl.col("link") == NO_LINK).select(*ANSWER)
        shreds = found.filter(pl.col("link") != NO_LINK).rename({"rule": "told"})
        linked = [
            *faults_of_shreds(
                shreds.rename({"link": "rule"}).select(*SHREDS), self.table, self.profile
            )
        ]
        places = pl.Series([link.place for link in linked], dtype=pl.Int64)
        judged = shreds.filter(~pl.col("is_other") & pl.col("place").is_in(places.implode()))
        named = {
            place: (record, file)
            for place, record, file in judged.select("place", "record", "file").iter_rows()
        }
        records, files = zip(*(named[link.place] for link in linked), strict=True) if linked else ((), ())
        return pl.concat([told, _answer([link.fault for link in linked], records, files)])

    def _begin(self, part: Any) -> FrameCheck:
        held = nw.from_native(part, eager_only=True)
        kept = [name for name in held.columns if name != self.file]
        check = begin_check(held.select(kept).to_native(), self.table, self.profile)
        if isinstance(check, Fault):
            raise TypeError(check.message)
        return check

    def _files(self, part: Any) -> pl.Series | None:
        if self.file is None:
            return None
        held = nw.from_native(part, eager_only=True)
        return held.get_column(self.file).to_polars().cast(pl.String)

    def _rules(self) -> tuple[tuple[int, TableRule], ...]:
        return linking_rules(self.table, self.profile, self.others)
