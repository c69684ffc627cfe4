"""Circles among the rows of a table of any size: by hashes first, suspects in a second look."""

from collections.abc import Iterator

import numpy as np

from qantar.schema import Profile
from qantar.schema.rule import Acyclic
from qantar.validation.engine.links.linked_table import LinkedTable
from qantar.validation.engine.links.parted_table import PartedTable
from qantar.validation.engine.links.pointer_keys import PointerKeys, pointer_keys
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.circle import faults_of_circles, may_circle
from qantar.validation.tables.chunk import Rows


def faults_of_pointers(table: LinkedTable | PartedTable, profile: Profile) -> Iterator[Fault]:
    """Rows that lead back to themselves by way of others, with file, row and line.

    table: if it lies in parts, they were shown to others before, so that it is known where each
    begins.
    """
    for keys in pointer_keys(table.table, profile, table.header):
        suspects = _suspects(keys.rule, table)
        if len(suspects):
            rows, lines = table.rows(suspects, keys.columns)
            for position, fault in faults_of_circles(keys.rule, rows):
                yield table.place(fault, int(suspects[position]), lines[position])


def _suspects(rule: Acyclic, table: LinkedTable | PartedTable) -> Rows:
    """The rows, in order, that may be part of a circle."""
    parts, starts = (
        (table.parts, table.starts.tolist()) if isinstance(table, PartedTable) else ((table,), [0])
    )
    found = [_keys_of(part, rule) for part in parts]
    circling = may_circle(
        np.concatenate([keys.sources.whole() for keys in found]),
        np.concatenate([keys.targets.whole() for keys in found]),
    )
    rows = [keys.rows.whole() + start for keys, start in zip(found, starts, strict=False)]
    return np.asarray(np.concatenate(rows)[circling], np.int64)


def _keys_of(part: LinkedTable, rule: Acyclic) -> PointerKeys:
    """What was taken as the part was read, or is now."""
    for keys in part.pointers:
        if keys.rule == rule:
            return keys
    keys = PointerKeys(rule)
    part.show([keys])
    return keys
