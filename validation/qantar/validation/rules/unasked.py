"""Rules that are not asked where tables are missing, so that it can be said."""

from collections.abc import Collection
from typing import get_args

from qantar.schema import Profile
from qantar.schema.rule import Acyclic, CorpusRule, TableRule, Traced
from qantar.schema.rules import rules_of


def rules_not_asked(table: str, profile: Profile, others: Collection[str] = ()) -> tuple[str, ...]:
    """The ids of a table's rules for which it takes tables that are not among the others."""
    lacking = [
        rule.id
        for rule in rules_of(table, profile)
        if isinstance(rule, get_args(TableRule | CorpusRule))
        and not {*needed_tables(rule)} <= {*others}
    ]
    return tuple(dict.fromkeys(lacking))


def needed_tables(rule: TableRule | CorpusRule) -> tuple[str, ...]:
    """The tables that a rule reads beside its own."""
    if isinstance(rule, Traced):
        return ("mentions", "spans") if rule.key == "event_id" else ("spans",)
    other = getattr(rule, "other_table", None)
    return (other,) if other else ()


def circle_rules(table: str, profile: Profile) -> tuple[str, ...]:
    """The ids of a table's rules that forbid circles."""
    return tuple(rule.id for rule in rules_of(table, profile) if isinstance(rule, Acyclic))
