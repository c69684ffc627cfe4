"""One cause told once: cells of a column that are all spelled in the same other way.

A column of days written 01/02/2022 is one thing to mend, however many rows there are. What is
wrong with a cell alone stays a fault of that cell.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qantar.schema.patterns import ColumnKind
from qantar.schema.table import Column, Table
from qantar.validation.faults.fault import Fault
from qantar.validation.tables.spelling import Words, without_words

# So many cells at least, and more than half of those of the column, make it the column's way.
FEWEST = 2
# Where no cell is sound and no other cause is known.
FEWEST_OF_ANY_KIND = 5
_RULES = ("value-type", "value-malformed")


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
    Cause(r"[0-9]{4}[/.-][0-9]{1,2}[/.-][0-9]{1,2}", _DAYS, "with other signs or no zeros", _ISO),
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
        r"(?i:[01]|yes|no|[yntf])",
        (ColumnKind.boolean,),
        "as yes and no, 1 and 0 or by its first letter",
        "Write true and false.",
    ),
)


def told_once(
    faults: Iterable[Fault], table: Table, present: Callable[[str], int], words: Words
) -> list[Fault]:
    """The faults of a table in a file, each cause of many told once where the first stands.

    present: gives for a column how many cells hold anything.
    """
    found = without_words(faults, words)
    groups: dict[tuple[str, Cause | None], list[int]] = {}
    for index, fault in enumerate(found):
        column = table.by_name.get(fault.column or "")
        if column and fault.row and fault.rule in _RULES and fault.value is not None:
            groups.setdefault((column.name, _cause_of(column, fault.value)), []).append(index)
    dropped: set[int] = set()
    for (name, cause), places in groups.items():
        count = present(name)
        if cause is None:
            whole = len(places) == count >= FEWEST_OF_ANY_KIND
            is_systematic = whole and all(found[place].suggestion is None for place in places)
        else:
            is_systematic = len(places) >= FEWEST and 2 * len(places) > count
        if is_systematic:
            first, *others = places
            found[first] = _of_all(found[first], cause, len(places), count)
            dropped.update(others)
    return [fault for index, fault in enumerate(found) if index not in dropped]


def _cause_of(column: Column, value: str) -> Cause | None:
    return next(
        (c for c in CAUSES if column.kind in c.kinds and re.fullmatch(c.pattern, value, re.DOTALL)),
        None,
    )


def _of_all(first: Fault, cause: Cause | None, count: int, present: int) -> Fault:
    """The first of many faults with one cause, told for all."""
    rows = f"all {count:,}" if count == present else f"{count:,} of {present:,}"
    if cause is None:
        return first.at(message=f"{first.message} So it is in {rows} cells of the column.")
    said = f"{first.column} is written {cause.name} in {rows} cells, first {first.value!r}. "
    return first.at(message=said + cause.remedy)
