"""The tables of a package: those of the format in the languages of its prose."""

from collections.abc import Iterable

from qantar.schema.codebook import gloss_languages
from qantar.schema.rule import Profile
from qantar.schema.table import Table
from qantar.schema.tables import TABLES

# Their prose is the codebook's, and not the project's.
OF_THE_CODEBOOK = ("codes", "countries")


def package_tables(languages: Iterable[str], profile: Profile | None = None) -> dict[str, Table]:
    """Every table by name, each prose column once for each of these languages (suffixes).

    profile: whose columns they have; by default all of both. `codes` and `countries` have the
    languages that the codebook has too, and no column for any other.

    >>> [c.name for c in package_tables(["es"])["actors"].columns][3]
    'name_es'
    >>> [c.name for c in package_tables(["es"])["countries"].columns]
    ['country_code', 'cow_number', 'gw_number']
    """
    asked = tuple(languages)
    tables = {name: table.of(profile) if profile else table for name, table in TABLES.items()}
    return {name: table.in_languages(_known(name, asked)) for name, table in tables.items()}


def _known(name: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    if name not in OF_THE_CODEBOOK:
        return languages
    known = gloss_languages(name)
    return tuple(language for language in languages if language in known)
