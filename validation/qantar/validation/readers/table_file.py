"""A table in a file, read whole, and what it is once it was judged."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

import polars as pl

from qantar.schema.rule import Profile
from qantar.schema.shape import Row
from qantar.schema.table import Table
from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import gather_faults
from qantar.validation.readers.cause import Held, told_once
from qantar.validation.readers.cell_table import CellTable, plain_rows
from qantar.validation.readers.csv.form import PLAIN, CsvForm
from qantar.validation.readers.csv.text import CsvText, read_cells
from qantar.validation.readers.csv.typed_cells import type_cells, with_decimals
from qantar.validation.readers.parquet.table import read_columns, type_columns
from qantar.validation.readers.spelling import Words, absent_words, worded
from qantar.validation.readers.unknown_table import (
    LINES_OF_START,
    Start,
    header_below,
    start_of,
    start_of_cells,
    unknown_table,
)
from qantar.validation.rules.table_kind import table_of
from qantar.validation.rules.value.rule import BROKEN, prose_of

# Other suffixes of the kinds that are checked.
ALIASES = {"tab": "tsv", "ndjson": "jsonl", "pq": "parquet", "xlsm": "xlsx"}


@dataclass(frozen=True)
class JudgedTable:
    """A table with its faults, in the order of the file."""

    read: CellTable
    profile: Profile
    faults: Sequence[Fault]

    def told_once(self) -> Sequence[Fault]:
        """The faults as they are told: each cause of many once."""
        if not self.read.table:
            return self.faults
        table = TABLES[self.read.table]
        found = told_once(self.faults, self._held(table))
        if all(fault.file for fault in found):
            return found
        return gather_faults(f if f.file else self.read.place(f) for f in found)

    def _held(self, table: Table) -> Held:
        return Held(table, self.read.frame.height, self._present, self._words(table))

    def _present(self, name: str) -> int:
        """How many cells of a column hold anything; those that cannot be told apart do not."""
        held = self.read.frame[name]
        own = {fault.row for fault in self.read.faults if fault.column == name and fault.row}
        return len(held) - held.null_count() + len(own)

    def _words(self, table: Table) -> Words:
        words = Words()
        for text in self.read.frame.get_columns():
            column = table.by_name.get(text.name)
            if column and text.dtype == pl.String:
                absent = absent_words(column, self.profile)
                words.add(text.name, text.filter(worded(text, absent)))
        return words

    def marked(self) -> list[Row]:
        """The rows as `mark` gives them: BROKEN where a cell is faulty, prose by its base, too."""
        rows = plain_rows(self.read.frame)
        for index, column in self.read.unread:
            # The key of a row that cannot be told apart is kept, so that nothing dangles.
            rows[index].setdefault(column, BROKEN)
        for fault in self.faults:
            if fault.row and fault.column and fault.rule.startswith("value-"):
                rows[fault.row - 1][fault.column] = BROKEN
        table = TABLES[self.read.table or ""]
        return [row | prose_of(table, row) for row in rows] if table.prose else rows


@dataclass(frozen=True)
class Unjudged:
    """A file of which nothing could be judged, and why."""

    faults: tuple[Fault, ...]


def kind_of(path: PurePath | str) -> str:
    """The kind of a file by its suffix, in small letters without the dot."""
    suffix = PurePath(path).suffix.lower().removeprefix(".")
    return ALIASES.get(suffix, suffix)


def read_table(
    source: Path | bytes,
    kind: str,
    *,
    file: str,
    table: str | None = None,
    first: int | None = None,
    beside: Collection[str] = (),
    form: CsvForm = PLAIN,
) -> CellTable | Unjudged:
    """Read a CSV, TSV or Parquet file; the table is told by its columns unless it is given.

    first: how many rows to read, by default all. beside: columns whose values are not in the
    file. form: how a CSV file is written. Raises OSError where the file cannot be opened.
    """
    if kind == "parquet":
        stored = read_columns(source, first=first)
        if stored.frame is None:
            return Unjudged(tuple(fault.at(file=file) for fault in stored.faults))
        names = stored.frame.columns
        name = _table_of(names, table, beside)
        if name is None:
            return Unjudged((unknown_table(Start(names), file, table),))
        return type_columns(stored, TABLES[name], file=file)
    delimiter = form.delimiter(kind)
    cells = read_cells(
        source, delimiter=delimiter, first=min(LINES_OF_START, first or LINES_OF_START)
    )
    name = _table_of(cells.header, table, beside)
    if name is None:
        start = start_of(source, cells.header, delimiter)
        told = unknown_table(start, file, table) if cells.header else header_below(start, file)
        if told:
            return Unjudged((told,))
    if len(cells.lines) == LINES_OF_START:
        cells = read_cells(source, delimiter=delimiter, first=first)
    return table_of_cells(cells, file=file, table=table, beside=beside, decimal=form.decimal)


def table_of_cells(
    cells: CsvText,
    *,
    file: str,
    table: str | None = None,
    beside: Collection[str] = (),
    decimal: str = ".",
) -> CellTable | Unjudged:
    """Cells as text, made into the table that their header tells unless it is given."""
    if not cells.header:
        return Unjudged(tuple(fault.at(file=file) for fault in cells.faults))
    name = _table_of(cells.header, table, beside)
    if name is None:
        return Unjudged((unknown_table(start_of_cells(cells), file, table),))
    return type_cells(with_decimals(cells, TABLES[name], decimal), TABLES[name], file=file)


def _table_of(names: Collection[str], table: str | None, beside: Collection[str]) -> str | None:
    """The table that names tell, or the one asked for where it has any of them."""
    if table is None:
        return table_of({*names, *beside})
    return table if TABLES[table].by_name.keys() & {*names} else None
