"""A note on files that are judged as coded though most of their records seem converted."""

from dataclasses import replace

from qantar.schema.rule import Profile
from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import join_faults
from qantar.validation.faults.report import Reading, Report, field_of
from qantar.validation.rules.observation import fault_by

_ABSENT = frozenset({"value-missing", "list-length"})


def with_profile_note(report: Report) -> Report:
    """The report, with a note on each file of which most records lack what coding requires."""
    notes = [note for reading in report.read if (note := _note(report, reading))]
    return replace(report, faults=join_faults(report.faults, notes)) if notes else report


def _note(report: Report, reading: Reading) -> Fault | None:
    if reading.profile is not Profile.coded or reading.table not in TABLES or not reading.rows:
        return None
    columns = TABLES[reading.table].columns
    if not any(column.required_in_exchange for column in columns):
        return None
    coded = {c.name for c in columns if c.required and not c.required_in_exchange} | {"mentions"}
    rows: set[int | None] = {
        fault.row
        for fault in report.faults
        if fault.file == reading.file
        and fault.rule in _ABSENT
        and (fault.column or field_of(fault.pointer)) in coded
    }
    lacking = reading.rows if None in rows else len(rows)
    if 2 * lacking <= reading.rows:
        return None
    told = (
        f"{lacking:,} of {reading.rows:,} records lack what coding requires. Were they converted "
        "from elsewhere, say --profile exchange, which asks for less."
    )
    return fault_by("coded-values-missing", told, file=reading.file)
