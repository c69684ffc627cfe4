"""What holds of a single value: presence, type, list, form, length and range.

A cell has at most one of these faults, and no other rule judges it again: `mark` puts
`BROKEN` in its place, which every other rule passes over.
"""

import enum
import math
import re
import sys
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, Final, Literal

from qantar.schema import Profile
from qantar.schema.patterns import ColumnKind
from qantar.schema.shape import Row
from qantar.schema.table import Column, Table
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.faults.meanings.column_value import meaning_of
from qantar.validation.faults.meanings.meaning import UNKNOWN, Meaning
from qantar.validation.faults.meanings.number_text import number_of
from qantar.validation.rules.value.form import describe_form
from qantar.validation.rules.value.large_number import LARGEST_WHOLE, LargeNumber, read_large

LONGEST_LIST_TOLD = 12


class Broken(enum.Enum):
    """The one value that stands for a cell with a fault of its own."""

    broken = "broken"


BROKEN: Final[Literal[Broken.broken]] = Broken.broken

EXPECTED = {
    ColumnKind.string: "text",
    ColumnKind.integer: "a whole number, such as 3",
    ColumnKind.number: "a number, such as 43.25",
    ColumnKind.boolean: "true or false",
    ColumnKind.date: "a day of the calendar written YYYY-MM-DD",
}
SPELLINGS = {
    ColumnKind.integer: re.compile(r"-?[0-9]{1,18}"),
    ColumnKind.number: re.compile(r"-?[0-9]{1,300}(?:[.][0-9]+)?(?:[eE][+-]?[0-9]{1,3})?"),
    ColumnKind.boolean: re.compile("true|false"),
}
# As people write them in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish,
# Russian and Vietnamese.
_YES = ("true", "t", "yes", "y", "1", "1.0", "wahr", "ja", "vrai", "oui", "verdadero", "vero")
_NO = ("false", "f", "no", "n", "0", "0.0", "falsch", "nein", "faux", "non", "falso", "onwaar")
_BOOLEANS = dict.fromkeys((*_YES, "verdadeiro", "waar", "prawda", "истина", "đúng"), "true")
_BOOLEANS |= dict.fromkeys((*_NO, "nee", "fałsz", "ложь", "sai"), "false")
_READ: dict[ColumnKind, Any] = {
    ColumnKind.integer: int,
    ColumnKind.number: float,
    ColumnKind.boolean: "true".__eq__,
}


def mark(table: Table, row: Mapping[str, Any], profile: Profile) -> tuple[Row, list[Fault]]:
    """The row with `BROKEN` in the place of every cell that has a fault, and those faults.

    An absent value is an absent key or None. Columns that the table does not have are
    left out, without a fault: they are the reader's to report, once. What the row has of a prose
    in any language stands under its base name, too.
    """
    marked: Row = {}
    faults: list[Fault] = []
    held = table.of(profile).with_names(row)
    for column in held.columns:
        if column.by_language:
            continue
        value = row.get(column.name)
        fault = judge_cell(column, value, profile)
        if fault:
            faults.append(fault)
            marked[column.name] = BROKEN
        elif value is not None:
            marked[column.name] = value
    marked |= (prose := prose_of(held, marked))
    needed = (held.declared[base] for base in held.prose if base not in prose)
    faults.extend(missing(column) for column in needed if is_required(column, profile))
    return marked, faults


def prose_of(table: Table, marked: Row) -> Row:
    """By its base name each prose that a row has: its first sound text, or `BROKEN`."""
    found: Row = {}
    for name, value in marked.items():
        base = table.base_of(name)
        if base and found.get(base, BROKEN) is BROKEN:
            found[base] = value
    return found


def judge_cell(column: Column, value: Any, profile: Profile) -> Fault | None:
    """What is wrong with a cell, present or absent."""
    if value is None:
        return missing(column) if is_required(column, profile) else None
    return judge_value(column, value, profile)


def judge_value(column: Column, value: Any, profile: Profile) -> Fault | None:
    """The first thing that is wrong with a value: type, list, form, length, range."""
    column = column.of(profile)
    if column.by_language:
        return None
    if not _is_of_kind(column.kind, value):
        return wrong_type(column, value, profile)
    if isinstance(value, str):
        return _judge_text(column, value, profile)
    if not isinstance(value, bool) and not _is_in_range(column, value):
        expected = f"must be {describe_range(column, value)}"
        return _differs(column, value, "value-out-of-range", expected)
    return None


def is_required(column: Column, profile: Profile) -> bool:
    """Whether a value of the column must be there, whatever the others of its row say."""
    if profile is Profile.coded:
        return column.required
    return column.required_in_exchange and not column.excused_by


def is_column_required(column: Column, profile: Profile, columns: Collection[str]) -> bool:
    """Whether a table with these columns must have a column.

    It may do without one that holds nothing, if another column can say why it is so.
    """
    if is_required(column, profile):
        return True
    in_core = profile is Profile.exchange and column.required_in_exchange
    return in_core and not any(name in columns for name in column.excused_by)


def missing(column: Column) -> Fault:
    """The fault of a required value that is not there."""
    return Fault("value-missing", f"{column.name} is missing.", column=column.name)


def codes_of(column: Column, profile: Profile) -> frozenset[str]:
    """The list that a column's values are from, empty where it has none."""
    return column.of(profile).codes


