"""Circles of pointers from record to record, over a whole file of nested records."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from qantar.schema.rule import Acyclic
from qantar.validation.engine.nested.nested_link import JudgedChunk
from qantar.validation.readers.nested.level_rows import Mask
from qantar.validation.rules.circle import circles
from qantar.validation.tables.cells import SOUND
from qantar.validation.tables.chunk import Rows
from qantar.validation.tables.key_hash import Hashes, hashes_of, joined_hashes


@dataclass(frozen=True)
class Ways:
    """Where rows come from and lead to, as hashes, and the record of each; -1 for any."""

    sources: Hashes
    targets: Hashes
    records: Rows


def ways_of(chunk: JudgedChunk, rule: Acyclic, sure: Mask, first: int) -> Ways:
    """The ways of a chunk's records beyond suspicion; first: how many were before the chunk."""
    columns, records = chunk.columns[rule.table], chunk.rows[rule.table].records
    needed = [columns[name] for name in (rule.source, rule.target, rule.within) if name]
    chosen = np.logical_and.reduce([column.states == SOUND for column in needed])
    places = np.flatnonzero(chosen & sure[records] & chunk.where(rule.table, rule.when))
    source, target, *within = (column.hashes()[places] for column in needed)
    # A rule that does not part its rows takes all to lie within one.
    apart = within or [np.repeat(hashes_of([""]), len(places))]
    return Ways(*_nodes(source, target, apart), records[places] + first)


def circling(ways: list[Ways], loose: Collection[tuple[str, str, str]]) -> Rows:
    """The records of ways that are part of a circle."""
    source, target, within = (hashes_of(part) for part in [*zip(*loose, strict=True)] or [()] * 3)
    more = Ways(*_nodes(source, target, [within]), np.full(len(loose), -1))
    all_ways = [*ways, more]
    sources = np.concatenate([way.sources for way in all_ways])
    targets = np.concatenate([way.targets for way in all_ways])
    records = np.concatenate([way.records for way in all_ways])
    # What leads nowhere further is part of none, which rules out nearly all.
    onward = np.isin(targets, sources) & np.isin(sources, targets) & (sources != targets)
    pairs = [*zip(sources[onward].tolist(), targets[onward].tolist(), strict=True)]
    circle_of = circles(pairs)
    is_part = [target in circle_of[source] for source, target in pairs]
    found: Rows = records[onward][np.array(is_part, np.bool_)]
    return found[found >= 0]


def _nodes(source: Hashes, target: Hashes, within: list[Hashes]) -> tuple[Hashes, Hashes]:
    """Rows with another value within which they lead are at another place."""
    there = np.ones(len(source), np.bool_)
    return joined_hashes([source, *within], there), joined_hashes([target, *within], there)
