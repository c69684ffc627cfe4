"""Within a group, a column counts from 1 without a gap."""

from collections import defaultdict
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from qantar.schema import Profile
from qantar.schema.rule import Sequence
from qantar.validation.faults.fault import shown
from qantar.validation.rules.link.kind import Found, LinkKind
from qantar.validation.rules.link.side import Key, Numbers, Side, key_of, tell_key
from qantar.validation.rules.record.code import RecordCode
from qantar.validation.rules.row_fault import Row, fault_of
from qantar.validation.rules.sql_text import all_sound
from qantar.validation.rules.value.rule import BROKEN
from qantar.validation.tables.array import Mask, RowNumbers
from qantar.validation.tables.cells import CellsByName
from qantar.validation.tables.growing_array import GrowingArray
from qantar.validation.tables.key_hash import NONE, Hashes
from qantar.validation.tables.key_record import Records


@dataclass
class SequenceStore:
    """The groups and numbers of all rows, 16 bytes each."""

    rule: Sequence
    groups: GrowingArray = field(default_factory=GrowingArray)
    numbers: GrowingArray = field(default_factory=lambda: GrowingArray(np.int64))

    @property
    def columns(self) -> tuple[str, ...]:
        return self.rule.on

    def take(self, columns: CellsByName, height: int) -> None:
        (side,) = KIND.sides(self.rule)
        groups, numbers = side.records(columns, height)
        self.groups.add(groups)
        self.numbers.add(numbers)

    def suspects(self) -> RowNumbers:
        gaps = _in_group_with_gap(self.groups.whole(), self.numbers.whole())
        return np.flatnonzero(gaps)


class SequenceKind(LinkKind[Sequence]):
    """A number that is broken or absent may be the one that seems to be missing."""

    is_settled_alone = True

    def sides(self, rule: Sequence) -> tuple[Side, ...]:
        side = Side(rule.table, rule.within, carries=(rule.column,), as_value=True, is_judged=True)
        return (side,)

    def suspects(self, rule: Sequence, records: SequenceOf[Records], profile: Profile) -> Mask:
        (rows,) = records
        return _in_group_with_gap(rows["hash"], rows["number"])

    def faults(self, rule: Sequence, rows: SequenceOf[Row], index: Any, profile: Profile) -> Found:
        """The rows before whose number one is missing."""
        numbers: dict[Key, set[Any]] = defaultdict(set)
        keys = [key_of(row, rule.within) for row in rows]
        for key, row in zip(keys, rows, strict=True):
            if key is not None:
                numbers[key].add(row.get(rule.column))
        for place, (key, row) in enumerate(zip(keys, rows, strict=True)):
            if key is None or BROKEN in numbers[key] or None in numbers[key]:
                continue
            number = row[rule.column]
            if number > 1 and number - 1 not in numbers[key]:
                found = f"{rule.column} is {shown(number)}, but {shown(number - 1)} is missing"
                found += f" for {tell_key(rule.within, key)}"
                yield place, fault_of(rule, rule.column, row, found)

    def begin(self, rule: Sequence, most: int) -> SequenceStore:
        return SequenceStore(rule)

    def in_record(self, rule: Sequence, code: RecordCode) -> None:
        level = code.levels[rule.table]
        own = [name for name in rule.within if name not in level.inherited]
        if len(own) == len(rule.within):
            return
        counted, number = (*own, rule.column), level.value(rule.column)
        keys, earlier = level.keys(counted), code.new(f"{rule.table}_earlier")
        level.before.append(f"{earlier} = []")
        before = level.key_before(counted)
        is_later = f"{level.there(rule.column)} and {number} > 1"
        level.each.append(f"if {is_later}: {earlier}.append({before})")
        level.after.append(f"if {earlier} and not {keys}.issuperset({earlier}): return None")

    def sql(self, rule: Sequence, record: str) -> str:
        """Rows of which the number before is missing, in groups where every row has a number."""
        within, number = rule.within, rule.column
        group = f"OVER (PARTITION BY {', '.join(within)})"
        counted = (
            f"SELECT *, {record} AS record, COUNT(*) {group} AS in_group, "
            f"COUNT({number}) {group} AS with_number FROM sound WHERE {all_sound(*within)}"
        )
        names = [f"{name} AS before_{n}" for n, name in enumerate(within)]
        before = f"SELECT DISTINCT {', '.join(names)}, {number} + 1 AS expected FROM sound"
        same = " AND ".join(f"{name} = before_{n}" for n, name in enumerate(within))
        return (
            f"SELECT counted.* FROM ({counted}) AS counted LEFT JOIN ({before}) AS numbers "
            f"ON {same} AND {number} = expected "
            f"WHERE in_group = with_number AND {number} > 1 AND expected IS NULL"
        )


KIND = SequenceKind()


def _in_group_with_gap(groups: Hashes, numbers: Numbers) -> Mask:
    """The rows of groups in which a number seems to be missing.

    Where a row has no number, or a faulty one, the greatest number still tells a gap or not.
    """
    held = pl.DataFrame({"group": groups, "number": numbers})
    number = pl.col("number")
    gap = number.max().over("group") != number.n_unique().over("group")
    mask: Mask = held.select(gap & (pl.col("group") != NONE)).to_series().to_numpy()
    return mask
