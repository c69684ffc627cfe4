"""What changed between two releases of a source, both converted: added, gone, changed by field.

Rows are the same event where the source's own id is the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from qantar.dataset.error import DatasetError
from qantar.dataset.events_file import read_table
from qantar.schema.safe_text import one_line

KEY = ("source_system", "source_event_id")
# They tell of the file and the release, not of the event.
OF_FILE = ("record_version", "source_version", "source_file", "source_row")
_TOLD = 20


@dataclass(frozen=True)
class TableDifference:
    """What differs between two tables of events.

    added, gone: event ids. changed: a row for each value that differs, with event_id, field, old
    and new as text. only_old, only_new: columns of one of the two alone. by: the columns that
    made rows the same.
    """

    before: int
    after: int
    added: list[str]
    gone: list[str]
    changed: pl.DataFrame
    only_old: list[str] = field(default_factory=list)
    only_new: list[str] = field(default_factory=list)
    by: tuple[str, ...] = KEY

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.gone or self.changed.height)

    def lines(self, limit: int = _TOLD) -> Iterator[str]:
        """For people: the sums, the fields that changed, and so many of the rows."""
        events = self.changed["event_id"].n_unique()
        yield (
            f"{self.before:,} rows and {self.after:,} rows: {len(self.added):,} added, "
            f"{len(self.gone):,} gone, {events:,} changed."
        )
        counts = self.changed["field"].value_counts(sort=True)
        for name, count in sorted(counts.iter_rows(), key=lambda pair: (-pair[1], pair[0])):
            yield f"{count:>9,}  {name}"
        for sign, names in (("-", self.only_old), ("+", self.only_new)):
            if names:
                yield f"{sign} columns: {', '.join(names)}"
        for sign, ids in (("+", self.added), ("-", self.gone)):
            yield from (f"{sign} {one_line(one)}" for one in ids[:limit])
            if len(ids) > limit:
                yield f"{sign} … {len(ids) - limit:,} more"
        for event_id, name, old, new in self.changed.head(limit).iter_rows():
            yield f"~ {one_line(event_id)} {name}: {_shown(old)} -> {_shown(new)}"
        if self.changed.height > limit:
            yield f"~ … {self.changed.height - limit:,} more values; --output writes all."


def compare_tables(old: Path, new: Path) -> TableDifference:
    """The differences of two converted tables of events; raises DatasetError."""
    before, after = read_table(old), read_table(new)
    key = _key(before, after)
    shared = [n for n in before.columns if n in after.columns and n not in (*key, *OF_FILE)]
    left, right = _side(before, key, shared, "old:"), _side(after, key, shared, "new:")
    added = right.join(left, on=key, how="anti", nulls_equal=True, maintain_order="left")
    gone = left.join(right, on=key, how="anti", nulls_equal=True, maintain_order="left")
    both = left.join(right, on=key, how="inner", nulls_equal=True, maintain_order="left")
    changed = [_changed(both, name) for name in shared if name != "event_id"]
    whole = pl.concat(changed) if changed else pl.DataFrame(schema=_CHANGED)
    return TableDifference(
        before.height,
        after.height,
        added["_id"].to_list(),
        gone["_id"].to_list(),
        whole.sort("event_id", "field"),
        [n for n in before.columns if n not in after.columns],
        [n for n in after.columns if n not in before.columns],
        key,
    )


_CHANGED = {"event_id": pl.String, "field": pl.String, "old": pl.String, "new": pl.String}


def _side(
    frame: pl.DataFrame, key: tuple[str, ...], shared: list[str], prefix: str
) -> pl.DataFrame:
    values = (pl.col(name).alias(f"{prefix}{name}") for name in shared if name != "event_id")
    return frame.select(*key, pl.col("event_id").alias("_id"), *values)


def _changed(both: pl.DataFrame, name: str) -> pl.DataFrame:
    old, new = pl.col(f"old:{name}"), pl.col(f"new:{name}")
    return both.filter(old.ne_missing(new)).select(
        pl.col("_id").alias("event_id"),
        pl.lit(name).alias("field"),
        old.cast(pl.String).alias("old"),
        new.cast(pl.String).alias("new"),
    )


def _key(before: pl.DataFrame, after: pl.DataFrame) -> tuple[str, ...]:
    """What makes rows the same: the source's id where each has it once, else our id."""
    for key in (KEY, ("event_id",)):
        if all(
            {*key} <= {*frame.columns}
            and not frame.select(pl.any_horizontal(pl.col(*key).is_null())).to_series().any()
            and frame.select(*key).n_unique() == frame.height
            for frame in (before, after)
        ):
            return key
    told = "Neither source_event_id nor event_id tells the rows of both tables apart."
    raise DatasetError(f"{told} Check them with `qantar validate --profile exchange`.")


def _shown(value: str | None) -> str:
    if value is None:
        return "absent"
    told = one_line(value)
    return told if len(told) <= 60 else f"{told[:59]}…"
