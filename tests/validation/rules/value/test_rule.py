"""Truth tables: what is said of a single value of each kind of column."""

from typing import Any

import pytest

from qantar.schema import TABLES, Profile
from qantar.validation.rules.value.rule import BROKEN, judge_cell, mark, read_text

EVENTS = TABLES["events"]


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("event_id", "TST-000001", None),
        ("event_id", "TST-000001\n", "value-malformed"),
        ("event_id", "tst-000001", "value-malformed"),
        ("event_id", "TST-" + "1" * 40, "value-length"),
        ("event_id", 1, "value-type"),
        ("event_id", None, "value-missing"),
        ("record_version", 1, None),
        ("record_version", 1.0, None),
        ("record_version", 1.5, "value-type"),
        ("record_version", "1", "value-type"),
        ("record_version", True, "value-type"),
        ("record_version", 0, "value-out-of-range"),
        ("record_version", 100_001, "value-out-of-range"),
        ("latitude", 90, None),
        ("latitude", 90.000001, "value-out-of-range"),
        ("latitude", float("nan"), "value-type"),
        ("latitude", float("inf"), "value-type"),
        ("latitude", None, None),
        ("symmetric", True, None),
        ("symmetric", 1, "value-type"),
        ("symmetric", "true", "value-type"),
        ("date_earliest", "2020-02-29", None),
        ("date_earliest", "2021-02-29", "value-malformed"),
        ("date_earliest", "2021-2-9", "value-malformed"),
        ("date_earliest", "", "value-malformed"),
        ("date_edtf", "2022-01", "value-malformed"),
        ("date_edtf", "2022-01-XX/..", None),
        ("confidence", "high", None),
        ("confidence", "High", "value-unknown"),
        ("confidence", "", "value-unknown"),
        ("action_code", "cameo:012", None),
        ("action_code", "012", "value-unknown"),
        ("action_code", 12, "value-type"),
        ("summary_en", "One line.", None),
        ("summary_en", "Two\nlines.", "value-malformed"),
        ("summary_en", "+1", "value-malformed"),
        ("summary_en", "x" * 2000, None),
        ("summary_en", "x" * 2001, "value-length"),
        ("summary_en", "half \udc00", "value-malformed"),
        ("summary_en", ["a"], "value-type"),
        ("place_country_code", "MLT", None),
        ("place_country_code", "ＭＬＴ", "value-unknown"),
        ("place_country_code", "ZZZ", "value-unknown"),
    ],
)
def test_a_value_has_one_fault_at_most(column: str, value: Any, rule: str | None) -> None:
    fault = judge_cell(EVENTS.by_name[column], value, Profile.coded)
    assert (fault.rule if fault else None) == rule


def test_a_marked_row_holds_what_is_sound_and_what_is_broken() -> None:
    row = {"event_id": "TST-000001", "action_code": "12", "confidence": None, "mine": 1}
    marked, faults = mark(EVENTS, row, Profile.exchange)
    assert marked["event_id"] == "TST-000001"
    assert marked["action_code"] is BROKEN
    assert "confidence" not in marked
    assert "mine" not in marked
    assert {(fault.rule, fault.column) for fault in faults} == {
        ("value-unknown", "action_code"),
        ("value-missing", "record_version"),
    }


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("record_version", "7", 7),
        ("record_version", "-7", -7),
        ("record_version", "7.0", "7.0"),
        ("record_version", " 7", " 7"),
        ("record_version", "７", "７"),
        ("record_version", "9" * 40, int("9" * 40)),
        ("latitude", "7", 7.0),
        ("latitude", "-0.5", -0.5),
        ("latitude", "1e-3", 0.001),
        ("latitude", "nan", "nan"),
        ("latitude", "inf", "inf"),
        ("latitude", ".5", ".5"),
        ("symmetric", "true", True),
        ("symmetric", "false", False),
        ("symmetric", "True", "True"),
        ("action_code", "7", "7"),
        ("date_earliest", "2021-05-03", "2021-05-03"),
    ],
)
def test_a_text_is_read_as_what_it_spells(column: str, text: str, value: Any) -> None:
    read = read_text(EVENTS.by_name[column], text)
    assert (read, type(read)) == (value, type(value))
