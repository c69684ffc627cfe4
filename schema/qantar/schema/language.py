"""Prose in any language: a base name and the suffix of a language, such as ``summary_pt_br``.

A suffix is a BCP 47 tag in lower case with underscores, since hyphens fail in the names of
columns.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from qantar.schema.codebook_file import read_lines

# A language, then script, region and variants: names of columns stay below 64 characters.
SUFFIX_PATTERN = "[a-z]{2,3}(?:_[a-z0-9]{2,8}){0,4}"
_SUFFIX = re.compile(SUFFIX_PATTERN)
_LONGEST = 64


@dataclass(frozen=True)
class ByLanguage:
    """Marks a field of a model as prose that a record has once for each of its languages."""


def is_language(suffix: str) -> bool:
    """Whether a text has the form of a language suffix."""
    return _SUFFIX.fullmatch(suffix) is not None


def suffix_of(tag: str) -> str:
    """The suffix of a language tag (BCP 47).

    >>> suffix_of("pt-BR")
    'pt_br'
    """
    return tag.lower().replace("-", "_")


def tag_of(suffix: str) -> str:
    """The language tag of a suffix, with the letters of regions and scripts as is the custom.

    >>> tag_of("pt_br"), tag_of("sr_latn")
    ('pt-BR', 'sr-Latn')
    """
    first, *rest = suffix.split("_")
    shown = {2: str.upper, 4: str.capitalize}
    return "-".join([first, *(shown.get(len(part), str.lower)(part) for part in rest)])


def prose_pattern(base: str) -> str:
    """The pattern of the keys that hold a prose field."""
    return f"^{base}_{SUFFIX_PATTERN}$"


@lru_cache(maxsize=10_000)
def split_prose(name: str, bases: frozenset[str]) -> tuple[str, str] | None:
    """The base and the language of a name, where it is one of these bases with a suffix.

    >>> split_prose("summary_pt_br", frozenset({"summary"}))
    ('summary', 'pt_br')
    """
    if len(name) > _LONGEST:
        return None
    for base in bases:
        if name.startswith(f"{base}_") and is_language(suffix := name[len(base) + 1 :]):
            return base, suffix
    return None


def languages_in(names: Iterable[str], bases: frozenset[str]) -> tuple[str, ...]:
    """The languages in which names have prose, in the order in which they come."""
    found = (split_prose(name, bases) for name in names)
    return tuple(dict.fromkeys(split[1] for split in found if split))


def language_name(suffix: str) -> str:
    """The English name of a language; the suffix where the list does not have it.

    >>> language_name("vi"), language_name("pt_br")
    ('Vietnamese', 'Portuguese BR')
    """
    first, *rest = suffix.split("_")
    name = _names().get(first, first)
    return " ".join([name, *(part.upper() for part in rest)])


@cache
def _names() -> dict[str, str]:
    lines = read_lines("languages.csv")
    return {line["language_code"]: line["name_en"] for line in lines}
