"""A table that is held whole, judged on its own: cells, rows, keys and sequences."""

from itertools import chain

from qantar.schema.rule import Profile, Severity
from qantar.schema.shape import Row
from qantar.schema.tables import TABLES
from qantar.validation.engine.links.linked_table import HeldChunks
from qantar.validation.engine.table_run import TableRun
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import SeveralFaults, sort_faults
from qantar.validation.readers.cell_table import CellTable, plain_rows, without_hidden
from qantar.validation.readers.table_file import JudgedTable
from qantar.validation.rules.fault_order import fault_order
from qantar.validation.rules.link.registry import faults_of_tables, is_settled_alone
from qantar.validation.rules.row.registry import faults_of_row
from qantar.validation.rules.table_kind import faults_of_columns, profile_of
from qantar.validation.rules.value.rule import BROKEN, mark

# Below this columns take longer to prepare than rows take one by one.
FEW_ROWS = 400


def judge_table(read: CellTable, profile: Profile | None = None) -> JudgedTable:
    """Judge the cells and rows of a table that was read.

    profile: by default told by its columns. Circles are told among all tables that were given.
    """
    table = TABLES[read.table or ""]
    asked = profile or profile_of(table.name, read.frame.columns)
    of_columns = [*faults_of_columns(table, read.frame.columns, asked, is_told=profile is None)]
    found: SeveralFaults
    if read.frame.height > FEW_ROWS:
        found = TableRun(HeldChunks(read), table, asked, tells_header=False).run()
    else:
        found = _judge_few(read, of_columns, asked)
    placed = without_hidden(read, chain(of_columns, found))
    return JudgedTable(read, asked, sort_faults(chain(read.faults, placed), fault_order(table)))


def _judge_few(read: CellTable, of_columns: list[Fault], profile: Profile) -> list[Fault]:
    """The faults of rows too few for columns to be worth their preparation."""
    table = TABLES[read.table or ""]
    absent = {fault.column for fault in of_columns if fault.severity is Severity.error}
    held = plain_rows(read.frame)
    for index, name in read.unread:
        held[index][name] = BROKEN
    faults: list[Fault] = []
    rows: list[Row] = []
    for number, row in enumerate(held, start=1):
        marked, found = mark(table, row, profile)
        rows.append(marked)
        found.extend(faults_of_row(table.name, marked, profile))
        faults.extend(fault.at(row=number) for fault in found if fault.column not in absent)
    for placed in faults_of_tables({table.name: rows}, profile):
        if is_settled_alone(placed.rule):
            faults.append(placed.fault.at(row=placed.index + 1))
    return faults
