"""A table's rules as one SQL query that lists every fault, for warehouses."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Literal, get_args

from qantar.schema import TABLES, Profile
from qantar.schema.language import languages_in
from qantar.schema.rule import RowRule
from qantar.schema.table import Table
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
from qantar.validation.rules.value.rule import is_column_required

Dialect = Literal["duckdb", "bigquery", "snowflake", "trino"]
DIALECTS: tuple[Dialect, ...] = get_args(Dialect)
_HELD = "held_table"
_PART = r"(?:[A-Za-z_][A-Za-z0-9_$-]*|`[^`;\n]+`|\"[^\";\n]+\")"
_TABLE_NAME = rf"{_PART}(?:[.]{_PART}){{0,3}}"
# How each engine asks whether a whole text has a form, where `{}` is the pattern's place.
_FULL_MATCH: dict[Dialect, tuple[str, str]] = {
    "duckdb": ("REGEXP_FULL_MATCH", "{}"),
    "bigquery": ("REGEXP_CONTAINS", "^({})$"),
    "snowflake": ("REGEXP_LIKE", "{}"),
    "trino": ("REGEXP_LIKE", "^({})\\z"),
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
    has, by default all but prose, whose languages nothing else tells; their types are the
    declared ones (DATE for dates will do) or all are text. The query returns rule, record (the
    row's key), column_name and value, all text, one row a fault; comments before it say so, and
    list the rules, also those that are not asked: links to other tables, and circles. Needs
    sqlglot (the extra ``sql``).
    Raises ValueError for a table, a dialect or a profile that there is not, and for what is
    not a name.
    """
    from sqlglot import exp, parse_one

    judged = table if isinstance(table, Table) else TABLES[asked_table(table)]
    # A query names columns, and these alone tell in which languages prose is there.
    judged = judged.in_languages(languages_in(columns or (), judged.prose))
    asked_name("dialect", dialect, DIALECTS)
    asked = asked_profile(profile)
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
    held = table.by_name.keys() if columns is None else set(columns)
    names = [column.name for column in table.columns]
    there = {*held} | TABLES[table.name].bases_in(held)
    rules = [*row_rules_for(table.name, profile, there)]
    if columns is None:
        rules = [*_but_for_prose(rules, TABLES[table.name].prose)]
    flags = [flag for rule in rules for flag in kind_of(rule).flags(rule)]
    books = [*dict.fromkeys(book for flag in flags for book in flag.joins)]
    texts = [f"CAST({n if n in held else 'NULL'} AS VARCHAR) AS {n}" for n in names]
    prose = _prose_in(table)
    texts += [f"{_first_of(of_base)} AS {base}" for base, of_base in prose.items()]
    numbers = [f"{number_of(c)} AS {c.name}_number" for c in table.columns if c.kind in NUMBERS]
    judged = [f"{broken_rule(c, profile, held)} AS {c.name}_rule" for c in table.columns]
    sound = [
        f"{c.name} AS {c.name}_text, {c.name}_rule, "
        f"CASE WHEN {c.name}_rule IS NULL THEN {value_of(c)} END AS {c.name}"
        for c in table.columns
    ]
    declared = TABLES[table.name].declared
    # Of one language the column itself is asked for.
    needed = [
        base
        for base, of_base in prose.items()
        if columns is not None
        and len(of_base) != 1
        and is_column_required(declared[base], profile, there)
    ]
    sound += [_sound_prose(base, of_base, base in needed) for base, of_base in prose.items()]
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
    names += needed
    wrong = [f"{n}_rule IS NOT NULL" for n in names] + [f"flag_{n}" for n in range(len(flags))]
    steps["faulty"] = f"SELECT * FROM flagged WHERE {' OR '.join(wrong)}"
    places = ", ".join(f"({n})" for n in range(len(wrong)))
    steps["places"] = f"SELECT * FROM (VALUES {places}) AS listed(place)"
    steps["faults"] = _listed(table, names, flags)
    ctes = ", ".join(f"{step} AS ({query})" for step, query in steps.items())
    queries = [
        "SELECT rule, record, column_name, value FROM faults WHERE rule IS NOT NULL",
        *(_query_of(rule, table) for rule in rules_among_rows(table, profile, held)),
    ]
    return f"WITH {ctes} {' UNION ALL '.join(queries)}"


def _but_for_prose(rules: Iterable[RowRule], bases: frozenset[str]) -> Iterator[RowRule]:
    """The rules without what they ask of prose, where nobody says which is there."""
    for rule in rules:
        kind = kind_of(rule)
        left = None if bases & {*kind.deciding(rule)} else kind.without(rule, {*bases})
        if left is not None:
            yield left


def _prose_in(table: Table) -> dict[str, list[str]]:
    """The columns of each base of prose, by which rules ask whether there is any."""
    declared = TABLES[table.name]
    held = [(base, c.name) for c in table.columns if (base := declared.base_of(c.name))]
    return {base: [n for b, n in held if b == base] for base in sorted(declared.prose)}


def _sound_prose(base: str, names: list[str], is_needed: bool) -> str:
    """A prose as the rules see it: its text, what is wrong where it is missing, what is sound."""
    missing = f"CASE WHEN {base} IS NULL THEN 'value-missing' END"
    rule = missing if is_needed else "CAST(NULL AS VARCHAR)"
    cells = (f"CASE WHEN {name}_rule IS NULL THEN {name} END" for name in names)
    value = f"COALESCE({', '.join(cells)}, NULL)" if names else "CAST(NULL AS VARCHAR)"
    return f"{base} AS {base}_text, {rule} AS {base}_rule, {value} AS {base}"


def _first_of(names: list[str]) -> str:
    cells = [f"CAST({name} AS VARCHAR)" for name in names]
    return f"COALESCE({', '.join(cells)}, NULL)" if cells else "CAST(NULL AS VARCHAR)"


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


def _listed(table: Table, names: list[str], flags: list[Flag]) -> str:
    """One row for each faulty row and each thing that may be wrong with it."""
    rules = [f"{name}_rule" for name in names]
    rules += [f"CASE WHEN flag_{n} THEN {quote(f.rule)} END" for n, f in enumerate(flags)]
    columns = [*names, *(flag.column for flag in flags)]
    return (
        f"SELECT {_by_place(rules)} AS rule, {_record(table)} AS record, "
        f"{_by_place([quote(name) for name in columns])} AS column_name, "
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
