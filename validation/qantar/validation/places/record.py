"""Nested event records checked, alone and among each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from qantar.schema import Profile
from qantar.schema.past import PAST_VERSIONS, past_schema
from qantar.schema.shape import Rows
from qantar.validation.engine.records.record_run import RecordRun
from qantar.validation.faults.argument import asked_profile, asked_records, asked_rows
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import sort_faults
from qantar.validation.faults.report import Report
from qantar.validation.past.note import past_note
from qantar.validation.past.record import PastRecords
from qantar.validation.past.version import past_version_of
from qantar.validation.rules.link.registry import rules_not_asked_of_records
from qantar.validation.rules.value.null import tell_nulls_once


def check_record(
    record: Any, profile: Profile | str = Profile.coded, known: Rows | None = None
) -> Report:
    """What is wrong with one nested event record; see `check_records`."""
    return check_records([record], profile, known)


def check_records(
    records: Iterable[Any], profile: Profile | str = Profile.coded, known: Rows | None = None
) -> Report:
    """What is wrong with nested event records, alone and among each other.

    records: dicts as JSON holds them (or models); anything may stand in them. known: rows
    of other tables, such as actors, articles, sentences, changes or further events, to
    which ids are then resolved; without them ids are noted as unresolved or passed over.

    Returns a report of which the faults have row (from 1) and JSON pointer, in the order of
    the records; `good` and `bad` are lists of records. That an id leads nowhere is noted
    where it first does. A record that names an earlier schema is judged by that, which a note
    says. Raises TypeError where one record, a path or a frame stands for
    records, ValueError for a profile or a table that there is not.
    """
    asked, rows = asked_profile(profile), asked_rows(known)
    held = [*asked_records(records)]
    faults = tell_nulls_once(_faults(held, asked, rows))
    missing = rules_not_asked_of_records(asked, rows)
    return Report(faults, not_asked=missing, judged_rows=RecordRows(held))


def _faults(records: list[Any], profile: Profile, known: Rows) -> Iterable[Fault]:
    versions = [past_version_of(record) for record in records]
    if not any(versions):
        return RecordRun(profile, known).run(records)
    found: list[Fault] = []
    for version in (None, *PAST_VERSIONS):
        rows = [number for number, own in enumerate(versions) if own == version]
        held = [records[row] for row in rows]
        if version and rows:
            found.append(past_note(version))
            run: Iterable[Fault] = PastRecords(past_schema(version), profile, known).run(held)
        else:
            run = RecordRun(profile, known).run(held)
        found += [fault.at(row=rows[(fault.row or 1) - 1] + 1) for fault in run]
    return sort_faults(found, lambda fault: fault.row or 0)


@dataclass(frozen=True)
class RecordRows:
    """The records that were checked, as the caller holds them."""

    records: list[Any]
    like: None = None

    @property
    def height(self) -> int:
        return len(self.records)

    def keep(self, mask: Sequence[bool]) -> list[Any]:
        """Some of the records, in their order."""
        return [record for record, is_kept in zip(self.records, mask, strict=True) if is_kept]
