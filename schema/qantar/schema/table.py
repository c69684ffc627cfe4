"""What a table is: columns read off a model, keys, and what is derived."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Annotated, Any, get_args

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from qantar.schema.base import Record
from qantar.schema.language import ByLanguage, language_name, languages_in, split_prose
from qantar.schema.patterns import (
    EVENT_ID_PATTERN,
    EXCHANGE_EVENT_ID_PATTERN,
    EXCHANGE_MENTION_ID_PATTERN,
    LONGEST_EVENT_ID,
    LONGEST_MENTION_ID,
    MENTION_ID_PATTERN,
    ColumnKind,
)
from qantar.schema.rule import Profile

# Names and languages are learned as they come; beyond so many they are worked out anew.
_MOST_COLUMNS = 10_000
_MOST_TABLES = 1_000


@dataclass(frozen=True)
class Column:
    """A column with everything that any reader or validator is told about it.

    A derived column is computed at release; its description says from what. excused_by: of a
    column that exchange asks for, the columns that may say that it has no value. by_language:
    prose, which stands in a column of its own for each language. in_exchange_only: given by
    records converted from elsewhere, never by coded ones. wider: what exchange admits instead.
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
    by_language: bool = False
    in_exchange_only: bool = False
    wider: "Wider | None" = None

    @cached_property
    def codes(self) -> frozenset[str]:
        """The code list as a set, since a list of 316 is asked for every row."""
        return frozenset(self.enum or ())

    @property
    def title(self) -> str:
        words = self.name.replace("_", " ")
        for short, capital in ((" id", " ID"), ("edtf", "EDTF"), ("sha256", "SHA-256")):
            words = words.replace(short, capital)
        return words[0].upper() + words[1:]

    def is_given(self, profile: Profile) -> bool:
        """Whether nested records of a profile give it, since nothing else tells it."""
        if self.in_exchange_only:
            return profile is Profile.exchange
        return not self.derived

    def of(self, profile: Profile) -> "Column":
        """The column as a profile judges it."""
        return self if profile is Profile.coded or self.wider is None else self._widened

    @cached_property
    def _widened(self) -> "Column":
        return self if self.wider is None else replace(self, **self.wider.facts(), wider=None)

    def in_language(self, language: str) -> "Column":
        """The column of prose in one language; its title names it."""
        return _InLanguage(
            **{f.name: getattr(self, f.name) for f in fields(self)}
            | {"name": f"{self.name}_{language}", "by_language": False, "required": False},
            language=language,
        )


@dataclass(frozen=True)
class _InLanguage(Column):
    language: str = ""

    @property
    def title(self) -> str:
        base = self.name.removesuffix(f"_{self.language}").replace("_", " ")
        return f"{base[0].upper()}{base[1:]} ({language_name(self.language)})"


@dataclass(frozen=True)
class Wider:
    """The form or list that exchange admits in a column, where it is the wider."""

    pattern: str | None = None
    max_length: int | None = None
    enum: tuple[str, ...] | None = None

    def facts(self) -> dict[str, Any]:
        """What it says, by name of the column's fact."""
        return {f.name: found for f in fields(self) if (found := getattr(self, f.name)) is not None}


