"""What a table is: columns read off a model, keys, and what is derived."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Annotated, Any, get_args

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from qantar.schema.base import Record
from qantar.schema.patterns import ColumnKind


@dataclass(frozen=True)
class Column:
    """A column with everything that any reader or validator is told about it.

    A derived column is computed at release; its description says from what. excused_by: of a
    column that exchange asks for, the columns that may say that it has no value.
    """

    name: str
    kind: ColumnKind
    description: str
    required: bool = False
    required_in_exchange: bool = False
    excused_by: tuple[str, ...] = ()
    enum: tuple[str, ...] | None = None
    pattern: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    derived: bool = False

    @cached_property
    def codes(self) -> frozenset[str]:
        """The code list as a set, since a list of 316 is asked for every row."""
        return frozenset(self.enum or ())

    @property
    def title(self) -> str:
        words = self.name.replace("_", " ")
        for suffix, language in ((" en", " (English)"), (" vi", " (Vietnamese)")):
            words = words.removesuffix(suffix) + language if words.endswith(suffix) else words
        for short, capital in ((" id", " ID"), ("edtf", "EDTF"), ("sha256", "SHA-256")):
            words = words.replace(short, capital)
        return words[0].upper() + words[1:]


@dataclass(frozen=True)
class Reference:
    """A foreign key."""

    columns: tuple[str, ...]
    table: str
    other_columns: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table of the release; the form in which its rows can be checked and read."""

    name: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = field(default=())

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def stored(self) -> tuple[Column, ...]:
        """The columns that are not derived from others."""
        return tuple(column for column in self.columns if not column.derived)


def columns_of(model: type[Record], *leave_out: str) -> tuple[Column, ...]:
    """The scalar fields of a model as columns; lists are tables of their own."""
    return tuple(
        _column(name, info)
        for name, info in model.model_fields.items()
        if name not in leave_out and not _is_list(info)
    )


def derived(name: str, kind: ColumnKind, description: str, **facts: Any) -> Column:
    """A column that is computed from others."""
    return Column(name, kind, description, derived=True, **facts)


def as_derived(column: Column, description: str, *, name: str | None = None) -> Column:
    """The same column where it is repeated from another table."""
    return replace(
        column,
        name=name or column.name,
        description=description,
        derived=True,
        required=False,
        required_in_exchange=False,
    )


def _is_list(info: FieldInfo) -> bool:
    annotation: Any = info.annotation
    return TypeAdapter(annotation).json_schema().get("type") == "array"


def _column(name: str, info: FieldInfo) -> Column:
    schema = scalar_schema(info)
    kind = _marked_kind(info) or ColumnKind(schema["type"])
    return Column(
        name,
        kind,
        info.description or "",
        required=info.is_required() or info.get_default() is not None,
        enum=tuple(schema["enum"]) if "enum" in schema else None,
        pattern=schema.get("pattern"),
        min_length=schema.get("minLength"),
        max_length=schema.get("maxLength"),
        minimum=schema.get("minimum"),
        maximum=schema.get("maximum"),
    )


def scalar_schema(info: FieldInfo) -> dict[str, Any]:
    """The JSON Schema of a field, without the null that optional fields bring along."""
    annotated: Any = info.annotation
    for item in info.metadata:
        annotated = Annotated[annotated, item]
    schema = TypeAdapter(annotated).json_schema()
    branches = [b for b in schema.get("anyOf", []) if b != {"type": "null"}]
    return branches[0] if branches else schema


def _marked_kind(info: FieldInfo) -> ColumnKind | None:
    def marks(annotation: Any) -> Iterator[ColumnKind]:
        for argument in get_args(annotation):
            if isinstance(argument, ColumnKind):
                yield argument
            yield from marks(argument)

    found = [item for item in info.metadata if isinstance(item, ColumnKind)]
    return next(iter([*found, *marks(info.annotation)]), None)
