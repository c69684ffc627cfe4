"""A quick look at a nested record that shows nearly every sound one to be sound.

It is compiled from the same rules as everything else, and tells no faults: a record that
does not pass is judged by `RecordCheck`, which tells them. What is between records, and ids
that lead out of a record, are not its matter.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeAlias

from pydantic_core import to_json

from qantar.schema import Profile
from qantar.schema.condition import expressible_rules
from qantar.schema.rule import RowRule
from qantar.schema.shape import INHERITED, RECORD_TABLES, Row
from qantar.schema.tables import TABLES
from qantar.validation.engine.records.structure import has_sound_structure
from qantar.validation.rules.acyclic import acyclic_rules, target_of
from qantar.validation.rules.link_kind import ListTest
from qantar.validation.rules.link_rules import link_kind, link_rules_of
from qantar.validation.rules.row_rules import (
    kind_of,
    row_rules_of,
)
from qantar.validation.rules.traced import lacks_span, traced_rules

# Beyond so many combinations of values a memory is begun anew.
MOST_REMEMBERED = 100_000
# Whether an item, with what it inherits from its parent, or a parent with a list is suspect.
ItemTest: TypeAlias = Callable[[Row, Row], bool]

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
        self.pointers = [r for table in RECORD_TABLES for r in acyclic_rules(table, profile)]
        self.traced = [r for table in RECORD_TABLES for r in traced_rules(table, profile)]
        self.list_tests = {table: [*_list_tests(table, profile)] for table in PARENTS}

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
        found = (
            target_of(rule, item)
            for rule in self.pointers
            for item in ([record] if rule.table == "events" else record.get(rule.table, ()))
        )
        return {target for target in found if target is not None}

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
        for rule in self.traced if shown else ():
            if rule.key == key:
                items = [parent] if rule.table == "events" else parent.get(rule.table, ())
                if lacks_span(rule, items, shown, fields):
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
    family = {table, PARENTS[table]}
    for rule in (*link_rules_of(table, profile), *link_rules_of(PARENTS[table], profile)):
        kind = link_kind(rule)
        tables = {side.table for side in kind.sides(rule)}
        if table in tables and tables <= family:
            test = kind.list_test(rule, INHERITED[table])
            if test is not None:
                yield test
