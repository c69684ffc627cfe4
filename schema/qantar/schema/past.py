"""The schemas of earlier versions, read from what was published of them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, get_args

from qantar.schema.patterns import ColumnKind
from qantar.schema.rule import (
    CorpusRule,
    Observation,
    Profile,
    RowRule,
    Rule,
    TableRule,
)
from qantar.schema.table import Column, Reference, Table, Wider

PUBLISHED = Path(__file__).parent / "published"
PAST_VERSIONS = ("0.1.0",)
_RECORDS = {Profile.coded: "event.schema.json", Profile.exchange: "exchange.schema.json"}
_CORE = ("event_id", "record_version", "action_code", "date_earliest", "date_latest")
_EXCUSES = ("date_edtf", "date_basis", "factuality", "polarity")
_PARENT_KEYS = ("event_id", "mention_id")
_DERIVED = " Derived."
_KINDS = {
    kind.model_fields["kind"].default: kind
    for kind in (*get_args(RowRule), *get_args(TableRule), *get_args(CorpusRule), Observation)
}
# Columns and lists by which a table shows that it is of an earlier version.
_ONLY_PAST = {"actors": "wikidata_id"}
_REPLACED = {"events": ("symmetric", "direction"), "agreement": ("measure", "counted")}


@dataclass(frozen=True)
class PastColumn(Column):
    """A column with the title that was published."""

    published_title: str = ""

    @property
    def title(self) -> str:
        return self.published_title


@dataclass(frozen=True)
class PastSchema:
    """A version of the record format as it was published.

    tables: by name, in the order of the files. records: by profile the JSON Schema of a nested
    record.
    """

    version: str
    tables: Mapping[str, Table]
    rules: tuple[Rule, ...]
    records: Mapping[Profile, Mapping[str, Any]]

    def rules_of(self, table: str, profile: Profile) -> tuple[Rule, ...]:
        """The rules of a table in a profile."""
        return tuple(r for r in self.rules if r.table == table and profile in r.profiles)

    def table_of(self, names: Iterable[str]) -> str | None:
        """The table with most of these columns that has all of its key; None where none has."""
        told = {*names}
        fitting = [t for t in self.tables.values() if t.primary_key and {*t.primary_key} <= told]
        counted = [(len(told & {*t.by_name}), -len(t.columns), t.name) for t in fitting]
        if "actor_roles" in self.tables and {"actor_id", "valid_from"} <= told:
            return "actor_roles"
        return max(counted)[2] if counted else None


@cache
def past_schema(version: str) -> PastSchema:
    """An earlier version. Raises KeyError for one that there was not."""
    if version not in PAST_VERSIONS:
        raise KeyError(version)
    folder = PUBLISHED / version
    records = {profile: _load(folder / name) for profile, name in _RECORDS.items()}
    described = [_load(path) for path in sorted((folder / "tables").glob("*.json"))]
    wider = records[Profile.exchange]["properties"]["action_code"]["enum"]
    tables = {table["name"]: _table(table, wider) for table in described}
    declared = _load(folder / "rules.json")["rules"]
    return PastSchema(version, tables, tuple(map(_rule, declared)), records)


def shows_past(table: str | None, names: Iterable[str]) -> bool:
    """Whether the columns of a table can only be those of an earlier version."""
    told = {*names}
    if _ONLY_PAST.get(table or "") in told:
        return True
    old, new = _REPLACED.get(table or "", ("", ""))
    return old in told and new not in told


def _load(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return read


def _rule(declared: dict[str, Any]) -> Rule:
    facts = {name: value for name, value in declared.items() if name != "also_in_json_schema"}
    for name in {"when", "other_when"} & facts.keys():
        facts[name] = [_condition(one) for one in facts[name]]
    rule: Rule = _KINDS[facts["kind"]].model_validate(facts)
    return rule


def _condition(declared: dict[str, Any]) -> dict[str, Any]:
    """Schema 0.1.0 lets a condition name one text that is lacking, and not several."""
    lacks = declared.get("lacks")
    return declared | {"lacks": (lacks,)} if isinstance(lacks, str) else declared


def _table(described: dict[str, Any], wider_codes: list[str]) -> Table:
    name = described["name"]
    key = (*described.get("primaryKey", ()),)
    columns = [_column(field, name, key) for field in described["fields"]]
    if name == "events":
        columns = [_widened(column, wider_codes) for column in columns]
    references = (
        Reference(
            (*one["fields"],),
            one["reference"]["resource"] or name,
            (*one["reference"]["fields"],),
        )
        for one in described.get("foreignKeys", ())
    )
    return Table(name, described["description"], (*columns,), key, (*references,))


def _column(field: dict[str, Any], table: str, key: tuple[str, ...]) -> PastColumn:
    facts, name = field.get("constraints", {}), field["name"]
    is_core = name in _CORE if table == "events" else name in _PARENT_KEYS and name in key
    return PastColumn(
        name,
        ColumnKind(field["type"]),
        field["description"].removesuffix(_DERIVED),
        required=facts.get("required", False),
        required_in_exchange=is_core,
        excused_by=_EXCUSES
        if table == "events" and name in ("date_earliest", "date_latest")
        else (),
        enum=(*facts["enum"],) if "enum" in facts else None,
        pattern=facts.get("pattern"),
        min_length=facts.get("minLength"),
        max_length=facts.get("maxLength"),
        minimum=facts.get("minimum"),
        maximum=facts.get("maximum"),
        derived=field["description"].endswith(_DERIVED),
        published_title=field["title"],
    )


def _widened(column: PastColumn, codes: list[str]) -> PastColumn:
    if column.name != "action_code":
        return column
    return replace(column, wider=Wider(enum=(*codes,)))
