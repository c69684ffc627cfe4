"""Nested records judged chunk by chunk by the function that is generated from the rules.

It only tells which records are beyond suspicion. The others are read again and judged
together, so that a record is told the same in the same words, however it was read.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import msgspec
import numpy as np
import polars as pl

from qantar.schema import TABLES, Profile
from qantar.schema.shape import RECORD_TABLES
from qantar.validation.engine.column_judge import ColumnJudge
from qantar.validation.engine.nested.known_table import KnownTables
from qantar.validation.engine.nested.nested_link import ColumnNames, JudgedChunk, Links
from qantar.validation.engine.records.record_screen import NOT_JSON, code_of
from qantar.validation.engine.records.structure import structure_test
from qantar.validation.faults.fault import Fault
from qantar.validation.readers.json.text import read_line
from qantar.validation.readers.nested.chunks import NestedChunk
from qantar.validation.readers.nested.record_type import open_texts, record_decoder, record_type
from qantar.validation.rules.value.screen import TYPES
from qantar.validation.tables.array import Mask, RowNumbers
from qantar.validation.tables.cells import FAULTY, Cells

# By table, row after row, the number of its record and its values.
Kept: TypeAlias = dict[str, list[Any]]
Takers: TypeAlias = Iterable[Callable[[Iterable[Any]], None]]
# What is no JSON or has other types, and what a text raises in rules that take it to be sound.
_REFUSED = (msgspec.MsgspecError, LookupError, ArithmeticError, *NOT_JSON)


@dataclass
class RecordJudge:
    """Judges records chunk by chunk.

    wanted: by table, the columns that are asked for besides those that are judged. languages:
    those of the prose that is read quickly; a record with prose in others is a suspect.
    """

    profile: Profile
    links: Links
    known: KnownTables
    wanted: Iterable[ColumnNames] = ()
    languages: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        names: dict[str, dict[str, None]] = {table: {} for table in RECORD_TABLES}
        for asked in (open_texts(self.profile, self.languages), self.links.columns, *self.wanted):
            for table, columns in asked.items():
                names[table] |= dict.fromkeys(columns)
        kept = tuple((table, tuple(columns)) for table, columns in names.items())
        self.look = _compiled(self.profile, kept, self.languages)
        self.decode = record_decoder(self.profile, self.languages).decode
        self.type = record_type(self.profile, self.languages)
        self.has_structure = structure_test(self.profile)
        self.judges = {
            table: [ColumnJudge(TABLES[table].by_name[name], self.profile) for name in columns]
            for table, columns in kept
        }

    def judge(self, chunk: NestedChunk) -> tuple[JudgedChunk, Mask]:
        """What the chunk's records hold, and which may have a fault as far as that tells."""
        kept, suspects = self._look(chunk)
        columns: dict[str, dict[str, Cells]] = {}
        places: dict[str, RowNumbers] = {}
        for table, judges in self.judges.items():
            values, width = kept[table], len(judges) + 1
            numbers = values[::width]
            places[table] = np.fromiter(numbers, np.int64, len(numbers))
            columns[table] = {}
            for position, judge in enumerate(judges, start=1):
                column = judge.column
                held = values[position::width]
                series = pl.Series(column.name, held, TYPES[column.kind], strict=False)
                cells = judge.judge(series, is_printable=chunk.is_printable)
                suspects[places[table][cells.states >= FAULTY]] = True
                columns[table][column.name] = cells
        judged = JudgedChunk(places, columns, self.profile)
        for rule in self.links.outward:
            suspects[places[rule.table][judged.suspects_among(rule, self.known)]] = True
        return judged, suspects

    def _look(self, chunk: NestedChunk) -> tuple[Kept, Mask]:
        """The rows of the records in which the function finds nothing, and which are others."""
        kept: Kept = {table: [] for table in self.judges}
        suspects = np.zeros(chunk.height, np.bool_)
        takers = [rows.extend for rows in kept.values()]
        decode, look = self.decode, self.look
        pairs = zip(chunk.lines(), chunk.keys.tolist(), strict=True)
        for number, (line, keys) in enumerate(pairs):
            try:
                # As many keys as there can be: none is unknown, and none stands twice.
                if look(decode(line), number, *takers) == keys:
                    continue
            except _REFUSED:
                pass
            self._forget(kept, number)
            if not self._is_sound(line, number, takers):
                self._forget(kept, number)
                suspects[number] = True
        return kept, suspects

    def _is_sound(self, line: memoryview, number: int, takers: Takers) -> bool:
        """The same of a line that is read exactly."""
        (item,) = read_line(bytes(line))
        if isinstance(item, Fault):
            return False
        try:
            if not self.has_structure(item.record) or self._is_beyond(item.record):
                return False
            record = msgspec.convert(item.record, self.type)
            return self.look(record, number, *takers) is not None
        except _REFUSED:
            return False

    def _is_beyond(self, record: dict[str, Any]) -> bool:
        """Whether it has prose that the quick reader has no field for."""
        fields = self.type.__struct_fields__
        base_of = TABLES["events"].base_of
        return any(base_of(name) is not None for name in record if name not in fields)

    def _forget(self, kept: Kept, number: int) -> None:
        """Forget the rows of a record that was not looked at to its end."""
        for table, values in kept.items():
            width = len(self.judges[table]) + 1
            while values and values[-width] == number:
                del values[-width:]


@cache
def _compiled(
    profile: Profile, keeps: tuple[tuple[str, tuple[str, ...]], ...], languages: tuple[str, ...]
) -> Any:
    return code_of(profile, dict(keeps), languages).compile()
