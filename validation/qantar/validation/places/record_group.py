"""Nested records of several files, judged as one whole with the registry given beside them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from pathlib import PurePath

from qantar.schema.rule import Profile
from qantar.schema.shape import Rows
from qantar.validation.engine.records.record_file import place_in_entry
from qantar.validation.engine.records.record_run import RecordRun
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import (
    FaultLog,
    each_once,
    gather_faults,
    join_faults,
    merge_faults,
)
from qantar.validation.faults.report import Report
from qantar.validation.places.table_part import Part, marked_rows, tables_together
from qantar.validation.readers.json.text import Entry
from qantar.validation.readers.table_file import JudgedTable
from qantar.validation.rules.null_value import NullCount
from qantar.validation.rules.unique import repeated_key, unique_rule

# What the files of records count as beside the tables of the format.
RECORDS = "records"


@dataclass(frozen=True)
class RecordFile:
    """A file of nested records that is held; number, place, form: as a `Part` has them."""

    file: str
    profile: Profile
    entries: Sequence[Entry]
    number: int
    place: PurePath
    form: str
    sheet: str = ""
    table: str = RECORDS


def faults_by_file(
    files: Iterable[RecordFile], parts: Iterable[Part]
) -> Mapping[str, Sequence[Fault]]:
    """By file, what is wrong with its records among those of all other files.

    parts: the tables that were given too; what is in their registry of actors is known.
    """
    held = [*files]
    given: list[Part | RecordFile] = [*parts, *held] if held else []
    groups = [*tables_together(given)]
    judged = chain.from_iterable(map(_faults_together, groups))
    found: dict[str, FaultLog] = defaultdict(FaultLog)
    nulls = NullCount()
    # Beside tables in several forms the records are judged more than once.
    for fault in each_once(judged) if len(groups) > 1 else judged:
        if nulls.passes(fault):
            found[fault.file or ""].append(fault)
    return {name: nulls.told(gather_faults(faults)) for name, faults in found.items()}


def _faults_together(together: Mapping[str, Sequence[Part | RecordFile]]) -> Iterator[Fault]:
    own = [file for file in together.get(RECORDS, ()) if isinstance(file, RecordFile)]
    known = _registry(together.get("actors", ()))
    for profile in dict.fromkeys(file.profile for file in own):
        yield from _faults([file for file in own if file.profile is profile], known)


def with_found(report: Report, found: Mapping[str, Sequence[Fault]]) -> Report:
    """The report on a file with what is wrong with its records."""
    more = [found[reading.file] for reading in report.read if reading.file in found]
    if not any(map(len, more)):
        return report
    return replace(
        report, faults=merge_faults(report.faults, *more) if len(report) else join_faults(*more)
    )


def _registry(parts: Iterable[Part | RecordFile]) -> Rows:
    tables = [part for part in parts if isinstance(part, Part)]
    if not tables or not all(isinstance(part.held, JudgedTable) for part in tables):
        return {}
    return {"actors": marked_rows(tables)}


def _faults(files: Sequence[RecordFile], known: Rows) -> Iterator[Fault]:
    """What is wrong with records of one profile that belong together."""
    pairs = [(file, entry) for file in files for entry in file.entries]
    run = RecordRun(files[0].profile, known)
    judged = run.run(entry.record for _, entry in pairs)
    holders = _holders(pairs) if len(files) > 1 else {}
    for number, faults in groupby(judged, lambda fault: (fault.row or 1) - 1):
        file, entry = pairs[number]
        for fault in place_in_entry(entry, [*faults]):
            yield _naming(fault, file, holders).at(file=file.file)


def _holders(pairs: Iterable[tuple[RecordFile, Entry]]) -> dict[str, tuple[RecordFile, Entry]]:
    """By id of an event or a mention, the first record that has it."""
    holders: dict[str, tuple[RecordFile, Entry]] = {}
    for file, entry in pairs:
        record = entry.record if isinstance(entry.record, dict) else {}
        mentions = record.get("mentions")
        rows = [record, *(mentions if isinstance(mentions, list) else ())]
        for row, key in zip(rows, ["event_id", *["mention_id"] * (len(rows) - 1)], strict=True):
            value = row.get(key) if isinstance(row, dict) else None
            if isinstance(value, str):
                holders.setdefault(value, (file, entry))
    return holders


def _naming(
    fault: Fault, file: RecordFile, holders: Mapping[str, tuple[RecordFile, Entry]]
) -> Fault:
    """A repeated key's fault with the other file named where it stands in one first."""
    holder = holders.get(fault.value or "")
    if holder is None or holder[0] is file:
        return fault
    key = (fault.pointer or "").rpartition("/")[2]
    for table in ("events", "mentions"):
        rule = unique_rule(table, file.profile, fault.rule, (key,))
        if rule is not None:
            where = f"{holder[0].file}, line {holder[1].first_line}"
            return replace(fault, message=repeated_key(rule, {key: fault.value}, where).message)
    return fault
