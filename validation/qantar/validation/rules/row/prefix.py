"""One column begins with what another holds."""

from collections.abc import Iterator, Mapping

import polars as pl

from qantar.schema.rule import PrefixOf
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.condition import Sees
from qantar.validation.rules.record.code import Level
from qantar.validation.rules.row.kind import Flag, RowKind, where_both
from qantar.validation.rules.row_fault import Row, fault_of, is_present
from qantar.validation.rules.sql_text import all_sound, never_null, quote
from qantar.validation.rules.value.rule import name_value
from qantar.validation.tables.array import Mask
from qantar.validation.tables.cells import CellsByName


class PrefixKind(RowKind[PrefixOf]):
    """Asked where both columns have a sound value."""

    def faults(self, rule: PrefixOf, row: Row) -> Iterator[Fault]:
        """The fault of a row in which both have values, and one begins otherwise."""
        if not is_present(row, rule.prefix, rule.column):
            return
        beginning = row[rule.prefix] + rule.separator
        if not row[rule.column].startswith(beginning):
            value = name_value(row[rule.column])
            found = f"{rule.column} is {value}, but must begin with {name_value(beginning)}"
            yield fault_of(rule, rule.column, row, found)

    def sees(self, rule: PrefixOf) -> Mapping[str, Sees]:
        return {rule.column: "value", rule.prefix: "value"}

    def maybe(self, rule: PrefixOf, columns: CellsByName, height: int) -> Mask:
        begins = pl.col("whole").str.starts_with(pl.col("prefix") + rule.separator)

        def differs(prefix: pl.Series, whole: pl.Series) -> pl.Series:
            return pl.DataFrame({"prefix": prefix, "whole": whole}).select(~begins).to_series()

        return where_both(columns, (rule.prefix, rule.column), height, differs)

    def flags(self, rule: PrefixOf) -> Iterator[Flag]:
        start = f"CONCAT({rule.prefix}, {quote(rule.separator)})"
        # Concatenation may pass over nulls, so both are asked for.
        both = all_sound(rule.prefix, rule.column)
        where = never_null(f"{both} AND NOT STARTS_WITH({rule.column}, {start})")
        yield Flag(rule.id, rule.column, where)

    def in_record(self, rule: PrefixOf, level: Level) -> str:
        prefix, whole = level.value(rule.prefix), level.value(rule.column)
        begins = f"{whole}.startswith({prefix} + {rule.separator!r})"
        return f"{level.there(rule.prefix, rule.column)} and not {begins}"


KIND = PrefixKind()
