"""A table in a file, read whole, and what it is once it was judged."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path, PurePath

from qantar.schema.rule import Profile
from qantar.schema.shape import Row
from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.observation import fault_by
from qantar.validation.rules.table_kind import table_of
from qantar.validation.rules.value_rule import BROKEN
from qantar.validation.tables.cell_table import CellTable, plain_rows
from qantar.validation.tables.csv_text import CsvText, read_cells, type_cells
from qantar.validation.tables.parquet_file import read_columns, type_columns

DELIMITERS = {"csv": ",", "tsv": "\t"}
TABLE_KINDS = (*DELIMITERS, "parquet")
COLUMNS_TOLD = 8


@dataclass(frozen=True)
class JudgedTable:
    """A table with its faults, in the order of the file."""

    read: CellTable
    profile: Profile
    faults: tuple[Fault, ...]

    def marked(self) -> list[Row]:
        """The rows, with BROKEN in the place of every cell that has a fault of its own."""
        rows = plain_rows(self.read.frame)
        for index, column in self.read.unread:
            # The key of a row that cannot be told apart is kept, so that nothing dangles.
            rows[index].setdefault(column, BROKEN)
        for fault in self.faults:
            if fault.row and fault.column and fault.rule.startswith("value-"):
                rows[fault.row - 1][fault.column] = BROKEN
        return rows


@dataclass(frozen=True)
class Unjudged:
    """A file of which nothing could be judged, and why."""

    faults: tuple[Fault, ...]


def kind_of(path: PurePath | str) -> str:
    """The kind of a file by its suffix, in small letters without the dot."""
    return PurePath(path).suffix.lower().removeprefix(".")


def read_table(
    source: Path | bytes,
    kind: str,
    *,
    file: str,
    table: str | None = None,
    first: int | None = None,
    beside: Collection[str] = (),
) -> CellTable | Unjudged:
    """Read a CSV, TSV or Parquet file; the table is told by its columns unless it is given.

    first: how many rows to read, by default all. beside: columns whose values are not in the
    file. Raises OSError where the file cannot be opened.
    """
    if kind == "parquet":
        stored = read_columns(source, first=first)
        if stored.frame is None:
            return Unjudged(tuple(fault.at(file=file) for fault in stored.faults))
        name = table or table_of({*stored.frame.columns, *beside})
        if name is None:
            return _unknown(stored.frame.columns, file)
        return type_columns(stored, TABLES[name], file=file)
    cells = read_cells(source, delimiter=DELIMITERS[kind], first=first)
    return table_of_cells(cells, file=file, table=table, beside=beside)


def table_of_cells(
    cells: CsvText, *, file: str, table: str | None = None, beside: Collection[str] = ()
) -> CellTable | Unjudged:
    """Cells as text, made into the table that their header tells unless it is given."""
    if not cells.header:
        return Unjudged(tuple(fault.at(file=file) for fault in cells.faults))
    name = table or table_of({*cells.header, *beside})
    if name is None:
        return _unknown(cells.header, file)
    return type_cells(cells, TABLES[name], file=file)


_OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def _unknown(columns: list[str] | tuple[str, ...], file: str) -> Unjudged:
    told = ", ".join(columns[:COLUMNS_TOLD]) + (" …" if len(columns) > COLUMNS_TOLD else "")
    message = f"The columns {told} do not tell which table this is."
    for sign, name in _OTHER_SEPARATORS.items():
        if len(columns) == 1 and columns[0].count(sign) > 1:
            message = (
                f"The cells seem to be separated by {name} instead of commas, as some "
                "spreadsheets save them; save the file with commas."
            )
    return Unjudged((fault_by("table-unknown", message, file=file),))
