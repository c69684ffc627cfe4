"""Rules between tables of any size: keys by their hashes first, suspects in a second look.

A hash that the other table does not have is a key that it does not have, so nothing that
is told is wrong. That two keys share a hash, and hide a fault, happens once in about
10^5 runs over two tables of ten million rows each.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import get_args

import numpy as np
import numpy.typing as npt

from qantar.schema import Profile
from qantar.schema.rule import ForeignKey, Join, Severity, Tally, Traced
from qantar.schema.rules import rules_of
from qantar.validation.engine.links.link_side import (
    CERTAIN,
    NO_VALUE,
    OPEN,
    LinkRule,
    Side,
    hashes_of,
)
from qantar.validation.engine.links.linked_table import Linked, Taker, no_rows
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.compare import COMPARISONS
from qantar.validation.rules.observation import fault_by
from qantar.validation.rules.table_rules import faults_of_table_rule
from qantar.validation.tables.chunk import Rows
from qantar.validation.tables.key_hash import Hashes
from qantar.validation.tables.key_record import KeyRecords, Records, rows_of

# Records of all sides together that are held in memory, 24 bytes each.
MOST_RECORDS = 16_000_000

# The tables that show which words a value was read from.
SHOWING = frozenset({"mentions", "spans"})


@dataclass(frozen=True)
class Link:
    """A rule with its two sides."""

    rule: LinkRule
    one: Side
    other: Side


def faults_between(
    tables: Mapping[str, Linked],
    profile: Profile,
    *,
    others: Mapping[str, Linked] | None = None,
    most: int = MOST_RECORDS,
    takers: Mapping[str, Collection[Taker]] | None = None,
) -> Iterator[Fault]:
    """What is wrong between the rows of tables, in files of any size; see `faults_of_tables`.

    Every table is read once for the keys, and rows that seem to be faulty once more.
    others: the tables to which rules lead, by default the same. most: records held in memory
    before they are spilled. takers: by table, what else is shown its rows in that reading.
    """
    led_to = tables if others is None else others
    rules = [
        rule
        for name in tables
        for rule in rules_of(name, profile)
        if isinstance(rule, get_args(LinkRule)) and _is_asked(rule, tables, led_to)
    ]
    with ExitStack() as opened:
        links = [_begin(rule, most // (2 * len(rules)), opened) for rule in rules]
        for name, table in tables.items():
            asked: list[Taker] = [link.one for link in links if link.rule.table == name]
            if led_to is tables:
                asked.extend(link.other for link in links if link.rule.other_table == name)
            # Where nothing is left to ask, the file is not read again.
            table.show([*asked, *(takers or {}).get(name, ())])
        for name, table in led_to.items() if led_to is not tables else ():
            table.show([link.other for link in links if link.rule.other_table == name])
        for link in links:
            pair = tables[link.rule.table], led_to[link.rule.other_table]
            yield from _faults(link, *pair, profile)
    for table in tables.values():
        yield from table.judged_keys()


def notes_between(
    tables: Mapping[str, Linked], large: Collection[str], profile: Profile
) -> Iterator[Fault]:
    """Of each table the rules that are not asked, since what they need is too large to hold."""
    for name in tables if "spans" in tables else ():
        asked = {rule.id for rule in rules_of(name, profile) if isinstance(rule, Traced)}
        lacking = sorted({name, *SHOWING} & {*large})
        if asked and lacking:
            told = (
                f"{name} is not asked {', '.join(sorted(asked))}, "
                f"as {' and '.join(lacking)} must be read in chunks."
            )
            fault = fault_by("file-too-large", told, file=tables[name].file)
            yield fault.at(severity=Severity.note)


def _is_asked(rule: LinkRule, tables: Mapping[str, Linked], led_to: Mapping[str, Linked]) -> bool:
    if rule.other_table not in led_to:
        return False
    if any(judge.rule == rule for judge in tables[rule.table].foreign):
        return False
    return set(rule.columns) <= {*tables[rule.table].header}


def _begin(rule: LinkRule, most: int, opened: ExitStack) -> Link:
    link = Link(
        rule,
        Side(rule, is_other=False, records=KeyRecords(most)),
        Side(rule, is_other=True, records=KeyRecords(most)),
    )
    opened.callback(link.one.records.close)
    opened.callback(link.other.records.close)
    return link


def _faults(link: Link, table: Linked, other: Linked, profile: Profile) -> Iterator[Fault]:
    rule = link.rule
    suspects, witnesses = _suspects(link, profile)
    if not len(suspects):
        return
    rows, lines = table.rows(suspects, link.one.columns)
    others, _ = other.rows(witnesses, link.other.columns) if len(witnesses) else ([], [])
    for position, fault in faults_of_table_rule(rule, rows, others, profile):
        yield table.place(fault, int(suspects[position]), lines[position])


def _suspects(link: Link, profile: Profile) -> tuple[Rows, Rows]:
    """Rows that seem to break the rule, and those of the other table by which that is told."""
    apart = link.one.records.is_spilt or link.other.records.is_spilt
    suspects, witnesses = [no_rows()], [no_rows()]
    pairs = zip(
        link.one.records.parts(apart=apart), link.other.records.parts(apart=apart), strict=True
    )
    for ones, others in pairs:
        match link.rule:
            case ForeignKey():
                found = ~np.isin(hashes_of(ones), hashes_of(others))
            case Tally() as rule:
                found = _miscounted(rule, ones, others)
            case Join() as rule:
                found = _differing(rule, ones, others, profile)
        if found.any():
            suspects.append(rows_of(ones[found]))
            met = np.isin(hashes_of(others), hashes_of(ones[found]))
            witnesses.append(rows_of(others[met]))
    return np.sort(np.concatenate(suspects)), np.sort(np.concatenate(witnesses))


def _miscounted(rule: Tally, ones: Records, others: Records) -> npt.NDArray[np.bool_]:
    hashes = hashes_of(others)
    found = _counts(hashes, hashes_of(ones)) < rule.minimum
    if rule.maximum is not None:
        certain = hashes[others["number"] == CERTAIN]
        found |= _counts(certain, hashes_of(ones)) > rule.maximum
    return found


def _counts(hashes: Hashes, asked: Hashes) -> npt.NDArray[np.int64]:
    """How often each hash that is asked for is among the hashes."""
    ordered = np.sort(hashes)
    low, high = (np.searchsorted(ordered, asked, side) for side in ("left", "right"))
    return np.asarray(high - low, np.int64)


def _differing(
    rule: Join, ones: Records, others: Records, profile: Profile
) -> npt.NDArray[np.bool_]:
    """Where the pairs differ, or where two rows have the key and which counts is not told."""
    found = np.zeros(len(ones), np.bool_)
    if not len(others):
        return found
    ordered = others[np.argsort(hashes_of(others), kind="stable")]
    hashes, asked = hashes_of(ordered), hashes_of(ones)
    places = np.minimum(np.searchsorted(hashes, asked), len(hashes) - 1)
    known = hashes[places] == asked
    left, right = ones["number"], ordered["number"][places]
    present = (left != NO_VALUE) & (right != NO_VALUE)
    one_sided = (left != NO_VALUE) ^ (right != NO_VALUE)
    found = present & ~_stands(rule, left, right) & (right != OPEN)
    if rule.operator == "==" and profile is Profile.coded:
        found |= one_sided
    nexts = np.minimum(places + 1, len(hashes) - 1)
    is_repeated = (hashes[nexts] == asked) & (nexts != places)
    return np.asarray(known & (left != OPEN) & (found | is_repeated), np.bool_)


def _stands(
    rule: Join, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    return np.asarray(COMPARISONS[rule.operator](left, right), np.bool_)
