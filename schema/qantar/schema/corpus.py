"""Everything that a release says, and the tables that it makes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from qantar.schema.codebook import actions, admitted_countries
from qantar.schema.country_code import released_codes
from qantar.schema.derivation import derive_dyads, derive_event_columns, name_by_actor
from qantar.schema.language import languages_in
from qantar.schema.package_tables import package_tables
from qantar.schema.shape import Row, Rows, flatten, nest
from qantar.schema.table import Table
from qantar.schema.tables import TABLES
from qantar.schema.version import SCHEMA_VERSION

PLAIN_TABLES = (
    "actors",
    "actor_names",
    "actor_roles",
    "articles",
    "sentences",
    "changes",
    "codings",
    "agreement",
)


@dataclass
class Corpus:
    """Nested event records, and the rows of the tables that they do not hold.

    Rows and records are plain dicts in which an absent value is an absent key. languages: those
    of its prose, the main one first, as suffixes; by default those that it has.
    """

    events: list[Row] = field(default_factory=list)
    plain: Rows = field(default_factory=dict)
    languages: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.languages = self.languages or languages_of({"events": self.events, **self.plain})

    @classmethod
    def from_tables(cls, rows: Mapping[str, list[Row]], languages: Iterable[str] = ()) -> "Corpus":
        """The corpus that tables were made from; derived columns are left out.

        languages: by default those of the prose that the rows have.
        """
        plain = {
            name: [
                {key: value for key, value in row.items() if value is not None}
                for row in rows.get(name, [])
            ]
            for name in PLAIN_TABLES
        }
        full = {name: list(rows.get(name, [])) for name in TABLES}
        return cls(nest(full, SCHEMA_VERSION), plain, (*languages,))

    def own_languages(self) -> tuple[str, ...]:
        """Those named, else those of the prose of its events and actors."""
        actors = self.plain.get("actors", [])
        return self.languages or languages_of({"events": self.events, "actors": actors})

    def tables(self) -> Rows:
        """The rows of every table, derived columns included, in the order of release."""
        flat = flatten(self.events)
        languages = self.own_languages()
        names = name_by_actor(self.plain.get("actors", []), languages)
        for row, event in zip(flat["events"], self.events, strict=True):
            row |= derive_event_columns(event, names)
        countries = self._occurring_countries(flat)
        rows = {
            **flat,
            **{name: self.plain.get(name, []) for name in PLAIN_TABLES},
            "codes": [action.plain() for action in actions().values()],
            "countries": countries,
            "country_codes": country_codes_of(countries),
            "dyads": [dyad for event in self.events for dyad in derive_dyads(event, names)],
        }
        tables = package_tables(languages)
        return {name: _in_column_order(table, rows[name]) for name, table in tables.items()}

    def _occurring_countries(self, flat: Rows) -> list[Row]:
        occurring = set(_country_codes([*flat["events"], *flat["participants"]]))
        for name in ("actors", "actor_roles"):
            occurring |= set(_country_codes(self.plain.get(name, [])))
        return [
            country.plain() for code, country in admitted_countries().items() if code in occurring
        ]


def country_codes_of(countries: Iterable[Row]) -> list[Row]:
    """What other systems call some countries."""
    held = {country["country_code"] for country in countries}
    return [code.plain() for code in released_codes() if code.country_code in held]


def _country_codes(rows: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for row in rows:
        for name in ("country_code", "actor_country_code", "place_country_code"):
            if name in row:
                yield row[name]


def languages_of(rows: Mapping[str, Iterable[Row]]) -> tuple[str, ...]:
    """The languages of the prose of events and of their actors, in the order in which they come."""
    found = (
        languages_in(row, TABLES[name].prose)
        for name in ("events", "actors")
        for row in rows.get(name, ())
    )
    return tuple(dict.fromkeys(language for languages in found for language in languages))


def _in_column_order(table: Table, rows: list[Row]) -> list[Row]:
    names = [column.name for column in table.columns]
    return [{name: row[name] for name in names if name in row} for row in rows]
