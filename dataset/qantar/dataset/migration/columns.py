"""Which columns a table has once it is migrated, and in which order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from qantar.schema.language import languages_in
from qantar.schema.rule import Profile
from qantar.schema.shape import Row
from qantar.schema.table import Table
from qantar.schema.tables import TABLES


def languages_of_names(tables: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The languages of the prose columns of tables, in the order in which they come."""
    found = (languages_in(names, TABLES[t].prose) for t, names in tables.items() if t in TABLES)
    return tuple(dict.fromkeys(language for languages in found for language in languages))


def table_alone(name: str, old: Sequence[str], rows: Iterable[Row]) -> Table:
    """A table by itself: the columns that it had, and those that were set."""
    known = TABLES[name].with_names(old)
    held = {*old, *(column for row in rows for column in row)}
    gone = {"wikidata_id"} if "external_id" in held else set()
    columns = [c for c in known.columns if not c.by_language and c.name in held - gone]
    return replace(known, columns=(*columns,))


def table_of_package(
    name: str, old: Sequence[str], rows: Iterable[Row], profile: Profile, languages: Iterable[str]
) -> Table:
    """A table of a package: coded ones have every column in every language."""
    if profile is Profile.coded:
        return TABLES[name].of(profile).in_languages(languages)
    return table_alone(name, old, rows)


def names_in_order(table: Table, old: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """The table's columns, and behind them those of which the schema knows nothing."""
    known = [column.name for column in table.columns]
    held = {name for row in rows for name in row}
    # A column that was renamed in every row is gone; one that stays in some is kept.
    kept = (n for n in old if n not in known and (n != "wikidata_id" or n in held))
    return [*known, *kept]
