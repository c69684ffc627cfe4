"""Tables judged in memory, as far as rows and keys go."""

from typing import Any

from qantar.schema import TABLES, Profile
from qantar.schema.shape import Rows
from qantar.validation import Fault
from qantar.validation.rules.link.registry import faults_of_tables
from qantar.validation.rules.row.registry import faults_of_row
from qantar.validation.rules.value.rule import mark


def judge_tables(
    tables: Rows, profile: Profile = Profile.coded, known: Rows | None = None
) -> list[tuple[str, Fault]]:
    """(table, fault with row and column) for every value, row and table rule."""
    found: list[tuple[str, Fault]] = []
    marked: dict[str, list[dict[str, Any]]] = {}
    for name, rows in tables.items():
        marked[name] = []
        for index, row in enumerate(rows):
            sound, faults = mark(TABLES[name], row, profile)
            marked[name].append(sound)
            faults.extend(faults_of_row(name, sound, profile))
            found.extend((name, fault.at(row=index + 1)) for fault in faults)
    for placed in faults_of_tables(marked, profile, known):
        found.append((placed.table, placed.fault.at(row=placed.index + 1)))
    return found
