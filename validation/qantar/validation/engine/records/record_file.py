"""Event records in `.json` and `.jsonl` files, every fault with its line."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from qantar.schema import Profile
from qantar.schema.shape import Rows
from qantar.validation.engine.records.record_run import RecordRun
from qantar.validation.faults.argument import asked_profile
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import FaultLog, FaultRuns, by_row
from qantar.validation.readers.json.text import Entry
from qantar.validation.rules.value.null import NullCount


def check_entries(
    read: Iterable[Entry | Fault],
    profile: Profile | str = Profile.coded,
    known: Rows | None = None,
) -> Sequence[Fault]:
    """What is wrong with records as they were read, in the order of the file.

    Faults carry row, line and pointer; ``known`` are rows of other tables, by which
    ids are resolved.
    """
    faults = FaultRuns()
    entries = [*read_entries(read, faults)]
    run = RecordRun(asked_profile(profile), known or {})
    nulls = NullCount()
    found = filter(nulls.passes, run.run(entry.record for entry in entries))
    faults.extend(place_in_entries(entries, found))
    return nulls.told(faults.merged())


def read_entries(read: Iterable[Entry | Fault], faults: FaultRuns | FaultLog) -> Iterator[Entry]:
    """The records among what was read; what is wrong with others goes to the faults."""
    for item in read:
        if isinstance(item, Fault):
            faults.append(item)
        else:
            yield item


def place_in_entries(entries: Sequence[Entry], faults: Iterable[Fault]) -> Iterator[Fault]:
    """Faults in the order of their records, by the row of the run, in their order in the file."""
    for number, found in groupby(faults, lambda fault: (fault.row or 1) - 1):
        yield from place_in_entry(entries[number], [*found])


def place_in_entry(entry: Entry, faults: list[Fault]) -> Iterator[Fault]:
    """The faults of one record with its row, in the order of the lines of what they point to."""
    lines = entry.lines({fault.pointer or "" for fault in faults})
    placed = [f.at(row=entry.row, line=lines[f.pointer or ""]) for f in faults]
    return iter(sorted(placed, key=by_row))
