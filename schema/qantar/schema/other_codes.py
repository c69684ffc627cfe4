"""What other systems call the countries and languages that records name by ISO codes.

Facts from public lists, as the reference page of the codebook says. They are no part of a
record; a check takes from them what a value was meant to be.
"""

import re
import unicodedata
from functools import cache
from typing import Literal, TypeAlias

from qantar.schema.base import Record
from qantar.schema.codebook import read_rows

System: TypeAlias = Literal[
    "iso_alpha3",
    "iso_alpha2",
    "iso_numeric",
    "fips",
    "cow",
    "gw",
    "cow_letters",
    "gw_letters",
    "ioc",
]
SYSTEM_NAMES: dict[System, str] = {
    "iso_alpha3": "ISO 3166-1 alpha-3",
    "iso_alpha2": "ISO 3166-1 alpha-2",
    "iso_numeric": "ISO 3166-1 numeric",
    "fips": "FIPS 10-4",
    "cow": "COW",
    "gw": "Gleditsch-Ward",
    "cow_letters": "COW's letters",
    "gw_letters": "Gleditsch-Ward's letters",
    "ioc": "the IOC's list",
}
NUMERIC_SYSTEMS: frozenset[System] = frozenset({"iso_numeric", "cow", "gw"})


class CountryCode(Record):
    """A code that a system has, or had for some time, for a country.

    country_code: ISO 3166-1 alpha-3; of a country that is gone that of ISO 3166-3, of Kosovo
    XKX. A name that a country gave up leads to the country of today. status: official (in use),
    withdrawn (no more), user-assigned. valid_from, valid_to: the first and last day as
    YYYY-MM-DD; absent where the list does not tell the day, or the code is in use. In the
    systems of COW and of Gleditsch and Ward these are the days of membership, so that a code
    may have several rows.
    """

    country_code: str
    system: System
    code: str
    status: Literal["official", "withdrawn", "user-assigned"]
    valid_from: str | None = None
    valid_to: str | None = None


class CountryName(Record):
    """A name in use for a country, beside those of the table `countries`."""

    country_code: str
    name: str
    language_code: Literal["en", "vi"]


class Language(Record):
    """A language that ISO 639-1 has, with its codes of three letters and its names."""

    language_code: str
    alpha3: str
    alpha3_bibliographic: str | None = None
    name_en: str
    name_vi: str | None = None


@cache
def country_codes() -> tuple[CountryCode, ...]:
    """Codes of other systems, by country and system; also those of countries that are gone."""
    return tuple(CountryCode(**row) for row in read_rows("country_codes.csv", CountryCode))


@cache
def country_names() -> tuple[CountryName, ...]:
    """Further names of countries, English and Vietnamese; two countries may share one."""
    return tuple(CountryName(**row) for row in read_rows("country_names.csv", CountryName))


@cache
def languages() -> tuple[Language, ...]:
    """The languages of ISO 639-1."""
    return tuple(Language(**row) for row in read_rows("languages.csv", Language))


_ABBREVIATED = {"st": "saint", "rep": "republic", "dem": "democratic"}


def fold_name(name: str) -> str:
    """A name without case, diacritics, punctuation and articles, to be compared.

    >>> fold_name("Việt Nam"), fold_name("The Gambia")
    ('viet nam', 'gambia')
    """
    plain = name.casefold().replace("đ", "d").replace("ı", "i").replace("&", " and ")
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in letters if not unicodedata.combining(c))
    words = re.findall(r"\w+", re.sub("['’`ʼ.]", "", plain))
    return " ".join(_ABBREVIATED.get(word, word) for word in words if word != "the")
