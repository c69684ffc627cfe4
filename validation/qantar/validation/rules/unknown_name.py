"""Names that a table does not have: each told with the nearest, or all at once where they are many.

Names are many where a file is of another system, or where somebody counts on each of them costing
work; then the one cause is told once.
"""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from qantar.validation.faults.fault import Fault, shown
from qantar.validation.faults.suggestion import nearest
from qantar.validation.rules.observation import fault_by
from qantar.validation.rules.value.rule import name_value

MOST_TOLD = 20
FIRST_TOLD = 5


def faults_of_names(
    rule: str, names: Collection[str], known: Collection[str], present: Collection[str], told: str
) -> Iterator[tuple[str | None, Fault]]:
    """(name, fault) of names that are not known; one with None of all, where they are many.

    present: all the names that are there; what is missing among the known may be meant. told:
    what a name is not, such as "a field of events".
    """
    if len(names) > MOST_TOLD:
        first = ", ".join(plain_name(name) for name in islice(names, FIRST_TOLD))
        message = (
            f"{len(names):,} names are not {told}: {first} and {len(names) - FIRST_TOLD:,} more."
        )
        yield None, fault_by(rule, message)
        return
    free = {*known}.difference(present)
    for name in names:
        message = f"{plain_name(name)} is not {told}."
        yield name, fault_by(rule, message, suggestion=nearest(name, free))


def plain_name(name: Any) -> str:
    """A name as a sentence has it; in quotes where it could be taken for part of the sentence."""
    text = str(name)
    return (shown(text) or "") if text.isidentifier() else name_value(text)
