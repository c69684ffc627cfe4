"""The order of the faults of a table, the same however the table is held."""

from functools import cache, partial
from typing import TypeAlias

from qantar.schema.rule import Observation, Severity
from qantar.schema.rules import rules
from qantar.schema.table import Table
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import Key

# Row, line where there is no row, then what is told first.
Order: TypeAlias = tuple[int, int, int, int]


def fault_order(table: Table) -> Key:
    """By row: what is wrong with a cell, column by column, then what breaks rules, rule by rule.

    What is told of the whole file comes first, notes last of it, and of a row what is told of
    all of it; these keep the order in which they are found.
    """
    return partial(_order, {name: place for place, name in enumerate(table.by_name)})


def _order(places: dict[str, int], fault: Fault) -> Order:
    if not fault.row:
        # A header has the first line, whether or not the fault has its line yet.
        return 0, fault.line or 1, int(fault.severity is Severity.note), 0
    column = fault.column if fault.pointer is None else fault.pointer[1:]
    place = -1 if column is None else places.get(column, -1)
    return fault.row, 0, _rule_places().get(fault.rule, 0), place


@cache
def _rule_places() -> dict[str, int]:
    """By its id the place of each rule that looks at several cells, from 1."""
    asked = dict.fromkeys(rule.id for rule in rules() if not isinstance(rule, Observation))
    return {name: place for place, name in enumerate(asked, start=1)}
