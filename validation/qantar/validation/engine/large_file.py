"""Single files too large to be held at once, checked chunk by chunk."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

import pyarrow.parquet as pq

from qantar.schema.rule import Profile
from qantar.schema.tables import TABLES
from qantar.validation.engine.json_run import JsonRun
from qantar.validation.engine.links.linked_table import LinkedTable
from qantar.validation.engine.nested.nested_run import JudgedFile, NestedRun
from qantar.validation.engine.records.row_file import is_nested, names_of, table_of_names
from qantar.validation.engine.table_run import TableRun
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import gather_faults, join_faults
from qantar.validation.faults.report import Reading, Report
from qantar.validation.faults.untold import forget_untold
from qantar.validation.readers.constant_column import NOTHING_BESIDE, Beside, with_values
from qantar.validation.readers.csv.chunks import CHUNK_BYTES, CsvChunks
from qantar.validation.readers.csv.form import DELIMITERS, PLAIN, CsvForm
from qantar.validation.readers.csv.start import begin_csv
from qantar.validation.readers.json.chunks import CHUNK_BYTES as BYTES_OF_LINES
from qantar.validation.readers.json.chunks import JsonChunks, length_of_mark
from qantar.validation.readers.json.foreign_record import foreign_told
from qantar.validation.readers.json.shape import SHAPE
from qantar.validation.readers.json.text import MARKED, Entry, read_jsonl
from qantar.validation.readers.nested.chunks import NestedChunks
from qantar.validation.readers.paced_chunks import paced
from qantar.validation.readers.parquet.chunks import ROWS_PER_CHUNK, ParquetChunks
from qantar.validation.readers.parquet.table import UNREADABLE, fault_of
from qantar.validation.rules.foreign import KnownKeys, ReadRows, known_keys
from qantar.validation.rules.table_kind import faults_of_profile, profile_of, table_of
from qantar.validation.tables.chunked_table import ChunkedTable

# Below this many bytes a table is read whole.
LARGE = 2_000_000
# As many rows in few bytes of Parquet are not read whole either.
MANY_ROWS = 20_000
# By the keys of so many lines a table is told, before all are known.
LINES_OF_SAMPLE = 1_000


@dataclass(frozen=True)
class Among:
    """The tables that a file was given with.

    take: is given the file's table once it was read. others: by name, what gives the marked
    rows of a table that is held. records: is given nested records, which are then judged with
    those of other files.
    """

    take: Callable[[LinkedTable], None]
    others: Mapping[str, ReadRows] = field(default_factory=dict)
    records: Callable[[NestedChunks], None] | None = None


def check_large(
    path: Path,
    kind: str,
    *,
    file: str,
    table: str | None = None,
    profile: Profile | None = None,
    least: int = LARGE,
    chunk: int | None = None,
    tell: Callable[[str], None] | None = None,
    among: Among | None = None,
    beside: Beside = NOTHING_BESIDE,
    fails_fast: bool = False,
    form: CsvForm = PLAIN,
) -> Report | None:
    """Check a CSV, TSV, Parquet or JSON Lines file of at least so many bytes in bounded memory.

    chunk: bytes (CSV, JSON Lines) or rows (Parquet) of a chunk. tell: told the pace. among: the
    tables that rules lead to from this one. beside: values of all rows that are not in the file.
    fails_fast: whether to stop after the chunk with the first error. form: how a CSV file is
    written. None where the file is
    smaller, or where its header or table cannot be told at a glance, so that it has to be read
    whole. Raises OSError where it cannot be opened.
    """
    if kind not in (*DELIMITERS, "parquet", "jsonl"):
        return None
    if path.stat().st_size < least and not (kind == "parquet" and _has_many_rows(path)):
        return None
    if kind == "jsonl":
        return _check_lines(
            path, file, table, profile, chunk, tell, among, beside, fails_fast=fails_fast
        )
    if kind == "parquet":
        try:
            stored = ParquetChunks(path, rows=chunk or ROWS_PER_CHUNK)
            report = _check(
                paced(stored, file, tell),
                kind,
                file,
                table or table_of({*stored.header, *beside.names}),
                profile,
                among,
                beside,
                fails_fast=fails_fast,
            )
            return report.damaged(()) if report is not None and stored.is_damaged else report
        except UNREADABLE as error:
            return Report((fault_of(error).at(file=file),), (Reading(file, kind, judged=False),))
    delimiter = form.delimiter(kind)
    begun = begin_csv(path, delimiter)
    if begun and table and not TABLES[table].by_name.keys() & {*begun.header}:
        return None
    name = table or (table_of({*begun.header, *beside.names}) if begun else None)
    if begun is None or name is None:
        return None
    size = chunk or CHUNK_BYTES
    cells = CsvChunks(path, begun, delimiter, TABLES[name], form.decimal, chunk_bytes=size)
    report = _check(
        paced(cells, file, tell), kind, file, name, profile, among, beside, fails_fast=fails_fast
    )
    begins = Report(tuple(fault.at(file=file) for fault in begun.faults))
    return None if report is None else begins.joined(report)


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
    chunk: int | None,
    tell: Callable[[str], None] | None,
    among: Among | None,
    beside: Beside,
    *,
    fails_fast: bool,
) -> Report | None:
    """Check flat rows or nested records; None where it cannot be told which they are."""
    names: set[str] = set()
    with path.open("rb") as lines:
        for item in foreign_told(read_jsonl(islice(lines, LINES_OF_SAMPLE))):
            if isinstance(item, Fault) and item.rule == SHAPE:
                # It is told of the whole file, which is not read.
                asked = profile or Profile.coded
                read = Reading(file, "jsonl", table or "events", 0, asked, judged=False)
                return Report((item.at(file=file),), (read,))
            names |= names_of([item] if isinstance(item, Entry) else [])
            # One record is enough to tell, whatever comes after it.
            if table is None and is_nested(names):
                noted = beside.typed(None, names)[1]
                asked = profile or Profile.coded
                records = _check_records(path, file, asked, chunk, tell, among)
                return Report(join_faults(noted, records.faults), records.read)
    while True:
        forget_untold()
        name = table_of_names(names, table, beside.names)
        if name is None:
            return None
        values, noted = beside.typed(name, names)
        asked = profile or profile_of(name, {*names, *values})
        rows = JsonChunks(path, TABLES[name], chunk_bytes=chunk or BYTES_OF_LINES)
        chunks = with_values(paced(rows, file, tell), values)
        known = _known_keys(name, asked, rows.header, among)
        check = JsonRun(chunks, TABLES[name], asked, known, fails_fast=fails_fast, beside=values)
        found = check.run()
        # A later row may have keys by which the whole file is another table, or promises more.
        before = name, asked, {*values}
        names |= rows.names
        name = table_of_names(names, table, beside.names)
        values, noted = beside.typed(name, names)
        if not check.is_whole:
            name = before[0]
            return _report(path, file, name, check, asked, join_faults(noted, found))
        if name and before == (name, profile or profile_of(name, {*names, *values}), {*values}):
            if among is not None:
                among.take(
                    LinkedTable(
                        name,
                        asked,
                        file,
                        chunks,
                        is_json=True,
                        known_keys=check.known_keys,
                        stores=(*check.stores,),
                    )
                )
            told = [] if profile else faults_of_profile(name, {*names, *values})
            report = _report(path, file, name, check, asked, join_faults([*told], found))
            return Report(join_faults(noted, report.faults), report.read)


def _check_records(
    path: Path,
    file: str,
    profile: Profile,
    chunk: int | None,
    tell: Callable[[str], None] | None,
    among: Among | None,
) -> Report:
    """Judge nested records, or leave them to those that are given them."""
    chunks = NestedChunks(path, profile, chunk or BYTES_OF_LINES)
    if among is not None and among.records is not None:
        among.records(chunks)
        marked = (MARKED.at(file=file),) if length_of_mark(path) else ()
        return Report(marked, (Reading(file, "jsonl", "events", 0, profile, is_nested=True),))
    (found,) = NestedRun({file: chunks}, profile, tell=tell).run()
    return _report(path, file, "events", found, profile, found.faults)


def _report(
    path: Path,
    file: str,
    table: str,
    check: JsonRun | JudgedFile,
    profile: Profile,
    found: Sequence[Fault],
) -> Report:
    marked = [MARKED] if length_of_mark(path) else []
    entries = check.rows - check.malformed
    judged = bool(entries) or not (marked or check.malformed)
    faults = gather_faults(fault.at(file=file) for fault in chain(marked, found))
    is_nested = isinstance(check, JudgedFile)
    reading = Reading(file, "jsonl", table, entries, profile, judged, is_nested=is_nested)
    return Report(faults, (reading,))


def _check(
    chunks: ChunkedTable,
    kind: str,
    file: str,
    table: str | None,
    profile: Profile | None,
    among: Among | None,
    beside: Beside,
    *,
    fails_fast: bool,
) -> Report | None:
    if table is None:
        return None
    values, noted = beside.typed(table, {*chunks.header})
    chunks = with_values(chunks, values)
    asked = profile or profile_of(table, chunks.header)
    known = _known_keys(table, asked, chunks.header, among)
    check = TableRun(chunks, TABLES[table], asked, known, fails_fast=fails_fast)
    line = 1 if kind in DELIMITERS else None
    told = [] if profile else faults_of_profile(table, chunks.header)
    found = chain(told, check.told_once(check.run()))
    faults = gather_faults(_placed(fault, file, line) for fault in found)
    if among is not None:
        keys, stores = check.known_keys, (*check.stores,)
        among.take(LinkedTable(table, asked, file, chunks, known_keys=keys, stores=stores))
    return Report(join_faults(noted, faults), (Reading(file, kind, table, check.rows, asked),))


def _known_keys(
    table: str, profile: Profile, columns: Collection[str], among: Among | None
) -> tuple[KnownKeys, ...]:
    return () if among is None else (*known_keys(table, profile, columns, among.others),)


def _placed(fault: Fault, file: str, line: int | None) -> Fault:
    """The fault with the file, and the header's line where it has no row."""
    return fault.at(file=file, line=(line and fault.line) if fault.row or fault.line else line)
