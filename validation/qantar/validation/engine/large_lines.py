"""Large files of JSON Lines: flat rows of a table, or nested records."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from qantar.schema.language import languages_in, split_prose
from qantar.schema.rule import Profile
from qantar.schema.tables import TABLES
from qantar.validation.engine.asked_file import AskedFile
from qantar.validation.engine.json_run import JsonRun
from qantar.validation.engine.links.linked_table import LinkedTable
from qantar.validation.engine.nested.nested_run import JudgedFile, NestedRun
from qantar.validation.engine.records.row_file import is_nested, names_of, table_of_names
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import join_faults
from qantar.validation.faults.report import Reading, Report
from qantar.validation.faults.untold import forget_untold
from qantar.validation.readers.constant_column import with_values
from qantar.validation.readers.json.chunks import CHUNK_BYTES, JsonChunks, length_of_mark
from qantar.validation.readers.json.foreign_record import foreign_told
from qantar.validation.readers.json.shape import SHAPE
from qantar.validation.readers.json.text import MARKED, Entry, read_jsonl
from qantar.validation.readers.nested.chunks import NestedChunks
from qantar.validation.readers.paced_chunks import paced
from qantar.validation.rules.table_kind import faults_of_profile, profile_of_records

# By the keys of so many lines a table is told, before all are known.
LINES_OF_SAMPLE = 1_000
# More languages than a package has, and few enough for their columns to fit into memory.
MOST_LANGUAGES = 40


def check_lines(asked: AskedFile) -> Report | None:
    """Check flat rows or nested records; None where it cannot be told which they are."""
    begun = _begin(asked)
    if begun.misshapen is not None:
        # It is told of the whole file, which is not read.
        profile = asked.profile or Profile.coded
        read = Reading(asked.file, "jsonl", asked.table or "events", 0, profile, judged=False)
        return asked.report([begun.misshapen], read)
    if begun.is_nested:
        noted = asked.beside.typed(None, begun.names)[1]
        records = _check_records(asked, asked.profile or profile_of_records(begun.names))
        return Report(join_faults(noted, records.faults), records.read)
    return _check_rows(asked, begun.names)


@dataclass
class _Begun:
    """What the first lines show: the keys, and whether they are nested records or misshapen."""

    names: set[str] = field(default_factory=set)
    is_nested: bool = False
    misshapen: Fault | None = None


def _begin(asked: AskedFile) -> _Begun:
    begun = _Begun()
    with asked.path.open("rb") as lines:
        for item in foreign_told(read_jsonl(islice(lines, LINES_OF_SAMPLE))):
            if isinstance(item, Fault) and item.rule == SHAPE:
                begun.misshapen = item
                break
            begun.names |= names_of([item] if isinstance(item, Entry) else [])
            # One record is enough to tell, whatever comes after it.
            if asked.table is None and is_nested(begun.names):
                begun.is_nested = True
                break
    return begun


def _check_rows(asked: AskedFile, names: set[str]) -> Report | None:
    """Check flat rows, anew where a later row has keys by which they are another table."""
    while True:
        forget_untold()
        table = table_of_names(names, asked.table, asked.beside.names)
        if table is None:
            return None
        values, noted = asked.beside.typed(table, names)
        profile = asked.asked_profile(table, {*names, *values})
        held = TABLES[table].of(profile).with_names(_within(names, table))
        rows = JsonChunks(asked.path, held, chunk_bytes=asked.chunk or CHUNK_BYTES)
        chunks = with_values(paced(rows, asked.file, asked.tell), values)
        known = asked.known_keys(table, profile, rows.header)
        fast = asked.fails_fast
        check = JsonRun(chunks, TABLES[table], profile, known, fails_fast=fast, beside=values)
        found = check.run()
        if not check.is_whole:
            return _report(asked, table, check, profile, join_faults(noted, found))
        # The keys of all rows may promise more than those of the first.
        before = table, profile, {*values}, {*held.by_name}
        names |= rows.names
        after = table_of_names(names, asked.table, asked.beside.names)
        if after is None:
            return None
        values, noted = asked.beside.typed(after, names)
        asked_now = asked.asked_profile(after, {*names, *values})
        found_now = {*TABLES[after].of(asked_now).with_names(_within(names, after)).by_name}
        if before == (after, asked_now, {*values}, found_now):
            break
    if asked.among is not None:
        keys, stores = check.known_keys, (*check.stores,)
        linked = LinkedTable(table, profile, asked.file, chunks, True, keys, stores)
        asked.among.take(linked)
    told = [] if asked.profile else [*faults_of_profile(table, {*names, *values})]
    report = _report(asked, table, check, profile, join_faults(told, found))
    return Report(join_faults(asked.hints(table, names), noted, report.faults), report.read)


def _within(names: set[str], table: str) -> set[str]:
    """The names, without prose beyond so many languages, of which each row would have columns.

    Rows with such prose are judged by their lines. Prose in no language has an empty column: a
    row is asked for it, as for every declared column.
    """
    declared = TABLES[table]
    prose = declared.prose
    kept = {*sorted(languages_in(sorted(names), prose))[:MOST_LANGUAGES]}
    found = {n for n in names if not (split := split_prose(n, prose)) or split[1] in kept}
    return found | {f"{base}_en" for base in prose - declared.bases_in(found)}


def _check_records(asked: AskedFile, profile: Profile) -> Report:
    """Judge nested records, or leave them to those that are given them."""
    chunks = NestedChunks(asked.path, asked.chunk or CHUNK_BYTES)
    if asked.among is not None and asked.among.records is not None:
        asked.among.records(profile, chunks)
        marked = [MARKED] if length_of_mark(asked.path) else []
        return asked.report(
            marked, Reading(asked.file, "jsonl", "events", 0, profile, is_nested=True)
        )
    (found,) = NestedRun({asked.file: chunks}, profile, tell=asked.tell).run()
    return _report(asked, "events", found, profile, found.faults)


def _report(
    asked: AskedFile,
    table: str,
    check: JsonRun | JudgedFile,
    profile: Profile,
    found: Sequence[Fault],
) -> Report:
    marked = [MARKED] if length_of_mark(asked.path) else []
    entries = check.rows - check.malformed
    judged = bool(entries) or not (marked or check.malformed)
    nested = isinstance(check, JudgedFile)
    reading = Reading(asked.file, "jsonl", table, entries, profile, judged, is_nested=nested)
    return asked.report(chain(marked, found), reading)
