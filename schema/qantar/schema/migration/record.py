"""Nested records brought from schema 0.1.0 to 0.2.0."""

from collections.abc import Iterable
from typing import Any

from qantar.schema.migration.account import Account
from qantar.schema.migration.count_step import count_deaths, without_deaths
from qantar.schema.migration.error import MigrationError
from qantar.schema.migration.row_steps import take_steps
from qantar.schema.migration.setting import Setting
from qantar.schema.past import PAST_VERSIONS
from qantar.schema.shape import Row
from qantar.schema.version import SCHEMA_VERSION

_LISTS = ("alternatives",)


def migrate_records(
    records: Iterable[Any], *, lasting: Iterable[str] = ()
) -> tuple[list[Row], Account]:
    """Records of schema 0.1.0 as records of 0.2.0, and what was set; see `migrate_record`."""
    account = Account()
    made: list[Row] = []
    for number, record in enumerate(records, start=1):
        try:
            moved, settings = migrate_record(record, lasting=lasting)
        except MigrationError as error:
            raise MigrationError(f"Record {number}: {error}") from error
        made.append(moved)
        account.add("events", settings)
    return made, account


def migrate_record(record: Any, *, lasting: Iterable[str] = ()) -> tuple[Row, list[Setting]]:
    """A record of schema 0.1.0 as a record of 0.2.0, and what was set; the first stays as it was.

    lasting: the ids of events whose dates stay intervals, since the act lasts. What has faults
    stays as it is, and what the schema does not have stays too. Raises MigrationError for what
    is no record, or none of 0.1.0.
    """
    refuse_version(record)
    named = frozenset(lasting)
    event: Row = record | {"schema_version": SCHEMA_VERSION}
    event, settings = take_steps("events", event, named)
    if isinstance(event.get("symmetric"), bool):
        # Derived at release: a record has direction alone.
        event = {name: value for name, value in event.items() if name != "symmetric"}
    if event.get("mentions"):
        claim, found = count_deaths(event)
        settings += found
        if claim is not None:
            counts = event.get("counts")
            event = without_deaths(event) | {"counts": [claim, *(counts or ())]}
    for name in _LISTS:
        event, found = _stepped_list(event, name, named)
        settings += found
    event, found = _stepped_list(event, "mentions", named)
    return event, settings + found


def refuse_version(record: Any) -> None:
    """Raise MigrationError for what is no record, or of no schema that can be migrated."""
    if not isinstance(record, dict):
        raise MigrationError("This is no record: a record is a JSON object.")
    if "schema_version" not in record:
        known = " or ".join(PAST_VERSIONS)
        raise MigrationError(
            f"It has no schema_version, so it is not told of which schema it is; write {known} "
            "where it is of that."
        )
    version = record["schema_version"]
    if version == SCHEMA_VERSION:
        raise MigrationError(f"It is of schema {SCHEMA_VERSION} already; nothing is to be done.")
    if version not in PAST_VERSIONS:
        known = " and ".join(PAST_VERSIONS)
        raise MigrationError(
            f"It is of schema {str(version)[:40]!r}, which this package does not know; it brings "
            f"{known} to {SCHEMA_VERSION}."
        )


def _stepped_list(event: Row, name: str, lasting: frozenset[str]) -> tuple[Row, list[Setting]]:
    items = event.get(name)
    if not isinstance(items, list):
        return event, []
    settings: list[Setting] = []
    made: list[Any] = []
    for item in items:
        if isinstance(item, dict):
            moved, found = take_steps(name, {"event_id": event.get("event_id")} | item, lasting)
            if "event_id" not in item:
                moved = {key: value for key, value in moved.items() if key != "event_id"}
            made.append(moved)
            settings += found
        else:
            made.append(item)
    return event | {name: made}, settings
