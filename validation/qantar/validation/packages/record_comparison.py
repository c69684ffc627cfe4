"""Nested records in chunks compared with the tables of a package, in bounded memory."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from qantar.schema import TABLES, Profile
from qantar.schema.language import languages_in
from qantar.schema.shape import Row, Rows, flatten
from qantar.validation.engine.links.linked_table import LinkedTable
from qantar.validation.engine.nested.known_table import hashes_of_rows
from qantar.validation.engine.nested.nested_link import ColumnNames, JudgedChunk
from qantar.validation.engine.nested.nested_run import RecordChunks
from qantar.validation.faults.fault import Fault
from qantar.validation.packages.comparison import compare_rows
from qantar.validation.packages.large_table import row_hashes
from qantar.validation.readers.json.text import Entry
from qantar.validation.rules.link.side import key_hashes
from qantar.validation.rules.value.rule import BROKEN
from qantar.validation.tables.array import Mask, RowNumbers
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
    names: by table, the columns that are compared.
    """

    tables: Mapping[str, LinkedTable]
    profile: Profile
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    held: dict[str, _Side] = field(default_factory=dict)
    unsure: list[RowNumbers] = field(default_factory=list)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the prose that the tables have."""
        found = (languages_in(t.header, TABLES[n].prose) for n, t in self.tables.items())
        return tuple(dict.fromkeys(language for languages in found for language in languages))

    def columns_in(self, languages: Sequence[str]) -> ColumnNames:
        """Every column that a table has, but for those that are derived."""
        self.names = {name: _stored(name, languages) for name in self.tables}
        return {name: (*held, *TABLES[name].primary_key) for name, held in self.names.items()}

    def add(self, chunk: JudgedChunk, sure: Mask, first: int) -> None:
        """The next chunk; see `nested_run.ChunkTaker`."""
        self.unsure.append(np.flatnonzero(~sure) + first)
        for name in self.tables:
            columns, places = chunk.columns[name], chunk.places[name]
            chosen = np.flatnonzero(sure[places])
            side = self.held.setdefault(name, _Side())
            side.keys.append(key_hashes(columns, TABLES[name].primary_key, len(places))[chosen])
            side.wholes.append(row_hashes(columns, self.names[name], len(places))[chosen])
            side.numbers.append(places[chosen] + first)

    def faults(self, chunks: RecordChunks, file: str) -> Iterator[Fault]:
        """Cells of the tables that the records have otherwise; raises OSError."""
        alone = np.concatenate([np.zeros(0, np.int64), *self.unsure])
        unsure = _flat(chunks, alone)
        for name, table in self.tables.items():
            keys, wholes, records = self.held.get(name, _Side()).joined()
            their_keys, their_wholes, rows = _side_of(table, self.names[name]).joined()
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
            yield from _differing(table, self.names[name], found, nested, file)

    def _keys(self, name: str, rows: Sequence[Row]) -> Hashes:
        return hashes_of_rows(rows, TABLES[name].primary_key, name, self.profile)

    def _having(self, asked: Hashes, name: str, rows: Sequence[Row]) -> Iterator[Row]:
        """The rows that have one of the keys."""
        for place in np.flatnonzero(np.isin(self._keys(name, rows), asked)).tolist():
            yield rows[place]


def _stored(name: str, languages: Sequence[str]) -> tuple[str, ...]:
    return tuple(column.name for column in TABLES[name].in_languages(languages).stored)


def _side_of(table: LinkedTable, names: Sequence[str]) -> _Side:
    side = _Side()
    key = TABLES[table.table].primary_key
    height = 0
    for chunk, columns in table.judged({*names, *key}):
        side.keys.append(key_hashes(columns, key, chunk.height))
        side.wholes.append(row_hashes(columns, names, chunk.height))
        side.numbers.append(np.arange(height, height + chunk.height))
        height += chunk.height
    return side


def _flat(chunks: RecordChunks, records: RowNumbers) -> Rows:
    """The rows of some records, by table."""
    read = (item.record for item in chunks.again(records) if isinstance(item, Entry))
    return flatten(record for record in read if isinstance(record, dict))


def _differing(
    table: LinkedTable,
    names: Sequence[str],
    numbers: RowNumbers,
    nested: Sequence[Row],
    file: str,
) -> Iterator[Fault]:
    """What is told of some rows of a table beside those of the records with the same keys."""
    asked = {*names, *TABLES[table.table].primary_key}
    rows, lines = table.rows(numbers, asked) if len(numbers) else ([], [])
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
