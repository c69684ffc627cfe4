"""The rules of an earlier schema, asked by the kinds that ask those of the schema as it is."""

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from qantar.schema.past import PastSchema, past_schema
from qantar.schema.rule import Profile, RowRule
from qantar.schema.shape import Row
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.link.kind import LinkRule
from qantar.validation.rules.link.registry import LinkRulesOf
from qantar.validation.rules.row.registry import faults_of_rule

_ROW_RULES, _LINK_RULES = get_args(RowRule), get_args(LinkRule)


def faults_of_past_row(
    schema: PastSchema, table: str, row: Row, profile: Profile
) -> Iterator[Fault]:
    """What is wrong between the cells of one marked row; faults have a column and no place."""
    for rule in _row_rules(schema.version, table, profile):
        yield from faults_of_rule(rule, row)


def link_rules_by(schema: PastSchema) -> LinkRulesOf:
    """What gives the rules between rows of a table in a profile."""
    return lambda table, profile: _link_rules(schema.version, table, profile)


@cache
def _row_rules(version: str, table: str, profile: Profile) -> tuple[Any, ...]:
    rules = past_schema(version).rules_of(table, profile)
    return tuple(rule for rule in rules if isinstance(rule, _ROW_RULES))


@cache
def _link_rules(version: str, table: str, profile: Profile) -> tuple[Any, ...]:
    rules = past_schema(version).rules_of(table, profile)
    return tuple(rule for rule in rules if isinstance(rule, _LINK_RULES))
