"""What the kinds of rules share: rows as they judge them, and the faults that they tell."""

from collections.abc import Mapping
from typing import Any

from qantar.schema.rule import Rule
from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.rules.value.rule import BROKEN

Row = Mapping[str, Any]


def is_present(row: Row, *columns: str) -> bool:
    """Whether all these columns have a value without a fault of its own."""
    return all(row.get(column) is not None and row[column] is not BROKEN for column in columns)


def _name_at(table: str, column: str, row: Row) -> str:
    """The column; of prose the first of a language in which the row has it, if it has any.

    A sound text goes before one with a fault of its own.
    """
    declared = TABLES.get(table)
    if declared is None or column not in declared.prose:
        return column
    names = [name for name in row if declared.base_of(name) == column]
    return next((name for name in names if is_present(row, name)), [*names, column][0])


def fault_of(rule: Rule, column: str, row: Row, found: str, suggestion: Any = None) -> Fault:
    """A fault of a rule at a column: what was found, then what must hold.

    Prose is pointed at where the row has it.
    """
    return Fault(
        rule.id,
        f"{found}. {rule.sentence}",
        severity=rule.severity,
        column=_name_at(rule.table, column, row),
        value=shown(row.get(column)),
        suggestion=shown(suggestion),
    )
