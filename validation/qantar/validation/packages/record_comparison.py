"""Nested records in chunks compared with the tables of a package, in bounded memory."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from qantar.schema import TABLES, Profile
from qantar.schema.shape import Row, Rows, flatten
from qantar.validation.engine.links.linked_table import LinkedTable
from qantar.validation.engine.nested.known_table import hashes_of_rows
from qantar.validation.engine.nested.nested_link import JudgedChunk
from qantar.validation.engine.nested.nested_run import RecordChunks
from qantar.validation.faults.fault import Fault
from qantar.validation.packages.comparison import compare_rows
from qantar.validation.packages.large_table import row_hashes
from qantar.validation.readers.json.text import Entry
from qantar.validation.rules.link.side import key_hashes
from qantar.validation.rules.value.rule import BROKEN
from qantar.validation.tables.array import Mask, RowNumbers
from qantar.validation.tables.cells import ABSENT, CellsByName
from qantar.validation.tables.key_hash import NONE, Hashes


@dataclass
class _Side:
    """Of each row the hash of its key, that of all its cells, and its number, 24 bytes."""

    keys: list[Hashes] = field(default_factory=list)
    wholes: list[Hashes] = field(default_factory=list)
    numbers: list[RowNumbers] = field(default_factory=list)

    def joined(self) -> tuple[Hashes, Hashes, RowNumbers]:
        none = np.zeros(0, np.uint64)
        numbers = np.concatenate([np.zeros(0, np.int64), *self.numbers])
        return np.concatenate([none, *self.keys]), np.concatenate([none, *self.wholes]), numbers


@dataclass
class RecordComparison:
    """The rows of records by their hashes; what differs is read again, on either side.

    tables: those that records hold too. unsure: records of which columns tell nothing sure.
    """

    tables: Mapping[str, LinkedTable]
    profile: Profile
    held: dict[str, _Side] = field(default_factory=dict)
    unsure: list[RowNumbers] = field(default_factory=list)

    def add(self, chunk: JudgedChunk, sure: Mask, first: int) -> None:
        """The next chunk; see `nested_run.ChunkTaker`."""
        self.unsure.append(np.flatnonzero(~sure) + first)
        for name in self.tables:
            columns, places = chunk.columns[name], chunk.places[name]
            chosen = np.flatnonzero(sure[places])
            side = self.held.setdefault(name, _Side())
            side.keys.append(key_hashes(columns, TABLES[name].primary_key, len(places))[chosen])
            side.wholes.append(_whole_hashes(name, columns, len(places))[chosen])
            side.numbers.append(places[chosen] + first)

    def faults(self, chunks: RecordChunks, file: str) -> Iterator[Fault]:
        """Cells of the tables that the records have otherwise; raises OSError."""
        alone = np.concatenate([np.zeros(0, np.int64), *self.unsure])
        unsure = _flat(chunks, alone)
        for name, table in self.tables.items():
            keys, wholes, records = self.held.get(name, _Side()).joined()
            their_keys, their_wholes, rows = _side_of(table).joined()
            asked = np.concatenate(
                [
                    self._keys(name, unsure[name]),
                    keys[~np.isin(wholes, their_wholes)],
                    their_keys[~np.isin(their_wholes, wholes)],
                ]
            )
            again = np.setdiff1d(records[np.isin(keys, asked)], alone)
            nested = [*unsure[name], *self._having(asked, name, _flat(chunks, again)[name])]
            found = rows[np.isin(their_keys, asked) | (their_keys == NONE)]
            yield from _differing(table, found, nested, file)

    def _keys(self, name: str, rows: Sequence[Row]) -> Hashes:
        return hashes_of_rows(rows, TABLES[name].primary_key, name, self.profile)

    def _having(self, asked: Hashes, name: str, rows: Sequence[Row]) -> Iterator[Row]:
        """The rows that have one of the keys."""
        for place in np.flatnonzero(np.isin(self._keys(name, rows), asked)).tolist():
            yield rows[place]


def _stored(name: str) -> tuple[str, ...]:
    return tuple(column.name for column in TABLES[name].stored)


def _whole_hashes(name: str, columns: CellsByName, height: int) -> Hashes:
    """A hash of each row's cells, the same whether or not languages without a text are there."""
    table = TABLES[name]
    found = row_hashes(columns, [c.name for c in table.stored if not c.by_language], height)
    for held in (held for held in columns if table.base_of(held)):
        # Odd, so that no bit is lost.
        factor = np.uint64(zlib.crc32(held.encode()) << 1 | 1)
        is_there = columns[held].marks != ABSENT
        found = found + np.where(is_there, row_hashes(columns, (held,), height) * factor, NONE)
    return found


def _side_of(table: LinkedTable) -> _Side:
    side = _Side()
    names, key = _stored(table.table), TABLES[table.table].primary_key
    height = 0
    for chunk, columns in table.judged({*names, *key}):
        side.keys.append(key_hashes(columns, key, chunk.height))
        side.wholes.append(_whole_hashes(table.table, columns, chunk.height))
        side.numbers.append(np.arange(height, height + chunk.height))
        height += chunk.height
    return side


def _flat(chunks: RecordChunks, records: RowNumbers) -> Rows:
    """The rows of some records, by table."""
    read = (item.record for item in chunks.again(records) if isinstance(item, Entry))
    return flatten(record for record in read if isinstance(record, dict))


def _differing(
    table: LinkedTable, numbers: RowNumbers, nested: Sequence[Row], file: str
) -> Iterator[Fault]:
    """What is told of some rows of a table beside those of the records with the same keys."""
    names = table.known({*_stored(table.table), *TABLES[table.table].primary_key})
    rows, lines = table.rows(numbers, names) if len(numbers) else ([], [])
    unread = {
        (place, name)
        for place, row in enumerate(rows)
        for name, value in row.items()
        if value is BROKEN
    }
    for place, fault in compare_rows(table.table, enumerate(rows), nested, unread, file):
        if place is None:
            yield fault.at(file=table.file)
        else:
            yield table.place(fault, int(numbers[place]), lines[place])
