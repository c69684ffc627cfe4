"""Ranges, lengths and lists: what holds at their very ends, and how they are told."""

import sys
from typing import Any

import pytest

from qantar.schema import TABLES, Profile
from qantar.schema.patterns import ColumnKind
from qantar.schema.table import Column
from qantar.validation.faults.meanings.meaning import UNKNOWN
from qantar.validation.rules.value.large_number import LARGEST_WHOLE
from qantar.validation.rules.value.rule import (
    LONGEST_LIST_TOLD,
    codes_of,
    describe_range,
    is_column_required,
    is_unicode,
    judge_value,
    meaning_of_wrong_type,
    name_value,
    read_text,
    respelled,
    wrong_type,
)

MOST = sys.float_info.max
NUMBER, WHOLE = ColumnKind.number, ColumnKind.integer


def column(kind: ColumnKind, **facts: Any) -> Column:
    return Column("n", kind, "Made up.", **facts)


def rule(asked: Column, value: Any) -> str | None:
    fault = judge_value(asked, value, Profile.coded)
    return fault.rule if fault else None


@pytest.mark.parametrize(
    ("kind", "least", "most", "value", "told"),
    [
        (WHOLE, 1, 9, 0, "from 1 to 9"),
        (WHOLE, 1, None, 0, "at least 1"),
        (WHOLE, None, 9, 10, "at most 9"),
        (WHOLE, 1, 9, 10**20, "from 1 to 9"),
        (WHOLE, 1, 9, -(10**20), "from 1 to 9"),
        (WHOLE, 1, None, LARGEST_WHOLE, "at least 1"),
        (WHOLE, 1, None, LARGEST_WHOLE + 1, f"from 1 to {LARGEST_WHOLE}"),
        (WHOLE, None, 9, -LARGEST_WHOLE, "at most 9"),
        (WHOLE, None, 9, -LARGEST_WHOLE - 1, f"from -{LARGEST_WHOLE} to 9"),
        (WHOLE, None, None, LARGEST_WHOLE + 1, f"at most {LARGEST_WHOLE}"),
        (WHOLE, None, None, -LARGEST_WHOLE - 1, f"at least -{LARGEST_WHOLE}"),
        (NUMBER, 0, None, LARGEST_WHOLE + 1, "at least 0"),
        (NUMBER, None, None, float("inf"), f"at most {MOST:.16g}"),
        (NUMBER, None, None, float("-inf"), f"at least -{MOST:.16g}"),
        (NUMBER, 0, 0, 1, "from 0 to 0"),
        (NUMBER, -0.5, None, -1, "at least -0.5"),
    ],
)
def test_a_range_is_told_as_far_as_it_is_one(
    kind: ColumnKind, least: float | None, most: float | None, value: float, told: str
) -> None:
    assert describe_range(column(kind, minimum=least, maximum=most), value) == told


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(
    ("kind", "value", "is_within"),
    [
        (WHOLE, LARGEST_WHOLE, True),
        (WHOLE, LARGEST_WHOLE + 1, False),
        (NUMBER, LARGEST_WHOLE + 1, True),
        (NUMBER, MOST, True),
        (NUMBER, 0, True),
    ],
)
def test_a_column_without_bounds_holds_what_every_reader_can(
    kind: ColumnKind, value: float, is_within: bool, sign: int
) -> None:
    assert rule(column(kind), sign * value) == (None if is_within else "value-out-of-range")
    half = {"maximum": MOST} if sign < 0 else {"minimum": -MOST}
    assert rule(column(kind, **half), sign * value) == (None if is_within else "value-out-of-range")


@pytest.mark.parametrize(
    ("facts", "value", "is_within"),
    [
        ({"minimum": 2}, 2, True),
        ({"minimum": 2}, 1, False),
        ({"maximum": 2}, 2, True),
        ({"maximum": 2}, 3, False),
        ({"minimum": 0, "maximum": 0}, 0, True),
        ({"minimum": 0, "maximum": 0}, 1, False),
        ({"minimum": 0, "maximum": 0}, -1, False),
    ],
)
def test_bounds_belong_to_the_range(facts: dict[str, int], value: int, is_within: bool) -> None:
    assert rule(column(WHOLE, **facts), value) == (None if is_within else "value-out-of-range")