@dataclass(frozen=True)
class Reference:
    """A foreign key."""

    columns: tuple[str, ...]
    table: str
    other_columns: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table of the release; the form in which its rows can be checked and read.

    open_prefix: what the names of further columns begin with that exchange rows may have
    unchecked.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = field(default=())
    open_prefix: str | None = None

    @cached_property
    def by_name(self) -> "ColumnsByName":
        """The columns by name, those of prose in any language."""
        return ColumnsByName(self.columns)

    @cached_property
    def declared(self) -> dict[str, Column]:
        """The columns by the name that rules give them; prose by its base name."""
        return {column.name: column for column in self.columns}

    @property
    def stored(self) -> tuple[Column, ...]:
        """The columns that coded records give: not derived, and not for exchange only."""
        return tuple(c for c in self.columns if c.is_given(Profile.coded))

    @cached_property
    def prose(self) -> frozenset[str]:
        """The base names of the columns that stand once for each language."""
        return frozenset(column.name for column in self.columns if column.by_language)

    def base_of(self, name: str) -> str | None:
        """The base name of a prose column in some language; None for any other name."""
        split = split_prose(name, self.prose) if self.prose else None
        return split[0] if split else None

    def bases_in(self, names: Iterable[str]) -> frozenset[str]:
        """The prose of which a column is among these names, in whatever language."""
        return frozenset(base for name in names if (base := self.base_of(name)))

    def of(self, profile: Profile) -> "Table":
        """The table as a profile judges it."""
        return self._made(("of", profile), lambda: _in_profile(self, profile))

    def in_languages(self, languages: Iterable[str]) -> "Table":
        """The table of a package in these languages: each prose column once for each of them."""
        asked = tuple(languages)
        return self._made(("in", asked), lambda: _needed(self, _expanded(self, asked), asked))

    def with_names(self, names: Iterable[str]) -> "Table":
        """The table with the columns of all languages that names have, before each base."""
        found = languages_in(names, self.prose)
        bases = tuple(column for column in self.columns if column.by_language)
        return self._made(("with", found), lambda: (*_expanded(self, found), *bases))

    def _made(self, key: Hashable, columns: Callable[[], tuple[Column, ...]]) -> "Table":
        """The same table with other columns; made once for each key, since many ask for it."""
        if key not in self._others:
            if len(self._others) >= _MOST_TABLES:
                self._others.clear()
            self._others[key] = replace(self, columns=columns())
        return self._others[key]

    @cached_property
    def _others(self) -> dict[Hashable, "Table"]:
        return {}

    def is_open_to(self, name: str, profile: Profile) -> bool:
        """Whether rows may have such a column unchecked."""
        is_named = self.open_prefix is not None and name.startswith(self.open_prefix)
        return is_named and profile is Profile.exchange and name not in self.by_name


class ColumnsByName(Mapping[str, Column]):
    """The columns of a table by name. It finds prose in any language, but lists bases never."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self._known: dict[str, Column] = {}
        # Apart, so that what is listed does not depend on what was asked before.
        self._learned: dict[str, Column] = {}
        self._bases: dict[str, Column] = {}
        for column in columns:
            held = self._bases if column.by_language else self._known
            held[column.name] = column
        self._names = frozenset(self._bases)

    def __getitem__(self, name: str) -> Column:
        found = self._known.get(name) or self._learned.get(name)
        if found is not None:
            return found
        split = split_prose(name, self._names) if self._names and isinstance(name, str) else None
        if split is None:
            raise KeyError(name)
        found = self._bases[split[0]].in_language(split[1])
        if len(self._learned) < _MOST_COLUMNS:
            self._learned[name] = found
        return found

    def __contains__(self, name: object) -> bool:
        if name in self._known:
            return True
        return isinstance(name, str) and split_prose(name, self._names) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def _in_profile(table: Table, profile: Profile) -> tuple[Column, ...]:
    return tuple(
        column.of(profile) for column in table.columns if column.derived or column.is_given(profile)
    )


def _expanded(table: Table, languages: tuple[str, ...]) -> tuple[Column, ...]:
    found: list[Column] = []
    for column in table.columns:
        if not column.by_language:
            found.append(column)
            continue
        found.extend(column.in_language(language) for language in languages)
    return tuple(found)


def _needed(
    table: Table, columns: tuple[Column, ...], languages: tuple[str, ...]
) -> tuple[Column, ...]:
    """The columns; where there is only one language, prose that must be there is in that one."""
    if len(languages) != 1:
        return columns
    needed = {f"{c.name}_{languages[0]}" for c in table.columns if c.by_language and c.required}
    return tuple(replace(c, required=True) if c.name in needed else c for c in columns)


WIDER_FORMS = {
    EVENT_ID_PATTERN: Wider(EXCHANGE_EVENT_ID_PATTERN, LONGEST_EVENT_ID),
    MENTION_ID_PATTERN: Wider(EXCHANGE_MENTION_ID_PATTERN, LONGEST_MENTION_ID),
}


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
    by_language = any(isinstance(item, ByLanguage) for item in info.metadata)
    if by_language:
        schema = schema["additionalProperties"]
    kind = _marked_kind(info) or ColumnKind(schema["type"])
    return Column(
        name,
        kind,
        info.description or "",
        required=info.is_required(),
        enum=tuple(schema["enum"]) if "enum" in schema else None,
        pattern=schema.get("pattern"),
        min_length=schema.get("minLength"),
        max_length=schema.get("maxLength"),
        minimum=schema.get("minimum"),
        maximum=schema.get("maximum"),
        by_language=by_language,
        wider=WIDER_FORMS.get(schema.get("pattern", "")),
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
