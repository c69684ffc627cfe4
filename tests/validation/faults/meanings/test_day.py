"""A day in another spelling is recognised where only one day can be meant."""

import pytest

from qantar.validation.faults.meanings.day import day_of, day_of_list
from qantar.validation.faults.meanings.meaning import LONGEST_READ, UNKNOWN


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("20220101", "2022-01-01"),
        ("20220101123000", "2022-01-01"),
        ("01/01/2022", "2022-01-01"),
        ("13/01/2022", "2022-01-13"),
        ("01/13/2022", "2022-01-13"),
        ("2022/01/05", "2022-01-05"),
        ("2022-1-5", "2022-01-05"),
        ("2022-01-01 00:00:00", "2022-01-01"),
        ("2022-01-01T00:00:00Z", "2022-01-01"),
        ("2022-01-01 00:00:00.000", "2022-01-01"),
        ("03 December 2020", "2020-12-03"),
        ("Dec. 3, 2020", "2020-12-03"),
        ("ngày 3 tháng 12 năm 2020", "2020-12-03"),
        ("44562", "2022-01-01"),
        ("44562.0", "2022-01-01"),
        ("1640995200000", "2022-01-01"),
        (" 2022-01-01\u200b", "2022-01-01"),
        ("2022\u201301\u201301", "2022-01-01"),
    ],
)
def test_one_day_is_recognised(written: str, meant: str) -> None:
    assert day_of(written).suggestion == meant


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("03/04/2022", ["2022-04-03", "2022-03-04"]),
        ("infinity", ["open end", "date_edtf", "2024-03-11/.."]),
        ("../..", ["open end"]),
        ("[2022-01-05..]", ["open end"]),
        ("[2022-01-05..2022-01-08]", ["is a date in EDTF", "date_edtf"]),
        ("0000-00-00", ["MySQL"]),
        ("2024-02-30", ["no day 30 in February 2024"]),
        ("2022-13-01", ["no month 13"]),
        ("2022-01", ["2022-01-XX", "date_edtf"]),
        ("2022-01-XX", ["2022-01-XX", "date_edtf"]),
        ("03.04.22", ["four digits"]),
        ("2022-01-01T23:30:00Z", ["time zone"]),
    ],
)
def test_what_is_no_one_day_is_told_and_nothing_suggested(written: str, said: list[str]) -> None:
    meaning = day_of(written)
    assert meaning.suggestion is None
    for words in said:
        assert words in meaning.told


@pytest.mark.parametrize("written", ["-0044-03-15", "44 BC", "0000-01-01", "tomorrow", "", "12"])
def test_what_cannot_be_written_gets_no_day(written: str) -> None:
    assert day_of(written).suggestion is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2022-01", "2022-01-XX"),
        ("2022", "2022-XX-XX"),
        ("2024-03-11/", "2024-03-11/.."),
        ("2024-03-11/9999-12-31", "2024-03-11/.."),
        ("2022/2023", "2022-XX-XX/2023-XX-XX"),
        ("20220101", "2022-01-01"),
        ("../..", None),
    ],
)
def test_a_date_is_written_as_edtf_where_the_column_holds_that(
    written: str, meant: str | None
) -> None:
    assert day_of(written, is_edtf=True).suggestion == meant


@pytest.mark.parametrize("written", ["infinity", "2022-01", "2022-01-XX", ".."])
def test_a_column_is_named_only_where_it_is(written: str) -> None:
    assert "date_edtf" not in day_of(written, has_edtf=False).told


@pytest.mark.parametrize("is_edtf", [True, False])
@pytest.mark.parametrize(
    ("written", "meant", "is_known"),
    [
        ("19999", None, False),
        ("20000", "1954-10-03", True),
        ("80000", "2119-01-11", True),
        ("80001", None, False),
        ("020201", None, False),
        ("1640995200", "2022-01-01", True),
        ("1640995201", None, True),
        ("1640995200000", "2022-01-01", True),
        ("1640995200001", None, True),
        ("1640995200000000000", "2022-01-01", True),
        ("1640995200000000001", None, True),
        ("20221231", "2022-12-31", True),
        ("20221231235959", "2022-12-31", True),
        ("202212312", None, False),
        ("\u0662\u0660\u0662\u0662\u0660\u0661\u0660\u0661", None, False),
    ],
)
def test_digits_are_a_day_only_where_they_are_as_many_as_a_program_writes(
    written: str, meant: str | None, is_known: bool, is_edtf: bool
) -> None:
    meaning = day_of(written, is_edtf=is_edtf)
    assert (meaning.suggestion, meaning.is_known) == (meant, is_known)
    assert ("a time on 2022-01-01 in UTC" in meaning.told) is (is_known and meant is None)


