"""A number is not below the sum of the numbers that belong to its row."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from qantar.schema import Profile
from qantar.schema.rule import Total
from qantar.schema.shape import INHERITED
from qantar.validation.rules.condition import holds
from qantar.validation.rules.link.kind import Found, LinkKind
from qantar.validation.rules.link.side import Key, Side, key_of, tell_key
from qantar.validation.rules.record.code import RecordCode
from qantar.validation.rules.row_fault import Row, fault_of, is_present
from qantar.validation.tables.array import Mask
from qantar.validation.tables.key_record import NO_VALUE, OPEN_VALUE, Records

Sums: TypeAlias = dict[Key, int]


class TotalKind(LinkKind[Total]):
    """Summed are rows that count in any case; a row with a faulty cell is left out."""

    def sides(self, rule: Total) -> tuple[Side, ...]:
        one = Side(rule.table, rule.columns, rule.when, (rule.column,), True, is_judged=True)
        other = Side(
            rule.other_table, rule.other_columns, rule.other_when, (rule.other_column,), True
        )
        return one, other

    def suspects(self, rule: Total, records: Sequence[Records], profile: Profile) -> Mask:
        ones, others = records
        known = ~np.isin(others["number"], (NO_VALUE, OPEN_VALUE))
        sums = _sums(others[known], ones["hash"])
        own = ones["number"]
        found: Mask = (own != NO_VALUE) & (own != OPEN_VALUE) & (sums > own)
        return found

    def index(self, rule: Total, others: Sequence[Sequence[Row]]) -> Sums:
        """The sum by key."""
        sums: Sums = defaultdict(int)
        for other in others[0]:
            key = key_of(other, rule.other_columns)
            if key is not None and holds(rule.other_when, other) is True:
                sums[key] += other[rule.other_column] if is_present(other, rule.other_column) else 0
        return sums

    def targets(
        self, rule: Total, own: Sequence[Row], known: Sequence[Row], *, is_judged: bool
    ) -> Sequence[Row]:
        """What belongs to a row is summed in this run, where its table is judged in it."""
        return own if is_judged else known

    def faults(self, rule: Total, rows: Sequence[Row], index: Any, profile: Profile) -> Found:
        """The rows whose number is below the sum."""
        for place, row in enumerate(rows):
            key = key_of(row, rule.columns)
            if key is None or not is_present(row, rule.column) or not holds(rule.when, row):
                continue
            total = index.get(key, 0)
            if row[rule.column] < total:
                found = (
                    f"{rule.column} is {row[rule.column]}, but {rule.other_column} of its parts "
                    f"adds up to {total} for {tell_key(rule.columns, key)}"
                )
                yield place, fault_of(rule, rule.column, row, found)

    def in_record(self, rule: Total, code: RecordCode) -> None:
        """Rows of one list of a record are few, so that they are judged as they are."""
        level = code.levels.get(rule.table)
        if level is None or rule.other_table != rule.table:
            return
        inherited = dict.fromkeys(INHERITED[rule.table], "")

        def is_broken(items: Sequence[Row]) -> bool:
            rows = [{**inherited, **item} for item in items] if len(items) > 1 else []
            found = self.faults(rule, rows, self.index(rule, [rows]), code.profile)
            return any(True for _ in found)

        level.after.append(f"if {code.bind(is_broken)}({level.items}): return None")


KIND = TotalKind()


def _sums(records: Records, asked: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """Of each hash that is asked for the sum of the numbers that have it."""
    ordered = records[np.argsort(records["hash"], kind="stable")]
    running = np.concatenate([[0], np.cumsum(ordered["number"])]).astype(np.int64)
    low, high = (np.searchsorted(ordered["hash"], asked, side) for side in ("left", "right"))
    return np.asarray(running[high] - running[low], np.int64)
