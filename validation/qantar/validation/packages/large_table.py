"""Tables of a package too large to be held: their faults, links and forms in bounded memory."""

from collections.abc import Collection, Iterator
from itertools import zip_longest

import numpy as np

from qantar.schema.rule import Severity
from qantar.validation.engine.links.linked_table import LinkedTable
from qantar.validation.faults.fault import Fault
from qantar.validation.packages.comparison import tell_difference
from qantar.validation.rules.derived_value import same
from qantar.validation.rules.observation import fault_by
from qantar.validation.rules.value.rule import BROKEN
from qantar.validation.tables.array import RowNumbers
from qantar.validation.tables.cells import ABSENT, SOUND, CellsByName
from qantar.validation.tables.key_hash import Hashes, joined_hashes

_NO_VALUE, _NO_SOUND_VALUE = np.uint64(1), np.uint64(2)
_NOTHING = np.zeros(0, np.uint64)


def compare_large_forms(one: LinkedTable, other: LinkedTable) -> Iterator[Fault]:
    """Cells of `one` that `other` has otherwise, row by row, shown in `one`.

    Rows are compared by hashes, and those that differ once more by their cells.
    """
    left, right = {*one.chunks.header}, {*other.chunks.header}
    for name in sorted(left ^ right):
        there = one.file if name in left else other.file
        told = f"Only {there} has the column {name}."
        yield fault_by("tables-differ", told, column=name, file=one.file)
    names = one.known(left & right)
    rows, differing = _differing(one, other, names)
    if rows[0] != rows[1]:
        told = f"The table has {rows[0]} rows, but {rows[1]} in {other.file}."
        yield fault_by("tables-differ", told, file=one.file)
        return
    if not len(differing):
        return
    ones, lines = one.rows(differing, names)
    others, _ = other.rows(differing, names)
    for row, line, here, there_too in zip(differing.tolist(), lines, ones, others, strict=True):
        for name in names:
            pair = here.get(name), there_too.get(name)
            if BROKEN not in pair and not same(*pair):
                yield one.place(tell_difference(name, *pair, other.file), row, line)


# What is asked of the tables of a package as a whole, and the tables that it takes.
_ASKED_OF_ALL = {
    "derived values": (
        "events participants mentions attributions spans actors actor_roles codes countries dyads"
    ),
    "roles": "participants actor_roles events",
    "withdrawn events": "events changes",
    "dates of publication": "events mentions articles",
    "sources": "attributions mentions events participants actor_roles articles actors actor_names",
    "the ledger": "sentences mentions spans",
    "texts": "articles sentences mentions spans",
}


def not_judged(table: LinkedTable, size: int) -> Fault:
    """A note on what is not asked of a table in chunks."""
    left_out = [what for what, names in _ASKED_OF_ALL.items() if table.table in names.split()]
    told = (
        f"{table.table} has {size:,} bytes and is judged in chunks: its cells, rows, keys and "
        "links to other tables"
    )
    if left_out:
        told += f", but not what is asked with it as a whole: {', '.join(left_out)}"
    return fault_by("file-too-large", f"{told}.", file=table.file).at(severity=Severity.note)


def _differing(
    one: LinkedTable, other: LinkedTable, names: tuple[str, ...]
) -> tuple[tuple[int, int], RowNumbers]:
    """How many rows each has, and the rows (from 0) that are not equal."""
    counts = [0, 0]
    rest = [_NOTHING, _NOTHING]
    found: list[RowNumbers] = [np.zeros(0, np.int64)]
    compared = 0
    for pair in zip_longest(_hashes(one, names), _hashes(other, names), fillvalue=_NOTHING):
        for side in (0, 1):
            counts[side] += len(pair[side])
            rest[side] = np.concatenate([rest[side], pair[side]])
        shared = min(len(rest[0]), len(rest[1]))
        found.append(np.flatnonzero(rest[0][:shared] != rest[1][:shared]) + compared)
        rest = [held[shared:] for held in rest]
        compared += shared
    return (counts[0], counts[1]), np.concatenate(found)


def _hashes(table: LinkedTable, names: tuple[str, ...]) -> Iterator[Hashes]:
    """A hash of every row, chunk by chunk."""
    for chunk, columns in table.judged(names):
        yield row_hashes(columns, names, chunk.height)


def row_hashes(columns: CellsByName, names: Collection[str], height: int) -> Hashes:
    """A hash of each row's cells in some columns, of which not all need be there."""
    hashes: list[Hashes] = []
    for name in names:
        if name not in columns:
            hashes.append(np.full(height, _NO_VALUE))
            continue
        marks = columns[name].marks
        other = np.where(marks == ABSENT, _NO_VALUE, _NO_SOUND_VALUE)
        hashes.append(np.where(marks == SOUND, columns[name].hashes(), other))
    return joined_hashes(hashes, np.ones(height, np.bool_))
