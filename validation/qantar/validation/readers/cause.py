"""One cause told once: cells of a column that are all spelled in the same other way.

A column of days written 01/02/2022 is one thing to mend, however many rows there are. What is
wrong with a cell alone stays a fault of that cell.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from qantar.schema.patterns import ColumnKind
from qantar.schema.table import Column, Table
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_log import gather_faults
from qantar.validation.faults.untold import keep_untold
from qantar.validation.readers.spelling import Words, without_words

# So many cells at least, and more than half of those of the column, make it the column's way.
FEWEST = 2
# Where no cell is sound and no other cause is known.
FEWEST_OF_ANY_KIND = 6
# So many values are known again.
MOST_REMEMBERED = 10_000
_RULES = ("value-type", "value-malformed")
# What tells one line from another in a message.
_OWN = re.compile(r"^(?:Line [0-9]+|Byte [0-9]+ of line [0-9]+ \(0x[0-9a-f]+\))")
_HINT = " Python's csv module writes such lines on Windows without newline=''."


@dataclass(frozen=True)
class Cause:
    """A way to spell values of some kinds: what it looks like, its name, and what to do."""

    pattern: str
    kinds: tuple[ColumnKind, ...]
    name: str
    remedy: str


_DAYS = (ColumnKind.date,)
_NUMBERS = (ColumnKind.number, ColumnKind.integer)
_ISO = "Write days as YYYY-MM-DD: in a spreadsheet give the column the format yyyy-mm-dd."
CAUSES = (
    Cause(
        r"\s.*|.*\s",
        (ColumnKind.string, *_DAYS, *_NUMBERS, ColumnKind.boolean),
        "with a blank before or after it",
        "Remove the blanks: strip() in Python, trimws() in R, TRIM in a spreadsheet.",
    ),
    Cause(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{2,4}", _DAYS, "with day, month and year", _ISO),
    Cause(
        r"[0-9]{4}(?:([/.])[0-9]{1,2}\1[0-9]{1,2}|-[0-9]-[0-9]{1,2}|-[0-9]{1,2}-[0-9])",
        _DAYS,
        "with other signs or no zeros",
        _ISO,
    ),
    Cause(r"[0-9]{8}(?:\.0)?", _DAYS, "as eight digits", _ISO),
    Cause(r"[0-9]{5}(?:\.[0-9]+)?", _DAYS, "as a spreadsheet's number of days", _ISO),
    Cause(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:.*",
        _DAYS,
        "with a time",
        "Leave the time out: date_format='%Y-%m-%d' in pandas, as.Date() in R.",
    ),
    Cause(r"(?=.*[A-Za-z]{3}).*[0-9]{4}", _DAYS, "with the month as a word", _ISO),
    Cause(
        r"-?[0-9]+,[0-9]+",
        _NUMBERS,
        "with a decimal comma",
        "Say --decimal ',' where every comma is one, or write numbers with a point.",
    ),
    Cause(
        r"-?[0-9]{1,3}(?:[ ,.'’\u00a0\u202f][0-9]{3})+",
        _NUMBERS,
        "with signs between thousands",
        "Write numbers without them.",
    ),
    Cause(
        r"(?i:[01](?:\.0)?|yes|no|[yntf])",
        (ColumnKind.boolean,),
        "as yes and no, 1 and 0 or by its first letter",
        "Write true and false.",
    ),
)


Key: TypeAlias = tuple[str, str, Cause | None]


@dataclass(frozen=True)
class Held:
    """What a table holds. height: rows. present: gives how many cells of a column hold anything.

    words: for an absent value, that stand as text.
    """

    table: Table
    height: int
    present: Callable[[str], int]
    words: Words


@dataclass
class _Group:
    """Faults that may have one cause. has_suggestion: whether any has one."""

    first: Fault
    place: int
    count: int = 0
    has_suggestion: bool = False


def told_once(faults: Sequence[Fault], held: Held) -> Sequence[Fault]:
    """The faults of a table in a file, each cause of many told once where the first stands."""
    found = without_words(faults, held.words)
    groups: dict[Key, _Group] = {}
    for place, fault in enumerate(found):
        key = _key(fault, held.table)
        if key is not None:
            group = groups.setdefault(key, _Group(fault, place))
            group.count += 1
            group.has_suggestion |= bool(fault.suggestion)
    told: dict[Key, Fault] = {}
    for key, group in groups.items():
        whole = _of_all(key, group, held) if group.count >= FEWEST else None
        if whole is not None:
            told[key] = whole
    if not told:
        return found
    return gather_faults(_told(found, told, {groups[key].place for key in told}, held.table))


def _told(
    faults: Sequence[Fault], told: Mapping[Key, Fault], places: Set[int], table: Table
) -> Iterator[Fault]:
    """The faults, but what is told of many at once in the place of the first of these."""
    for place, fault in enumerate(faults):
        key = _key(fault, table)
        if key is None or key not in told:
            yield fault
            continue
        keep_untold([fault], told[key])
        if place in places:
            yield told[key]


def _key(fault: Fault, table: Table) -> Key | None:
    """What faults with one cause have in common; None where each is told for itself."""
    if not fault.row:
        return None
    if fault.rule in ("csv-malformed", "file-encoding"):
        return fault.rule, _OWN.sub("", fault.message), None
    column = table.by_name.get(fault.column or "")
    if column is None:
        return None
    if fault.rule == "value-missing":
        return fault.rule, column.name, None
    if fault.rule in _RULES and fault.value is not None:
        return "value", column.name, _cause_of(column, fault.value)
    return None


@lru_cache(MOST_REMEMBERED)
def _cause_of(column: Column, value: str) -> Cause | None:
    return next(
        (c for c in CAUSES if column.kind in c.kinds and re.fullmatch(c.pattern, value, re.DOTALL)),
        None,
    )


def _of_all(key: Key, group: _Group, held: Held) -> Fault | None:
    """The first of many faults told for all; None where each has a cause of its own."""
    rule, name, cause = key
    first, count = group.first, group.count
    if rule in ("csv-malformed", "file-encoding"):
        if count < FEWEST_OF_ANY_KIND or (rule == "csv-malformed" and 2 * count < held.height):
            return None
        hint = _HINT if name == " is empty." else ""
        return first.at(message=f"{first.message} So it is with {count:,} lines.{hint}")
    present = held.present(name)
    if rule == "value-missing":
        if present or count < FEWEST_OF_ANY_KIND or count < held.height:
            return None
        return first.at(message=f"{first.message} So it is in all {count:,} rows.")
    rows = f"all {count:,}" if count == present else f"{count:,} of {present:,}"
    if cause is not None:
        said = f"{name} is written {cause.name} in {rows} cells, first {first.value!r}. "
        return first.at(message=said + cause.remedy) if 2 * count > present else None
    if count != present or count < FEWEST_OF_ANY_KIND or group.has_suggestion:
        return None
    return first.at(message=f"{first.message} So it is in {rows} cells of the column.")
