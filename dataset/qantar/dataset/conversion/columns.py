"""The columns of a conversion's output: ours in their order, then what was kept as it stood."""

import re
from collections.abc import Iterable, Sequence

import polars as pl

from qantar.dataset.conversion.fit import UNFIT
from qantar.schema import TABLES, Profile
from qantar.schema.patterns import ColumnKind
from qantar.schema.systems import Layout, Relation, crosswalk

_NOT_PLAIN = re.compile("[^0-9a-z]")
TYPES: dict[ColumnKind, type[pl.DataType]] = {
    ColumnKind.string: pl.String,
    ColumnKind.date: pl.String,
    ColumnKind.integer: pl.Int64,
    ColumnKind.number: pl.Float64,
    ColumnKind.boolean: pl.Boolean,
}


def kept_names(layout: Layout, names: Sequence[str]) -> dict[str, str]:
    """By the source's column the name under which it is kept as it stood.

    A column that a field of ours holds as it stood is not kept twice.
    """
    links = crosswalk(layout.system, layout.holds)
    gone = {
        link.column
        for link in links
        if link.column and link.relation in (Relation.renamed, Relation.dropped)
    }
    named = {link.column: link.kept_as for link in links if link.kept_as}
    taken = {c.name for c in TABLES[layout.holds].of(Profile.exchange).columns}
    found: dict[str, str] = {}
    for name in names:
        if name in gone:
            continue
        plain = _NOT_PLAIN.sub("_", name.lower())
        kept = named.get(name) or (plain if plain.startswith("source_") else f"source_{plain}")
        while kept in taken:
            kept = f"{kept}_"
        taken.add(kept)
        found[name] = kept
    return found


def output_schema(
    systems: Iterable[str], kept: Iterable[str], table: str
) -> dict[str, pl.DataType]:
    """The columns of the output and their types."""
    held = {link.field for system in systems for link in crosswalk(system, table) if link.field}
    ours = {
        column.name: TYPES[column.kind]()
        for column in TABLES[table].of(Profile.exchange).columns
        if column.name in held
    }
    # What events have columns for, mentions keep under the same names.
    ours |= {name: pl.String() for name in sorted(held - ours.keys() - {"source_row"})}
    ours |= {"source_row": pl.Int64()}
    return ours | {name: pl.String() for name in (*dict.fromkeys(kept), UNFIT)}
