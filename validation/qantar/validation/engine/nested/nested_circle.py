"""Circles of pointers from record to record, over a whole file of nested records."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from qantar.schema.rule import Acyclic
from qantar.validation.engine.nested.nested_link import JudgedChunk
from qantar.validation.readers.nested.level_rows import Mask
from qantar.validation.rules.acyclic import circles
from qantar.validation.rules.link_rules import link_kind
from qantar.validation.tables.chunk import Rows
from qantar.validation.tables.key_hash import NONE, Hashes, hashes_of, joined_hashes
from qantar.validation.tables.key_record import NO_VALUE, OPEN_VALUE


@dataclass(frozen=True)
class Ways:
    """Where rows come from and lead to, as hashes, and the record of each; -1 for any."""

    sources: Hashes
    targets: Hashes
    records: Rows


def ways_of(chunk: JudgedChunk, rule: Acyclic, sure: Mask, first: int) -> Ways:
    """The ways of a chunk's records beyond suspicion; first: how many were before the chunk."""
    (side,) = link_kind(rule).sides(rule)
    records = chunk.rows[rule.table].records
    sources, targets = side.records(chunk.columns[rule.table], len(records))
    led = (sources != NONE) & ~np.isin(targets, (NO_VALUE, OPEN_VALUE)) & sure[records]
    places = np.flatnonzero(led)
    return Ways(sources[places], targets[places].view(np.uint64), records[places] + first)


def circling(ways: list[Ways], loose: Collection[tuple[str, str, str | None]]) -> Rows:
    """The records of ways that are part of a circle.

    loose: (source, target, within) of other rows; without the last where nothing parts them.
    """
    source, target, within = [*zip(*loose, strict=True)] or [(), (), ()]
    apart = [hashes_of([text for text in within if text is not None])] if any(within) else []
    more = Ways(_nodes(source, apart), _nodes(target, apart), np.full(len(loose), -1))
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


def _nodes(names: Collection[str], within: list[Hashes]) -> Hashes:
    """Rows with another value within which they lead are at another place."""
    return joined_hashes([hashes_of(names), *within], np.ones(len(names), np.bool_))
