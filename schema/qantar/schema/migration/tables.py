"""Rows of tables brought from schema 0.1.0 to 0.2.0, a table alone or those of a package."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from qantar.schema.corpus import country_codes_of, languages_of
from qantar.schema.derivation import (
    derive_dyads,
    derive_event_columns,
    has_occurred,
    name_by_actor,
)
from qantar.schema.edtf import date_extent
from qantar.schema.migration.account import Account
from qantar.schema.migration.codebook_step import REPEATED, reword
from qantar.schema.migration.count_step import FATALITIES, count_deaths
from qantar.schema.migration.row_steps import name_coders, take_steps
from qantar.schema.migration.setting import Setting, Surety
from qantar.schema.shape import Row, Rows, nest
from qantar.schema.tables import TABLES
from qantar.schema.version import SCHEMA_VERSION

_STEP = "derived"
_PAIR = 2
# Without these an event cannot be put together again.
_WHOLE = ("events", "participants", "mentions", "actors")
_FROM_OTHERS = frozenset(c.name for c in TABLES["events"].columns if c.derived) - {*FATALITIES}


def migrate_rows(
    table: str, rows: Iterable[Mapping[str, Any]], *, lasting: Iterable[str] = ()
) -> tuple[list[Row], Account]:
    """Rows of one table of schema 0.1.0 as rows of 0.2.0, and what was set.

    lasting: the ids of events whose dates stay intervals. What follows from the row alone is
    derived anew. Numbers of deaths stay in their columns: only a package has a table for them.
    """
    named, account = frozenset(lasting), Account()
    made: list[Row] = []
    for row in rows:
        moved, settings = take_steps(table, dict(row), named)
        if table == "events":
            moved = _derived_alone(moved)
        made.append(moved)
        account.add(table, settings)
    return made, account


def migrate_tables(
    tables: Mapping[str, Sequence[Mapping[str, Any]]], *, lasting: Iterable[str] = ()
) -> tuple[Rows, Account]:
    """The tables of a package of schema 0.1.0 as those of 0.2.0, and what was set.

    tables: rows by name of table. Where events, participants, mentions and actors are there,
    deaths become counts, and the derived columns and the dyads are made anew.
    """
    named, account = [*lasting], Account()
    made: Rows = {}
    for table, rows in _with_coders(tables, account).items():
        made[table], own = migrate_rows(table, rows, lasting=named)
        account.add(table, own.settings, rows=len(rows))
        if table in REPEATED:
            made[table], reworded = reword(table, made[table])
            account.add(table, reworded, rows=0)
    if not all(name in made for name in _WHOLE):
        return made, account
    made = {"counts": [], "contexts": []} | made
    if "countries" in made:
        made["country_codes"] = country_codes_of(made["countries"])
    coded = {row.get("event_id") for row in made["mentions"]}
    for event in made["events"]:
        if event.get("event_id") in coded:
            claim, settings = count_deaths(event)
            account.add("counts", settings, rows=claim is not None)
            made["counts"] += [{"event_id": event["event_id"]} | claim] if claim else []
    return _derived_anew(made, account), account


def _with_coders(
    tables: Mapping[str, Sequence[Mapping[str, Any]]], account: Account
) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The tables, with the coders in `agreement` where two made the raw passes."""
    ids = {row.get("coder_id") for row in tables.get("codings", ())}
    if len(ids) != _PAIR or "agreement" not in tables or not all(isinstance(i, str) for i in ids):
        return tables
    coders = ";".join(sorted(map(str, ids)))
    named = [name_coders(dict(row), coders) for row in tables["agreement"]]
    account.add("agreement", [setting for _, own in named for setting in own], rows=0)
    return {**tables, "agreement": [row for row, _ in named]}


def _derived_alone(row: Row) -> Row:
    """The row of an event with what follows from its own values."""
    made = dict(row)
    if row.get("factuality") is not None and row.get("polarity") is not None:
        made["occurred"] = has_occurred(row)
    if isinstance(row.get("date_edtf"), str):
        made["date_extent"] = date_extent(row["date_edtf"])
    return made


def _derived_anew(tables: Rows, account: Account) -> Rows:
    """The tables with the derived columns of events, and the dyads, made from the others."""
    try:
        events = nest({name: tables.get(name, []) for name in TABLES}, SCHEMA_VERSION)
        names = name_by_actor(tables["actors"], languages_of(tables))
        rows = [
            {n: v for n, v in row.items() if n not in _FROM_OTHERS}
            | derive_event_columns(event, names)
            for row, event in zip(tables["events"], events, strict=True)
        ]
        dyads = [dyad for event in events for dyad in derive_dyads(event, names)]
    except (KeyError, TypeError, AttributeError) as error:
        told = (
            f"A row lacks what others follow from ({error}), so derived columns and dyads stay as "
            "they were. Validate the package, mend it, and migrate it again."
        )
        account.add(
            "events", [Setting(_STEP, "events", "", "", None, None, Surety.left, told)], rows=0
        )
        return tables
    made = tables | {"events": rows}
    if "dyads" in tables:
        told = "Derived columns and dyads are made from the other tables."
        made["dyads"] = dyads
        account.add(
            "dyads",
            [Setting(_STEP, "dyads", "", "", None, None, Surety.mechanical, told)],
            rows=0,
        )
    return made
