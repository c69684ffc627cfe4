"""To each row of a table belong so many rows of another."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from qantar.schema import Profile
from qantar.schema.rule import Condition, Rule, Tally
from qantar.validation.faults.fault import shown
from qantar.validation.rules.condition import holds, met_in
from qantar.validation.rules.link.kind import Found, LinkKind
from qantar.validation.rules.link.side import CERTAIN, Key, Side, key_of, tell_key
from qantar.validation.rules.record.code import RecordCode
from qantar.validation.rules.row_fault import Row, fault_of
from qantar.validation.tables.array import Mask
from qantar.validation.tables.key_hash import Hashes
from qantar.validation.tables.key_record import Records

Counts: TypeAlias = dict[Key, int]


class TallyKind(LinkKind[Tally]):
    """A row with a faulty cell may count: too few are told without it, too many with it."""

    def sides(self, rule: Tally) -> tuple[Side, ...]:
        one = Side(rule.table, rule.columns, rule.when, is_judged=True)
        return one, Side(rule.other_table, rule.other_columns, rule.other_when)

    def suspects(self, rule: Tally, records: Sequence[Records], profile: Profile) -> Mask:
        ones, others = records
        hashes: Hashes = others["hash"]
        found: Mask = _counts(hashes, ones["hash"]) < rule.minimum
        if rule.maximum is not None:
            certain = hashes[others["number"] == CERTAIN]
            found |= _counts(certain, ones["hash"]) > rule.maximum
        return found

    def index(self, rule: Tally, others: Sequence[Sequence[Row]]) -> tuple[Counts, Counts]:
        """How many rows belong to each key in any case, and how many may."""
        certain: Counts = defaultdict(int)
        possible: Counts = defaultdict(int)
        for other in others[0]:
            key = key_of(other, rule.other_columns)
            counts = holds(rule.other_when, other)
            if key is not None and counts is not False:
                possible[key] += 1
                certain[key] += counts is True
        return certain, possible

    def targets(
        self, rule: Tally, own: Sequence[Row], known: Sequence[Row], *, is_judged: bool
    ) -> Sequence[Row]:
        """What belongs to a row is counted in this run, where its table is judged in it."""
        return own if is_judged else known

    def faults(self, rule: Tally, rows: Sequence[Row], index: Any, profile: Profile) -> Found:
        """The rows to which too few or too many belong."""
        certain, possible = index
        for place, row in enumerate(rows):
            key = key_of(row, rule.columns)
            if key is None or not holds(rule.when, row):
                continue
            few = possible.get(key, 0) < rule.minimum
            many = rule.maximum is not None and certain.get(key, 0) > rule.maximum
            if few or many:
                found = f"{_tell_count(rule, certain.get(key, 0))} {tell_key(rule.columns, key)}"
                yield place, fault_of(rule, rule.on[0], row, found)

    def in_record(self, rule: Tally, code: RecordCode) -> None:
        level = code.levels.get(rule.other_table)
        if level is None or not level.is_within(rule.table, rule.other_columns):
            return
        number = level.count(met_in(rule.other_when, level), "count")
        wrong = [f"{number} < {rule.minimum}"] if rule.minimum else []
        wrong += [] if rule.maximum is None else [f"{number} > {rule.maximum}"]
        met = met_in(rule.when, level.parent)
        level.after.append(f"if ({' or '.join(wrong)}) and {met}: return None")


KIND = TallyKind()


def counts_in(rule: Rule) -> str | None:
    """The table whose rows are counted; None for a rule of another kind."""
    return rule.other_table if isinstance(rule, Tally) else None


def _counts(hashes: Hashes, asked: Hashes) -> npt.NDArray[np.int64]:
    """How often each hash that is asked for is among the hashes."""
    ordered = np.sort(hashes)
    low, high = (np.searchsorted(ordered, asked, side) for side in ("left", "right"))
    return np.asarray(high - low, np.int64)


def _tell_count(rule: Tally, number: int) -> str:
    which = "".join(f" with {_tell_condition(c)}" for c in rule.other_when)
    return f"{number} row{'' if number == 1 else 's'} of {rule.other_table}{which} belong to"


def _tell_condition(condition: Condition) -> str:
    wanted = " or ".join(shown(value) or "" for value in condition.is_in or ())
    return f"{condition.column} {wanted}".rstrip()
