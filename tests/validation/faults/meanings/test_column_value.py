"""What is suggested is a value that the column takes, whatever was written."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qantar.schema import TABLES, Profile
from qantar.validation.rules.value.rule import judge_value

COLUMNS = [(table, column) for table in TABLES.values() for column in table.columns]


@pytest.mark.parametrize(
    ("table", "column", "written", "meant"),
    [
        ("events", "event_id", "AB-000001 ", "AB-000001"),
        ("events", "event_id", "AB-000001\u00a0", "AB-000001"),
        ("events", "event_id", "\u200bAB-000001", "AB-000001"),
        ("events", "event_id", "ab-000001", "AB-000001"),
        ("events", "event_id", "AB\u2013000001", "AB-000001"),
        ("events", "event_id", "AB_000001", "AB-000001"),
        ("events", "event_id", "\uff21\uff22-000001", "AB-000001"),
        ("events", "actor_id", "State-Duma", "state-duma"),
        ("events", "actor_code", "KAZ GOV", "KAZGOV"),
        ("events", "actor_code", "kazgov", "KAZGOV"),
        ("events", "actor_code", "Kazakhstan", "KAZ"),
        ("articles", "language_code", "vietnamese", "vi"),
        ("articles", "language_code", "Tiếng Việt", "vi"),
        ("articles", "language_code", "VIE", "vi"),
        ("events", "factuality", "Asserted ", "asserted"),
        ("events", "date_basis", "relative to event", "relative_to_event"),
        ("events", "date_earliest", 44562, "2022-01-01"),
        ("events", "date_earliest", 20220101, "2022-01-01"),
        ("events", "action_code", 41, "cameo:041"),
        ("events", "action_code", 41.0, "cameo:041"),
        ("events", "action_code", 12, None),
        ("events", "action_code", True, None),
        ("events", "actor_country_code", 398, "KAZ"),
        ("events", "fatalities_best", "1e3", "1000"),
        ("events", "fatalities_best", "5.0", "5"),
        ("events", "fatalities_best", "1,234,567", "1234567"),
        ("events", "fatalities_best", "1 000", "1000"),
        ("events", "fatalities_best", "\uff15", "5"),
        ("events", "fatalities_best", "1,000", None),
        ("events", "fatalities_best", "1.000", None),
        ("events", "fatalities_best", "1.234", None),
        ("events", "latitude", "43,25", "43.25"),
        ("events", "latitude", ".5", "0.5"),
    ],
)
def test_what_a_value_is_decides(table: str, column: str, written: Any, meant: str | None) -> None:
    fault = judge_value(TABLES[table].by_name[column], written, Profile.coded)
    assert fault is not None
    assert fault.suggestion == meant


def test_blanks_that_nobody_sees_are_named() -> None:
    fault = judge_value(TABLES["events"].by_name["event_id"], "AB-000001\u00a0", Profile.coded)
    assert fault is not None
    assert "ends with a no-break space" in fault.message


def test_two_readings_of_a_comma_are_told() -> None:
    fault = judge_value(TABLES["events"].by_name["fatalities_best"], "1,000", Profile.coded)
    assert fault is not None
    assert "1000 or 1" in fault.message


VALUES = st.text(max_size=30) | st.from_regex(r"[ A-Za-z0-9:/.,+-]{1,24}", fullmatch=True)


@given(st.sampled_from(COLUMNS), VALUES)
def test_a_suggestion_is_sound(table_and_column: Any, written: str) -> None:
    _, column = table_and_column
    fault = judge_value(column, written, Profile.exchange)
    if fault is None or fault.suggestion is None or fault.rule == "value-type":
        return
    assert judge_value(column, fault.suggestion, Profile.exchange) is None
