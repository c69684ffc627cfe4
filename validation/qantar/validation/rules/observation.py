"""A fault that needs more than one row to be seen, and the row at which it is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from qantar.schema.rule import Rule
from qantar.schema.rules import rules
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.rules.value.rule import BROKEN

# Rows as `mark` returns them: an absent value is an absent key, a faulty one is BROKEN.
Tables: TypeAlias = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Observed:
    """A fault in a table: index counts rows from 0, None is the table as a whole."""

    table: str
    index: int | None
    fault: Fault


@cache
def rules_by_id() -> dict[str, tuple[Rule, ...]]:
    """All declarations of each rule; key rules and value rules have several."""
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in rules():
        found[rule.id] = (*found.get(rule.id, ()), rule)
    return found


def fault_by(rule_id: str, message: str, **place: Any) -> Fault:
    """A fault of a declared rule, with that rule's severity.

    place: what `Fault` takes; a value is cut to what a fault shows.
    """
    if "value" in place:
        place["value"] = shown(place["value"])
    return Fault(rule_id, message, severity=rules_by_id()[rule_id][0].severity, **place)


def sound(row: Mapping[str, Any], *columns: str) -> bool:
    """Whether these columns all hold a value without a fault of its own."""
    return all(row.get(column) is not None and row[column] is not BROKEN for column in columns)


def value_of(row: Mapping[str, Any], column: str) -> Any:
    """The value, or None where it is absent or faulty."""
    value = row.get(column)
    return None if value is BROKEN else value
