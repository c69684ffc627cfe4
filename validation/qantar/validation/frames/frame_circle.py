"""Circles among the rows of a frame: which rows may be part of one, told by arrays alone."""

from collections.abc import Iterator

import narwhals as nw
import numpy as np
import numpy.typing as npt
import polars as pl

from qantar.schema.rule import Acyclic
from qantar.schema.rules import rules_of
from qantar.validation.faults.fault import Fault
from qantar.validation.frames.frame import FrameCheck
from qantar.validation.frames.frame_column import sound
from qantar.validation.frames.frame_rule import Screen
from qantar.validation.rules.circle import faults_of_circles, may_circle

# Beyond all names that a column may have.
_KEPT = "|kept"


def circles_in(check: FrameCheck) -> Iterator[Fault]:
    """The faults of rows that point to each other in a circle, with row and column."""
    for rule in rules_of(check.table.name, check.profile):
        if isinstance(rule, Acyclic) and {*pointing_columns(rule)} <= check.columns.keys():
            placed = [*check.rows(read_columns(rule), _suspects(check, rule))]
            for position, fault in faults_of_circles(rule, [row for _, row in placed]):
                yield fault.at(row=placed[position][0] + 1)


def pointing_columns(rule: Acyclic) -> tuple[str, ...]:
    """The columns without which a row points nowhere."""
    return tuple(name for name in (rule.source, rule.target, rule.within) if name)


def read_columns(rule: Acyclic) -> tuple[str, ...]:
    """Every column that the rule reads."""
    return tuple(dict.fromkeys((*pointing_columns(rule), *(c.column for c in rule.when))))


def circling(ends: pl.DataFrame) -> npt.NDArray[np.bool_]:
    """Which rows may be part of a circle.

    ends: the columns source, target and within; rows with another value in the last never meet.
    """
    # Two nodes with one hash make a few rows more suspect, and none less.
    sources, targets = (
        ends.select(pl.struct(end, "within").hash()).to_series().to_numpy()
        for end in (pl.col("source").alias("node"), pl.col("target").alias("node"))
    )
    return may_circle(sources, targets)


def _suspects(check: FrameCheck, rule: Acyclic) -> list[int]:
    """The rows that have both ends and from which rows lead on and back."""
    pointing = pointing_columns(rule)
    holds = Screen(check.prepared.columns).holds(rule.when).fill_null(False)
    flags = [nw.col(sound(name)) for name in pointing]
    kept = nw.all_horizontal(*flags, holds, ignore_nulls=True)
    marked = check.prepared.with_columns(**{_KEPT: kept})
    places = np.array(marked.get_column(_KEPT).arg_true().to_list(), np.int64)
    if not len(places):
        return []
    rows = marked.filter(nw.col(_KEPT)).select(*dict.fromkeys(pointing)).to_polars()
    within = pl.col(rule.within) if rule.within else pl.lit("")
    ends = rows.select(
        pl.col(rule.source).alias("source"),
        pl.col(rule.target).alias("target"),
        within.alias("within"),
    )
    return [int(place) for place in places[circling(ends)]]
