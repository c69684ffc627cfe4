"""Rules among the rows of a table as SQL over sound columns, in DuckDB's dialect."""

from collections.abc import Collection, Iterator

from qantar.schema import Profile
from qantar.schema.rule import Sequence, Unique
from qantar.schema.rules import rules_of
from qantar.schema.table import Table
from qantar.validation.rules.sql_text import quote


def rules_among_rows(
    table: Table, profile: Profile, held: Collection[str]
) -> Iterator[Unique | Sequence]:
    """Keys that must not come back and numbers without a gap, where the columns are there."""
    for rule in rules_of(table.name, profile):
        if isinstance(rule, Unique | Sequence) and set(rule.on) <= {*held}:
            yield rule


def query_of(rule: Unique | Sequence, record: str) -> str:
    """The faults of a rule as (rule, record, column_name, value); record: what names a row.

    Rows of a table have no order, so of rows with one key the last by their names are told.
    """
    column = rule.on[0]
    told = (
        f"{quote(rule.id)} AS rule, record, {quote(column)} AS column_name, {column}_text AS value"
    )
    rows = _repeated(rule, record) if isinstance(rule, Unique) else _after_gaps(rule, record)
    return f"SELECT {told} FROM ({rows}) AS suspects"


def _repeated(rule: Unique, record: str) -> str:
    keys = ", ".join(rule.columns)
    number = f"ROW_NUMBER() OVER (PARTITION BY {keys} ORDER BY {record})"
    numbered = f"SELECT *, {record} AS record, {number} AS occurrence FROM sound"
    numbered += f" WHERE {_present(rule.columns)}"
    return f"SELECT * FROM ({numbered}) AS numbered WHERE occurrence > 1"


def _after_gaps(rule: Sequence, record: str) -> str:
    """Rows of which the number before is missing, in groups where every row has a number."""
    within, number = rule.within, rule.column
    group = f"OVER (PARTITION BY {', '.join(within)})"
    counted = (
        f"SELECT *, {record} AS record, COUNT(*) {group} AS in_group, "
        f"COUNT({number}) {group} AS with_number FROM sound WHERE {_present(within)}"
    )
    names = [f"{name} AS before_{n}" for n, name in enumerate(within)]
    before = f"SELECT DISTINCT {', '.join(names)}, {number} + 1 AS expected FROM sound"
    same = " AND ".join(f"{name} = before_{n}" for n, name in enumerate(within))
    return (
        f"SELECT counted.* FROM ({counted}) AS counted LEFT JOIN ({before}) AS numbers "
        f"ON {same} AND {number} = expected "
        f"WHERE in_group = with_number AND {number} > 1 AND expected IS NULL"
    )


def _present(columns: tuple[str, ...]) -> str:
    return " AND ".join(f"{column} IS NOT NULL" for column in columns)
