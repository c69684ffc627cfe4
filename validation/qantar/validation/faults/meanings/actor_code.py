"""Actor codes in other spellings: with separators, or with a country named otherwise."""

import re
from functools import lru_cache

from qantar.schema.patterns import ACTOR_CODE_PATTERN
from qantar.validation.faults.meanings.country import country_of
from qantar.validation.faults.meanings.meaning import MOST_REMEMBERED, Meaning
from qantar.validation.faults.meanings.spelling import plain, spelling_of

_FORM = re.compile(ACTOR_CODE_PATTERN)


@lru_cache(MOST_REMEMBERED)
def actor_code_of(value: str) -> Meaning:
    """What a text is that is no code of CAMEO's three-letter groups."""
    spelled = spelling_of(value, is_actor_code)
    if spelled.suggestion:
        return spelled
    joined = re.sub(r"[\s_/.:-]+", "", plain(value))
    if joined.isascii() and is_actor_code(joined.upper()) and joined != value:
        parts = re.split(r"[\s_/.:-]+", plain(value))
        if all(len(part) % 3 == 0 for part in parts):
            return Meaning("", joined.upper(), is_known=True)
    return country_of(value)


def is_actor_code(text: str) -> bool:
    return _FORM.fullmatch(text) is not None
