"""The order of the faults of a table, the same however the table is held."""

from collections.abc import Mapping
from functools import cache, partial
from typing import TypeAlias

from qantar.schema.rule import Observation, Severity
from qantar.schema.rules import rules
from qantar.schema.table import Table
from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import Key

# Row, line where there is no row, then what is told first.
Order: TypeAlias = tuple[int, int, int, int, str]


def fault_order(table: Table) -> Key:
    """By row: what is wrong with a cell, column by column, then what breaks rules, rule by rule.

    What is told of the whole file comes first, notes last of it, and of a row what is told of
    all of it; these keep the order in which they are found.
    """
    declared = TABLES.get(table.name, table).columns
    return partial(_order, table, {column.name: n for n, column in enumerate(declared)})


def _order(table: Table, places: Mapping[str, int], fault: Fault) -> Order:
    if not fault.row:
        # A header has the first line, whether or not the fault has its line yet.
        return 0, fault.line or 1, int(fault.severity is Severity.note), 0, ""
    column = (fault.column if fault.pointer is None else fault.pointer[1:]) or ""
    base = table.base_of(column)
    place = places.get(base or column, -1)
    # The languages of a prose come in the order of the alphabet, whatever holds them.
    return fault.row, 0, _rule_places().get(fault.rule, 0), place, column if base else ""


@cache
def _rule_places() -> dict[str, int]:
    """By its id the place of each rule that looks at several cells, from 1."""
    asked = dict.fromkeys(rule.id for rule in rules() if not isinstance(rule, Observation))
    return {name: place for place, name in enumerate(asked, start=1)}
