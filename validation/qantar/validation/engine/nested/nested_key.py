"""The ids of nested records and what points to them, over a whole file, as hashes."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from qantar.schema.rule import Acyclic
from qantar.validation.engine.nested.nested_circle import Ways, circling, ways_of
from qantar.validation.engine.nested.nested_link import IDENTIFIED, JudgedChunk, Links, key_of
from qantar.validation.engine.records.record import UNRESOLVED
from qantar.validation.readers.nested.level_rows import Mask
from qantar.validation.tables.cells import SOUND
from qantar.validation.tables.chunk import Rows
from qantar.validation.tables.key_hash import Hashes, hashes_of, repeated_rows


@dataclass(frozen=True)
class Loose:
    """What other records have, of which columns tell nothing sure.

    ids: by table. ways: by rule against circles, where their rows come from and lead to, and
    within what.
    """

    ids: dict[str, set[str]] = field(default_factory=lambda: {table: set() for table in IDENTIFIED})
    ways: dict[Acyclic, set[tuple[str, str, str | None]]] = field(
        default_factory=lambda: defaultdict(set)
    )


@dataclass
class _Held:
    """Hashes, and the record in which each was found, from 0."""

    hashes: list[Hashes] = field(default_factory=list)
    records: list[Rows] = field(default_factory=list)

    def add(self, hashes: Hashes, records: Rows) -> None:
        self.hashes.append(hashes)
        self.records.append(records)

    def joined(self) -> tuple[Hashes, Rows]:
        hashes = np.concatenate([np.zeros(0, np.uint64), *self.hashes])
        return hashes, np.concatenate([np.zeros(0, np.int64), *self.records])


@dataclass
class NestedKeys:
    """The ids of the records beyond suspicion, and what points out of each.

    16 bytes an id; of what points to somewhere, only what its own chunk does not settle.
    """

    links: Links

    def __post_init__(self) -> None:
        self.ids = {table: _Held() for table in IDENTIFIED}
        self.pointers = {rule.other_table: _Held() for rule in self.links.pointers}
        self.ways: dict[Acyclic, list[Ways]] = {rule: [] for rule in self.links.circles}

    def add(self, chunk: JudgedChunk, sure: Mask, first: int) -> None:
        """A chunk's records beyond suspicion; first: how many records were before it."""
        for table, held in self.ids.items():
            held.add(*_sure_hashes(chunk, table, key_of(table), sure, first))
        for rule in self.links.pointers:
            other = rule.other_table
            hashes, records = _sure_hashes(chunk, rule.table, rule.columns[0], sure, first)
            if other in self.ids:
                away = ~_is_among(hashes, self.ids[other].hashes[-1])
                hashes, records = hashes[away], records[away]
            if other in UNRESOLVED:
                # Noted once, so only the first is asked for.
                hashes, firsts = np.unique(hashes, return_index=True)
                records = records[firsts]
            self.pointers[other].add(hashes, records)
        for way in self.links.circles:
            self.ways[way].append(ways_of(chunk, way, sure, first))

    def suspects(self, loose: Loose) -> Iterator[Rows]:
        """Records that share an id, point to none, or are part of a circle."""
        for rule, ways in self.ways.items():
            yield circling(ways, loose.ways[rule])
        known: dict[str, Hashes] = {}
        for table, held in self.ids.items():
            hashes, records = held.joined()
            known[table] = np.concatenate([hashes, hashes_of(loose.ids[table])])
            repeated = repeated_rows([known[table]])
            yield records[repeated[repeated < len(records)]]
        for table, held in self.pointers.items():
            hashes, records = held.joined()
            if table in known:
                away = ~_is_among(hashes, known[table])
                hashes, records = hashes[away], records[away]
            if table in UNRESOLVED:
                order = np.lexsort((records, hashes))
                _, firsts = np.unique(hashes[order], return_index=True)
                records = records[order][firsts]
            yield records

    def present(self, table: str, values: Collection[str]) -> list[str]:
        """Those of some ids that records beyond suspicion have."""
        ordered = sorted(values)
        found = _is_among(hashes_of(ordered), self.ids[table].joined()[0])
        return [ordered[place] for place in np.flatnonzero(found).tolist()]


def _is_among(hashes: Hashes, others: Hashes) -> Mask:
    mask: Mask = pl.Series(hashes).is_in(pl.Series(others).implode()).to_numpy()
    return mask


def _sure_hashes(
    chunk: JudgedChunk, table: str, name: str, sure: Mask, first: int
) -> tuple[Hashes, Rows]:
    column, records = chunk.columns[table][name], chunk.rows[table].records
    chosen = sure[records] & (column.states == SOUND)
    return column.hashes()[chosen], records[chosen] + first
