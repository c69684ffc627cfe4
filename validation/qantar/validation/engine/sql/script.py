"""A table's rules as one SQL query that lists every fault, for warehouses."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from qantar.schema import TABLES, Profile
from qantar.schema.table import Column, Table
from qantar.validation.engine.sql.value_sql import (
    NUMBERS,
    broken_rule,
    number_of,
    value_of,
)
from qantar.validation.faults.argument import asked_name, asked_profile, asked_table
from qantar.validation.rules.link.kind import LinkRule
from qantar.validation.rules.link.registry import link_kind, rules_not_asked, rules_within
from qantar.validation.rules.record.name import BETWEEN, naming_columns
from qantar.validation.rules.row.kind import CodeTable, Flag
from qantar.validation.rules.row.registry import kind_of, row_rules_for, row_rules_of
from qantar.validation.rules.sql_text import quote
from qantar.validation.rules.value.rule import is_required

Dialect = Literal["duckdb", "bigquery", "snowflake", "trino"]
DIALECTS: tuple[Dialect, ...] = get_args(Dialect)
_HELD = "held_table"
# Of prose in which no text is sound: neither there nor absent.
_FAULTY = "faulty"
_PART = r"(?:[A-Za-z_][A-Za-z0-9_$-]*|`[^`;\n]+`|\"[^\";\n]+\")"
_TABLE_NAME = rf"{_PART}(?:[.]{_PART}){{0,3}}"
# How each engine asks whether a whole text has a form, where `{}` is the pattern's place.
_FULL_MATCH: dict[Dialect, tuple[str, str]] = {
    "duckdb": ("REGEXP_FULL_MATCH", "{}"),
    "bigquery": ("REGEXP_CONTAINS", "^({})$"),
    "snowflake": ("REGEXP_LIKE", "{}"),
    "trino": ("REGEXP_LIKE", "^({})\\z"),
}


@dataclass(frozen=True)
class _Prose:
    """A column of prose, which is there where one of its languages has a sound text.

    is_told: whether the columns tell the languages; where not, nothing is asked of it.
    """

    column: Column
    table: Table
    held: Collection[str]
    profile: Profile
    is_told: bool = True

    def cells(self) -> Iterator[str]:
        """Its text, the rule that it breaks and its value, as rules of rows ask for them."""
        base = self.column.name
        text = f"COALESCE({', '.join([*self._sound().values(), 'CAST(NULL AS VARCHAR)'])})"
        cases = [f"WHEN {found} IS NOT NULL THEN NULL" for found in self._sound().values()]
        cases += [f"WHEN {part}_rule IS NOT NULL THEN {quote(_FAULTY)}" for part in self._sound()]
        otherwise = "'value-missing'" if is_required(self.column, self.profile) else "NULL"
        rule = f"CASE {' '.join([*cases, 'WHEN FALSE THEN NULL'])} ELSE {otherwise} END"
        yield f"{text} AS {base}_text"
        yield f"{rule if self.is_told else quote(_FAULTY)} AS {base}_rule"
        yield f"{text} AS {base}"

    def told(self) -> str:
        """The column that a fault of it names: that of the text, or the base name."""
        cases = [f"WHEN {part} IS NOT NULL THEN {quote(part)}" for part in self._sound()]
        return (
            f"CASE {' '.join([*cases, 'WHEN FALSE THEN NULL'])} ELSE {quote(self.column.name)} END"
        )

    def _sound(self) -> dict[str, str]:
        """By column of a language its text, where it is sound."""
        parts = (name for name in self.table.with_names(self.held).by_name if name in self.held)
        return {
            name: f"CASE WHEN {name}_rule IS NULL THEN {name} END"
            for name in parts
            if self.table.base_of(name) == self.column.name
        }


def sql_of(
    table_name: str,
    table: str | Table,
    dialect: Dialect = "duckdb",
    profile: Profile | str = Profile.coded,
    columns: Collection[str] | None = None,
) -> str:
    """A query for the faults of values and rows, keys that come back and gaps in numbers.

    table_name: what the table is called in the warehouse, in parts divided by dots, quoted
    as its dialect quotes. table: what table of the format it is. columns: those that it
    has, by default all; their types are the declared ones (DATE for dates will do) or all
    are text. The query returns rule, record (the row's key), column_name and value, all
    text, one row a fault; comments before it say so, and list the rules, also those
    that are not asked: links to other tables, and circles. Needs sqlglot (the extra ``sql``).
    Raises ValueError for a table, a dialect or a profile that there is not, and for what is
    not a name.
    """
    from sqlglot import exp, parse_one

    judged = table if isinstance(table, Table) else TABLES[asked_table(table)]
    asked_name("dialect", dialect, DIALECTS)
    asked = asked_profile(profile)
    judged = judged.of(asked)
    if not re.fullmatch(_TABLE_NAME, table_name):
        raise ValueError(f"{table_name!r} is not the name of a table")
    name, form = _FULL_MATCH[dialect]

    def translate(node: Any) -> Any:
        if isinstance(node, exp.Anonymous) and node.name == "FULL_MATCH":
            text, pattern = node.expressions
            told = form.format(pattern.this) if dialect != "snowflake" else _posix(pattern.this)
            return exp.Anonymous(this=name, expressions=[text, exp.Literal.string(told)])
        if isinstance(node, exp.TryCast) and dialect == "snowflake":
            return exp.Anonymous(this="TRY_TO_DOUBLE", expressions=[node.this])
        if isinstance(node, exp.Table) and node.name == _HELD:
            return exp.to_table(table_name, dialect=dialect)
        return node

    query = parse_one(_query(judged, asked, columns), read="duckdb").transform(translate)
    told = "".join(f"-- {line}\n" for line in _comments(table_name, judged, asked, columns))
    return f"{told}{query.sql(dialect=dialect, pretty=True)};\n"


def _comments(
    name: str, table: Table, profile: Profile, columns: Collection[str] | None
) -> Iterator[str]:
    """What the query is, and the sentence of every rule that it may name."""
    yield f"Faults of {name} as the table {table.name}, profile {profile}."
    yield "One row a fault: rule, record (the row's key), column_name, value. No row: no fault."
    yield "`qantar explain RULE` tells more of a rule."
    held = table.by_name.keys() if columns is None else columns
    among = [*rules_among_rows(table, profile, held)]
    beyond = dict.fromkeys(one.rule for one in rules_not_asked(table.name, profile))
    if beyond:
        yield f"Not asked here, since other tables are needed: {', '.join(beyond)}."
    # In a circle a recursion only ends where its UNION drops what was met before, or at a depth:
    # not every dialect has the former, and the latter would pass over long circles unsaid.
    circles = dict.fromkeys(
        rule.id
        for rule in rules_within(table.name, profile, table.by_name)
        if _rows_at_fault(rule, table) is None and rule.id not in beyond
    )
    if circles:
        yield f"Not asked here, since dialects differ in recursion: {', '.join(circles)}."
    for rule in {rule.id: rule for rule in (*row_rules_of(table.name, profile), *among)}.values():
        yield f"  {rule.id}: {rule.sentence}"
    yield "  value-missing, -type, -unknown, -malformed, -length, -out-of-range: of single cells."


def _query(table: Table, profile: Profile, columns: Collection[str] | None) -> str:
    """The query in DuckDB's dialect, but for `FULL_MATCH` and the table's name."""
    held = {*table.by_name} if columns is None else {*columns}
    listed = [c for c in table.with_names(held).columns if not c.by_language]
    prose = [_Prose(c, table, held, profile) for c in table.columns if c.by_language]
    if columns is None:
        # Which languages there are is not told.
        held |= table.prose
        prose = [replace(one, is_told=False) for one in prose]
    names = [column.name for column in listed]
    rules = row_rules_for(table.name, profile, held)
    flags = [flag for rule in rules for flag in kind_of(rule).flags(rule)]
    books = [*dict.fromkeys(book for flag in flags for book in flag.joins)]
    texts = [f"CAST({n if n in held else 'NULL'} AS VARCHAR) AS {n}" for n in names]
    numbers = [f"{number_of(c)} AS {c.name}_number" for c in listed if c.kind in NUMBERS]
    judged = [f"{broken_rule(c, profile, held)} AS {c.name}_rule" for c in listed]
    sound = [
        f"{c.name} AS {c.name}_text, {c.name}_rule, "
        f"CASE WHEN {c.name}_rule IS NULL THEN {value_of(c)} END AS {c.name}"
        for c in listed
    ]
    sound += [part for one in prose for part in one.cells()]
    steps = {
        "texts": f"SELECT {', '.join(texts)} FROM {_HELD}",
        "numbers": f"SELECT {', '.join(['*', *numbers])} FROM texts",
        "judged": f"SELECT {', '.join(['*', *judged])} FROM numbers",
        "sound": f"SELECT {', '.join(sound)} FROM judged",
    }
    last = "sound"
    for book in books:
        steps[f"{book.name}_book"] = _listed_codes(book)
        joined = f"SELECT * FROM {last} LEFT JOIN {book.name}_book ON {book.key} = {book.name}_code"
        last = f"with_{book.name}"
        steps[last] = joined
    marked = [f"{flag.where} AS flag_{n} /* {flag.rule} */" for n, flag in enumerate(flags)]
    steps["flagged"] = f"SELECT {', '.join(['*', *marked])} FROM {last}"
    wrong = [f"{n}_rule IS NOT NULL" for n in names]
    wrong += [f"{one.column.name}_rule = 'value-missing'" for one in prose]
    wrong += [f"flag_{n}" for n in range(len(flags))]
    steps["faulty"] = f"SELECT * FROM flagged WHERE {' OR '.join(wrong)}"
    places = ", ".join(f"({n})" for n in range(len(wrong)))
    steps["places"] = f"SELECT * FROM (VALUES {places}) AS listed(place)"
    steps["faults"] = _listed(table, names, prose, flags)
    ctes = ", ".join(f"{step} AS ({query})" for step, query in steps.items())
    queries = [
        "SELECT rule, record, column_name, value FROM faults WHERE rule IS NOT NULL",
        *(_query_of(rule, table) for rule in rules_among_rows(table, profile, held)),
    ]
    return f"WITH {ctes} {' UNION ALL '.join(queries)}"


def rules_among_rows(table: Table, profile: Profile, held: Collection[str]) -> Iterator[LinkRule]:
    """The rules among the rows of a table that can be asked in every dialect."""
    for rule in rules_within(table.name, profile, held):
        if _rows_at_fault(rule, table) is not None:
            yield rule


def _rows_at_fault(rule: LinkRule, table: Table) -> str | None:
    return link_kind(rule).sql(rule, _record(table))


def _query_of(rule: LinkRule, table: Table) -> str:
    """The faults of a rule as (rule, record, column_name, value)."""
    column = rule.on[0]
    told = (
        f"{quote(rule.id)} AS rule, record, {quote(column)} AS column_name, {column}_text AS value"
    )
    return f"SELECT {told} FROM ({_rows_at_fault(rule, table)}) AS suspects"


def _record(table: Table) -> str:
    """What names a row."""
    cells = (f"COALESCE({name}_text, '')" for name in naming_columns(table))
    return f" || {quote(BETWEEN)} || ".join(cells)


def _listed(
    table: Table, names: Sequence[str], prose: Sequence[_Prose], flags: Sequence[Flag]
) -> str:
    """One row for each faulty row and each thing that may be wrong with it."""
    bases = {one.column.name: one for one in prose}
    rules = [f"{name}_rule" for name in names]
    rules += [f"NULLIF({base}_rule, {quote(_FAULTY)})" for base in bases]
    rules += [f"CASE WHEN flag_{n} THEN {quote(f.rule)} END" for n, f in enumerate(flags)]
    columns = [*names, *bases, *(flag.column for flag in flags)]
    told = [bases[name].told() if name in bases else quote(name) for name in columns]
    return (
        f"SELECT {_by_place(rules)} AS rule, {_record(table)} AS record, "
        f"{_by_place(told)} AS column_name, "
        f"{_by_place([f'{name}_text' for name in columns])} AS value "
        "FROM faulty CROSS JOIN places"
    )


def _by_place(choices: list[str]) -> str:
    cases = " ".join(f"WHEN {n} THEN {choice}" for n, choice in enumerate(choices))
    return f"CASE place {cases} END"


def _listed_codes(book: CodeTable) -> str:
    """A row for each code of a table."""
    rows = ", ".join(f"({quote(code)}, {quote(value)})" for code, value in book.values)
    return f"SELECT * FROM (VALUES {rows}) AS listed({book.name}_code, {book.name})"


def _posix(pattern: str) -> str:
    """The pattern with control characters named, which Snowflake cannot count."""
    return pattern.replace("\\x00-\\x1f\\x7f", "[:cntrl:]")
