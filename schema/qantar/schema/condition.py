"""The rules of an event's own values that JSON Schema and the models can say.

They are declared once, among the other rules, and rendered from there: as `if` and `then` in
the published schemas, and as a check of `Event`.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from qantar.schema.rule import Implies, Profile, Requires, Rule, Severity
from qantar.schema.rules import rules_of
from qantar.schema.tables import TABLES


@cache
def expressible_rules(profile: Profile) -> tuple[Requires | Implies, ...]:
    """The rules of an event's own values that JSON Schema can say as if and then."""
    table = TABLES["events"].of(profile)
    stored = {column.name for column in table.columns if column.is_given(profile)}

    def fits(rule: Rule) -> bool:
        return {*rule.on, *(c.column for c in getattr(rule, "when", ()))} <= stored

    return tuple(
        rule
        for rule in rules_of("events", profile)
        # What is only a warning must not make a record invalid.
        if isinstance(rule, Requires | Implies) and rule.severity is Severity.error and fits(rule)
    )


def unmet(rule: Requires | Implies, values: Mapping[str, Any]) -> Iterator[str]:
    """The columns at which sound values break a rule; an absent value is None, empty or no key."""
    # Prose is a dict by language, which is empty where there is none.
    values = {name: None if value == {} else value for name, value in values.items()}
    met = all(condition.holds_of(values.get(condition.column)) for condition in rule.when)
    if isinstance(rule, Implies):
        expected = rule.value if met else rule.otherwise
        if values.get(rule.column) not in (None, expected):
            yield rule.column
    elif met:
        yield from (name for name in rule.present if values.get(name) is None)
        yield from (name for name in rule.absent if values.get(name) is not None)
