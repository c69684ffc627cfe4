"""Prose by language, as a coder writes it and as a record holds it."""

import difflib
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from qantar.schema.language import is_language, suffix_of
from qantar.schema.shape import Row

# A plain text is in the project's main language.
Prose: TypeAlias = str | Mapping[str, str]
# Texts by the suffix of their language; under MAIN what was given without one.
Told: TypeAlias = Mapping[str, str]
MAIN = ""


def read_prose(name: str, value: Prose | None) -> dict[str, str]:
    """Texts by language of one argument. Raises ValueError for what is
    no text, and for a name that is no language.

    >>> read_prose("summary", {"pt-BR": "..."})
    {'pt_br': '...'}
    """
    if value is None:
        return {}
    if isinstance(value, str):
        return {MAIN: value}
    if not isinstance(value, Mapping):
        raise ValueError(f"{name} must be a text, or texts by language, not {value!r}")
    told = {}
    for language, text in value.items():
        if not is_language(suffix := suffix_of(str(language))):
            raise ValueError(f"{name}: {language!r} is not a language such as 'en' or 'pt-BR'")
        told[suffix] = text
    return told


def gather_prose(
    by_language: Mapping[str, str], **plain: Prose | None
) -> dict[str, dict[str, str]]:
    """The texts of each argument by language, from itself and from keywords with a suffix.

    by_language: keywords such as ``summary_en``. Raises TypeError for a keyword that is none,
    ValueError where a text is given twice.
    """
    found = {name: read_prose(name, value) for name, value in plain.items()}
    for keyword, text in by_language.items():
        split = _split(keyword, plain)
        if split is None:
            raise TypeError(_tell_unknown(keyword, plain))
        name, language = split
        if language in found[name]:
            raise ValueError(f"{name} is given in {language} twice; keep one")
        found[name] |= {language: text}
    return found


def _split(keyword: str, names: Mapping[str, object]) -> tuple[str, str] | None:
    for name in sorted(names, key=len, reverse=True):
        if keyword.startswith(f"{name}_") and is_language(language := keyword[len(name) + 1 :]):
            return name, language
    return None


def _tell_unknown(keyword: str, names: Mapping[str, object]) -> str:
    stem, _, language = keyword.rpartition("_")
    near = difflib.get_close_matches(stem or keyword, names, n=1)
    known = ", ".join(f"{name}_{language or 'en'}" for name in names)
    hint = f"did you mean {near[0]}_{language}?" if near and stem else f"prose is given by {known}"
    return f"there is no argument {keyword!r}; {hint}"


def settle_prose(
    base: str, told: Told, languages: Sequence[str], *, in_all: bool = False
) -> tuple[Row, list[str]]:
    """The keys of a record that hold a prose field, and what is wrong with it.

    languages: those of the project, the main one first; none where they are not known. in_all:
    whether the project promises the field in each of them; else it is at least in the main
    one, where there is any.
    """
    if not languages:
        return {f"{base}_{language}": text for language, text in told.items() if language}, []
    main = languages[0]
    faults = []
    if MAIN in told and main in told:
        faults.append(
            f"{base} is given plain and as {base}_{main}, which are the same; keep one of them"
        )
    texts = {language or main: text for language, text in told.items()}
    named = ", ".join(languages)
    for language in texts:
        if language not in languages:
            faults.append(
                f"{base}_{language} is in a language that project.toml does not name (it names "
                f"{named}); add the language there, or leave the text out"
            )
    wanted = languages if in_all else [main] if texts else []
    for language in wanted:
        if language not in texts:
            why = (
                f"each has one in every language of project.toml ({named})"
                if in_all
                else f"{main} is the project's main language"
            )
            faults.append(f"{base}_{language} is missing, and {why}; write it")
    return {f"{base}_{name}": texts[name] for name in languages if name in texts}, faults
