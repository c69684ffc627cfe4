"""Value rules and row rules as SQL over sound columns, in DuckDB's dialect.

The column `c` holds a value without a fault of its own or null, `c_rule` the id of the
value rule that a cell breaks or null, and `c_text` the cell as text.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from qantar.schema import TABLES, Profile
from qantar.schema.patterns import ColumnKind
from qantar.schema.rule import (
    Compare,
    Condition,
    Implies,
    Lookup,
    PrefixOf,
    Requires,
    RowRule,
    WithinEdtf,
)
from qantar.schema.table import Column
from qantar.validation.rules.large_number import LARGEST_WHOLE
from qantar.validation.rules.value_rule import (
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
_OPERATORS = {"<": "<", "<=": "<=", "!=": "<>", "==": "="}


@dataclass(frozen=True, slots=True)
class Flag:
    """A fault that a row rule may find: at which column, and where, as an SQL condition."""

    rule: str
    column: str
    where: str


def quote(value: Any) -> str:
    """A value as an SQL literal."""
    if isinstance(value, bool) or value is None:
        return {True: "TRUE", False: "FALSE", None: "NULL"}[value]
    if isinstance(value, str):
        return "'" + str(value).replace("'", "''") + "'"
    return repr(value)


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


def flags_of(rule: RowRule) -> Iterator[Flag]:
    """Where a row rule finds a fault; the conditions are never null."""
    match rule:
        case Requires():
            for column in rule.present:
                gap = f"{column}_text IS NULL AND {column}_rule IS NULL"
                yield _flag(rule, column, f"{_holds(rule.when)} AND {gap}")
            for column in rule.absent:
                yield _flag(rule, column, f"{_holds(rule.when)} AND {column} IS NOT NULL")
        case Compare():
            where = f"NOT ({rule.left} {_OPERATORS[rule.operator]} {rule.right})"
            yield _flag(rule, rule.right, where)
        case PrefixOf():
            start = f"CONCAT({rule.prefix}, {quote(rule.separator)})"
            # Concatenation may pass over nulls, so both are asked for.
            both = f"{rule.prefix} IS NOT NULL AND {rule.column} IS NOT NULL"
            yield _flag(rule, rule.column, f"{both} AND NOT STARTS_WITH({rule.column}, {start})")
        case WithinEdtf():
            yield _flag(rule, rule.column, _outside(rule))
        case Implies():
            sound = _sound(rule.column, *(c.column for c in rule.when))
            expected = f"CASE WHEN {_holds(rule.when)} THEN {quote(rule.value)}"
            expected += f" ELSE {quote(rule.otherwise)} END"
            yield _flag(rule, rule.column, f"{sound} AND {rule.column} <> ({expected})")
        case Lookup():
            yield _flag(rule, rule.column, _differs(rule))


def looked_up(rule: Lookup) -> str:
    """The column in which the codebook's value for a rule is joined to a row."""
    return f"told_{rule.field}"


def _flag(rule: RowRule, column: str, where: str) -> Flag:
    return Flag(rule.id, column, f"COALESCE({where}, FALSE)")


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


def _sound(*columns: str) -> str:
    return " AND ".join(f"{column} IS NOT NULL" for column in columns)


def _holds(conditions: tuple[Condition, ...]) -> str:
    parts = [f"COALESCE({part}, FALSE)" for c in conditions for part in _parts(c)]
    return f"({' AND '.join(parts)})" if parts else "TRUE"


def _parts(condition: Condition) -> Iterator[str]:
    column = condition.column
    if condition.present is not None:
        absent = f"{column}_text IS NULL AND {column}_rule IS NULL"
        yield f"{column} IS NOT NULL" if condition.present else f"({absent})"
    if condition.is_in is not None:
        yield f"{column} IN ({', '.join(quote(value) for value in condition.is_in)})"
    if condition.lacks is not None:
        lacks = f"COALESCE(STRPOS({column}, {quote(condition.lacks)}), 0) = 0"
        yield f"({column}_rule IS NULL AND {lacks})"


def _outside(rule: WithinEdtf) -> str:
    """Outside the days that an EDTF date can mean, which compare as text like dates do.

    Months and days that are not told are below and above every one that is.
    """
    edtf, day = rule.edtf, rule.column
    last = f"SUBSTR({edtf}, STRPOS({edtf}, '/') + 1, 10)"
    low = f"CASE WHEN STARTS_WITH({edtf}, '..') THEN ''"
    low += f" ELSE REPLACE(SUBSTR({edtf}, 1, 10), 'XX', '00') END"
    high = f"CASE WHEN STARTS_WITH({last}, '..') THEN '9999-99-99'"
    high += f" ELSE REPLACE({last}, 'XX', '99') END"
    exact = f"STRPOS({edtf}, '~') = 0 AND STRPOS({edtf}, '%') = 0"
    return f"{exact} AND ({day} < {low} OR {day} > {high})"


def _differs(rule: Lookup) -> str:
    column = rule.column
    wanted = TABLES[rule.table].by_name[column]
    told = looked_up(rule)
    differs = f"told_code IS NOT NULL AND {column} IS DISTINCT FROM {told}"
    if rule.when:
        sound = _sound(*(c.column for c in rule.when))
        held = _holds(rule.when)
        differs = f"{sound} AND ((NOT {held} AND {column} IS NOT NULL) OR ({held} AND {differs}))"
    guards = [f"{column}_rule IS NULL"]
    if wanted.derived:
        guards.append(f"{column} IS NOT NULL")
    if rule.unless:
        guards.append(f"{rule.unless}_text IS NULL AND {rule.unless}_rule IS NULL")
    return f"{' AND '.join(guards)} AND ({differs})"
