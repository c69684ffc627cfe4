"""Words in place of those of a closed list, where it is certain which one is meant."""

from collections.abc import Collection
from functools import lru_cache

from qantar.validation.faults.meanings.meaning import MOST_REMEMBERED, Meaning
from qantar.validation.faults.meanings.spelling import plain, tell_blanks
from qantar.validation.faults.suggestion import nearest

# The same word in other systems and spellings; each is taken only where the list has it.
_SYNONYMS: dict[str, tuple[str, ...]] = {
    "positive": ("affirmative",),
    "affirmed": ("affirmative",),
    "negative": ("negated",),
    "negation": ("negated",),
    "authorized": ("authorised",),
    "town": ("city",),
    "village": ("city",),
    "province": ("region",),
    "admin1": ("region",),
    "adm1": ("region",),
    "admin2": ("region",),
    "adm2": ("region",),
    "organization": ("organisation",),
    "military": ("armed_force",),
    "police": ("armed_force",),
    "title": ("headline",),
}


@lru_cache(MOST_REMEMBERED)
def word_of(value: str, words: frozenset[str]) -> Meaning:
    """What a text is that is no word of a closed list."""
    text = plain(value)
    blanks = tell_blanks(value)
    lower = "_".join(text.lower().replace("-", " ").split())
    if lower in words:
        return Meaning(blanks, lower, is_known=True)
    for synonym in _SYNONYMS.get(lower, ()):
        if synonym in words:
            return Meaning(blanks, synonym, is_known=True)
    return Meaning(blanks, nearest(text, _ordered(words)))


@lru_cache(100)
def _ordered(words: frozenset[str]) -> Collection[str]:
    return tuple(sorted(words))
