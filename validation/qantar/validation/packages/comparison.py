"""Two forms of the same tables compared: CSV with Parquet, tables with nested records."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from typing import Any

import polars as pl

from qantar.schema.shape import RECORD_TABLES, Row, Rows
from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import Fault
from qantar.validation.readers.cell_table import CellTable, plain_rows
from qantar.validation.rules.derived_value import TOLERANCE, same
from qantar.validation.rules.observation import fault_by
from qantar.validation.rules.value.rule import name_value


def compare_forms(one: CellTable, other: CellTable) -> Iterator[Fault]:
    """Cells of `one` that `other` has otherwise, row by row, shown in `one`."""
    if one.frame.height != other.frame.height:
        told = f"The table has {one.frame.height} rows, but {other.frame.height} in {other.file}."
        yield fault_by("tables-differ", told, file=one.file)
        return
    names = dict.fromkeys((*one.frame.columns, *other.frame.columns))
    for name in names:
        if name not in one.frame.columns or name not in other.frame.columns:
            there = one.file if name in one.frame.columns else other.file
            told = f"Only {there} has the column {name}."
            yield one.place(fault_by("tables-differ", told, column=name))
            continue
        left, right = one.frame[name], other.frame[name]
        for index in _different(left, right):
            if (index, name) not in one.unread | other.unread:
                yield _differs(one, index, name, left[index], right[index], other.file)


def compare_records(flat: Rows, tables: dict[str, CellTable], file: str) -> Iterator[Fault]:
    """Cells of the tables that the nested records of a file have otherwise.

    flat: rows by table, as `flatten` makes them of the records.
    """
    for name in RECORD_TABLES:
        if name in tables:
            yield from _compare_table(tables[name], name, flat[name], file)


def _compare_table(read: CellTable, name: str, nested: Sequence[Row], file: str) -> Iterator[Fault]:
    rows = enumerate(plain_rows(read.frame))
    for index, fault in compare_rows(name, rows, nested, read.unread, file):
        if index is None:
            yield fault.at(file=read.file)
        else:
            yield read.place(fault.at(row=index + 1))


def compare_rows(
    name: str,
    rows: Iterable[tuple[int, Row]],
    nested: Iterable[Row],
    unread: Collection[tuple[int, str]],
    file: str,
) -> Iterator[tuple[int | None, Fault]]:
    """(index of the row, fault) of cells of a table that nested records have otherwise.

    rows: those of the table, with their indices. nested: as the records have them. unread:
    (index, column) of cells of which the value is open.
    """
    key = TABLES[name].primary_key
    keyed = ((_key(row, key), row) for row in nested)
    # What is no scalar is no key, and has a fault of its own.
    wanted = {k: row for k, row in keyed if all(isinstance(value, Hashable) for value in k)}
    seen = set()
    for index, row in rows:
        identity = _key(row, key)
        seen.add(identity)
        if identity not in wanted:
            if not any((index, column) in unread for column in key):
                told = f"{_tell(identity)} is not in {file}."
                yield index, fault_by("tables-differ", told, column=key[0])
            continue
        other = wanted[identity]
        for column in TABLES[name].with_names((*row, *other)).stored:
            found, expected = row.get(column.name), other.get(column.name)
            if not same(found, expected) and (index, column.name) not in unread:
                yield index, tell_difference(column.name, found, expected, file)
    if not unread:
        for identity in wanted:
            if identity not in seen:
                told = f"{_tell(identity)} is in {file}, but not in this table."
                yield None, fault_by("tables-differ", told)


def _different(left: pl.Series, right: pl.Series) -> list[int]:
    if left.dtype != right.dtype:
        left, right = left.cast(pl.String), right.cast(pl.String)
    unlike = left.ne_missing(right)
    if left.dtype == pl.Float64:
        unlike &= ~((left - right).abs() <= TOLERANCE).fill_null(False)
    return list(unlike.arg_true().to_list())


def _differs(
    read: CellTable, index: int, column: str, found: Any, expected: Any, file: str
) -> Fault:
    return read.place(tell_difference(column, found, expected, file).at(row=index + 1))


def tell_difference(column: str, found: Any, expected: Any, file: str) -> Fault:
    """The fault of a cell that another file has otherwise."""
    here, there = ("nothing" if v is None else name_value(v) for v in (found, expected))
    told = f"{column} is {here} here, but {there} in {file}."
    return fault_by("tables-differ", told, column=column, value=found)


def _key(row: Row, columns: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(row.get(column) for column in columns)


def _tell(identity: tuple[Any, ...]) -> str:
    return " / ".join(str(value) for value in identity)
