"""The errors of a JSON Schema on a nested record, in the words of the value rules."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import jsonschema_rs

from qantar.schema.rule import Profile
from qantar.schema.shape import RECORD_TABLES
from qantar.schema.table import Table
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.readers.json.text import as_pointer
from qantar.validation.readers.json.walk import Path
from qantar.validation.rules.value.null import null_of
from qantar.validation.rules.value.rule import judge_value, missing, name_value

Pointed: TypeAlias = tuple[str, Fault]
LISTS_OF_RECORD = frozenset(RECORD_TABLES) - {"events"}
_Kinds = jsonschema_rs.ValidationErrorKind


def table_of_path(path: Path) -> str:
    """The table whose row stands at the path."""
    names = [step for step in path if step in LISTS_OF_RECORD]
    return str(names[-1]) if names else "events"


@dataclass(frozen=True)
class ErrorReader:
    """Puts the errors of one schema into words.

    tables: those of the schema. unknown: tells of fields that an object (at a path) does not
    have. expected: what must stand at a path that is no column, no list and no record.
    """

    tables: Mapping[str, Table]
    profile: Profile
    unknown: Callable[[Path, list[str], Any], Iterator[Pointed]]
    expected: Callable[[Path], str | None] = lambda _: None

    def read(
        self, error: jsonschema_rs.ValidationError, foreign: Mapping[str, Any]
    ) -> Iterator[Pointed]:
        """(pointer, fault); foreign: by pointer, what JSON cannot hold."""
        path: Path = tuple(error.instance_path)
        kind, pointer = error.kind, as_pointer(path)
        if isinstance(kind, _Kinds.Required):
            column = self.tables[table_of_path(path)].by_name.get(kind.property)
            told = Fault("value-missing", f"{kind.property} is missing.")
            yield as_pointer((*path, kind.property)), missing(column) if column else told
        elif isinstance(kind, _Kinds.AdditionalProperties):
            yield from self.unknown(path, kind.unexpected, error.instance)
        else:
            value = foreign.get(pointer, error.instance)
            is_null = value is None and pointer not in foreign
            if is_null and path and isinstance(path[-1], str):
                column = self.tables[table_of_path(path[:-1])].by_name.get(path[-1])
                yield pointer, null_of(column, path[-1], self.profile)
            else:
                yield pointer, self._judge(kind, path, value)

    def _judge(self, kind: Any, path: Path, value: Any) -> Fault:
        name = str(path[-1]) if path else "the record"
        column = self.tables[table_of_path(path[:-1])].by_name.get(name)
        fault = judge_value(column, value, self.profile) if column else None
        if fault:
            return fault
        if isinstance(kind, _Kinds.MinItems):
            told = f"{name} is an empty list, but needs at least {kind.limit} item."
            return Fault("list-length", told)
        structure = "a list" if name in LISTS_OF_RECORD else "a record"
        subject = f"item {name} of {path[-2]}" if name.isdigit() and len(path) > 1 else name
        wanted = self.expected(path) or structure
        told = f"{subject} is {name_value(value)}, but must be {wanted}."
        return Fault("value-type", told, value=None if value is None else shown(value))
