"""A table of a package of an earlier schema, read and judged whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from qantar.schema.past import PastSchema
from qantar.schema.rule import Profile, Severity
from qantar.schema.shape import Row
from qantar.schema.table import Table
from qantar.validation.faults.fault import Fault
from qantar.validation.past.rules import faults_of_past_row
from qantar.validation.readers.cell_table import CellTable, plain_rows
from qantar.validation.readers.csv.text import read_cells
from qantar.validation.readers.csv.typed_cells import type_cells
from qantar.validation.readers.parquet.table import read_columns, type_columns
from qantar.validation.rules.table_kind import faults_of_columns
from qantar.validation.rules.value.rule import BROKEN, mark

_DELIMITERS = {"csv": ",", "tsv": "\t"}


@dataclass(frozen=True)
class PastTable:
    """A table with its faults in their place. marked: its rows, faulty cells as `BROKEN`."""

    read: CellTable
    faults: Sequence[Fault]
    marked: list[Row]


def read_past(
    content: bytes, form: str, table: Table, file: str
) -> tuple[CellTable | None, Sequence[Fault]]:
    """The cells of a file as the columns of a table, or why there are none."""
    if form == "parquet":
        stored = read_columns(content)
        if stored.frame is None:
            return None, [fault.at(file=file) for fault in stored.faults]
        return type_columns(stored, table, file=file), ()
    cells = read_cells(content, delimiter=_DELIMITERS[form])
    if not cells.header:
        return None, [fault.at(file=file) for fault in cells.faults]
    return type_cells(cells, table, file=file), ()


def judge_past(schema: PastSchema, table: Table, read: CellTable, profile: Profile) -> PastTable:
    """Judge the columns, cells and rows of a table; what is between rows is asked later."""
    of_columns = [*faults_of_columns(table, read.frame.columns, profile)]
    absent = {fault.column for fault in of_columns if fault.severity is Severity.error}
    held = plain_rows(read.frame)
    for index, name in read.unread:
        held[index][name] = BROKEN
    faults: list[Fault] = [*of_columns]
    rows: list[Row] = []
    for number, row in enumerate(held, start=1):
        marked, found = mark(table, row, profile)
        found.extend(faults_of_past_row(schema, table.name, marked, profile))
        rows.append(marked)
        faults.extend(fault.at(row=number) for fault in found if fault.column not in absent)
    placed = (read.place(fault) for fault in faults if not read.hides(fault))
    return PastTable(read, [*read.faults, *placed], rows)
