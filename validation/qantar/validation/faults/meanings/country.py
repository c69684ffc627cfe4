"""Codes and names of countries in other systems, read as ISO 3166-1 alpha-3."""

from collections.abc import Set as AbstractSet
from functools import cache, lru_cache

from qantar.schema.codebook import admitted_countries, countries
from qantar.schema.other_codes import (
    NUMERIC_SYSTEMS,
    SYSTEM_NAMES,
    CountryCode,
    System,
    country_codes,
    country_names,
    fold_name,
)
from qantar.validation.faults.meanings.meaning import MOST_REMEMBERED, Meaning
from qantar.validation.faults.meanings.spelling import plain, tell_absent, tell_blanks

# Without its diacritics so short a name is too easily another word.
_SHORTEST_FOLDED = 4
# In ISO 3166-1 the one code that is known to everybody, in FIPS 10-4 Gabon.
_FIRST_IN_ISO = "GB"
# No code of ISO 3166-1, but one that people write for two countries.
_OFTEN_CONFUSED = {
    "UK": "UK is United Kingdom (GBR) in FIPS 10-4 and in everyday use; in ISO 3166-1 it is no "
    "country's code (United Kingdom is GB, and Ukraine, UKR, is UA)."
}


@lru_cache(MOST_REMEMBERED)
def country_of(value: str) -> Meaning:
    """What a text or number is that is no code of ISO 3166-1 alpha-3."""
    text = plain(value).removesuffix(".0")
    blanks = tell_blanks(value)
    if not text:
        return Meaning(blanks)
    if text.upper() in _OFTEN_CONFUSED:
        return Meaning(_OFTEN_CONFUSED[text.upper()], is_known=True)
    found = _systems_of(text)
    named = _named(text)
    if found:
        meaning = _of_codes(text, found, named)
    elif text.upper() in admitted_countries():
        meaning = _of_case(text.upper(), named)
    elif named:
        meaning = _of_names(text, named)
    else:
        return Meaning(blanks or tell_absent(text))
    return Meaning(" ".join(filter(None, (blanks, meaning.told))), meaning.suggestion, True)


def name_of(code: str) -> str:
    """The country's English name and its code in brackets, also of one that is gone."""
    known = countries().get(code)
    name = known.name["en"] if known else _former_names().get(code, code)
    return f"{name} ({code})"


def _of_codes(text: str, found: dict[System, list[CountryCode]], named: frozenset[str]) -> Meaning:
    meant = {code.country_code for codes in found.values() for code in codes} | named
    said: dict[frozenset[str], list[str]] = {}
    for system, codes in found.items():
        name = SYSTEM_NAMES[system] + _status_of(system, codes)
        said.setdefault(frozenset(c.country_code for c in codes), []).append(name)
    parts = [
        f"{' or '.join(name_of(code) for code in sorted(own))} in {_and(systems)}"
        for own, systems in said.items()
    ]
    if named - {code.country_code for codes in found.values() for code in codes}:
        parts.append(f"{' or '.join(map(name_of, sorted(named)))} by name")
    told = f"{text} is {', and '.join(parts)}."
    if absent := tell_absent(text):
        return Meaning(f"{absent} As a code {told}")
    if text.upper() == _FIRST_IN_ISO:
        return Meaning(told, found["iso_alpha2"][0].country_code)
    if len(meant) == 1:
        return _certain(told, min(meant))
    if not any(map(_is_of_today, meant)):
        told += _tell_gone("They are", meant)
    return Meaning(told)


def _status_of(system: System, codes: list[CountryCode]) -> str:
    """In brackets what all codes have in common that are not official today."""
    statuses = {code.status for code in codes}
    told = {"withdrawn": " (withdrawn)"}
    if system.startswith("iso"):
        told["user-assigned"] = " (assigned by users)"
    return told.get(statuses.pop(), "") if len(statuses) == 1 else ""


def _certain(told: str, code: str) -> Meaning:
    """What is known of a value that stands for one country."""
    if _is_of_today(code):
        return Meaning(told, code)
    return Meaning(f"{told}{_tell_gone('It is', {code})}")


def _is_of_today(code: str) -> bool:
    """Whether a record may name it of any year: it is in ISO 3166-1, or is Kosovo."""
    return code in countries() or code in _user_assigned() & admitted_countries().keys()


def _tell_gone(subject: str, codes: AbstractSet[str]) -> str:
    admitted = sorted(codes & admitted_countries().keys())
    if not admitted:
        return f" {subject} gone: take the country of today."
    named = " or ".join(admitted)
    return f" {subject} gone: write {named} of what was in its time, else the country of today."


def _of_case(code: str, named: frozenset[str]) -> Meaning:
    if named - {code}:
        others = " or ".join(map(name_of, sorted(named)))
        return Meaning(f"It is {others} by name, and in capitals {name_of(code)}.")
    return Meaning("", code)


def _of_names(text: str, named: frozenset[str]) -> Meaning:
    if len(named) > 1:
        return Meaning(f"{text} may be {' or '.join(map(name_of, sorted(named)))}.")
    (code,) = named
    return _certain("" if _is_of_today(code) else f"{text} is {code}.", code)


def _systems_of(text: str) -> dict[System, list[CountryCode]]:
    """By system, what it calls so; countries that are gone only where there is no other."""
    found: dict[System, list[CountryCode]] = {}
    for code in _by_code().get(_key(text), ()):
        found.setdefault(code.system, []).append(code)
    return {
        system: [code for code in codes if code.status != "withdrawn"] or codes
        for system, codes in found.items()
    }


def _named(text: str) -> frozenset[str]:
    exact, folded = _by_name()
    key = fold_name(text)
    found = exact.get(text.casefold()) or (
        folded.get(key) if len(key) >= _SHORTEST_FOLDED else None
    )
    if found is None and text.endswith(")") and "(" in text:
        # UCDP adds the former name: Russia (Soviet Union).
        return _named(text.partition("(")[0].strip())
    return found or frozenset()


def _key(code: str) -> str:
    return str(int(code)) if code.isascii() and code.isdigit() else code.upper()


@cache
def _by_code() -> dict[str, list[CountryCode]]:
    """Codes by what is written; one that is long gone only where it is not in use elsewhere."""
    found: dict[str, list[CountryCode]] = {}
    for code in country_codes():
        key = _key(code.code) if code.system in NUMERIC_SYSTEMS else code.code
        found.setdefault(key, []).append(code)
    for key, codes in found.items():
        if any(code.status != "withdrawn" for code in codes):
            found[key] = [c for c in codes if c.status != "withdrawn" or c.valid_to]
    return found


@cache
def _by_name() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Countries by their name as it is written but for case, and by the folded name."""
    pairs = [(c.name["en"], c.country_code) for c in countries().values()]
    pairs += [(c.name["vi"], c.country_code) for c in countries().values() if "vi" in c.name]
    pairs += [(n.name, n.country_code) for n in country_names()]
    exact: dict[str, frozenset[str]] = {}
    folded: dict[str, frozenset[str]] = {}
    for name, code in pairs:
        exact[name.casefold()] = exact.get(name.casefold(), frozenset()) | {code}
        key = fold_name(name)
        folded[key] = folded.get(key, frozenset()) | {code}
    return exact, folded


@cache
def _user_assigned() -> frozenset[str]:
    return frozenset(c.country_code for c in country_codes() if c.status == "user-assigned")


@cache
def _former_names() -> dict[str, str]:
    return {n.country_code: n.name for n in country_names() if n.country_code not in countries()}


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
