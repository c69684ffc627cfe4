"""Pieces of SQL that the kinds of rules share, in DuckDB's dialect."""

from typing import Any


def quote(value: Any) -> str:
    """A value as an SQL literal."""
    if isinstance(value, bool) or value is None:
        return {True: "TRUE", False: "FALSE", None: "NULL"}[value]
    if isinstance(value, str):
        return "'" + str(value).replace("'", "''") + "'"
    return repr(value)


def never_null(condition: str) -> str:
    """The condition, false where it is neither true nor false."""
    return f"COALESCE({condition}, FALSE)"


def all_sound(*columns: str) -> str:
    """Where all columns have a value without a fault of its own."""
    return " AND ".join(f"{column} IS NOT NULL" for column in columns)


def is_absent(column: str) -> str:
    """Where a column has no value, not even a faulty one."""
    return f"{column}_text IS NULL AND {column}_rule IS NULL"
