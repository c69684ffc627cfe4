"""A quick look at a nested record that shows nearly every sound one to be sound.

It is compiled from the same rules as everything else, and tells no faults: a record that
does not pass is judged by `RecordCheck`, which tells them. What is between records, and ids
that lead out of a record, are not its matter.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, TypeAlias

from pydantic_core import to_json

from qantar.schema import Profile
from qantar.schema.condition import expressible_rules
from qantar.schema.rule import (
    Acyclic,
    Condition,
    Join,
    RowRule,
    Sequence,
    Tally,
    Traced,
    Unique,
)
from qantar.schema.rules import rules_of
from qantar.schema.shape import INHERITED, RECORD_TABLES, Row
from qantar.schema.tables import TABLES
from qantar.validation.engine.records.structure import has_sound_structure
from qantar.validation.rules.compare import COMPARISONS
from qantar.validation.rules.condition import holds
from qantar.validation.rules.row_rules import (
    kind_of,
    row_rules_of,
)

# Beyond so many combinations of values a memory is begun anew.
MOST_REMEMBERED = 100_000
# Whether an item, with what it inherits from its parent, or a parent with a list is suspect.
ItemTest: TypeAlias = Callable[[Row, Row], bool]
ListTest: TypeAlias = Callable[[Row, list[Row]], bool]

LISTS = {
    "events": ("participants", "relations", "alternatives", "mentions"),
    "mentions": ("spans", "attributions"),
}
PARENTS = {child: parent for parent, children in LISTS.items() for child in children}


def rows_of(record: Row) -> dict[str, list[tuple[str, Row]]]:
    """By table, (JSON pointer, row) of a record of sound structure and its lists' items."""
    rows: dict[str, list[tuple[str, Row]]] = {table: [] for table in RECORD_TABLES}
    _place(rows, "events", "", record)
    return rows


def _place(rows: dict[str, list[tuple[str, Row]]], table: str, pointer: str, row: Row) -> None:
    rows[table].append((pointer, row))
    for name in LISTS.get(table, ()):
        for position, item in enumerate(row.get(name, ())):
            _place(rows, name, f"{pointer}/{name}/{position}", item)


