"""Names and tags of languages, read as ISO 639 codes."""

from functools import cache, lru_cache

from qantar.schema.other_codes import fold_name, languages
from qantar.validation.faults.meanings.meaning import MOST_REMEMBERED, UNKNOWN, Meaning
from qantar.validation.faults.meanings.spelling import plain

_VIETNAMESE_FOR_LANGUAGE = "tieng "


@lru_cache(MOST_REMEMBERED)
def language_of(value: str) -> Meaning:
    """What a text is that is no code: a name, capitals, a tag such as vi-VN, three letters."""
    text = plain(value)
    code = _by_name().get(fold_name(text)) or _by_code().get(text.lower())
    if code:
        return Meaning("", code, is_known=True)
    # A tag of BCP 47 begins with the language; a locale is written with an underscore.
    first = text.replace("_", "-").partition("-")[0].lower()
    code = _by_code().get(first) if "-" in text or "_" in text else None
    return Meaning("", code, is_known=True) if code else UNKNOWN


@cache
def _by_code() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in languages():
        for code in (language.language_code, language.alpha3, language.alpha3_bibliographic):
            if code:
                found[code] = language.language_code
    return found


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in languages():
        found[fold_name(language.name_en)] = language.language_code
        if language.name_vi:
            name = fold_name(language.name_vi)
            found[name] = language.language_code
            found.setdefault(name.removeprefix(_VIETNAMESE_FOR_LANGUAGE), language.language_code)
    return found
