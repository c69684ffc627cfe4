"""The ids of nested records and what points to them, over whole files, as hashes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import numpy as np

from qantar.schema.rule import Acyclic
from qantar.validation.engine.nested.nested_link import IDENTIFIED, JudgedChunk, Links, key_of
from qantar.validation.engine.records.record import UNRESOLVED
from qantar.validation.rules.link.acyclic import circles, may_circle
from qantar.validation.rules.link.registry import link_kind
from qantar.validation.tables.array import Mask, RowNumbers
from qantar.validation.tables.cells import SOUND
from qantar.validation.tables.growing_array import GrowingArray
from qantar.validation.tables.key_hash import NONE, Hashes, hashes_of, is_among, repeated_rows
from qantar.validation.tables.key_record import NO_VALUE, OPEN_VALUE

# The record of what stands in one that is read again in any case.
_LOOSE = -1


@dataclass
class _Held:
    """Hashes, where each points if it does, and the record in which it was found, from 0."""

    hashes: GrowingArray = field(default_factory=GrowingArray)
    records: GrowingArray = field(default_factory=lambda: GrowingArray(np.int64))
    targets: GrowingArray = field(default_factory=GrowingArray)

    def add(self, hashes: Hashes, records: RowNumbers) -> None:
        self.hashes.add(hashes)
        self.records.add(records)

    def joined(self) -> tuple[Hashes, RowNumbers]:
        return self.hashes.whole(), self.records.whole()


@dataclass
class NestedKeys:
    """The ids of the records beyond suspicion, and what points out of each.

    16 bytes an id; of what points to somewhere, only what its own chunk does not settle.
    """

    links: Links

    def __post_init__(self) -> None:
        self.ids = {table: _Held() for table in IDENTIFIED}
        self.pointers = {rule.other_table: _Held() for rule in self.links.pointers}
        self.ways = {rule: _Held() for rule in self.links.circles}

    def add(self, chunk: JudgedChunk, sure: Mask, first: int) -> None:
        """A chunk's records beyond suspicion; first: how many records were before it."""
        own = {table: _sure_hashes(chunk, table, key_of(table), sure, first) for table in self.ids}
        for table, ids in own.items():
            self.ids[table].add(*ids)
        for rule in self.links.pointers:
            other = rule.other_table
            hashes, records = _sure_hashes(chunk, rule.table, rule.columns[0], sure, first)
            if other in own:
                away = ~is_among(hashes, own[other][0])
                hashes, records = hashes[away], records[away]
            if other in UNRESOLVED:
                # Noted once, so only the first is asked for.
                hashes, firsts = np.unique(hashes, return_index=True)
                records = records[firsts]
            self.pointers[other].add(hashes, records)
        for way in self.links.circles:
            self._add_ways(chunk, way, sure, first)

    def add_loose(self, chunk: JudgedChunk) -> None:
        """What records have that are read again in any case, and that may concern others."""
        for table, held in self.ids.items():
            every = np.ones(1, np.bool_)
            hashes, _ = _sure_hashes(chunk, table, key_of(table), every, 0)
            held.add(hashes, np.full(len(hashes), _LOOSE))
        for way in self.links.circles:
            self._add_ways(chunk, way, None, 0)

    def _add_ways(self, chunk: JudgedChunk, rule: Acyclic, sure: Mask | None, first: int) -> None:
        """Where rows come from and lead to; of all records where none is sure."""
        (side,) = link_kind(rule).sides(rule)
        records, columns = chunk.places[rule.table], chunk.columns[rule.table]
        sources, targets = side.records(columns, len(records))
        led = (sources != NONE) & ~np.isin(targets, (NO_VALUE, OPEN_VALUE))
        places = np.flatnonzero(led if sure is None else led & sure[records])
        held = self.ways[rule]
        held.targets.add(targets[places].view(np.uint64))
        is_loose = np.full(len(places), _LOOSE)
        held.add(sources[places], is_loose if sure is None else records[places] + first)

    def suspects(self) -> Iterator[RowNumbers]:
        """Records that share an id, point to none, or are part of a circle."""
        for held in self.ways.values():
            yield _circling(held)
        known: dict[str, Hashes] = {}
        for table, held in self.ids.items():
            known[table], records = held.joined()
            found = records[repeated_rows([known[table]])]
            yield found[found != _LOOSE]
        for table, held in self.pointers.items():
            hashes, records = held.joined()
            if table in known:
                away = ~is_among(hashes, known[table])
                hashes, records = hashes[away], records[away]
            if table in UNRESOLVED:
                order = np.lexsort((records, hashes))
                _, firsts = np.unique(hashes[order], return_index=True)
                records = records[order][firsts]
            yield records

    def present(self, table: str, values: Collection[str]) -> list[str]:
        """Those of some ids that records beyond suspicion have."""
        ordered = sorted(values)
        hashes, records = self.ids[table].joined()
        found = is_among(hashes_of(ordered), hashes[records != _LOOSE])
        return [ordered[place] for place in np.flatnonzero(found).tolist()]


def _circling(ways: _Held) -> RowNumbers:
    """The records of ways that are part of a circle."""
    sources, records = ways.joined()
    targets = ways.targets.whole()
    onward = np.flatnonzero(may_circle(sources, targets))
    pairs = [*zip(sources[onward].tolist(), targets[onward].tolist(), strict=True)]
    circle_of = circles(pairs)
    is_part = [target in circle_of[source] for source, target in pairs]
    found = records[onward[np.array(is_part, np.bool_)]]
    return np.extract(found != _LOOSE, found)


def _sure_hashes(
    chunk: JudgedChunk, table: str, name: str, sure: Mask, first: int
) -> tuple[Hashes, RowNumbers]:
    column, records = chunk.columns[table][name], chunk.places[table]
    chosen = sure[records] & (column.states == SOUND)
    return column.hashes()[chosen], records[chosen] + first
