"""The rules that look at many rows, judged in memory over marked rows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass
from typing import Any, TypeAlias, get_args

from qantar.schema import Profile
from qantar.schema.rule import (
    Acyclic,
    Condition,
    CorpusRule,
    ForeignKey,
    Join,
    Sequence,
    TableRule,
    Tally,
    Traced,
    Unique,
)
from qantar.schema.rules import rules_of
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.rules.circle import faults_of_circles
from qantar.validation.rules.compare import COMPARISONS, OPERATOR_WORDS
from qantar.validation.rules.condition import holds
from qantar.validation.rules.row_fault import Row, fault_of, is_present
from qantar.validation.rules.trace import Traces
from qantar.validation.rules.value_rule import BROKEN, name_value

Tables: TypeAlias = Mapping[str, SequenceOf[Row]]
Found: TypeAlias = Iterator[tuple[int, Fault]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A fault in a row of a table; index counts from 0. The fault itself has a column."""

    table: str
    index: int
    rule: TableRule | CorpusRule
    fault: Fault


def faults_of_tables(
    rows: Tables, profile: Profile, known: Tables | None = None
) -> Iterator[Placed]:
    """What is wrong between the rows of the tables in ``rows``.

    rows: marked rows by table, as `mark` returns them. known: further rows that the judged
    ones may point to; they are neither judged nor counted. A rule that needs a table which
    is in neither is not judged.
    """
    known = known or {}
    yield from _faults_of_corpus(rows, profile, known)
    for table, judged in rows.items():
        for rule in rules_of(table, profile):
            if not isinstance(rule, get_args(TableRule)):
                continue
            other = getattr(rule, "other_table", table)
            if other in rows or other in known:
                more = () if isinstance(rule, Tally) and other in rows else known.get(other, ())
                others = (*rows.get(other, ()), *more)
                for index, fault in faults_of_table_rule(rule, judged, others, profile):
                    yield Placed(table, index, rule, fault)


def _faults_of_corpus(rows: Tables, profile: Profile, known: Tables) -> Iterator[Placed]:
    traces = Traces(rows)
    for table, judged in rows.items():
        for rule in rules_of(table, profile):
            if isinstance(rule, Acyclic):
                for index, fault in faults_of_circles(rule, judged, known.get(table, ())):
                    yield Placed(table, index, rule, fault)
            elif isinstance(rule, Traced):
                for index, fault in traces.faults(rule, judged):
                    yield Placed(table, index, rule, fault)


def faults_of_table_rule(
    rule: TableRule, rows: SequenceOf[Row], others: SequenceOf[Row], profile: Profile
) -> Found:
    """(index of the row, fault) for one rule; others: the rows of the rule's other table."""
    match rule:
        case Unique():
            yield from _unique(rule, rows)
        case ForeignKey():
            yield from _foreign_key(rule, rows, others)
        case Sequence():
            yield from _sequence(rule, rows)
        case Tally():
            yield from _tally(rule, rows, others)
        case Join():
            yield from _join(rule, rows, others, profile)


def _key(row: Row, columns: tuple[str, ...]) -> tuple[Any, ...] | None:
    """The values of the columns, or None where one is absent or broken."""
    if not is_present(row, *columns):
        return None
    return tuple(row[column] for column in columns)


def _tell(columns: tuple[str, ...], key: tuple[Any, ...]) -> str:
    pairs = zip(columns, key, strict=True)
    return " and ".join(f"{column} {name_value(value)}" for column, value in pairs)


def _unique(rule: Unique, rows: SequenceOf[Row]) -> Found:
    for index, _ in repeats(rule, rows):
        yield index, repeated_key(rule, rows[index], "an earlier row")


def repeats(rule: Unique, rows: SequenceOf[Row]) -> Iterator[tuple[int, int]]:
    """(index of the row, index of the first one) for each row whose key an earlier one has."""
    seen: dict[tuple[Any, ...], int] = {}
    for index, row in enumerate(rows):
        key = _key(row, rule.columns)
        if key is not None and seen.setdefault(key, index) != index:
            yield index, seen[key]


