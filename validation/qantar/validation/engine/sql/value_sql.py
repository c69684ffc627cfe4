"""Value rules as SQL over sound columns, in DuckDB's dialect.

The column `c` holds a value without a fault of its own or null, `c_rule` the id of the
value rule that a cell breaks or null, and `c_text` the cell as text.
"""

from collections.abc import Collection, Iterator

from qantar.schema import Profile
from qantar.schema.patterns import ColumnKind
from qantar.schema.table import Column
from qantar.validation.rules.sql_text import quote
from qantar.validation.rules.value.large_number import LARGEST_WHOLE
from qantar.validation.rules.value.rule import (
    SPELLINGS,
    codes_of,
    is_column_required,
    is_required,
)

NUMBERS = (ColumnKind.integer, ColumnKind.number)
_LARGEST = "1.7976931348623157e308"
# Spellings of numbers that are too large to be read.
_BEYOND = {
    ColumnKind.integer: "-?0*[1-9][0-9]{18,}",
    ColumnKind.number: "-?0*[1-9][0-9]{309,}|-?[0-9]+(?:[.][0-9]+)?[eE][+]?[0-9]{4,}",
}


def broken_rule(column: Column, profile: Profile, held: Collection[str]) -> str:
    """The id of the value rule that the text `c` breaks, or null; `c_number` is its number.

    held: the columns that the table has.
    """
    cases = ["CASE"]
    name = column.name
    is_lost = name not in held and is_column_required(column, profile, held)
    if is_lost or is_required(column, profile):
        cases.append(f"WHEN {name} IS NULL THEN 'value-missing'")
    cases.extend(f"WHEN {where} THEN '{rule}'" for rule, where in _faults(column, profile))
    return " ".join([*cases, "END"]) if len(cases) > 1 else "CAST(NULL AS VARCHAR)"


def number_of(column: Column) -> str:
    """The number that the text `c` spells, or null."""
    spelled = has_form(column.name, SPELLINGS[column.kind].pattern)
    return f"CASE WHEN {spelled} THEN TRY_CAST({column.name} AS DOUBLE) END"


def value_of(column: Column) -> str:
    """The value of the text `c` in the column's type."""
    if column.kind is ColumnKind.integer:
        return f"CAST({column.name}_number AS BIGINT)"
    if column.kind is ColumnKind.number:
        return f"{column.name}_number"
    return f"{column.name} = 'true'" if column.kind is ColumnKind.boolean else column.name


def has_form(text: str, pattern: str) -> str:
    """Whether the whole text has the form; `FULL_MATCH` is what each dialect makes of it."""
    # Groups that do not capture are unknown to some engines, and nothing is captured here.
    body = pattern.removeprefix("^").removesuffix("$").replace("(?:", "(")
    return f"FULL_MATCH({text}, {quote(body)})"


def _faults(column: Column, profile: Profile) -> Iterator[tuple[str, str]]:
    """(rule, condition) in the order in which a cell is judged."""
    name = column.name
    if column.kind in NUMBERS:
        number = f"{name}_number"
        largest = LARGEST_WHOLE if column.kind is ColumnKind.integer else _LARGEST
        beyond = has_form(name, _BEYOND[column.kind])
        yield "value-type", f"{name} IS NOT NULL AND {number} IS NULL AND NOT {beyond}"
        low = f"-{largest}" if column.minimum is None else repr(column.minimum)
        high = str(largest) if column.maximum is None else repr(column.maximum)
        yield "value-out-of-range", f"{beyond} OR {number} < {low} OR {number} > {high}"
    elif column.kind is ColumnKind.boolean:
        yield "value-type", f"{name} NOT IN ('true', 'false')"
    elif column.enum:
        codes = ", ".join(quote(code) for code in sorted(codes_of(column, profile)))
        yield "value-unknown", f"{name} NOT IN ({codes})"
    else:
        if column.pattern:
            yield "value-malformed", f"NOT {has_form(name, column.pattern)}"
        lengths = [f"LENGTH({name}) < {column.min_length}"] if column.min_length else []
        lengths += [f"LENGTH({name}) > {column.max_length}"] if column.max_length else []
        if lengths:
            yield "value-length", " OR ".join(lengths)
