"""The forms of texts, in the words in which a fault describes them."""

from qantar.schema import patterns

_WORDS = {
    patterns.DATE_PATTERN: (
        "a day of the calendar from 0001-01-01 to 9999-12-31, written YYYY-MM-DD"
    ),
    patterns.EDTF_PATTERN: (
        "a date in EDTF of the years 0001 to 9999, such as 2022-01-05, 2022-01-XX, 2022-01-05/.. "
        "or [2022-01-05..2022-01-08]"
    ),
    patterns.EVENT_ID_PATTERN: "capitals, a hyphen and at least six digits, such as QTR-000001",
    patterns.MENTION_ID_PATTERN: "the id of its event, -M and a number, such as QTR-000001-M1",
    patterns.ARTICLE_ID_PATTERN: "capitals, -A and at least four digits, such as QTR-A0001",
    patterns.SLUG_PATTERN: "small letters and digits joined by hyphens, such as state-duma",
    patterns.COUNTRY_PATTERN: "three capitals (ISO 3166-1 alpha-3), such as KAZ",
    patterns.LANGUAGE_PATTERN: "a language tag (BCP 47), such as vi or pt-BR",
    patterns.ACTOR_CODE_PATTERN: "one to six groups of three capitals, such as KAZGOV",
    patterns.ACTION_CURIE_PATTERN: "a system, a colon and two to four digits, such as cameo:012, "
    "or a PLOVER type, such as plover:assault",
    patterns.SHA256_PATTERN: "64 small hexadecimal digits",
    patterns.CURIE_PATTERN: "a prefix, a colon and an id, such as wikidata:Q232",
    patterns.URL_PATTERN: "a web address that begins with http:// or https://",
    patterns.SOURCE_SYSTEM_PATTERN: "gdelt1, gdelt2, icews, ucdp-ged, acled, polecat, plover, "
    "phoenix, ngec, or x- and a name",
    patterns.VERSION_PATTERN: "three numbers with dots between, such as 1.0.0",
    patterns.COLUMN_NAME_PATTERN: "small letters, digits and underscores, such as action_code",
    patterns.TEXT_PATTERN: "one line that does not begin with a space or one of = + - @",
    patterns.PRINTED_PATTERN: "the word 'printed', a space and the time as printed",
}


def describe_form(pattern: str) -> str:
    """The pattern in words, or itself where nobody has put it into words."""
    return _WORDS.get(pattern, f"text that matches {pattern}")
