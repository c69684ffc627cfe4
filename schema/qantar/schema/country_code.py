"""The codes of countries over time: which a system has for a country on a day, and back.

Numbers are not one to one. Correlates of War has 255 and 260 for Germany, and 345 for Yugoslavia,
for Serbia and Montenegro, and for Serbia; FIPS 10-4 had YI for two countries that are gone.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache

from pydantic import Field

from qantar.schema.base import Record
from qantar.schema.codebook import CountryKey, admitted_countries, countries, further_countries
from qantar.schema.other_codes import NUMERIC_SYSTEMS, CountryCode, System, country_codes
from qantar.schema.patterns import CalendarDate, Name
from qantar.schema.vocabulary import Vocabulary


class CodeSystem(Vocabulary):
    iso_alpha2 = "iso_alpha2", "ISO 3166-1 alpha-2."
    iso_numeric = "iso_numeric", "ISO 3166-1 numeric, with leading zeros."
    fips = "fips", "FIPS 10-4, as GDELT has it."
    cow = "cow", "Correlates of War."
    gw = "gw", "Gleditsch and Ward."


class CodeStatus(Vocabulary):
    official = "official", "In use."
    withdrawn = "withdrawn", "No more in use."
    user_assigned = "user-assigned", "Left by the standard to its users."


class ReleasedCode(Record):
    """What a system calls a country, and when."""

    country_code: CountryKey = Field(description="ISO 3166-1 alpha-3, ISO 3166-3, or XKX.")
    system: CodeSystem = Field(description="The system.")
    code: Name = Field(description="The system's code of the country.")
    status: CodeStatus = Field(description="Whether the code is in use.")
    valid_from: CalendarDate | None = Field(None, description="First day, if it is known.")
    valid_to: CalendarDate | None = Field(
        None, description="Last day; absent where it is in use or the day is not known."
    )


# The systems of which the table `country_codes` of a release tells the codes.
RELEASED_SYSTEMS = frozenset(CodeSystem)


@cache
def status_by_country() -> dict[str, str]:
    """Every code that a record may have for a country, and its status.

    `official` are the codes of ISO 3166-1, `withdrawn` those of ISO 3166-3 that no country of
    today stands for, `user-assigned` is XKX.

    >>> statuses = status_by_country()
    >>> statuses["VNM"], statuses["SUN"], statuses["XKX"], "ZAR" in statuses
    ('official', 'withdrawn', 'user-assigned', False)
    """
    official = dict.fromkeys(countries(), "official")
    return official | {code: country.status for code, country in further_countries().items()}


def released_codes() -> tuple[ReleasedCode, ...]:
    """The rows of the table `country_codes` of a release, by country, system and time."""
    return tuple(
        ReleasedCode(**code.plain())
        for code in country_codes()
        if code.system in RELEASED_SYSTEMS and code.country_code in admitted_countries()
    )


def codes_of_country(
    country_code: str, system: System, on: date | None = None
) -> tuple[CountryCode, ...]:
    """What a system calls a country on a day, or ever; nothing where it has no code for it.

    More than one where the lists overlap or do not tell a day.

    >>> [code.code for code in codes_of_country("DEU", "cow", date(1980, 1, 1))]
    ['260']
    >>> [code.code for code in codes_of_country("DEU", "cow", date(2020, 1, 1))]
    ['255']
    """
    return _on(_by_country().get((country_code, system), ()), on)


def country_of(system: System, code: str, on: date | None = None) -> tuple[CountryCode, ...]:
    """Every country that a code of a system may mean on a day, or ever.

    code: of numbers with or without zeros before them; of letters in capitals.

    >>> [found.country_code for found in country_of("cow", "345", date(1999, 3, 24))]
    ['YUG']
    >>> sorted(found.country_code for found in country_of("fips", "YI"))
    ['SCG', 'YUG']
    """
    return _on(_by_code().get((system, _key(system, code)), ()), on)


def _on(found: Iterable[CountryCode], on: date | None) -> tuple[CountryCode, ...]:
    """Those that hold on a day; of codes that were withdrawn nobody knows when, the last choice."""
    if on is None:
        return tuple(found)
    day = on.isoformat()
    held = [
        code
        for code in found
        if (code.valid_from or day) <= day and (code.valid_to is None or day <= code.valid_to)
    ]
    known = [code for code in held if code.status != "withdrawn" or code.valid_to is not None]
    return tuple(known or held)


def _key(system: System, code: str) -> str:
    is_number = system in NUMERIC_SYSTEMS and code.isascii() and code.isdigit()
    return str(int(code)) if is_number else code


@cache
def _by_country() -> dict[tuple[str, System], list[CountryCode]]:
    found: dict[tuple[str, System], list[CountryCode]] = defaultdict(list)
    for code in country_codes():
        found[code.country_code, code.system].append(code)
    return dict(found)


@cache
def _by_code() -> dict[tuple[System, str], list[CountryCode]]:
    found: dict[tuple[System, str], list[CountryCode]] = defaultdict(list)
    for code in country_codes():
        found[code.system, _key(code.system, code.code)].append(code)
    return dict(found)
