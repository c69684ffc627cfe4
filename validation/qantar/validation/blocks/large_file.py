"""Single tables too large to be held at once, checked block by block."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pyarrow.parquet as pq

from qantar.schema.rule import Profile
from qantar.schema.tables import TABLES
from qantar.validation.blocks.batch import BatchCheck, Blocks
from qantar.validation.blocks.csv_block import BLOCK_BYTES, CsvBlocks, begin_csv
from qantar.validation.blocks.json_batch import JsonBatchCheck
from qantar.validation.blocks.json_block import JsonBlocks
from qantar.validation.blocks.linked_table import LinkedTable
from qantar.validation.blocks.paced_blocks import paced
from qantar.validation.blocks.parquet_block import ROWS_PER_BLOCK, ParquetBlocks
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.verdict import Reading, Report
from qantar.validation.records.json_text import Entry, read_jsonl
from qantar.validation.records.row_file import names_of, table_of_names
from qantar.validation.rules.table_kind import faults_of_profile, profile_of, table_of
from qantar.validation.tables.parquet_file import UNREADABLE, fault_of
from qantar.validation.tables.table_file import DELIMITERS

# Below this many bytes a table is read whole.
LARGE = 2_000_000
# As many rows in few bytes of Parquet are not read whole either.
MANY_ROWS = 20_000
# By the keys of so many lines a table is told, before all are known.
LINES_OF_SAMPLE = 1_000


def check_large(
    path: Path,
    kind: str,
    *,
    file: str,
    table: str | None = None,
    profile: Profile | None = None,
    least: int = LARGE,
    block: int | None = None,
    tell: Callable[[str], None] | None = None,
    link: Callable[[LinkedTable], None] | None = None,
) -> Report | None:
    """Check a CSV, TSV, Parquet or JSON Lines file of at least so many bytes in bounded memory.

    block: bytes (CSV, JSON Lines) or rows (Parquet) of a block. tell: told the pace. link: given
    a table once it was read, for rules that go between it and others. None
    where the file is smaller, holds nested records, or where its header or table cannot be told
    at a glance, so that it has to be read whole. Raises OSError where it cannot be opened.
    """
    if kind not in (*DELIMITERS, "parquet", "jsonl"):
        return None
    if path.stat().st_size < least and not (kind == "parquet" and _has_many_rows(path)):
        return None
    if kind == "jsonl":
        return _check_lines(path, file, table, profile, block or BLOCK_BYTES, tell, link)
    if kind == "parquet":
        try:
            stored = ParquetBlocks(path, rows=block or ROWS_PER_BLOCK)
            report = _check(
                paced(stored, file, tell),
                kind,
                file,
                table or table_of(stored.header),
                profile,
                link,
            )
            return report.damaged(()) if report and stored.is_damaged else report
        except UNREADABLE as error:
            return Report((fault_of(error).at(file=file),), (Reading(file, kind, judged=False),))
    begun = begin_csv(path, DELIMITERS[kind])
    name = table or (table_of(begun[0]) if begun else None)
    if begun is None or name is None:
        return None
    size = block or BLOCK_BYTES
    cells = CsvBlocks(path, *begun, DELIMITERS[kind], TABLES[name], block_bytes=size)
    return _check(paced(cells, file, tell), kind, file, name, profile, link)


def _has_many_rows(path: Path) -> bool:
    """Whether a small Parquet file would take much memory: values that come back cost little."""
    try:
        return int(pq.read_metadata(path).num_rows) >= MANY_ROWS
    except UNREADABLE:
        return False


def _check_lines(
    path: Path,
    file: str,
    table: str | None,
    profile: Profile | None,
    block: int,
    tell: Callable[[str], None] | None,
    link: Callable[[LinkedTable], None] | None,
) -> Report | None:
    """Check flat rows; None where the lines hold nested records."""
    with path.open("rb") as lines:
        first = read_jsonl(islice(lines, LINES_OF_SAMPLE))
        names = names_of([item for item in first if isinstance(item, Entry)])
    while True:
        name = table_of_names(names, table)
        if name is None:
            return None
        asked = profile or profile_of(name, names)
        rows = JsonBlocks(path, TABLES[name], block_bytes=block)
        check = JsonBatchCheck(paced(rows, file, tell), TABLES[name], asked)
        found = check.run()
        # A later row may have keys by which the whole file is another table, or promises more.
        names |= rows.names
        if (name, asked) == (table_of_names(names, table), profile or profile_of(name, names)):
            if link is not None:
                link(LinkedTable(name, asked, file, rows, is_json=True))
            told = [] if profile else faults_of_profile(name, names)
            faults = tuple(fault.at(file=file) for fault in (*told, *found))
            return Report(faults, (Reading(file, "jsonl", name, check.rows, asked),))


def _check(
    blocks: Blocks,
    kind: str,
    file: str,
    table: str | None,
    profile: Profile | None,
    link: Callable[[LinkedTable], None] | None,
) -> Report | None:
    if table is None:
        return None
    asked = profile or profile_of(table, blocks.header)
    check = BatchCheck(blocks, TABLES[table], asked)
    line = 1 if kind in DELIMITERS else None
    told = [] if profile else faults_of_profile(table, blocks.header)
    faults = [_placed(fault, file, line) for fault in (*told, *check.run())]
    if link is not None:
        link(LinkedTable(table, asked, file, blocks))
    return Report(tuple(faults), (Reading(file, kind, table, check.rows, asked),))


def _placed(fault: Fault, file: str, line: int | None) -> Fault:
    """The fault with the file, and the header's line where it has no row."""
    return fault.at(file=file, line=fault.line if fault.row or fault.line else line)
