"""A column stands in an order to a column of the row that a key points to."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from qantar.schema import Profile
from qantar.schema.rule import Join
from qantar.validation.rules.condition import holds, met_in
from qantar.validation.rules.link.kind import Found, LinkKind
from qantar.validation.rules.link.side import Key, Side, key_of
from qantar.validation.rules.record.code import RecordCode
from qantar.validation.rules.row.compare import COMPARISONS, OPERATOR_WORDS
from qantar.validation.rules.row_fault import Row, fault_of
from qantar.validation.rules.value.rule import BROKEN, name_value
from qantar.validation.tables.array import Mask
from qantar.validation.tables.key_record import NO_VALUE, OPEN_VALUE, Records


class JoinKind(LinkKind[Join]):
    """Of rows that share the key in the other table the first counts."""

    def sides(self, rule: Join) -> tuple[Side, ...]:
        as_value = rule.operator not in ("==", "!=")
        one = Side(rule.table, rule.columns, rule.when, (rule.left,), as_value, is_judged=True)
        other = Side(rule.other_table, rule.other_columns, (), (rule.right,), as_value)
        return one, other

    def suspects(self, rule: Join, records: Sequence[Records], profile: Profile) -> Mask:
        """Where the pairs differ, or where two rows have the key and which counts is not told."""
        ones, others = records
        if not len(others):
            return np.zeros(len(ones), np.bool_)
        ordered = others[np.argsort(others["hash"], kind="stable")]
        hashes, asked = ordered["hash"], ones["hash"]
        places = np.minimum(np.searchsorted(hashes, asked), len(hashes) - 1)
        known = hashes[places] == asked
        left, right = ones["number"], ordered["number"][places]
        present = (left != NO_VALUE) & (right != NO_VALUE)
        in_order = np.asarray(COMPARISONS[rule.operator](left, right), np.bool_)
        found = present & ~in_order & (right != OPEN_VALUE)
        if _is_asked_of_one(rule, profile):
            found |= (left != NO_VALUE) ^ (right != NO_VALUE)
        nexts = np.minimum(places + 1, len(hashes) - 1)
        is_repeated = (hashes[nexts] == asked) & (nexts != places)
        return np.asarray(known & (left != OPEN_VALUE) & (found | is_repeated), np.bool_)

    def index(self, rule: Join, others: Sequence[Sequence[Row]]) -> Mapping[Key | None, Row]:
        by_key: dict[Key | None, Row] = {}
        for other in others[0]:
            by_key.setdefault(key_of(other, rule.other_columns), other)
        return by_key

    def index_key(self, rule: Join) -> tuple[str, tuple[str, ...]]:
        return rule.other_table, rule.other_columns

    def faults(self, rule: Join, rows: Sequence[Row], index: Any, profile: Profile) -> Found:
        """The rows whose value does not stand in the order to the other's."""
        for place, row in enumerate(rows):
            key = key_of(row, rule.columns)
            if key is None or key not in index or not holds(rule.when, row):
                continue
            left, right = row.get(rule.left), index[key].get(rule.right)
            if not _is_comparable(rule, left, right, profile):
                continue
            if not COMPARISONS[rule.operator](left, right):
                yield place, fault_of(rule, rule.left, row, _tell(rule, left, right))

    def in_record(self, rule: Join, code: RecordCode) -> None:
        level = code.levels[rule.table]
        if not level.is_within(rule.other_table, rule.columns):
            return
        left, right = level.value(rule.left), level.parent.value(rule.right)
        differs = f"{left} != {right}"
        if not _is_asked_of_one(rule, code.profile):
            both = f"{level.there(rule.left)} and {level.parent.there(rule.right)}"
            differs = f"{both} and not {left} {rule.operator} {right}"
        level.each.append(f"if {met_in(rule.when, level)} and ({differs}): return None")


KIND = JoinKind()


def _is_comparable(rule: Join, left: Any, right: Any, profile: Profile) -> bool:
    """Two values, or one of a pair that should be equal in a record where all is coded."""
    if BROKEN in (left, right) or (left is None and right is None):
        return False
    if left is None or right is None:
        return _is_asked_of_one(rule, profile)
    return True


def _is_asked_of_one(rule: Join, profile: Profile) -> bool:
    """Whether one value without the other is wrong, too."""
    return rule.operator == "==" and profile is Profile.coded


def _tell(rule: Join, left: Any, right: Any) -> str:
    here = "missing" if left is None else name_value(left)
    there = "missing" if right is None else name_value(right)
    words = OPERATOR_WORDS[rule.operator] if rule.operator == "==" else "must not exceed"
    return (
        f"{rule.left} is {here}, but {words} {rule.right} in {rule.other_table}, which is {there}"
    )
