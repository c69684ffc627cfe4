"""The codes of countries over time: which holds on a day, and what is not known of it."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest

from qantar.schema.codebook import admitted_countries, countries, further_countries
from qantar.schema.country_code import (
    RELEASED_SYSTEMS,
    codes_of_country,
    country_of,
    released_codes,
    status_by_country,
)
from qantar.schema.other_codes import System, country_codes


def codes(country: str, system: System, day: str | None = None) -> list[str]:
    on = date.fromisoformat(day) if day else None
    return [code.code for code in codes_of_country(country, system, on)]


def meant(system: System, code: str, day: str | None = None) -> set[str]:
    on = date.fromisoformat(day) if day else None
    return {found.country_code for found in country_of(system, code, on)}


@pytest.mark.parametrize(
    ("country", "system", "day", "held"),
    [
        ("DEU", "cow", "1914-08-01", ["255"]),
        ("DEU", "cow", "1950-01-01", []),
        ("DEU", "cow", "1990-10-02", ["260"]),
        ("DEU", "cow", "1990-10-03", ["255"]),
        ("DEU", "gw", "1980-01-01", ["260"]),
        ("DEU", "gw", "2020-01-01", ["260"]),
        ("DDR", "cow", "1990-10-02", ["265"]),
        ("DDR", "cow", "1990-10-03", []),
        ("YEM", "cow", "1980-01-01", ["678"]),
        ("YEM", "cow", "2020-01-01", ["679"]),
        ("YEM", "gw", "2020-01-01", ["678"]),
        ("YMD", "gw", "1980-01-01", ["680"]),
        ("SRB", "cow", "2010-01-01", ["345"]),
        ("SRB", "gw", "2010-01-01", ["340"]),
        ("SRB", "gw", "2000-01-01", []),
        ("VNM", "gw", "2020-01-01", ["816"]),
        ("VNM", "cow", "1970-01-01", ["816", "817"]),
        ("KIR", "gw", "2020-01-01", ["970"]),
        ("KIR", "cow", "2020-01-01", ["946"]),
        ("SCG", "iso_alpha2", "2005-01-01", ["CS"]),
        ("SCG", "iso_alpha2", "2006-09-26", []),
        ("SRB", "iso_alpha2", "2006-09-26", ["RS"]),
        ("COD", "iso_alpha2", "1990-01-01", ["ZR"]),
        ("COD", "iso_alpha2", "1997-07-14", ["CD"]),
        # Of 736 nobody tells the last day here, so it yields to what is in use.
        ("SDN", "iso_numeric", "2020-01-01", ["729"]),
        ("XKX", "iso_alpha2", "2020-01-01", ["XK"]),
        ("XKX", "gw", "2008-02-17", ["347"]),
        ("ANT", "cow", "2000-01-01", []),
    ],
)
def test_a_country_has_the_codes_of_the_day(
    country: str, system: System, day: str, held: list[str]
) -> None:
    assert codes(country, system, day) == held


@pytest.mark.parametrize(
    ("system", "code", "day", "countries_meant"),
    [
        ("cow", "345", "1914-06-28", {"SRB"}),
        ("cow", "345", "1943-01-01", set()),
        ("cow", "345", "1999-03-24", {"YUG"}),
        ("cow", "345", "2005-01-01", {"SCG"}),
        ("cow", "345", "2008-02-20", {"SRB"}),
        ("gw", "345", "2008-02-20", set()),
        ("cow", "365", "1991-08-19", {"SUN"}),
        ("cow", "365", "1992-01-01", {"RUS"}),
        ("cow", "365", "1914-08-01", {"RUS"}),
        ("gw", "816", "1970-01-01", {"VNM"}),
        ("gw", "327", None, set()),
        ("gw", "970", None, {"KIR"}),
        ("cow", "970", None, {"NRU"}),
        ("fips", "YI", "2000-01-01", {"SCG", "YUG"}),
        ("fips", "GE", None, {"DEU"}),
        ("iso_alpha2", "CS", "1990-01-01", {"CSK"}),
        ("iso_alpha2", "CS", "2004-01-01", {"SCG"}),
        ("iso_alpha2", "CS", "2000-01-01", set()),
        ("iso_alpha2", "SK", "1974-06-01", {"IND"}),
        ("iso_alpha2", "SK", "2020-01-01", {"SVK"}),
        ("iso_numeric", "4", "2020-01-01", {"AFG"}),
        ("iso_numeric", "004", "2020-01-01", {"AFG"}),
        ("iso_numeric", "891", None, {"SCG", "YUG"}),
        ("iso_alpha2", "ZZ", None, set()),
    ],
)
def test_a_code_means_the_countries_of_the_day(
    system: System, code: str, day: str | None, countries_meant: set[str]
) -> None:
    assert meant(system, code, day) == countries_meant


def test_without_a_day_every_code_that_ever_was_is_told() -> None:
    assert set(codes("DEU", "cow")) == {"255", "260"}
    assert codes("VNM", "fips") == ["VM"]


def test_the_way_back_leads_to_the_country() -> None:
    for row in country_codes():
        assert row in country_of(row.system, row.code)
        assert row in codes_of_country(row.country_code, row.system)


def test_days_are_days_in_order_and_a_code_in_use_has_no_last_one() -> None:
    for row in country_codes():
        for day in (row.valid_from, row.valid_to):
            if day is not None:
                assert re.fullmatch(r"\d{4}-\d\d-\d\d", day)
                assert date.fromisoformat(day)
        if row.valid_from and row.valid_to:
            assert row.valid_from <= row.valid_to, row
        assert (row.valid_to is None) or row.status == "withdrawn", row


def test_no_two_rows_of_a_country_hold_the_same_code_on_a_day() -> None:
    spells: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for row in country_codes():
        days = row.valid_from or "0001-01-01", row.valid_to or "9999-12-31"
        spells.setdefault((row.country_code, row.system, row.code), []).append(days)
    for key, found in spells.items():
        for (_, last), (first, _) in pairwise(sorted(found)):
            assert last < first, key


@pytest.mark.parametrize("system", ["cow", "gw"])
def test_a_number_means_one_country_on_a_day(system: System) -> None:
    for row in country_codes():
        if row.system == system and row.valid_from:
            first = date.fromisoformat(row.valid_from)
            last = date.fromisoformat(row.valid_to) if row.valid_to else first + timedelta(7000)
            for day in (first, last):
                assert meant(system, row.code, day.isoformat()) == {row.country_code}, row


def test_records_may_name_countries_that_are_gone_and_kosovo() -> None:
    admitted = status_by_country()
    assert admitted.keys() == admitted_countries().keys()
    assert not further_countries().keys() & countries().keys()
    gone = {code for code, status in admitted.items() if status == "withdrawn"}
    assert gone >= {"YUG", "SCG", "SUN", "CSK", "DDR", "YMD", "ANT"}
    assert [code for code, status in admitted.items() if status == "user-assigned"] == ["XKX"]
    # What only changed its name has the code of today.
    assert not admitted.keys() & {"ZAR", "BUR", "TMP", "ROM", "BYS", "HVO"}


def test_every_code_belongs_to_a_country_that_records_may_name() -> None:
    assert {row.country_code for row in country_codes()} <= admitted_countries().keys()


def test_the_released_table_has_five_systems() -> None:
    assert {row.system for row in released_codes()} == set(RELEASED_SYSTEMS)
    keys = [(r.country_code, r.system, r.code, r.valid_from) for r in released_codes()]
    assert len(set(keys)) == len(keys)
