"""The patterned strings of which records are made, in a dialect all regex engines share.

No look-around, back-references or shorthand classes: Python, Rust, RE2, Java and
ECMAScript must give one verdict on every string.
"""

import enum
from typing import Annotated

from pydantic import Field

from qantar.schema import language


class ColumnKind(enum.StrEnum):
    """What a scalar is in a table, where the JSON type alone does not say it."""

    string = "string"
    integer = "integer"
    number = "number"
    boolean = "boolean"
    date = "date"


_LONG_MONTH = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
_SHORT_MONTH = "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
_FEBRUARY = "02-(?:0[1-9]|1[0-9]|2[0-8])"
# The years 0001 to 9999.
_YEAR = "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_FOURTH = "(?:0[48]|[2468][048]|[13579][26])"
_LEAP_YEAR = f"(?:[0-9]{{2}}{_FOURTH}|{_FOURTH}00)"
_DATE = f"(?:{_YEAR}-(?:{_LONG_MONTH}|{_SHORT_MONTH}|{_FEBRUARY})|{_LEAP_YEAR}-02-29)"
_EDTF_DATE = f"(?:{_DATE}|{_YEAR}-(?:(?:0[1-9]|1[0-2])|XX)-XX)[?~%]?"
_DATE_OR_INTERVAL = f"{_EDTF_DATE}(?:/(?:{_EDTF_DATE}|[.][.]))?|[.][.]/{_EDTF_DATE}"
_EDTF_SET = f"\\[(?:{_DATE}[.][.](?:{_DATE})?|[.][.]{_DATE})\\]"

DATE_PATTERN = f"^{_DATE}$"
EDTF_PATTERN = f"^(?:{_DATE_OR_INTERVAL}|{_EDTF_SET})$"
EVENT_ID_PATTERN = "^[A-Z][A-Z0-9]*-[0-9]{6,}$"
MENTION_ID_PATTERN = "^[A-Z][A-Z0-9]*-[0-9]{6,}-M[1-9][0-9]*$"
# Ids of other systems: a number of six digits or more, or anything with a letter or mark in it.
_SOURCE_ID = "(?:[0-9]{6,}|[0-9A-Za-z._~]*[A-Za-z._~][0-9A-Za-z._~]*)"
EXCHANGE_EVENT_ID_PATTERN = f"^[A-Z][A-Z0-9]*-{_SOURCE_ID}$"
EXCHANGE_MENTION_ID_PATTERN = f"^[A-Z][A-Z0-9]*-{_SOURCE_ID}-M[1-9][0-9]*$"
LONGEST_EVENT_ID, LONGEST_MENTION_ID = 80, 90
ARTICLE_ID_PATTERN = "^[A-Z][A-Z0-9]*-A[0-9]{4,}$"
SLUG_PATTERN = "^[a-z][a-z0-9]+(?:-[a-z0-9]+)*$"
COUNTRY_PATTERN = "^[A-Z]{3}$"
# The commoner part of BCP 47: a language, and what script, region or variant follows.
LANGUAGE_PATTERN = "^[a-z]{2,3}(?:-[0-9A-Za-z]{2,8})*$"
ACTOR_CODE_PATTERN = "^[A-Z]{3}(?:[A-Z]{3}){0,5}$"
ACTION_CURIE_PATTERN = "^(?:[a-z]+:[0-9]{2,4}|plover:[a-z]+)$"
SHA256_PATTERN = "^[0-9a-f]{64}$"
CURIE_PATTERN = "^[a-z][a-z0-9]*:[0-9A-Za-z._~-]+$"
URL_PATTERN = "^https?://[^\\x00-\\x20\\x7f]+$"
SOURCE_SYSTEM_PATTERN = (
    "^(?:gdelt1|gdelt2|icews|ucdp-ged|acled|polecat|plover|phoenix|ngec|x-[a-z0-9-]+)$"
)
VERSION_PATTERN = "^(?:0|[1-9][0-9]*)[.](?:0|[1-9][0-9]*)[.](?:0|[1-9][0-9]*)$"
COLUMN_NAME_PATTERN = "^[a-z][a-z0-9_]*$"
# A cell that begins with one of these is run as a formula by spreadsheets; refusing it
# here spares every reader an escape that would have to be undone.
TEXT_PATTERN = "^[^ =+@\\x00-\\x1f\\x7f-][^\\x00-\\x1f\\x7f]*$"
# Spreadsheets and readers turn a bare date-time into their own; a leading word keeps it text.
PRINTED_PATTERN = "^printed [^\\x00-\\x1f\\x7f]+$"

EventId = Annotated[str, Field(pattern=EVENT_ID_PATTERN, max_length=40)]
MentionId = Annotated[str, Field(pattern=MENTION_ID_PATTERN, max_length=48)]
ArticleId = Annotated[str, Field(pattern=ARTICLE_ID_PATTERN, max_length=40)]
ActorId = Annotated[str, Field(pattern=SLUG_PATTERN, max_length=80)]
CoderId = Annotated[str, Field(pattern=SLUG_PATTERN, max_length=40)]
LanguageCode = Annotated[str, Field(pattern=LANGUAGE_PATTERN, max_length=35)]
ActorCode = Annotated[str, Field(pattern=ACTOR_CODE_PATTERN, min_length=3, max_length=18)]
Sha256 = Annotated[str, Field(pattern=SHA256_PATTERN, min_length=64, max_length=64)]
Curie = Annotated[str, Field(pattern=CURIE_PATTERN, max_length=80)]
Url = Annotated[str, Field(pattern=URL_PATTERN, max_length=2000)]
SourceSystem = Annotated[str, Field(pattern=SOURCE_SYSTEM_PATTERN, max_length=40)]
Version = Annotated[str, Field(pattern=VERSION_PATTERN, max_length=20)]
ColumnName = Annotated[str, Field(pattern=COLUMN_NAME_PATTERN, max_length=40)]
CalendarDate = Annotated[
    str, Field(pattern=DATE_PATTERN, min_length=10, max_length=10), ColumnKind.date
]
# The longest is a set of two days in brackets.
EdtfDate = Annotated[str, Field(pattern=EDTF_PATTERN, max_length=24)]
Text = Annotated[str, Field(pattern=TEXT_PATTERN, max_length=2000)]
Name = Annotated[str, Field(pattern=TEXT_PATTERN, max_length=300)]
Prose = Annotated[dict[str, Text], language.ByLanguage()]
ProseName = Annotated[dict[str, Name], language.ByLanguage()]
Printed = Annotated[str, Field(pattern=PRINTED_PATTERN, max_length=100)]
Ordinal = Annotated[int, Field(ge=1, le=9999)]
Offset = Annotated[int, Field(ge=0, le=100_000_000)]
Count = Annotated[int, Field(ge=0, le=100_000_000)]
