"""A quick look at a nested record that shows nearly every sound one to be sound.

It is compiled from what each kind of rule says of records, and tells no faults: a record of
which it is in doubt is judged by `RecordCheck`, which tells them. What is between records, and
ids that lead out of a record, are only gathered.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from qantar.schema import Profile
from qantar.schema.condition import expressible_rules
from qantar.schema.rule import Rule
from qantar.schema.tables import TABLES
from qantar.validation.engine.records.structure import structure_test
from qantar.validation.engine.records.toll import doubt_toll
from qantar.validation.rules.link.registry import link_kind, link_rules_of
from qantar.validation.rules.record.code import RecordCode
from qantar.validation.rules.row.registry import kind_of, row_rules_of
from qantar.validation.rules.value.rule import is_required

# The keys of the tables that ids in a record lead to, of those that it holds itself.
KEYS = {"events": "event_id", "mentions": "mention_id"}
# What the engine of the schema raises for values that JSON does not have, and what such values
# raise that it takes. Halves of surrogate pairs are among the first; old engines end in
# SystemError there.
NOT_JSON = (ValueError, TypeError, AttributeError, RecursionError, SystemError)
# What leads out of a record, as (`Way`, value, positions), and to which events its own points.
Leads: TypeAlias = tuple[list[Any], set[str]]


class RecordScreen:
    """What is asked of each record of a profile."""

    def __init__(self, profile: Profile) -> None:
        self._is_sound = structure_test(profile)
        self._look = code_of(profile).compile()

    def look(self, record: Any) -> Leads | None:
        """What leads out of a record in which nothing can be wrong; None where something may be."""
        try:
            return self._look(record) if self._is_sound(record) else None
        except NOT_JSON:
            return None


@cache
def screen_of(profile: Profile) -> RecordScreen:
    """The screen of a profile, compiled once."""
    return RecordScreen(profile)


def code_of(
    profile: Profile,
    keeps: Mapping[str, Sequence[str]] | None = None,
    languages: tuple[str, ...] = (),
) -> RecordCode:
    """The function that asks all rules but those of the schema, or all where it keeps rows.

    languages: of the prose of such rows.
    """
    code = RecordCode(profile, () if keeps else ("actors", *KEYS), keeps, languages)
    in_schema = () if keeps else expressible_rules(profile)
    for table, level in code.levels.items():
        # That prose is there in some language no type says; the schema of records does.
        due = (c for c in TABLES[table].columns if keeps and c.by_language)
        for column in (column for column in due if is_required(column, profile)):
            level.each.append(f"if {level.value(column.name)} is None: return None")
        for rule in row_rules_of(table, profile):
            if rule not in in_schema and _is_nested(rule, profile):
                level.each.append(f"if {kind_of(rule).in_record(rule, level)}: return None")
        for link in link_rules_of(table, profile):
            if _is_nested(link, profile):
                link_kind(link).in_record(link, code)
    if profile is Profile.exchange:
        doubt_toll(code)
    return code


def _is_nested(rule: Rule, profile: Profile) -> bool:
    """Whether the rule reads nothing but what a nested record may have."""
    return all(TABLES[rule.table].declared[column].is_given(profile) for column in rule.on)