@pytest.mark.parametrize(
    ("facts", "length", "is_within"),
    [
        ({"min_length": 2}, 1, False),
        ({"min_length": 2}, 2, True),
        ({"min_length": 2}, 5000, True),
        ({"max_length": 2}, 0, True),
        ({"max_length": 2}, 2, True),
        ({"max_length": 2}, 3, False),
        ({}, 0, True),
        ({}, 5000, True),
    ],
)
def test_lengths_are_those_that_are_named(
    facts: dict[str, int], length: int, is_within: bool
) -> None:
    asked = column(ColumnKind.string, **facts)
    assert rule(asked, "x" * length) == (None if is_within else "value-length")


@pytest.mark.parametrize(
    ("point", "is_whole"),
    [(0xD7FF, True), (0xD800, False), (0xDFFF, False), (0xE000, True), (0x61, True)],
)
def test_half_a_pair_is_no_character(point: int, is_whole: bool) -> None:
    assert is_unicode(f"a{chr(point)}") is is_whole
    told = rule(column(ColumnKind.string), f"a{chr(point)}")
    assert told == (None if is_whole else "value-malformed")


@pytest.mark.parametrize("count", [1, LONGEST_LIST_TOLD, LONGEST_LIST_TOLD + 1])
def test_a_short_list_is_told_and_a_long_one_counted(count: int) -> None:
    codes = tuple(f"code{n}" for n in range(count))
    fault = judge_value(column(ColumnKind.string, enum=codes), "#", Profile.coded)
    assert fault
    is_told = f"must be one of {', '.join(codes)}" in fault.message
    assert is_told is (count <= LONGEST_LIST_TOLD)
    assert (f"among the {count} codes" in fault.message) is not is_told


def test_only_actions_of_converted_rows_have_codes_of_other_systems() -> None:
    actions, others = (TABLES[name].by_name["action_code"] for name in ("events", "codes"))
    assert codes_of(actions, Profile.coded) == actions.codes
    assert codes_of(actions, Profile.exchange) > actions.codes
    assert codes_of(others, Profile.exchange) == frozenset()
    zone = TABLES["sentences"].by_name["zone"]
    assert codes_of(zone, Profile.exchange) == zone.codes


@pytest.mark.parametrize(
    ("facts", "profile", "columns", "is_required"),
    [
        ({"required": True}, Profile.coded, (), True),
        ({"required": True}, Profile.exchange, (), False),
        ({"required_in_exchange": True}, Profile.exchange, (), True),
        ({"required_in_exchange": True}, Profile.coded, (), False),
        ({"required_in_exchange": True, "excused_by": ("a", "b")}, Profile.exchange, (), True),
        ({"required_in_exchange": True, "excused_by": ("a", "b")}, Profile.exchange, "b", False),
        ({"required_in_exchange": True, "excused_by": ("a", "b")}, Profile.coded, (), False),
        ({"excused_by": ("a", "b")}, Profile.exchange, (), False),
    ],
)
def test_a_table_may_do_without_a_column_that_another_excuses(
    facts: dict[str, Any], profile: Profile, columns: Any, is_required: bool
) -> None:
    asked = column(ColumnKind.string, **facts)
    assert is_column_required(asked, profile, (*columns,)) is is_required


def test_a_text_of_digits_is_no_truth_value() -> None:
    asked = column(ColumnKind.boolean)
    for text in ("9" * 400, "1e999"):
        assert read_text(asked, text) == text
    assert respelled(asked, " YES ") == "true"
    assert respelled(asked, "0") == "false"
    assert respelled(column(ColumnKind.string), "yes") is None
    assert meaning_of_wrong_type(column(WHOLE), True, Profile.coded) is UNKNOWN


@pytest.mark.parametrize(
    ("value", "name"),
    [("a", "'a'"), ("", "''"), ([1], "a list"), ({"a": 1}, "a record"), (None, "null"), (7, "7")],
)
def test_a_value_is_named_by_what_it_is(value: Any, name: str) -> None:
    assert name_value(value) == name


def test_another_spelling_is_suggested_where_the_column_takes_it() -> None:
    assert wrong_type(column(ColumnKind.boolean), "YES", Profile.coded).suggestion == "true"
    version = TABLES["events"].by_name["record_version"]
    assert wrong_type(version, "12.0", Profile.coded).suggestion == "12"
    assert wrong_type(version, "1200000.0", Profile.coded).suggestion is None
    assert wrong_type(version, "twelve", Profile.coded).suggestion is None
