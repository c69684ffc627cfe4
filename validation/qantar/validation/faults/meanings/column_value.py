"""What a value is that does not fit its column, by the scheme of the column's values."""

import re
from collections.abc import Callable
from functools import cache

from qantar.schema import patterns
from qantar.schema.codebook import actions, admitted_countries
from qantar.schema.patterns import ColumnKind
from qantar.schema.table import Column
from qantar.validation.faults.meanings.action import action_of
from qantar.validation.faults.meanings.actor_code import actor_code_of
from qantar.validation.faults.meanings.country import country_of
from qantar.validation.faults.meanings.day import day_of, day_of_list
from qantar.validation.faults.meanings.language import language_of
from qantar.validation.faults.meanings.meaning import LONGEST_READ, UNKNOWN, Meaning
from qantar.validation.faults.meanings.spelling import spelling_of
from qantar.validation.faults.meanings.word import word_of

_ACTION_PATTERNS = frozenset({"^cameo:[0-9]{2,4}$", patterns.ACTION_CURIE_PATTERN})
# Days of an event, beside which a date in EDTF may stand.
_BESIDE_EDTF = frozenset({"date_earliest", "date_latest"})
_FREE = frozenset({patterns.TEXT_PATTERN, patterns.PRINTED_PATTERN})


def meaning_of(column: Column, value: object, codes: frozenset[str]) -> Meaning:
    """What a value is that a column of text, codes or days refuses.

    codes: the list that the column takes its values from, empty where it has none. A
    suggestion is always a value that the column takes.
    """
    if column.pattern == patterns.EDTF_PATTERN and isinstance(value, list):
        return day_of_list(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return UNKNOWN
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    if len(text) > LONGEST_READ:
        return UNKNOWN
    meaning = _reader(column.name, column.kind, column.pattern, codes)(text)
    if meaning.suggestion is None or _takes(column, meaning.suggestion, codes):
        return meaning
    return Meaning(meaning.told, is_known=meaning.is_known)


@cache
def _reader(
    name: str, kind: ColumnKind, pattern: str | None, codes: frozenset[str]
) -> Callable[[str], Meaning]:
    """What reads the values of a column."""
    if codes:
        if codes >= actions().keys():
            takes_stray = len(codes) > len(actions())
            return lambda text: action_of(text, takes_stray=takes_stray)
        return (
            country_of
            if codes == admitted_countries().keys()
            else lambda text: word_of(text, codes)
        )
    if kind is ColumnKind.date:
        return lambda text: day_of(text, has_edtf=name in _BESIDE_EDTF)
    if pattern == patterns.EDTF_PATTERN:
        return lambda text: day_of(text, is_edtf=True)
    if pattern in _ACTION_PATTERNS:
        return action_of
    if pattern == patterns.COUNTRY_PATTERN:
        return country_of
    if pattern == patterns.LANGUAGE_PATTERN:
        return language_of
    if pattern == patterns.ACTOR_CODE_PATTERN:
        return actor_code_of
    if kind is not ColumnKind.string or pattern is None:
        return lambda _: UNKNOWN
    fits = re.compile(pattern).fullmatch
    if pattern in _FREE:
        return lambda _: UNKNOWN
    return lambda text: spelling_of(text, lambda form: fits(form) is not None)


def _takes(column: Column, text: str, codes: frozenset[str]) -> bool:
    if codes:
        return text in codes
    return not column.pattern or re.fullmatch(column.pattern, text) is not None
