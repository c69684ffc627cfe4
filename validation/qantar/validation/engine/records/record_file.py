"""Event records in `.json` and `.jsonl` files, every fault with its line."""

from collections.abc import Iterable, Iterator

from qantar.schema import Profile
from qantar.schema.shape import Rows
from qantar.validation.engine.records.record_run import RecordRun
from qantar.validation.faults.argument import asked_profile
from qantar.validation.faults.fault import Fault
from qantar.validation.readers.json.foreign_record import foreign_told
from qantar.validation.readers.json.text import Entry, read_json, read_jsonl
from qantar.validation.rules.null_value import tell_nulls_once


def check_json(
    data: bytes, profile: Profile | str = Profile.coded, known: Rows | None = None
) -> list[Fault]:
    """What is wrong with a `.json` file's bytes: one record, or a list of records."""
    return check_entries(foreign_told(read_json(data)), profile, known)


def check_jsonl(
    lines: Iterable[bytes], profile: Profile | str = Profile.coded, known: Rows | None = None
) -> list[Fault]:
    """What is wrong with the lines of a `.jsonl` file: one record a line."""
    return check_entries(foreign_told(read_jsonl(lines)), profile, known)


def check_entries(
    read: Iterable[Entry | Fault],
    profile: Profile | str = Profile.coded,
    known: Rows | None = None,
) -> list[Fault]:
    """What is wrong with records as they were read, in the order of the file.

    Faults carry row, line and pointer; for the meaning of ``known`` see `record_run.check_records`.
    """
    faults: list[Fault] = []
    entries: list[Entry] = []
    for item in read:
        if isinstance(item, Fault):
            faults.append(item)
        else:
            entries.append(item)
    run = RecordRun(asked_profile(profile), known or {})
    found = run.run(entry.record for entry in entries)
    faults.extend(_place(entries, found))
    return tell_nulls_once(sorted(faults, key=lambda fault: (fault.row or 0, fault.line or 0)))


def _place(entries: list[Entry], faults: list[Fault]) -> Iterator[Fault]:
    by_row: dict[int, list[Fault]] = {}
    for fault in faults:
        by_row.setdefault((fault.row or 1) - 1, []).append(fault)
    for position, found in by_row.items():
        yield from place_in_entry(entries[position], found)


def place_in_entry(entry: Entry, faults: list[Fault]) -> Iterator[Fault]:
    """The faults of one record with its row, and the lines of what they point to."""
    lines = entry.lines({fault.pointer or "" for fault in faults})
    return (f.at(row=entry.row, line=lines[f.pointer or ""]) for f in faults)
