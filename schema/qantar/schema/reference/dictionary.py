"""The data dictionary: every table, column and code list of a release."""

import re
from collections.abc import Iterator

from qantar.schema.codebook import actions, admitted_countries
from qantar.schema.patterns import ColumnKind
from qantar.schema.reference.markdown import code, link, table
from qantar.schema.table import Column, Reference, Table
from qantar.schema.tables import TABLES
from qantar.schema.version import SCHEMA_VERSION
from qantar.schema.vocabulary import Vocabulary

_INTRODUCTION = f"""\
What each table and column of a release means, in schema {SCHEMA_VERSION}. The same words stand in
the descriptors beside the data (`datapackage.json`), in the metadata of the Parquet files and in
the published schemas (`schema/qantar/schema/published/{SCHEMA_VERSION}/`).

An absent value is an empty cell in CSV and null in Parquet, never a word or a number. *Filled* says
when a column must have a value: *always*, *in coded records* (rows converted from other sources may
leave it out), or where nothing stands, where there is something to say. A *derived* column is
computed at release from what the last sentence of its description names. A text *in each language*
has a column for each language of the package, named by a suffix: `summary` stands in `summary_en`,
`summary_pt_br`. Rows converted from other sources may have further columns that begin with
`source_`; nothing is asked of these. [](../format.md) says which standard each part follows, and
where it departs from one."""


def dictionary_parts() -> Iterator[str]:
    """The parts of the page, in order."""
    yield _INTRODUCTION
    yield "## The tables"
    yield table(
        ("table", "one row is", "columns"),
        ((link(code(t.name), t.name), _one_row(t), len(t.columns)) for t in TABLES.values()),
    )
    for declared in TABLES.values():
        yield f"## {declared.name}"
        yield declared.description + _keys(declared)
        yield table(("column", "form", "filled", "meaning"), map(_row, declared.columns))
    yield "## Code lists"
    yield "The closed lists of the record. A word outside a list is a fault (`value-unknown`)."
    for vocabulary in Vocabulary.__subclasses__():
        yield f"### {list_name(vocabulary)}"
        yield "Used by " + ", ".join(code(name) for name in _users(vocabulary)) + "."
        yield table(("value", "meaning"), ((code(m.value), m.meaning) for m in vocabulary))


def list_name(vocabulary: type[Vocabulary]) -> str:
    """The name of a code list in words: ``DateBasis`` is *Date basis*."""
    return re.sub(r"(?<=[a-z])([A-Z])", r" \1", vocabulary.__name__).capitalize()


def _one_row(declared: Table) -> str:
    return declared.description.removeprefix("One row is ").rstrip(".")


def _keys(declared: Table) -> str:
    told = ""
    if declared.primary_key:
        told += f" Key: {', '.join(map(code, declared.primary_key))}."
    if declared.references:
        told += f" Points to: {'; '.join(map(_pointer, declared.references))}."
    return told


def _pointer(reference: Reference) -> str:
    columns = ", ".join(map(code, reference.columns))
    return f"{columns} to {link(code(reference.table), reference.table)}"


def _row(column: Column) -> tuple[str, str, str, str]:
    derived = " *Derived.*" if column.derived else ""
    return code(column.name), _form(column), _filled(column), column.description + derived


def _filled(column: Column) -> str:
    if column.excused_by == ("source_action",):
        return "always, but in exchange where `source_action` is there (`action-code-missing`)"
    if column.excused_by:
        return (
            "always, but where `date_edtf` is open on that side, `date_basis` is none or the act "
            "does not count as having occurred (`date-bounds-missing`)"
        )
    if column.required_in_exchange:
        return "always"
    if column.required and column.by_language:
        return "in coded records, in at least one language"
    return "in coded records" if column.required else ""


def _form(column: Column) -> str:
    if column.enum is not None:
        return _list_of(column.enum)
    if column.by_language:
        return "text in each language"
    text = "text" if column.kind is ColumnKind.string else str(column.kind)
    if column.minimum is None and column.maximum is None:
        return text
    low = "" if column.minimum is None else f"{column.minimum:g}"
    high = "" if column.maximum is None else f"{column.maximum:g}"
    if low and high:
        return f"{text}, {low} to {high}"
    return f"{text}, from {low}" if low else f"{text}, up to {high}"


def _list_of(enum: tuple[str, ...]) -> str:
    values = frozenset(enum)
    for vocabulary in Vocabulary.__subclasses__():
        if values == {member.value for member in vocabulary}:
            return "one of " + link(list_name(vocabulary), list_name(vocabulary))
    if values == actions().keys():
        return "one of the [actions](codebook.md)"
    if values == admitted_countries().keys():
        return "one of the " + link("countries", "countries", "codebook.md")
    return "one of " + ", ".join(map(code, enum))


def _users(vocabulary: type[Vocabulary]) -> list[str]:
    values = {member.value for member in vocabulary}
    return [
        f"{declared.name}.{column.name}"
        for declared in TABLES.values()
        for column in declared.columns
        if column.codes == values
    ]