def repeated_key(rule: Unique, row: Row, where: str) -> Fault:
    """The fault of a row whose key stands somewhere already."""
    key = tuple(row[column] for column in rule.columns)
    found = f"{_tell(rule.columns, key)} stands in {where} already"
    return fault_of(rule, rule.on[0], row, found)


def _foreign_key(rule: ForeignKey, rows: SequenceOf[Row], others: SequenceOf[Row]) -> Found:
    targets = {_key(row, rule.other_columns) for row in others}
    for index, row in enumerate(rows):
        key = _key(row, rule.columns)
        if key is not None and key not in targets:
            found = f"{_tell(rule.columns, key)} is not in the table {rule.other_table}"
            yield index, fault_of(rule, rule.on[0], row, found)


def _sequence(rule: Sequence, rows: SequenceOf[Row]) -> Found:
    numbers: dict[tuple[Any, ...], set[Any]] = defaultdict(set)
    keys = [_key(row, rule.within) for row in rows]
    for key, row in zip(keys, rows, strict=True):
        if key is not None:
            numbers[key].add(row.get(rule.column))
    for index, (key, row) in enumerate(zip(keys, rows, strict=True)):
        # A number that is broken or absent may be the one that seems to be missing.
        if key is None or BROKEN in numbers[key] or None in numbers[key]:
            continue
        number = row[rule.column]
        if number > 1 and number - 1 not in numbers[key]:
            found = f"{rule.column} is {shown(number)}, but {shown(number - 1)} is missing"
            yield index, fault_of(rule, rule.column, row, found + f" for {_tell(rule.within, key)}")


def _tally(rule: Tally, rows: SequenceOf[Row], others: SequenceOf[Row]) -> Found:
    certain: dict[tuple[Any, ...], int] = defaultdict(int)
    possible: dict[tuple[Any, ...], int] = defaultdict(int)
    for other in others:
        key = _key(other, rule.other_columns)
        counts = holds(rule.other_when, other)
        if key is not None and counts is not False:
            possible[key] += 1
            certain[key] += counts is True
    for index, row in enumerate(rows):
        key = _key(row, rule.columns)
        if key is None or not holds(rule.when, row):
            continue
        few = possible[key] < rule.minimum
        many = rule.maximum is not None and certain[key] > rule.maximum
        if few or many:
            number = certain[key]
            which = "".join(f" with {_tell_condition(c)}" for c in rule.other_when)
            rows_found = f"{number} row{'' if number == 1 else 's'} of {rule.other_table}{which}"
            found = f"{rows_found} belong to {_tell(rule.columns, key)}"
            yield index, fault_of(rule, rule.on[0], row, found)


def _tell_condition(condition: Condition) -> str:
    wanted = " or ".join(shown(value) or "" for value in condition.is_in or ())
    return f"{condition.column} {wanted}".rstrip()


def _join(rule: Join, rows: SequenceOf[Row], others: SequenceOf[Row], profile: Profile) -> Found:
    by_key: dict[tuple[Any, ...] | None, Row] = {}
    for other in others:
        by_key.setdefault(_key(other, rule.other_columns), other)
    for index, row in enumerate(rows):
        key = _key(row, rule.columns)
        if key is None or key not in by_key or not holds(rule.when, row):
            continue
        left, right = row.get(rule.left), by_key[key].get(rule.right)
        if _is_comparable(rule, left, right, profile) and not COMPARISONS[rule.operator](
            left, right
        ):
            yield index, fault_of(rule, rule.left, row, _tell_join(rule, left, right))


def _is_comparable(rule: Join, left: Any, right: Any, profile: Profile) -> bool:
    """Two values, or one of a pair that should be equal in a record where all is coded."""
    if BROKEN in (left, right) or (left is None and right is None):
        return False
    if left is None or right is None:
        return rule.operator == "==" and profile is Profile.coded
    return True


def _tell_join(rule: Join, left: Any, right: Any) -> str:
    here = "missing" if left is None else name_value(left)
    there = "missing" if right is None else name_value(right)
    words = OPERATOR_WORDS[rule.operator] if rule.operator == "==" else "must not exceed"
    return (
        f"{rule.left} is {here}, but {words} {rule.right} in {rule.other_table}, which is {there}"
    )