@pytest.mark.parametrize(
    ("written", "said", "is_known"),
    [
        ("..", "An open end", True),
        ("...", "", False),
        ("open", "An open end", True),
        ("2022-01-XX/..", "An open end", True),
        ("2022-01-XX/2022-02-XX", "is a date in EDTF", True),
        ("10000-01-01", "", True),
        ("2022-3", "write 2022-03-XX in date_edtf", False),
        ("2022.12", "write 2022-12-XX in date_edtf", False),
        ("2022-00", "write 2022-XX-XX in date_edtf", False),
        ("", "", False),
        (" ", "nothing but blanks", False),
    ],
)
def test_what_is_no_day_is_told_by_what_it_is(written: str, said: str, is_known: bool) -> None:
    meaning = day_of(written)
    assert (meaning.suggestion, meaning.is_known) == (None, is_known)
    assert (said in meaning.told) if said else not meaning.told


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2022-3", "2022-03-XX"),
        ("2022-01-XX/2022-02", "2022-01-XX/2022-02-XX"),
        ("2022-3/2022-4", "2022-03-XX/2022-04-XX"),
        ("open/2022-03-11", "../2022-03-11"),
        ("2022-01-05/later", None),
        ("2022/x", None),
    ],
)
def test_each_end_of_an_interval_is_read(written: str, meant: str | None) -> None:
    meaning = day_of(written, is_edtf=True)
    assert (meaning.suggestion, meaning.is_known) == (meant, meant is not None)


LASTS = "from the first day to the last is written 2022-01-05/2022-01-08"
BETWEEN = "on a day between them [2022-01-05..2022-01-08]"


@pytest.mark.parametrize(
    "written",
    [
        "{2022-01-05..2022-01-08}",
        "[2022-01-05, 2022-01-08]",
        "2022-01-05..2022-01-08",
        "[2022-01-05/2022-01-08]",
        "(2022-01-05..2022-01-08)",
        "2022-01-05 to 2022-01-08",
        "from 5 January 2022 until 8 January 2022",
        "2022-01-05 - 2022-01-08",
        "2022-01-05\u20132022-01-08",
        "2022-01-05--2022-01-08",
    ],
)
def test_two_days_that_may_be_an_act_or_its_bounds_are_told_both_ways(written: str) -> None:
    meaning = day_of(written, is_edtf=True)
    assert meaning.suggestion is None
    assert LASTS in meaning.told
    assert BETWEEN in meaning.told


@pytest.mark.parametrize(
    ("written", "meant", "said"),
    [
        ("2022-01-05 / 2022-01-08", "2022-01-05/2022-01-08", ""),
        ("[2022-01-05 .. 2022-01-08]", "[2022-01-05..2022-01-08]", ""),
        ("[2022-01-05...2022-01-08]", "[2022-01-05..2022-01-08]", ""),
        ("[2022-01-05\u20262022-01-08]", "[2022-01-05..2022-01-08]", ""),
        ("[2022-01-05..2022-01-08", "[2022-01-05..2022-01-08]", ""),
        ("[13/5/2022..14/8/2022]", "[2022-05-13..2022-08-14]", ""),
        ("between 2022-01-05 and 2022-01-08", "[2022-01-05..2022-01-08]", ""),
        ("[2022-01-05..open]", "[2022-01-05..]", ""),
        ("[2022-01-05]", "2022-01-05", ""),
        ("[2022-01-05..2022-01-08]?", "[2022-01-05..2022-01-08]", "no mark"),
        ("[2022-01-05?..2022-01-08]", "[2022-01-05..2022-01-08]", "no mark"),
        ("[2022-01-05..2022-01-08]~", None, "make the set as wide"),
        ("[2022-01..2022-03]", "[2022-01-01..2022-03-31]", "whole"),
        ("[2022-01-XX..2022-02-XX]", "[2022-01-01..2022-02-28]", "whole"),
        ("[2022-01-08 .. 2022-01-05]", None, "ends before it begins"),
        ("[..]", None, "open at both ends"),
        ("..", None, "open at both ends"),
        ("[2022-01-05, 2022-01-08, 2022-01-10]", None, "Lists of days are not used"),
        ("[a..b]", None, ""),
        ("[]", None, ""),
    ],
)
def test_a_set_of_days_in_another_spelling_is_read(
    written: str, meant: str | None, said: str
) -> None:
    meaning = day_of(written, is_edtf=True)
    assert meaning.suggestion == meant
    assert (said in meaning.told) if said else not meaning.told


@pytest.mark.parametrize(
    ("days", "meant"),
    [
        (["2022-01-05..2022-01-08"], "[2022-01-05..2022-01-08]"),
        (["..2022-01-08"], "[..2022-01-08]"),
        (["2022-01-05", "2022-01-08"], None),
    ],
)
def test_a_list_is_a_set_that_yaml_took_apart(days: list[object], meant: str | None) -> None:
    meaning = day_of_list(days)
    assert meaning.suggestion == meant
    assert "in quotes" in meaning.told


@pytest.mark.parametrize("days", [[], [5], ["x"], [{}]])
def test_any_other_list_is_no_date(days: list[object]) -> None:
    assert day_of_list(days) is UNKNOWN


def test_a_column_that_is_there_is_named() -> None:
    assert "date_edtf" in day_of("2022-01").told


def test_a_text_is_read_up_to_a_length() -> None:
    assert day_of("2022-01-01".ljust(LONGEST_READ)).suggestion == "2022-01-01"
    assert day_of("2022-01-01".ljust(LONGEST_READ + 1)).suggestion is None


@pytest.mark.parametrize("written", ["../..", "2022", "2022-01"])
def test_a_part_of_a_date_is_known(written: str) -> None:
    assert day_of(written, is_edtf=True).is_known
