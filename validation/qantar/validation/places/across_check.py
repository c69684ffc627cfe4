"""What is wrong between rows of several files: of one table in parts, and of other tables."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qantar.schema.rule import Profile
from qantar.validation.engine.links.link_run import faults_between
from qantar.validation.engine.links.linked_table import LinkedTable
from qantar.validation.engine.links.parted_table import PartedTable, joined
from qantar.validation.engine.links.within_table import (
    faults_across_parts,
    faults_over_whole,
    settled_stores,
)
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import each_once, gather_faults
from qantar.validation.faults.report import NotAsked, Report
from qantar.validation.places.table_part import (
    Part,
    Together,
    parts_once,
    tables_together,
)
from qantar.validation.readers.table_file import JudgedTable
from qantar.validation.rules.link.registry import (
    is_settled_alone,
    link_kind,
    link_rules_of,
    rules_not_asked,
    rules_not_asked_of_records,
)


@dataclass
class AcrossCheck:
    """One run over all tables of all files, once each was judged by itself.

    tell: told what is being done where that may take long.
    """

    parts: Sequence[Part]
    tell: Callable[[str], None] | None = None

    def __post_init__(self) -> None:
        self.together = [*tables_together(self.parts)]
        all_tables = (own for tables in self.together for own in tables.values())
        self.open = open_rules(part for own in all_tables if len(own) > 1 for part in own)

    def settle(self, report: Report) -> Report:
        """A report on one file, less what only all parts of its table together tell."""
        return without_open(report, self.open)

    def run(self) -> Report:
        """The faults between rows of several files."""
        found = (fault for tables in self.together for fault in self._faults(tables))
        # Of a table in several forms the others' rows are judged with each.
        return Report(gather_faults(each_once(found) if len(self.together) > 1 else found))

    def _faults(self, tables: Together) -> Iterator[Fault]:
        all_parts = [part for own in tables.values() for part in own]
        is_exchange = any(part.profile is Profile.exchange for part in all_parts)
        profile = Profile.exchange if is_exchange else Profile.coded
        large = {part.table for part in all_parts if isinstance(part.held, LinkedTable)}
        if large and len(all_parts) > 1 and self.tell is not None:
            self.tell("Checking across tables")
        linked = {name: joined(self._linked(own, tables)) for name, own in tables.items()}
        divided = {name: t for name, t in linked.items() if isinstance(t, PartedTable)}
        stores = {
            name: settled_stores(name, profile, table.header, is_parted=True)
            for name, table in divided.items()
        }
        takers = {name: [kept.store for kept in own] for name, own in stores.items()}
        if len(tables) > 1:
            yield from faults_between(linked, profile, takers=takers)
        else:
            for name, table in divided.items():
                table.show(takers[name])
        for name, table in divided.items():
            yield from faults_across_parts(table, stores[name], profile)
        for whole in linked.values():
            yield from faults_over_whole(whole, profile)

    def _linked(self, own: Sequence[Part], tables: Together) -> list[LinkedTable]:
        """The parts of a table, with those of their judged keys that hold good."""
        counts = Counter(part.table for part in parts_once(self.parts))
        alone = {
            name
            for name, others in tables.items()
            if counts[name] == 1 and isinstance(others[0].held, JudgedTable)
        }
        known = alone | {own[0].table}
        linked = [part.linked() for part in own]
        return [
            replace(
                table,
                known_keys=tuple(k for k in table.known_keys if k.rule.other_table in known),
            )
            for table in linked
        ]


def open_rules(parts: Iterable[Part]) -> set[tuple[str, str]]:
    """(file, rule) of what seems to be wrong with a part and may be mended by another."""
    return {
        (part.file, rule.id)
        for part in parts
        for rule in link_rules_of(part.table, part.profile)
        if is_settled_alone(rule) and link_kind(rule).may_be_mended
    }


def without_open(report: Report, rules: set[tuple[str, str]]) -> Report:
    """The report less what other parts may mend; rules: as `open_rules` gives them."""
    if not {rule for _, rule in rules} & report.by_rule().keys():
        return report
    kept = (fault for fault in report.faults if (fault.file, fault.rule) not in rules)
    return replace(report, faults=gather_faults(kept))


def rules_lacking_tables(
    reports: Iterable[Report], together: Iterable[Together]
) -> Iterator[NotAsked]:
    """The rules that take tables no path gave; packages tell their own."""
    groups = [*together]
    within = {p.file: tables for tables in groups for parts in tables.values() for p in parts}
    known = {name for tables in groups for name in tables} & {"actors"}
    for report in reports:
        if report.read and report.read[0].kind == "package":
            continue
        for reading in report.read:
            if not reading.judged or reading.table is None or reading.profile is None:
                continue
            if reading.is_nested:
                yield from rules_not_asked_of_records(reading.profile, known)
            else:
                others = within.get(reading.file, {})
                yield from rules_not_asked(reading.table, reading.profile, others.keys())


def place_in_part(parts: Sequence[Part], index: int | None, fault: Fault) -> Fault:
    """The fault at a row, counted from 0 over all parts, in the file that holds it.

    Where it has no row it is shown in the first file.
    """
    for part in parts:
        assert isinstance(part.held, JudgedTable)
        if index is None:
            return part.held.read.place(fault)
        height = part.held.read.frame.height
        if index < height:
            return part.held.read.place(fault.at(row=index + 1))
        index -= height
    raise IndexError(f"there is no such row in {fault}")
