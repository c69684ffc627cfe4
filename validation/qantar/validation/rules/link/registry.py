"""The rules that look at several rows, and the kind of each: nowhere else are they told apart."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias, get_args

from qantar.schema import Profile
from qantar.schema import rule as declared
from qantar.schema.rule import Rule
from qantar.schema.rules import rules_of
from qantar.schema.shape import RECORD_TABLES
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.report import NotAsked
from qantar.validation.rules.link import (
    acyclic,
    foreign,
    join,
    sequence,
    tally,
    total,
    traced,
    unique,
)
from qantar.validation.rules.link.kind import Found, LinkKind, LinkRule
from qantar.validation.rules.row_fault import Row

_LINK_RULES = get_args(LinkRule)
Tables: TypeAlias = Mapping[str, Sequence[Row]]
# What gives the rules between rows of a table in a profile.
LinkRulesOf: TypeAlias = Callable[[str, Profile], Iterable[LinkRule]]

KINDS: Mapping[type[Rule], LinkKind[Any]] = {
    declared.Unique: unique.KIND,
    declared.ForeignKey: foreign.KIND,
    declared.Sequence: sequence.KIND,
    declared.Tally: tally.KIND,
    declared.Total: total.KIND,
    declared.Join: join.KIND,
    declared.Acyclic: acyclic.KIND,
    declared.Traced: traced.KIND,
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A fault in a row of a table; index counts from 0. The fault itself has a column."""

    table: str
    index: int
    rule: LinkRule
    fault: Fault


def link_kind(rule: LinkRule) -> LinkKind[Any]:
    """What is asked of the rule's kind."""
    return KINDS[type(rule)]


@cache
def link_rules_of(table: str, profile: Profile) -> tuple[LinkRule, ...]:
    """The rules that look at several rows, of which this table's are judged."""
    return tuple(rule for rule in rules_of(table, profile) if isinstance(rule, _LINK_RULES))


def rules_within(table: str, profile: Profile, columns: Collection[str]) -> Iterator[LinkRule]:
    """The rules that need no other table, where it has what brings rows together."""
    for rule in link_rules_of(table, profile):
        sides = link_kind(rule).sides(rule)
        if any(side.table != table for side in sides):
            continue
        if all({*side.key, *side.carries} <= {*columns} for side in sides):
            yield rule


def is_settled_alone(rule: LinkRule) -> bool:
    """Whether a table tells by itself that the rule is broken."""
    return link_kind(rule).is_settled_alone


def faults_of_tables(
    rows: Tables,
    profile: Profile,
    known: Tables | None = None,
    rules: LinkRulesOf = link_rules_of,
) -> Iterator[Placed]:
    """What is wrong between the rows of the tables in ``rows``.

    rows: marked rows by table, as `mark` returns them. known: further rows that the judged
    ones may point to; they are neither judged nor counted. A rule that needs a table which
    is in neither is not judged. rules: by default those of the schema as it is.
    """
    known = known or {}
    indices: dict[Any, Any] = {}
    for table, judged in rows.items():
        for rule in rules(table, profile):
            kind = link_kind(rule)
            if any(name not in rows and name not in known for name in kind.needs(rule)):
                continue
            key = type(rule), kind.index_key(rule)
            if key not in indices:
                indices[key] = kind.index(rule, _others(rule, rows, known))
            for index, fault in kind.faults(rule, judged, indices[key], profile):
                yield Placed(table, index, rule, fault)


def faults_of_link_rule(
    rule: LinkRule, rows: Sequence[Row], others: Sequence[Sequence[Row]], profile: Profile
) -> Found:
    """(index of the row, fault) for one rule; others: the rows of each further side."""
    kind = link_kind(rule)
    return kind.faults(rule, rows, kind.index(rule, others), profile)


def _others(rule: LinkRule, rows: Tables, known: Tables) -> list[Sequence[Row]]:
    kind = link_kind(rule)
    return [
        kind.targets(rule, rows.get(name, ()), known.get(name, ()), is_judged=name in rows)
        for name in kind.reads(rule)
    ]


def rules_not_asked(
    table: str,
    profile: Profile,
    others: Collection[str] = (),
    rules: LinkRulesOf = link_rules_of,
) -> tuple[NotAsked, ...]:
    """A table's rules for which it takes tables that are not among the others.

    Rules of one id that take the same tables, as keys of several columns do, are one.
    """
    lacking: dict[NotAsked, None] = {}
    for rule in rules(table, profile):
        lost = tuple(name for name in link_kind(rule).needs(rule) if name not in others)
        if lost:
            lacking[NotAsked(rule.id, table, _reason(lost))] = None
    return (*lacking,)


def rules_not_asked_of_records(profile: Profile, known: Collection[str]) -> tuple[NotAsked, ...]:
    """Rules of nested records for which it takes tables that are not among those known."""
    return _not_asked_of_records(profile, frozenset(known))


@cache
def _not_asked_of_records(profile: Profile, known: frozenset[str]) -> tuple[NotAsked, ...]:
    others = {*RECORD_TABLES, *known}
    return tuple(one for table in RECORD_TABLES for one in rules_not_asked(table, profile, others))


def _reason(lost: tuple[str, ...]) -> str:
    names = " and ".join(lost)
    return f"It takes {names}, which {'was' if len(lost) == 1 else 'were'} not given."
