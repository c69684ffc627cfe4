"""Tables to which nested records lead, in memory or in chunks, looked up by the hashes of keys."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from qantar.schema import TABLES, Profile
from qantar.schema.shape import Row
from qantar.validation.engine.column_judge import ColumnJudge
from qantar.validation.engine.links.link_run import SideTaker
from qantar.validation.engine.links.linked_table import Linked
from qantar.validation.readers.json.row_table import values_of_column
from qantar.validation.rules.link.kind import LinkRule
from qantar.validation.rules.link.registry import link_kind
from qantar.validation.rules.link.side import Side, key_hashes
from qantar.validation.tables.array import RowNumbers
from qantar.validation.tables.cells import Cells
from qantar.validation.tables.key_hash import Hashes
from qantar.validation.tables.key_record import KeyRecords, Records, no_rows, rows_of


@dataclass
class KnownTables:
    """Tables whose rows are known, and judged elsewhere; 24 bytes a row for each of their keys.

    rules: those that lead to them from nested records. ordered: by side, its records in order
    of their hashes.
    """

    tables: Mapping[str, Linked]
    rules: Sequence[LinkRule]
    profile: Profile
    ordered: dict[Side, Records] = field(default_factory=dict)

    def __post_init__(self) -> None:
        sides = {side for rule in self.rules for side in link_kind(rule).sides(rule)[1:]}
        # Nothing is spilled, since every chunk of records looks for its keys.
        takers = {side: SideTaker(side, KeyRecords(most=2**62)) for side in sides}
        for name, table in self.tables.items():
            table.show([taker for side, taker in takers.items() if side.table == name])
        for side, taker in takers.items():
            (records,) = taker.records.parts(apart=False)
            self.ordered[side] = records[np.argsort(records["hash"], kind="stable")]

    def records(self, side: Side, hashes: Hashes) -> Records:
        """The records of a side that have one of the hashes."""
        held = self.ordered[side]
        asked = np.unique(hashes)
        starts = np.searchsorted(held["hash"], asked)
        counts = np.searchsorted(held["hash"], asked, side="right") - starts
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        found: Records = held[np.repeat(starts, counts) + within]
        return found

    def rows(self, pointing: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
        """The rows to which marked rows lead, by table; of each the columns that rules read."""
        wanted: dict[str, list[RowNumbers]] = {name: [no_rows()] for name in self.tables}
        names: dict[str, set[str]] = {name: set() for name in self.tables}
        for rule in self.rules:
            one, *others = link_kind(rule).sides(rule)
            hashes = hashes_of_rows(pointing[one.table], one.key, one.table, self.profile)
            for other in others:
                wanted[other.table].append(rows_of(self.records(other, hashes)))
                names[other.table] |= {*other.columns}
        return {
            name: [*self._read(name, np.unique(np.concatenate(rows)), names[name])]
            for name, rows in wanted.items()
        }

    def _read(self, name: str, rows: RowNumbers, columns: Collection[str]) -> Iterator[Row]:
        if len(rows):
            yield from self.tables[name].rows(rows, columns)[0]


def hashes_of_rows(rows: Sequence[Row], key: Sequence[str], table: str, profile: Profile) -> Hashes:
    """The hash of each row's key, as chunks have it; `NONE` where it is not sound."""
    return key_hashes(cells_of_rows(rows, key, table, profile), key, len(rows))


def cells_of_rows(
    rows: Sequence[Row], names: Iterable[str], table: str, profile: Profile
) -> dict[str, Cells]:
    """Some columns of rows, as chunks have them."""
    cells = {}
    for name in names:
        column = TABLES[table].by_name[name]
        values = values_of_column(column, [row.get(name) for row in rows])
        cells[name] = ColumnJudge(column, profile).judge(values)
    return cells
