"""Flat rows of a table in `.json` and `.jsonl` files, every fault with its line."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from qantar.schema.rule import Profile
from qantar.schema.shape import Row
from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import FaultRuns, SeveralFaults, join_faults
from qantar.validation.readers.json.text import Entry, as_pointer, read_line
from qantar.validation.readers.spelling import taken_for_text, words_in
from qantar.validation.rules.fault_order import fault_order
from qantar.validation.rules.link.registry import faults_of_tables, is_settled_alone
from qantar.validation.rules.observation import fault_by
from qantar.validation.rules.row.registry import faults_of_row
from qantar.validation.rules.table_kind import faults_of_profile, names_known, profile_of, table_of
from qantar.validation.rules.unknown_name import faults_of_names
from qantar.validation.rules.value.null import null_of, tell_nulls_once
from qantar.validation.rules.value.rule import mark

_NESTED = {"schema_version", "mentions", "participants", "spans"}


def table_of_rows(
    entries: Sequence[Entry], table: str | None = None, beside: Collection[str] = ()
) -> str | None:
    """The table of which the entries are flat rows; None where they are nested records.

    beside: columns whose values do not stand in the rows.
    """
    return table_of_names(names_of(entries), table, beside)


def table_of_names(
    names: set[str], table: str | None = None, beside: Collection[str] = ()
) -> str | None:
    """The same, by all the keys of the entries."""
    if table is not None or not names:
        return table
    return None if is_nested(names) else table_of({*names, *beside})


def is_nested(names: set[str]) -> bool:
    """Whether these keys are those of nested records."""
    return bool(names & _NESTED)


def check_rows(
    entries: Sequence[Entry], table: str, profile: Profile | None = None
) -> tuple[Profile, SeveralFaults]:
    """The profile that was asked, and what is wrong with the rows, in their order."""
    names = names_of(entries)
    asked = profile or profile_of(table, names)
    of_columns = [] if profile else [*faults_of_profile(table, names)]
    marked: list[Row] = []
    found = FaultRuns(fault_order(TABLES[table]))
    for entry in entries:
        row, faults = _judge(entry.record, table, asked)
        marked.append(row)
        found.extend(_placed(entry, faults))
    for placed in faults_of_tables({table: marked}, asked):
        # What leads to other rows is judged among all the tables that were given.
        if is_settled_alone(placed.rule):
            found.extend(_placed(entries[placed.index], [placed.fault]))
    of_words = [*taken_for_text(words_in(marked, TABLES[table], asked))]
    return asked, join_faults(of_words, of_columns, tell_nulls_once(found.merged()))


def faults_of_line(
    text: bytes, table: str, profile: Profile, beside: Row | None = None
) -> Iterator[Fault]:
    """What is wrong with one row alone, by the line of JSON that holds it.

    beside: values that the row has where it does not hold them. Faults have a pointer, and
    neither row nor line.
    """
    for item in read_line(text):
        if isinstance(item, Fault):
            yield item.at(row=None, line=None)
            continue
        item = filled(item, beside or {})
        _, faults = _judge(item.record, table, profile)
        yield from (fault.at(row=None, line=None) for fault in _placed(item, faults))


def filled(entry: Entry, beside: Row) -> Entry:
    """The entry, if it is an object, with values that it does not hold itself."""
    if not beside or not isinstance(entry.record, dict):
        return entry
    plain = {n: v.isoformat() if isinstance(v, date) else v for n, v in beside.items()}
    return replace(entry, record=plain | entry.record)


def names_of(entries: Sequence[Entry]) -> set[str]:
    return {name for entry in entries if isinstance(entry.record, dict) for name in entry.record}


def _judge(record: object, table: str, profile: Profile) -> tuple[Row, list[Fault]]:
    if not isinstance(record, dict):
        return {}, [fault_by("value-type", "A row is a JSON object.", value=record)]
    faults: list[Fault] = []
    declared = TABLES[table].of(profile)
    known = declared.by_name
    unknown = [n for n in record if not (n in known or declared.is_open_to(n, profile))]
    meant = names_known(declared, record)
    for odd, fault in faults_of_names(
        "field-unknown", unknown, meant, record, f"a field of {table}"
    ):
        faults.append(fault.at(column=odd))
    for name, value in record.items():
        if name in known and value is None:
            faults.append(null_of(known[name], name, profile))
    row, found = mark(TABLES[table], record, profile)
    nulls = {name for name, value in record.items() if value is None}
    faults.extend(fault for fault in found if fault.column not in nulls)
    faults.extend(faults_of_row(table, row, profile))
    return row, faults


def _placed(entry: Entry, faults: list[Fault]) -> list[Fault]:
    pointers = ["" if f.column is None else as_pointer([f.column]) for f in faults]
    lines = entry.lines(set(pointers)) if faults else {}
    return [
        fault.at(row=entry.row, line=lines[pointer], pointer=pointer, column=None)
        for fault, pointer in zip(faults, pointers, strict=True)
    ]
