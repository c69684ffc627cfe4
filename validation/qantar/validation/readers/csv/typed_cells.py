"""Cells of CSV as values of a table's columns."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl

from qantar.schema.patterns import ColumnKind
from qantar.schema.table import Table
from qantar.validation.readers.cell_table import CellTable, kept, type_faults, typed
from qantar.validation.readers.csv.decimal_comma import refuse_points, without_commas
from qantar.validation.readers.csv.text import CsvText, read_cells
from qantar.validation.readers.spelling import note_of_spelling, respelled
from qantar.validation.readers.text_line import SPOILT


def read_csv(source: Path | bytes, table: Table, *, file: str, delimiter: str = ",") -> CellTable:
    """Read a CSV file into the columns of a table; never raises on what the file holds.

    Raises OSError where the file cannot be opened.
    """
    return type_cells(read_cells(source, delimiter=delimiter), table, file=file)


def with_decimals(cells: CsvText, table: Table, decimal: str) -> CsvText:
    """The cells with numbers as the format has them, where another decimal sign is said."""
    if decimal == ".":
        return cells
    text, faults = refuse_points(cells.text, table, cells.lines)
    return replace(cells, text=without_commas(text, table), faults=[*cells.faults, *faults])


def type_cells(cells: CsvText, table: Table, *, file: str) -> CellTable:
    """Give each column of the table its type; other columns stay text.

    Of a ragged row only the key is kept, so that rows which point to it do not dangle.
    """
    columns: list[pl.Series] = []
    unread: set[tuple[int, str]] = set()
    faults = list(cells.faults)
    spellings: dict[str, set[str]] = {}
    for text, unreadable in told_cells(cells, table):
        unread |= {(index, text.name) for index in unreadable}
        column = table.by_name.get(text.name)
        values = typed(text, column.kind if column else ColumnKind.string)
        if column:
            spellings[text.name] = respelled(text, column.kind)
            for index, fault in type_faults(text, values, column):
                unread.add((index, text.name))
                faults.append(fault.at(line=cells.lines[index]))
        columns.append(values)
    faults.extend(note_of_spelling(spellings))
    return CellTable(
        file,
        pl.DataFrame(columns),
        cells.lines,
        frozenset(unread),
        tuple(fault.at(file=file) for fault in sorted(faults, key=lambda fault: fault.line or 0)),
        table.name,
    )


def told_cells(cells: CsvText, table: Table) -> Iterator[tuple[pl.Series, set[int]]]:
    """Each column as text, and the rows in which its cell could not be told.

    Such a cell is null, but for the key of a ragged row.
    """
    for text in cells.text.get_columns():
        spoilt = text.str.contains(SPOILT, literal=True).fill_null(False).arg_true().to_list()
        unreadable = {*spoilt, *cells.ragged}
        dropped = spoilt if text.name in table.primary_key else sorted(unreadable)
        if dropped:
            text = kept(text, ~pl.int_range(len(text), eager=True).is_in(dropped))
        yield text, unreadable
