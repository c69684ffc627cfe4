"""Rules that are not asked where tables are missing, so that it can be said."""

from collections.abc import Collection
from typing import get_args

from qantar.schema import Profile
from qantar.schema.rule import Acyclic, CorpusRule, TableRule, Traced
from qantar.schema.rules import rules_of
from qantar.schema.shape import RECORD_TABLES
from qantar.validation.faults.report import NotAsked


def rules_not_asked(
    table: str, profile: Profile, others: Collection[str] = ()
) -> tuple[NotAsked, ...]:
    """A table's rules for which it takes tables that are not among the others.

    Rules of one id that take the same tables, as keys of several columns do, are one.
    """
    lacking: dict[NotAsked, None] = {}
    for rule in rules_of(table, profile):
        if isinstance(rule, get_args(TableRule | CorpusRule)):
            lost = tuple(name for name in needed_tables(rule) if name not in others)
            if lost:
                lacking[NotAsked(rule.id, table, _reason(lost))] = None
    return (*lacking,)


def rules_not_asked_of_records(profile: Profile, known: Collection[str]) -> tuple[NotAsked, ...]:
    """Rules of nested records for which it takes tables that are not among those known."""
    others = {*RECORD_TABLES, *known}
    return tuple(one for table in RECORD_TABLES for one in rules_not_asked(table, profile, others))


def _reason(lost: tuple[str, ...]) -> str:
    names = " and ".join(lost)
    return f"It takes {names}, which {'was' if len(lost) == 1 else 'were'} not given."


def needed_tables(rule: TableRule | CorpusRule) -> tuple[str, ...]:
    """The tables that a rule reads beside its own."""
    if isinstance(rule, Traced):
        return ("mentions", "spans") if rule.key == "event_id" else ("spans",)
    other = getattr(rule, "other_table", None)
    return (other,) if other else ()


def circle_rules(table: str, profile: Profile) -> tuple[str, ...]:
    """The ids of a table's rules that forbid circles."""
    return tuple(rule.id for rule in rules_of(table, profile) if isinstance(rule, Acyclic))
