"""What the kinds of rules share: rows as they judge them, and the faults that they tell."""

from collections.abc import Mapping
from typing import Any

from qantar.schema.rule import Rule
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.rules.value.rule import BROKEN

Row = Mapping[str, Any]


def is_present(row: Row, *columns: str) -> bool:
    """Whether all these columns have a value without a fault of its own."""
    return all(row.get(column) is not None and row[column] is not BROKEN for column in columns)


def fault_of(rule: Rule, column: str, row: Row, found: str, suggestion: Any = None) -> Fault:
    """A fault of a rule at a column: what was found, then what must hold."""
    return Fault(
        rule.id,
        f"{found}. {rule.sentence}",
        severity=rule.severity,
        column=column,
        value=shown(row.get(column)),
        suggestion=shown(suggestion),
    )
