"""What is migrated at a path, and put in place beside what it was made from."""

import os
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from qantar.dataset.archive import write_zip
from qantar.dataset.migration.columns import names_in_order, table_alone
from qantar.dataset.migration.package import migrate_package
from qantar.dataset.migration.record_file import migrate_json
from qantar.dataset.migration.table_file import read_table_file, table_named
from qantar.dataset.swap import swap_folder, workshop, write_folder
from qantar.schema.migration import Account, MigrationError, migrate_rows
from qantar.schema.past import PAST_VERSIONS, past_schema
from qantar.schema.replacement import replace_file
from qantar.schema.tables import TABLES
from qantar.validation.packages.descriptor import DESCRIPTOR
from qantar.validation.packages.package import is_package
from qantar.validation.packages.store import Archive, Folder, Store, StoreError

# What is larger is not held in memory; data of schema 0.1.0 is small.
LARGEST_MIGRATED = 500_000_000
_FORMS = ("json", "jsonl", "csv", "tsv", "parquet", "zip")


@dataclass(frozen=True)
class Migrated:
    """What was written. reports: the account as text and as JSON, beside it."""

    target: Path
    account: Account
    reports: tuple[Path, Path]


def migrate(
    source: Path | str,
    target: Path | str,
    *,
    lasting: Iterable[str] = (),
    table: str | None = None,
) -> Migrated:
    """Bring what lies at a path from schema 0.1.0 to 0.2.0, and write it to another.

    source: records (.json, .jsonl), a table (.csv, .tsv, .parquet, rows of JSON), or a package:
    the folder of a release, one of its packages, or a zip of one. target: a file, or a folder for
    a package; what is there already is not written over, and a name that ends in .zip makes a
    zip of a package. lasting: the ids of events that last, whose dates stay intervals. table:
    which table a file is, by default told by its columns. The account of what was set is written
    beside the target, as ``.migration.txt`` and ``.migration.json``.

    Raises MigrationError (a ValueError) with a sentence for what cannot be migrated, and OSError
    where something cannot be read or written; nothing is written then.
    """
    place, wanted = Path(source), Path(target)
    named = frozenset([lasting] if isinstance(lasting, str) else lasting)
    if table is not None and table not in TABLES:
        raise MigrationError(f"There is no table {table!r}; there are {', '.join(TABLES)}.")
    if place.name == DESCRIPTOR:
        place = place.parent
    reports = tuple(wanted.with_name(f"{wanted.name}.migration.{kind}") for kind in ("txt", "json"))
    for path in (wanted, *reports):
        _refuse_place(path, place)
    if place.is_dir() or place.suffix.lower() == ".zip":
        account = _migrate_package(place, wanted, named)
    else:
        account = _migrate_file(place, wanted, named, table)
    account.source, account.target = str(source), str(target)
    replace_file(reports[0], account.as_text().encode())
    replace_file(reports[1], account.as_json().encode())
    return Migrated(wanted, account, (reports[0], reports[1]))


def _migrate_package(place: Path, target: Path, lasting: frozenset[str]) -> Account:
    if place.is_dir() and not is_package(place):
        raise MigrationError(f"{place} is no package: there is no {DESCRIPTOR} in it.")
    try:
        store: Store = Folder(place) if place.is_dir() else Archive(place, str(place))
    except StoreError as error:
        raise MigrationError(error.message) from error
    with closing(store):
        files, account = migrate_package(store, lasting=lasting)
    if target.suffix.lower() == ".zip":
        replace_file(target, write_zip(files, target.stem))
        return account
    with workshop(target) as made:
        write_folder(made / "new", files)
        if target.is_dir():
            target.rmdir()
        swap_folder(made / "new", target, made / "old")
    return account


def _migrate_file(place: Path, target: Path, lasting: frozenset[str], table: str | None) -> Account:
    form = place.suffix.lower().removeprefix(".")
    if form not in _FORMS:
        kinds = ", ".join(f".{one}" for one in _FORMS)
        raise MigrationError(f"{place} is none of {kinds}, and no folder of a package.")
    if target.suffix.lower() != place.suffix.lower():
        raise MigrationError(f"{target} is to be of the kind of {place}: name it *{place.suffix}.")
    if place.stat().st_size > LARGEST_MIGRATED:
        raise MigrationError(
            f"{place} has {place.stat().st_size:,} bytes, over the limit of {LARGEST_MIGRATED:,}; "
            "migrate it in parts."
        )
    content = place.read_bytes()
    if form in ("json", "jsonl"):
        made, account = migrate_json(content, form, str(place), lasting=lasting, table=table)
    else:
        made, account = _migrate_table(content, form, str(place), lasting, table)
    replace_file(target, made)
    return account


def _migrate_table(
    content: bytes, form: str, file: str, lasting: frozenset[str], table: str | None
) -> tuple[bytes, Account]:
    past = past_schema(PAST_VERSIONS[-1])
    held = read_table_file(content, form, file, past.tables.get(table or ""))
    name = table_named(held.names, file, table)
    rows, account = migrate_rows(name, held.rows, lasting=lasting)
    wanted = table_alone(name, held.names, rows)
    return held.written(wanted, rows, names_in_order(wanted, held.names, rows)), account


def _refuse_place(target: Path, source: Path) -> None:
    """Raise MigrationError where something is there, or is read."""
    inner, outer = Path(os.path.realpath(target)), Path(os.path.realpath(source))
    if inner == outer or outer in inner.parents or inner in outer.parents:
        raise MigrationError(
            f"{target} is, holds or lies in {source}, which is read; name another."
        )
    package = next((p for p in (outer.parent, outer.parent.parent) if is_package(p)), None)
    if package is not None and package in inner.parents:
        raise MigrationError(f"{target} lies in the package {package}; name another place.")
    if target.is_dir() and not any(target.iterdir()) and not target.is_symlink():
        return
    if os.path.lexists(target):
        raise MigrationError(f"{target} is there already; nothing was written. Name another place.")
    if not inner.parent.is_dir():
        raise MigrationError(f"There is no folder {target.parent}; make it first.")
