"""Values that stand in the names of folders, as in ``year=2022/month=01/part.parquet``."""

from pathlib import PurePath
from urllib.parse import unquote

import polars as pl

from qantar.schema.patterns import ColumnKind
from qantar.schema.rule import Severity
from qantar.schema.table import Table
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.readers.cell_table import type_fault, typed
from qantar.validation.rules.observation import fault_by

_ABSENT = "__HIVE_DEFAULT_PARTITION__"


def is_partition(folder: str) -> bool:
    """Whether a folder's name gives a value, as ``year=2022`` does."""
    name, _, value = folder.partition("=")
    return bool(value) and name.isidentifier()


def partitions_of(name: PurePath | str) -> dict[str, str]:
    """The values in the names of the folders above a file; an absent value is left out."""
    found: dict[str, str] = {}
    for folder in PurePath(name).parts[:-1]:
        if is_partition(folder):
            column, _, value = folder.partition("=")
            found[column] = unquote(value)
    return {column: value for column, value in found.items() if value != _ABSENT}


def type_partitions(
    values: dict[str, str], table: Table | None, held: set[str], file: str
) -> tuple[dict[str, object], list[Fault]]:
    """(value by column, faults) of folder names for a table, less the columns the file holds.

    What is no column of the table is ignored with a note.
    """
    typed_values: dict[str, object] = {}
    faults: list[Fault] = []
    for name, text in values.items():
        column = table.by_name.get(name) if table else None
        if column is None:
            told = f"The folder's name {shown(f'{name}={text}')} gives no column of the table; "
            note = fault_by("column-unknown", told + "it is ignored.", file=file, column=name)
            faults.append(note.at(severity=Severity.note))
        elif name not in held:
            value = typed(pl.Series(name, [text], dtype=pl.String), column.kind)[0]
            if value is None:
                faults.append(type_fault(0, column, text).at(file=file, row=None))
            else:
                typed_values[name] = value
    return typed_values, faults


def with_values(frame: pl.DataFrame, values: dict[str, object], table: Table) -> pl.DataFrame:
    """The frame with a constant column for each value."""
    kinds = {ColumnKind.integer: pl.Int64, ColumnKind.date: pl.Date}
    return frame.with_columns(
        pl.lit(value, dtype=kinds.get(table.by_name[name].kind)).alias(name)
        for name, value in values.items()
    )
