"""Single files too large to be held at once, checked chunk by chunk."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from qantar.schema.tables import TABLES
from qantar.validation.engine.asked_file import AskedFile
from qantar.validation.engine.large_lines import check_lines
from qantar.validation.engine.links.linked_table import LinkedTable
from qantar.validation.engine.table_run import TableRun
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import gather_faults, join_faults
from qantar.validation.faults.report import Reading, Report
from qantar.validation.readers.constant_column import with_values
from qantar.validation.readers.csv.chunks import CHUNK_BYTES, CsvChunks
from qantar.validation.readers.csv.form import DELIMITERS
from qantar.validation.readers.csv.start import begin_csv
from qantar.validation.readers.paced_chunks import paced
from qantar.validation.readers.parquet.chunks import ROWS_PER_CHUNK, ParquetChunks
from qantar.validation.readers.parquet.table import UNREADABLE, fault_of
from qantar.validation.rules.table_kind import faults_of_profile, table_of
from qantar.validation.tables.chunked_table import ChunkedTable

# Below this many bytes a table is read whole.
LARGE = 2_000_000
# As many rows in few bytes of Parquet are not read whole either.
MANY_ROWS = 20_000


def check_large(path: Path, kind: str, *, least: int = LARGE, **asked: Any) -> Report | None:
    """Check a CSV, TSV, Parquet or JSON Lines file of at least so many bytes in bounded memory.

    asked: the further fields of an `AskedFile`. None where the file is smaller, or where its
    header or table cannot be told at a glance, so that it has to be read whole. Raises OSError
    where it cannot be opened.
    """
    if kind not in (*DELIMITERS, "parquet", "jsonl"):
        return None
    if path.stat().st_size < least and not (kind == "parquet" and _has_many_rows(path)):
        return None
    file = AskedFile(path, kind, **asked)
    if kind == "jsonl":
        return check_lines(file)
    return _check_parquet(file) if kind == "parquet" else _check_csv(file)


def _has_many_rows(path: Path) -> bool:
    """Whether a small Parquet file would take much memory: values that come back cost little."""
    try:
        return int(pq.read_metadata(path).num_rows) >= MANY_ROWS
    except UNREADABLE:
        return False


def _check_parquet(asked: AskedFile) -> Report | None:
    try:
        stored = ParquetChunks(asked.path, rows=asked.chunk or ROWS_PER_CHUNK)
        table = asked.table or table_of({*stored.header, *asked.beside.names})
        report = None if table is None else _check(asked, stored, table)
        return report.damaged(()) if report is not None and stored.is_damaged else report
    except UNREADABLE as error:
        return asked.report([fault_of(error)], Reading(asked.file, asked.kind, judged=False))


def _check_csv(asked: AskedFile) -> Report | None:
    delimiter = asked.form.delimiter(asked.kind)
    begun = begin_csv(asked.path, delimiter)
    if begun is None:
        return None
    if asked.table and not TABLES[asked.table].by_name.keys() & {*begun.header}:
        return None
    table = asked.table or table_of({*begun.header, *asked.beside.names})
    if table is None:
        return None
    size, decimal = asked.chunk or CHUNK_BYTES, asked.form.decimal
    cells = CsvChunks(asked.path, begun, delimiter, TABLES[table], decimal, chunk_bytes=size)
    return _check(asked, cells, table, begun.faults)


def _check(
    asked: AskedFile,
    chunks: CsvChunks | ParquetChunks,
    table: str,
    of_header: Sequence[Fault] = (),
) -> Report:
    values, noted = asked.beside.typed(table, {*chunks.header})
    read: ChunkedTable = with_values(paced(chunks, asked.file, asked.tell), values)
    profile = asked.asked_profile(table, read.header)
    known = asked.known_keys(table, profile, read.header)
    check = TableRun(read, TABLES[table], profile, known, fails_fast=asked.fails_fast)
    told = () if asked.profile else tuple(faults_of_profile(table, read.header))
    found = check.told_once(join_faults(of_header, told, check.run()))
    faults = gather_faults(_placed(fault, asked) for fault in found)
    if asked.among is not None:
        keys, stores = check.known_keys, (*check.stores,)
        linked = LinkedTable(table, profile, asked.file, read, known_keys=keys, stores=stores)
        asked.among.take(linked)
    reading = Reading(asked.file, asked.kind, table, check.rows, profile)
    return Report(join_faults(asked.hints(table, read.header), noted, faults), (reading,))


def _placed(fault: Fault, asked: AskedFile) -> Fault:
    """The fault with the file, and the header's line where it has no row."""
    line = 1 if asked.kind in DELIMITERS else None
    is_placed = fault.row or fault.line
    return fault.at(file=asked.file, line=(line and fault.line) if is_placed else line)
