"""A column is what a named function makes of another."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from qantar.schema.edtf import date_extent
from qantar.schema.rule import Computed
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.condition import Sees
from qantar.validation.rules.row.kind import Flag, RowKind, where_both
from qantar.validation.rules.row_fault import Row, fault_of, is_present
from qantar.validation.rules.sql_text import all_sound, never_null
from qantar.validation.rules.value.rule import name_value
from qantar.validation.tables.array import Mask
from qantar.validation.tables.cells import CellsByName


@dataclass(frozen=True)
class _Function:
    """One function three times: of a value, of a whole column, and in DuckDB's dialect."""

    of_value: Callable[[Any], Any]
    of_column: Callable[[pl.Expr], pl.Expr]
    in_sql: str


def _extents(edtf: pl.Expr) -> pl.Expr:
    is_range = edtf.str.starts_with("[") | edtf.str.contains("X", literal=True)
    return (
        pl.when(edtf.str.contains("/", literal=True))
        .then(pl.lit("span"))
        .when(is_range)
        .then(pl.lit("within"))
        .otherwise(pl.lit("day"))
    )


_FUNCTIONS = {
    "date-extent": _Function(
        date_extent,
        _extents,
        "CASE WHEN STRPOS({0}, '/') > 0 THEN 'span'"
        " WHEN STRPOS({0}, '[') > 0 OR STRPOS({0}, 'X') > 0 THEN 'within' ELSE 'day' END",
    ),
}


class ComputedKind(RowKind[Computed]):
    """Asked where both columns have a sound value."""

    def faults(self, rule: Computed, row: Row) -> Iterator[Fault]:
        """The fault of a row whose value is another, with the one that is expected."""
        if not is_present(row, rule.column, rule.argument):
            return
        value, argument = row[rule.column], row[rule.argument]
        expected = _FUNCTIONS[rule.function].of_value(argument)
        if value != expected:
            found = f"{rule.column} is {name_value(value)}, but {name_value(expected)} is expected"
            found += f" where {rule.argument} is {name_value(argument)}"
            yield fault_of(rule, rule.column, row, found, expected)

    def sees(self, rule: Computed) -> Mapping[str, Sees]:
        return {rule.column: "value", rule.argument: "value"}

    def maybe(self, rule: Computed, columns: CellsByName, height: int) -> Mask:
        function = _FUNCTIONS[rule.function]

        def differs(value: pl.Series, argument: pl.Series) -> pl.Series:
            expected = function.of_column(pl.col("argument"))
            both = pl.DataFrame({"value": value, "argument": argument})
            return both.select(pl.col("value") != expected).to_series()

        return where_both(columns, (rule.column, rule.argument), height, differs)

    def flags(self, rule: Computed) -> Iterator[Flag]:
        expected = _FUNCTIONS[rule.function].in_sql.format(rule.argument)
        sound = all_sound(rule.column, rule.argument)
        yield Flag(rule.id, rule.column, never_null(f"{sound} AND {rule.column} <> {expected}"))


KIND = ComputedKind()
