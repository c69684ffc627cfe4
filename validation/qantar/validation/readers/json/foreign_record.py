"""Records of other systems, and answers of servers, told once instead of field by field."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.readers.json.shape import SHAPE, fields_of_records
from qantar.validation.readers.json.text import Entry

# So many records without a field of the format make a file of something else.
ENOUGH_RECORDS = 20
_NAMES_TOLD = 8
_UNLIKE_NAME = re.compile(r"[^0-9a-z]+")


def foreign_told(items: Iterable[Entry | Fault]) -> Iterator[Entry | Fault]:
    """The records of a file, or one fault where the first have nothing of the format."""
    rest = iter(items)
    taken: list[Entry | Fault] = []
    for item in rest:
        taken.append(item)
        if isinstance(item, Fault) or not _are_foreign([item.record]):
            break
        if len(taken) == ENOUGH_RECORDS:
            break
    records = [item.record for item in taken if isinstance(item, Entry)]
    if len(records) == len(taken) and _are_foreign(records):
        yield Fault(SHAPE, _tell_foreign(records), line=1)
    else:
        yield from chain(taken, rest)


def _are_foreign(records: list[Any]) -> bool:
    """Whether these are objects, and none has a field of the format."""
    return bool(records) and all(
        isinstance(record, dict) and record and not record.keys() & fields_of_records()
        for record in records
    )


def _tell_foreign(records: list[Any]) -> str:
    names = list(dict.fromkeys(name for record in records for name in record))
    told = ", ".join(repr(shown(name)) for name in names[:_NAMES_TOLD])
    told += " …" if len(names) > _NAMES_TOLD else ""
    right = {_bare(name): name for name in fields_of_records()}
    meant = [(name, right[_bare(name)]) for name in names if _bare(name) in right]
    if len(meant) > 1:
        pairs = ", ".join(f"{shown(name)!r} as {field}" for name, field in meant[:_NAMES_TOLD])
        pairs += " …" if len(meant) > _NAMES_TOLD else ""
        return (
            "The names differ from those of this format in case, blanks or signs. Write "
            f"{pairs}: names are small letters joined by underscores."
        )
    *needed, last = [c.name for c in TABLES["events"].columns if c.required_in_exchange]
    many = "No record has" if len(records) > 1 else "The record does not have"
    return (
        f"{many} any field of this format; the file has {told}. It may be an answer of an API "
        "that says what went wrong, or data of another system to be converted first: a record of "
        f"an event has at least {', '.join(needed)} and {last}."
    )


def _bare(name: str) -> str:
    return _UNLIKE_NAME.sub("", name.casefold())
