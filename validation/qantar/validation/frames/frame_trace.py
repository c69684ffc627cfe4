"""Values of a frame that no span shows, told by the frames of mentions and spans beside it."""

from collections.abc import Collection, Iterator, Mapping

import polars as pl

from qantar.schema.rule import Traced
from qantar.schema.rules import rules_of
from qantar.schema.shape import Row
from qantar.validation.faults.fault import Fault
from qantar.validation.frames.frame import FrameCheck
from qantar.validation.frames.frame_column import sound
from qantar.validation.rules.trace import Traces
from qantar.validation.rules.unasked import needed_tables

_READ = {"mentions": ("mention_id", "event_id"), "spans": ("mention_id", "field", "ordinal")}


def untraced_in(check: FrameCheck, others: Mapping[str, FrameCheck]) -> Iterator[Fault]:
    """The faults of rows with a value that no span shows, with row and column."""
    rules = [
        rule
        for rule in rules_of(check.table.name, check.profile)
        if isinstance(rule, Traced) and {*needed_tables(rule)} <= others.keys()
    ]
    if not rules or not check.columns:
        return
    traces = Traces({name: _rows(others[name], name) for name in _READ if name in others})
    for rule in rules:
        named = (*rule.columns, rule.key, *(condition.column for condition in rule.when))
        columns = tuple(dict.fromkeys((*named, *([rule.ordinal] if rule.ordinal else []))))
        placed = [*check.rows(columns, _filled(check, rule.columns))]
        for position, fault in traces.faults(rule, [row for _, row in placed]):
            yield fault.at(row=placed[position][0] + 1)


def _rows(other: FrameCheck, table: str) -> list[Row]:
    return [row for _, row in other.rows(_READ[table], [*range(len(other.raw))])]


def _filled(check: FrameCheck, columns: Collection[str]) -> list[int]:
    """The rows that have a value in one of the columns."""
    flags = [sound(name) for name in columns if name in check.columns]
    if not flags:
        return []
    told = check.prepared.select(*flags).to_polars()
    return [int(n) for n in told.select(pl.any_horizontal(flags)).to_series().arg_true()]
