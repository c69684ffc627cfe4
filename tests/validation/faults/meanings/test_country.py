"""A country is told by what a value is in a known scheme, never by likeness of letters."""

import pytest

from qantar.schema.codebook import countries
from qantar.schema.other_codes import country_codes, country_names
from qantar.validation.faults.meanings.country import country_of, name_of


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("KZ", "KAZ"),
        ("kz", "KAZ"),
        ("kaz", "KAZ"),
        (" KAZ\u00a0", "KAZ"),
        ("\uff2b\uff21\uff3a", "KAZ"),
        ("398", "KAZ"),
        ("2", "USA"),
        ("365", "RUS"),
        ("KZK", "KAZ"),
        ("GMY", "DEU"),
        ("GER", "DEU"),
        ("ROM", "ROU"),
        ("Việt Nam", "VNM"),
        ("viet nam", "VNM"),
        ("VIETNAM", "VNM"),
        ("Hoa Kỳ", "USA"),
        ("Áo", "AUT"),
        ("Russian Federation", "RUS"),
        ("DR Congo (Zaire)", "COD"),
        ("Occupied Palestinian Territory", "PSE"),
        ("Russia (Soviet Union)", "RUS"),
        ("Cote d'Ivoire", "CIV"),
        ("Kazakstan", "KAZ"),
        # Assigned by users, and admitted.
        ("XK", "XKX"),
        ("KV", "XKX"),
        ("Kosovo", "XKX"),
    ],
)
def test_what_one_country_is_called_is_recognised(written: str, meant: str) -> None:
    assert country_of(written).suggestion == meant


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("CH", ["Switzerland (CHE)", "China (CHN)", "ISO 3166-1 alpha-2", "FIPS 10-4"]),
        ("RS", ["Serbia (SRB)", "Russia (RUS)"]),
        ("UK", ["United Kingdom (GBR)", "Ukraine"]),
        ("NA", ["absent", "Namibia (NAM)"]),
        ("705", ["Kazakhstan (KAZ)", "Slovenia (SVN)", "COW", "ISO 3166-1 numeric"]),
        ("345", ["Serbia (SRB)", "Yugoslavia (YUG)"]),
        ("SLO", ["Slovakia (SVK)", "Slovenia (SVN)"]),
        ("YI", ["Serbia and Montenegro (SCG)", "Yugoslavia (YUG)", "gone"]),
        ("Congo", ["(COD)", "(COG)"]),
        # Russia in Vietnamese, and but for case the code of Nigeria.
        ("Nga", ["Russia (RUS)", "Nigeria (NGA)"]),
    ],
)
def test_what_two_may_be_called_is_told_and_nothing_suggested(
    written: str, said: list[str]
) -> None:
    meaning = country_of(written)
    assert meaning.suggestion is None
    for words in said:
        assert words in meaning.told


def test_a_code_known_to_everybody_is_taken_as_such_and_its_other_meaning_told() -> None:
    meaning = country_of("GB")
    assert meaning.suggestion == "GBR"
    assert "Gabon (GAB)" in meaning.told


@pytest.mark.parametrize("written", ["KAA", "XYZ", "KAZZ", "", "999", "Atlantis"])
def test_what_no_scheme_has_is_left_alone(written: str) -> None:
    assert country_of(written).suggestion is None


def test_no_code_of_another_scheme_is_taken_for_a_country_that_it_is_not() -> None:
    meanings: dict[str, set[str]] = {}
    for code in country_codes():
        meanings.setdefault(code.code, set()).add(code.country_code)
    for written, meant in meanings.items():
        suggestion = country_of(written).suggestion
        assert suggestion is None or suggestion in meant, written


def test_every_name_leads_to_its_country() -> None:
    for name in country_names():
        meaning = country_of(name.name)
        if name.country_code in countries() and meaning.suggestion is None:
            assert name.country_code in meaning.told, name
        elif meaning.suggestion is not None:
            assert meaning.suggestion == name.country_code, name


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", ""),
        (" ", "It holds nothing but blanks; leave it empty."),
        ("CH", "CH is Switzerland (CHE) in ISO 3166-1 alpha-2, and China (CHN) in FIPS 10-4."),
        (
            "705",
            "705 is Kazakhstan (KAZ) in COW and Gleditsch-Ward, and Slovenia (SVN) in ISO 3166-1 "
            "numeric.",
        ),
        (
            "ANG",
            "ANG is Angola (AGO) in COW's letters, Gleditsch-Ward's letters and the IOC's list.",
        ),
        ("Nga", "It is Russia (RUS) by name, and in capitals Nigeria (NGA)."),
        (
            "YI",
            "YI is Serbia and Montenegro (SCG) or Yugoslavia (YUG) in FIPS 10-4 (withdrawn). They "
            "are gone: write SCG or YUG of what was in its time, else the country of today.",
        ),
        (
            "345",
            "345 is Serbia (SRB) in COW, and Serbia and Montenegro (SCG) or Yugoslavia (YUG) in "
            "Gleditsch-Ward (withdrawn).",
        ),
        # West Germany had the letters of Georgia in FIPS 10-4, long ago.
        ("GE", "GE is Georgia (GEO) in ISO 3166-1 alpha-2."),
        (
            "YU",
            "YU is Yugoslavia (YUG) in ISO 3166-1 alpha-2 (withdrawn). It is gone: write YUG of "
            "what was in its time, else the country of today.",
        ),
        ("Russia (Soviet Union)", ""),
        (
            "Soviet Union",
            "Soviet Union is SUN. It is gone: write SUN of what was in its time, else the country "
            "of today.",
        ),
    ],
)
def test_what_a_value_is_in_each_scheme_is_told(written: str, told: str) -> None:
    assert country_of(written).told == told


@pytest.mark.parametrize(
    ("written", "is_known"),
    [("UK", True), ("NA", True), ("Nga", True), ("KZ", True), ("", False), ("Atlantis", False)],
)
def test_it_is_said_whether_anything_is_known(written: str, is_known: bool) -> None:
    assert country_of(written).is_known is is_known


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("\u00d6man", "OMN"),
        ("\u00d3man (x)", "OMN"),
        ("x (Oman", None),
        ("Russia (x", None),
        ("xyz)", None),
    ],
)
def test_a_name_is_read_without_marks_and_without_what_is_in_brackets(
    written: str, meant: str | None
) -> None:
    assert country_of(written).suggestion == meant


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("VNM", "Vietnam (VNM)"),
        ("SUN", "Union of Soviet Socialist Republics (SUN)"),
        ("QQQ", "QQQ (QQQ)"),
    ],
)
def test_a_country_that_is_gone_has_a_name(code: str, name: str) -> None:
    assert name_of(code) == name