def read_text(column: Column, text: str) -> Any:
    """The value that a text spells in a column that is not text; itself where it spells none.

    Accepted are what CSV files of this format hold: 7, 0.5, 1e-3, true, false. A number that
    no column can hold is a value too, if one that is out of every range.
    """
    spelling = SPELLINGS.get(column.kind)
    if spelling is None:
        return text
    if spelling.fullmatch(text):
        value = _READ[column.kind](text)
        return LargeNumber(text) if isinstance(value, float) and math.isinf(value) else value
    is_number = column.kind is not ColumnKind.boolean
    return text if not is_number or (large := read_large(text)) is None else large


def describe_range(column: Column, value: float = 0) -> str:
    """The range of a column in words; of one without bounds what a number may be at most."""
    largest = LARGEST_WHOLE if column.kind is ColumnKind.integer else sys.float_info.max
    least, most = column.minimum, column.maximum
    if most is None and value > largest:
        most = largest
    if least is None and value < -largest:
        least = -largest
    low, high = (None if x is None else f"{x:.16g}" for x in (least, most))
    if low is not None and high is not None:
        return f"from {low} to {high}"
    return f"at least {low}" if low is not None else f"at most {high}"


def _is_of_kind(kind: ColumnKind, value: Any) -> bool:
    if kind in (ColumnKind.string, ColumnKind.date):
        return isinstance(value, str)
    if kind is ColumnKind.boolean or isinstance(value, bool):
        return kind is ColumnKind.boolean and isinstance(value, bool)
    if isinstance(value, LargeNumber):
        return True
    if isinstance(value, float):
        return math.isfinite(value) and (kind is ColumnKind.number or value.is_integer())
    return isinstance(value, int)


def _judge_text(column: Column, value: str, profile: Profile) -> Fault | None:
    if column.enum:
        known = value in codes_of(column, profile)
        return None if known else _not_listed(column, value, profile)
    malformed = judge_form(column, value)
    if malformed:
        return malformed
    low, high = column.min_length or 0, column.max_length or math.inf
    if not low <= len(value) <= high:
        sentence = f"{column.name} has {len(value)} characters, but may have at most {high}."
        return Fault("value-length", sentence, column=column.name, value=shown(value))
    return None


def judge_form(column: Column, text: str) -> Fault | None:
    """Whether a text has the form of its column."""
    if (not column.pattern or _has_form(column.pattern, text)) and is_unicode(text):
        return None
    form = describe_form(column.pattern or "")
    fault = _differs(column, text, "value-malformed", f"must be {form}")
    if column.wider and column.wider.pattern and _has_form(column.wider.pattern, text):
        told = "Rows converted from elsewhere may have it: say --profile exchange."
        return fault.at(message=f"{fault.message} {told}")
    return _with_meaning(fault, meaning_of(column, text, frozenset()))


def _is_in_range(column: Column, value: float) -> bool:
    largest = LARGEST_WHOLE if column.kind is ColumnKind.integer else sys.float_info.max
    low = -largest if column.minimum is None else column.minimum
    high = largest if column.maximum is None else column.maximum
    return low <= value <= high


def is_unicode(text: str) -> bool:
    """Whether the text holds whole characters only, no half of a surrogate pair."""
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)


def wrong_type(column: Column, value: Any, profile: Profile) -> Fault:
    """The fault of a value of another kind than the column's, whatever held it."""
    fault = _differs(column, value, "value-type", f"must be {EXPECTED[column.kind]}")
    meant = _with_meaning(fault, meaning_of_wrong_type(column, value, profile))
    return meant.at(suggestion=respelled(column, str(value)) or meant.suggestion)


def meaning_of_wrong_type(column: Column, value: Any, profile: Profile) -> Meaning:
    """What a value of another type than its column's is."""
    if column.kind not in (ColumnKind.integer, ColumnKind.number):
        return meaning_of(column, value, codes_of(column, profile))
    if not isinstance(value, str):
        return UNKNOWN
    is_whole = column.kind is ColumnKind.integer
    return number_of(value, lambda text: _takes_number(column, text), is_whole=is_whole)


def _takes_number(column: Column, text: str) -> bool:
    value = read_text(column, text)
    return not isinstance(value, str) and _is_in_range(column, value)


def respelled(column: Column, text: str) -> str | None:
    """The spelling of the format for one that people and other programs use."""
    return _BOOLEANS.get(text.strip().lower()) if column.kind is ColumnKind.boolean else None


def _not_listed(column: Column, value: str, profile: Profile) -> Fault:
    codes = codes_of(column, profile)
    few = len(codes) <= LONGEST_LIST_TOLD
    expected = (
        f"must be one of {', '.join(column.enum or ())}"
        if few
        else f"is not among the {len(codes)} codes of its list"
    )
    fault = _differs(column, value, "value-unknown", expected)
    return _with_meaning(fault, meaning_of(column, value, codes))


def _with_meaning(fault: Fault, meaning: Meaning) -> Fault:
    if meaning is UNKNOWN:
        return fault
    told = f"{fault.message} {meaning.told}" if meaning.told else fault.message
    return fault.at(message=told, suggestion=meaning.suggestion)


def _differs(column: Column, value: Any, rule: str, expected: str) -> Fault:
    sentence = f"{column.name} is {name_value(value)}, but {expected}."
    return Fault(rule, sentence, column=column.name, value=shown(value))


def name_value(value: Any) -> str:
    """A value as a sentence names it: text in quotes, a list or record by its kind."""
    if isinstance(value, str):
        return f"'{shown(value)}'"
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "a record"
    return "null" if value is None else str(shown(value))


def _has_form(pattern: str, text: str) -> bool:
    return _compiled(pattern).fullmatch(text) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