class RecordScreen:
    """What is asked of each record of a profile."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        in_schema = expressible_rules(profile)
        self.item_tests: dict[str, list[ItemTest]] = {
            table: [
                _test_of(table, rule)
                for rule in row_rules_of(table, profile)
                if rule not in in_schema and _is_nested(table, rule)
            ]
            for table in RECORD_TABLES
        }
        self.pointers = [
            (rule, _meets(rule.when))
            for table in RECORD_TABLES
            for rule in rules_of(table, profile)
            if isinstance(rule, Acyclic)
        ]
        self.traced = [
            (rule, _meets(rule.when))
            for table in RECORD_TABLES
            for rule in rules_of(table, profile)
            if isinstance(rule, Traced)
        ]
        self.list_tests: dict[str, list[ListTest]] = {
            table: [*_list_tests(table, profile)] for table in PARENTS
        }

    def passes(self, record: Any, *, is_json: bool = False) -> bool:
        """Whether nothing within the record can be wrong.

        is_json: it was read from JSON, so that it holds nothing that JSON cannot.
        """
        try:
            if not is_json:
                # Refuses halves of surrogate pairs, which the schema's engine takes.
                to_json(record)
            if not has_sound_structure(record, self.profile):
                return False
        except (ValueError, TypeError, RecursionError):
            return False
        return not (self._is_suspect("events", record, record) or self._is_untraced(record))

    def targets(self, record: Row) -> set[str]:
        """The events to which a sound record points in ways that must not lead in a circle."""
        return {
            item[rule.target]
            for rule, meets in self.pointers
            for item in ([record] if rule.table == "events" else record.get(rule.table, ()))
            if rule.target in item and meets(item)
        }

    def _is_untraced(self, record: Row) -> bool:
        """Whether a value has no span, in its mention or in any mention of the event."""
        shown: set[tuple[str, int]] = set()
        for mention in record.get("mentions", ()):
            own = {(span["field"], span["ordinal"]) for span in mention["spans"]}
            shown |= own
            if self._lacks("mention_id", mention, own):
                return True
        return self._lacks("event_id", record, shown)

    def _lacks(self, key: str, parent: Row, shown: set[tuple[str, int]]) -> bool:
        fields = {field for field, _ in shown}
        for rule, meets in self.traced if shown else ():
            if rule.key != key:
                continue
            for item in [parent] if rule.table == "events" else parent.get(rule.table, ()):
                column = next((name for name in rule.columns if name in item), None)
                if column is None or not meets(item):
                    continue
                field = rule.field or item[column]
                if field not in fields or (
                    rule.ordinal and (field, item[rule.ordinal]) not in shown
                ):
                    return True
        return False

    def _is_suspect(self, table: str, item: Row, parent: Row) -> bool:
        for test in self.item_tests[table]:
            if test(item, parent):
                return True
        for name in LISTS.get(table, ()):
            items = item.get(name, ())
            for list_test in self.list_tests[name]:
                if list_test(item, items):
                    return True
            if name in LISTS or self.item_tests[name]:
                for inner in items:
                    if self._is_suspect(name, inner, item):
                        return True
        return False


@cache
def screen_of(profile: Profile) -> RecordScreen:
    """The screen of a profile, compiled once."""
    return RecordScreen(profile)


def _is_nested(table: str, rule: RowRule) -> bool:
    """Whether the rule reads nothing but what a nested record may have."""
    return not any(column in _derived(table) for column in rule.on)


@cache
def _derived(table: str) -> frozenset[str]:
    from_record = {column.name for column in TABLES[table].stored}
    return frozenset(TABLES[table].by_name) - from_record


def _getter(table: str, column: str) -> Callable[[Row, Row], Any]:
    if column in INHERITED.get(table, ()):
        return lambda _, parent: parent.get(column)
    return lambda item, _: item.get(column)


def _test_of(table: str, rule: RowRule) -> ItemTest:
    """The rule asked once for each combination of what it reads."""
    kind = kind_of(rule)
    columns = tuple(kind.sees(rule))
    getters = [_getter(table, column) for column in columns]
    known: dict[tuple[Any, ...], bool] = {}

    def is_faulty(item: Row, parent: Row) -> bool:
        key = tuple([get(item, parent) for get in getters])
        if key not in known:
            if len(known) > MOST_REMEMBERED:
                known.clear()
            row = dict(zip(columns, key, strict=True))
            known[key] = any(True for _ in kind.faults(rule, row))
        return known[key]

    return is_faulty


def _list_tests(table: str, profile: Profile) -> Iterator[ListTest]:
    """Tests of the list of a table's rows in their parent, from the rules of both."""
    inherited = INHERITED[table]
    for rule in rules_of(table, profile):
        if isinstance(rule, Unique) and set(rule.columns) & set(inherited):
            yield _repeats(tuple(c for c in rule.columns if c not in inherited))
        elif isinstance(rule, Sequence):
            yield _has_gap(rule.column, tuple(c for c in rule.within if c not in inherited))
        elif isinstance(rule, Join) and rule.other_table == PARENTS[table]:
            yield _disagrees(rule)
    for rule in rules_of(PARENTS[table], profile):
        if isinstance(rule, Tally) and rule.other_table == table:
            yield _miscounts(rule)


def _repeats(columns: tuple[str, ...]) -> ListTest:
    def test(_: Row, items: list[Row]) -> bool:
        if len(items) < 2:
            return False
        return len({tuple(item.get(c) for c in columns) for item in items}) < len(items)

    return test


def _has_gap(column: str, within: tuple[str, ...]) -> ListTest:
    def test(_: Row, items: list[Row]) -> bool:
        groups: dict[tuple[Any, ...], set[int]] = {}
        for item in items:
            key = tuple(item.get(c) for c in within)
            groups.setdefault(key, set()).add(item.get(column, 0))
        return any(max(numbers) != len(numbers) for numbers in groups.values())

    return test


def _disagrees(rule: Join) -> ListTest:
    in_order = COMPARISONS[rule.operator]
    meets = _meets(rule.when)

    def test(parent: Row, items: list[Row]) -> bool:
        right = parent.get(rule.right)
        for item in filter(meets, items):
            left = item.get(rule.left)
            if left is None or right is None:
                if left is not right:
                    return True
            elif not in_order(left, right):
                return True
        return False

    return test


def _miscounts(rule: Tally) -> ListTest:
    most = float("inf") if rule.maximum is None else rule.maximum
    meets = _meets(rule.other_when)

    def test(parent: Row, items: list[Row]) -> bool:
        count = sum(1 for item in items if meets(item))
        return not rule.minimum <= count <= most and holds(rule.when, parent) is not False

    return test


def _meets(conditions: Iterable[Condition]) -> Callable[[Row], bool]:
    asked = tuple(conditions)
    if len(asked) == 1 and asked[0].is_in is not None and asked[0].present is None:
        column, values = asked[0].column, asked[0].is_in
        return lambda item: item.get(column) in values
    return lambda item: holds(asked, item) is not False
