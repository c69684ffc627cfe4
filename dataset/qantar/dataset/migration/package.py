"""A package brought to another schema: its tables, records, descriptors and digests."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from qantar.dataset.descriptor import DESCRIPTOR, Format, describe_resource
from qantar.dataset.digest import parse_digests, sha256
from qantar.dataset.migration.columns import (
    languages_of_names,
    names_in_order,
    table_of_package,
)
from qantar.dataset.migration.record_file import migrate_json
from qantar.dataset.migration.table_file import SEPARATORS, TableFile, read_table_file
from qantar.schema.digest import DIGESTS, list_digests
from qantar.schema.language import tag_of
from qantar.schema.migration import (
    Account,
    MigrationError,
    Setting,
    Surety,
    migrate_tables,
)
from qantar.schema.past import PAST_VERSIONS, PUBLISHED, past_schema
from qantar.schema.rule import Profile
from qantar.schema.shape import Rows
from qantar.schema.table import Table
from qantar.schema.tables import TABLES
from qantar.schema.version import SCHEMA_VERSION
from qantar.validation.packages.descriptor import LANGUAGES, PROFILE, VERSION
from qantar.validation.packages.store import Store, StoreError
from qantar.validation.past.version import (
    EVENT_SCHEMA,
    PACKAGES,
    RECORDS,
    package_version,
)

# They repeat what the tables held, so they would be stale.
_MADE_FROM_TABLES = {
    "explorer.html": "make it anew with `qantar explore`",
    "croissant.json": "`qantar build` writes it with a release",
}
_NEW_TABLES = ("counts", "contexts", "country_codes")


def migrate_package(
    store: Store, *, lasting: Iterable[str] = ()
) -> tuple[dict[str, bytes], Account]:
    """Every file of a package of 0.1.0 as one of 0.2.0, by path; raises MigrationError."""
    files = _read(store)
    package = _Package(store.name, files, frozenset(lasting))
    return package.migrated(), package.account


def _read(store: Store) -> dict[str, bytes]:
    paths = store.paths()
    if store.problems:
        raise MigrationError(f"{store.name}: {store.problems[0].message}")
    version = package_version(store)
    if version == SCHEMA_VERSION:
        raise MigrationError(f"{store.name} is of schema {SCHEMA_VERSION} already.")
    if version is not None and version not in PAST_VERSIONS:
        known = " and ".join(PAST_VERSIONS)
        raise MigrationError(
            f"{store.name} is of schema {version[:40]!r}, which this package does not know; it "
            f"brings {known} to {SCHEMA_VERSION}."
        )
    try:
        files = {path: store.read(path) for path in paths}
    except StoreError as error:
        raise MigrationError(f"{store.name}: {error.message}") from error
    _refuse_altered(store.name, files)
    return files


def _refuse_altered(name: str, files: Mapping[str, bytes]) -> None:
    for path, digest in parse_digests(files.get(DIGESTS, b"")).items():
        if path not in files or sha256(files[path]) != digest:
            what = "is not there" if path not in files else f"differs from its digest in {DIGESTS}"
            raise MigrationError(
                f"{name}/{path} {what}. Run `qantar validate` on the package, mend it, and migrate "
                "it again."
            )


@dataclass
class _Package:
    """One package. name: as it is told. files: what is in it, by path."""

    name: str
    files: dict[str, bytes]
    lasting: frozenset[str]
    account: Account = field(default_factory=Account)

    def migrated(self) -> dict[str, bytes]:
        made = dict(self.files)
        found = [p for p in PACKAGES if f"{p}{DESCRIPTOR}" in self.files]
        if not found:
            raise MigrationError(f"There is no {DESCRIPTOR} in {self.name}.")
        accounts = [self._migrate_form(form, made) for form in found]
        self.account = accounts[0]
        if RECORDS in made:
            file = f"{self.name}/{RECORDS}"
            made[RECORDS], _ = migrate_json(made[RECORDS], "jsonl", file, lasting=self.lasting)
        if EVENT_SCHEMA in made:
            made[EVENT_SCHEMA] = (PUBLISHED / SCHEMA_VERSION / EVENT_SCHEMA).read_bytes()
        for path, what in _MADE_FROM_TABLES.items():
            if made.pop(path, None) is not None:
                told = f"{path} holds what the tables held and is left out; {what}."
                setting = Setting(
                    "files", "", path, "left out", None, None, Surety.mechanical, told
                )
                self.account.add("files", [setting], rows=0)
        if made.pop(DIGESTS, None) is not None:
            made[DIGESTS] = list_digests(made).encode()
        return made

    def _migrate_form(self, package: str, made: dict[str, bytes]) -> Account:
        """Migrate one descriptor and its tables in place; what was set."""
        path = f"{package}{DESCRIPTOR}"
        document = self._descriptor(path)
        resources = {one["name"]: one for one in document["resources"] if _is_table(one)}
        held = {name: self._table(package, one) for name, one in resources.items()}
        rows, account = migrate_tables(
            {name: table.rows for name, table in held.items()}, lasting=self.lasting
        )
        languages = languages_of_names({name: table.names for name, table in held.items()})
        profile = Profile(document.get(PROFILE, Profile.coded))
        described: dict[str, dict[str, Any]] = {}
        for name, table in held.items():
            wanted = table_of_package(name, table.names, rows[name], profile, languages)
            content = _written(table, wanted, rows, name)
            resource = resources[name]
            made[f"{package}{resource['path']}"] = content
            described[name] = _described(resource, wanted, content)
        new = [name for name in _NEW_TABLES if name in rows and name not in held]
        for name in new:
            events = resources["events"]
            wanted = table_of_package(name, [], rows[name], profile, languages)
            place = PurePosixPath(events["path"]).with_stem(name)
            names = [column.name for column in wanted.columns]
            content = held["events"].written(wanted, rows[name], names)
            made[f"{package}{place}"] = content
            resource = {**describe_resource(_form(events), wanted, content), "path": str(place)}
            described[name] = resource
        made[path] = _with_resources(document, described, languages)
        return account

    def _descriptor(self, path: str) -> dict[str, Any]:
        try:
            document = json.loads(self.files[path])
        except (ValueError, RecursionError) as error:
            raise MigrationError(f"{self.name}/{path} is no JSON: {error}.") from None
        listed = document.get("resources") if isinstance(document, dict) else None
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            raise MigrationError(f"{self.name}/{path} has no list of resources.")
        if document.get(PROFILE, Profile.coded) not in [*Profile]:
            raise MigrationError(f"{self.name}/{path}: {PROFILE} must be {' or '.join(Profile)}.")
        found: dict[str, Any] = document
        return found

    def _table(self, package: str, resource: dict[str, Any]) -> TableFile:
        path = f"{package}{resource.get('path')}"
        if path not in self.files:
            raise MigrationError(f"{self.name}/{path}, which the descriptor names, is not there.")
        form, file = _form(resource), f"{self.name}/{path}"
        if form not in (*SEPARATORS, "parquet"):
            raise MigrationError(f"{file}: its format is none of csv, tsv and parquet.")
        past = past_schema(PAST_VERSIONS[-1]).tables[resource["name"]]
        return read_table_file(self.files[path], form, file, past)


def _is_table(resource: dict[str, Any]) -> bool:
    return resource.get("name") in past_schema(PAST_VERSIONS[-1]).tables


def _form(resource: Mapping[str, Any]) -> Format:
    suffix = PurePosixPath(str(resource.get("path"))).suffix.removeprefix(".")
    form: Format = resource.get("format", suffix)
    return form


def _written(held: TableFile, wanted: Table, rows: Rows, name: str) -> bytes:
    return held.written(wanted, rows[name], names_in_order(wanted, held.names, rows[name]))


def _described(resource: dict[str, Any], table: Table, content: bytes) -> dict[str, Any]:
    """The resource as it was, with schema, digest and size of the new file."""
    new = describe_resource(_form(resource), table, content)
    old_fields = resource.get("schema", {}).get("fields", []) if resource.get("schema") else []
    known = {column.name for column in TABLES[table.name].of(Profile.exchange).columns}
    past = {*past_schema(PAST_VERSIONS[-1]).tables[table.name].by_name}
    told = {field["name"] for field in new["schema"]["fields"]} | known | past
    new["schema"]["fields"] += [f for f in old_fields if f.get("name") not in told]
    taken = ("hash", "schema", "title", "description", *(["bytes"] if "bytes" in resource else []))
    return resource | {name: new.get(name, len(content)) for name in taken}


def _with_resources(
    document: dict[str, Any], described: dict[str, dict[str, Any]], languages: tuple[str, ...]
) -> bytes:
    """The descriptor with its resources in their order, new ones last, and what it is of."""
    listed = [described.get(one.get("name"), one) for one in document["resources"]]
    there = {one.get("name") for one in listed}
    tables = [one for name, one in described.items() if name not in there]
    left_out = ("resources", VERSION, LANGUAGES)
    head = {name: value for name, value in document.items() if name not in left_out}
    tags = [tag_of(language) for language in languages]
    told = head | {VERSION: SCHEMA_VERSION} | ({LANGUAGES: tags} if tags else {})
    return (
        json.dumps(told | {"resources": [*listed, *tables]}, ensure_ascii=False, indent=2) + "\n"
    ).encode()
