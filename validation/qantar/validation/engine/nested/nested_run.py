"""A file of nested records of any size, in bounded memory, told as if it were read whole."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from qantar.schema import TABLES, Profile
from qantar.schema.shape import Row, Rows, shred
from qantar.validation.engine.nested.level_judge import NestedJudge
from qantar.validation.engine.nested.nested_key import Loose, NestedKeys
from qantar.validation.engine.nested.nested_link import IDENTIFIED, key_of, links_of
from qantar.validation.engine.records.record import RecordCheck, noted_once
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import FaultLog, FaultRuns, sort_faults
from qantar.validation.readers.json.text import Entry, read_line
from qantar.validation.readers.nested.chunks import NestedChunks
from qantar.validation.readers.pace import Pace
from qantar.validation.rules.null_value import tell_nulls_once
from qantar.validation.rules.value_rule import judge_cell
from qantar.validation.tables import chunk as chunk_module
from qantar.validation.tables.key_hash import hashes_of


@dataclass
class NestedCheck:
    """One run over one file.

    known: rows of the registry of actors, where one was given. rows: how many lines are not
    blank; malformed: how many of them hold no JSON.
    """

    chunks: NestedChunks
    profile: Profile
    pace: Pace | None = None
    known: Rows = field(default_factory=dict)
    rows: int = 0
    malformed: int = 0
    suspects: list[chunk_module.Rows] = field(default_factory=list)

    def __post_init__(self) -> None:
        known = {table: hashes_of(_ids(table, rows)) for table, rows in self.known.items()}
        self.keys = NestedKeys(links_of(self.profile), known)

    def run(self) -> Sequence[Fault]:
        """Every fault of the file, in the order of its rows."""
        judge = NestedJudge(self.profile)
        for taken in self.chunks:
            judged, suspects = judge.judge(taken)
            self.keys.add(judged, ~suspects, self.rows)
            self.suspects.append(np.flatnonzero(suspects) + self.rows)
            self.rows += taken.height
            if self.pace:
                self.pace.note(self.chunks.done, self.rows)
        alone = np.concatenate([np.zeros(0, np.int64), *self.suspects])
        among = [*self.keys.suspects(self._loose(alone))]
        return self._told(np.unique(np.concatenate([alone, *among])))

    def _loose(self, records: chunk_module.Rows) -> Loose:
        """What some records have that may concern others, without ids that have a fault."""
        loose = Loose()
        columns = {table: TABLES[table].by_name[key_of(table)] for table in IDENTIFIED}
        for item in self._read(records):
            if isinstance(item, Fault) or not isinstance(item.record, dict):
                continue
            for table, _, row in shred(item.record):
                value = row.get(key_of(table)) if table in columns else None
                if value is not None and not judge_cell(columns[table], value, self.profile):
                    loose.ids[table].add(value)
                for rule in self.keys.links.circles:
                    within = row.get(rule.within) if rule.within else None
                    source, target = row.get(rule.source), row.get(rule.target)
                    is_there = within is not None or rule.within is None
                    if rule.table == table and source and target and is_there:
                        told = None if within is None else str(within)
                        loose.ways[rule].add((str(source), str(target), told))
        return loose

    def _told(self, records: chunk_module.Rows) -> Sequence[Fault]:
        """The faults of some records, judged together among all others."""
        check = RecordCheck(self.profile, self.known)
        faults = FaultRuns()
        found = FaultLog()
        lines: dict[int | None, int] = {}
        for item in self._read(records):
            if isinstance(item, Fault):
                faults.append(item)
                self.malformed += 1
                continue
            lines[item.row] = item.first_line
            found.extend(check.judge(item.record, item.row))
        check.elsewhere = self._elsewhere(check.rows)
        found.extend(check.finish())
        ordered = sort_faults(found, lambda fault: fault.row or 0)
        faults.extend(fault.at(line=lines[fault.row]) for fault in noted_once(ordered))
        return tell_nulls_once(faults.merged())

    def _elsewhere(self, rows: Rows) -> Rows:
        """What these rows point to in records that are not read again."""
        asked: dict[str, set[str]] = {table: set() for table in IDENTIFIED}
        for rule in self.keys.links.pointers:
            if rule.other_table in asked:
                values = (row.get(rule.columns[0]) for row in rows[rule.table])
                asked[rule.other_table] |= {value for value in values if isinstance(value, str)}
        return {
            table: [{key_of(table): value} for value in self.keys.present(table, values)]
            for table, values in asked.items()
        }

    def _read(self, records: chunk_module.Rows) -> Iterator[Entry | Fault]:
        """Some records as they stand in the file, or what is wrong with their lines."""
        if not len(records):
            return
        again = self.chunks.lines_again(records)
        for record, (line, text) in zip(records.tolist(), again, strict=True):
            yield from read_line(text, record + 1, line)


def _ids(table: str, rows: Iterable[Row]) -> set[str]:
    """The ids of a table's rows that have one."""
    ids = (row.get(key_of(table)) for row in rows)
    return {value for value in ids if isinstance(value, str)}
