"""Each step sets one thing, says so, and leaves all else as it was."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qantar.schema.codebook import actions, countries
from qantar.schema.edtf import date_extent, edtf_bounds
from qantar.schema.migration.codebook_step import reword
from qantar.schema.migration.count_step import count_deaths
from qantar.schema.migration.date_step import date_as_set, set_of
from qantar.schema.migration.row_steps import STEPS, take_steps
from qantar.schema.migration.setting import Surety
from qantar.schema.migration.tables import migrate_tables

NONE: frozenset[str] = frozenset()
DAYS = st.dates().map(lambda day: day.replace(year=1900 + day.year % 200, day=1).isoformat())
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=20),
    st.sampled_from(["predicted", "asserted", "2022-01-01/2022-01-10", "Q232", "symmetric"]),
)
NAMES = ("event_id", "symmetric", "factuality", "certainty", "date_edtf", "wikidata_id", "value")
ROWS = st.dictionaries(
    st.one_of(st.sampled_from([*NAMES, "field", "external_id", "digest_key"]), st.text(max_size=9)),
    VALUES,
)


@given(table=st.sampled_from(sorted(STEPS)), row=ROWS)
def test_a_row_stays_as_it_was_and_nothing_of_it_is_lost(table: str, row: dict[str, Any]) -> None:
    before = copy.deepcopy(row)
    moved, settings = take_steps(table, row, NONE)
    assert row == before
    set_columns = {setting.column for setting in settings} | {"direction", "external_id", "field"}
    kept = {name: value for name, value in row.items() if name != "wikidata_id"}
    for name, value in kept.items():
        assert name in set_columns or moved[name] == value
    if row.get("wikidata_id") is not None and table == "actors":
        assert str(row["wikidata_id"]) in "\n".join(map(str, moved.values()))


@given(table=st.sampled_from(sorted(STEPS)), row=ROWS)
def test_a_second_time_there_is_nothing_to_set(table: str, row: dict[str, Any]) -> None:
    moved, _ = take_steps(table, row, NONE)
    again, settings = take_steps(table, moved, NONE)
    assert again == moved
    assert {setting.surety for setting in settings} <= {Surety.left}


@given(table=st.sampled_from(sorted(STEPS)), row=ROWS)
def test_what_is_told_is_what_was_set(table: str, row: dict[str, Any]) -> None:
    moved, settings = take_steps(table, row, NONE)
    if moved != row:
        # A column that held nothing goes in silence.
        assert settings or row.get("wikidata_id", "") is None
    for setting in settings:
        assert setting.told.endswith(".")
        assert setting.table == table


@given(first=DAYS, last=DAYS)
def test_limits_as_a_set_have_the_same_days(first: str, last: str) -> None:
    text = f"{first}/{last}"
    found = set_of(text)
    if first > last:
        assert found is None
    elif first == last:
        assert found == first
    else:
        assert found is not None
        assert edtf_bounds(found) == edtf_bounds(text)
        assert (date_extent(text), date_extent(found)) == ("span", "within")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2022-01-01/..", "[2022-01-01..]"),
        ("../2022-01-01", "[..2022-01-01]"),
        ("2022-01-05", None),
        ("2022-01-XX/2022-02-XX", None),
        ("2022-01-01?/2022-01-10?", None),
        ("2022-01-10/2022-01-01", None),
    ],
)
def test_only_full_days_without_a_mark_stand_in_a_set(text: str, found: str | None) -> None:
    assert set_of(text) == found


@pytest.mark.parametrize(
    ("event", "date", "surety"),
    [
        ({"action_code": "cameo:036"}, "[2022-01-01..2022-01-09]", Surety.mechanical),
        ({"action_code": "cameo:145"}, "[2022-01-01..2022-01-09]", Surety.to_check),
        ({}, "[2022-01-01..2022-01-09]", Surety.to_check),
        (
            {"action_code": "cameo:036", "factuality": "judged"},
            "[2022-01-01..2022-01-09]",
            Surety.to_check,
        ),
        ({"event_id": "T-000001"}, "2022-01-01/2022-01-09", Surety.mechanical),
        ({"date_edtf": "2022-01-01/.."}, "2022-01-01/..", Surety.left),
        (
            {"date_edtf": "2022-01-01/..", "date_basis": "bounded"},
            "[2022-01-01..]",
            Surety.to_check,
        ),
        ({"date_edtf": "2022-01-XX/2022-02-XX"}, "2022-01-XX/2022-02-XX", Surety.left),
    ],
)
def test_what_may_last_is_to_be_checked(event: dict[str, Any], date: str, surety: Surety) -> None:
    row = {"event_id": "T-000002", "date_edtf": "2022-01-01/2022-01-09"} | event
    moved, [setting] = date_as_set(row, frozenset({"T-000001"}))
    assert moved["date_edtf"] == date
    assert setting.surety is surety


@pytest.mark.parametrize(
    ("symmetric", "direction"), [(True, "symmetric"), (False, "directed"), ("maybe", None)]
)
def test_direction_follows_from_symmetric(symmetric: Any, direction: str | None) -> None:
    moved, [setting] = take_steps("events", {"event_id": "T-000001", "symmetric": symmetric}, NONE)
    assert moved.get("direction") == direction
    assert moved["symmetric"] == symmetric
    assert (setting.surety is Surety.mechanical) is (direction is not None)


def test_what_is_foretold_is_possible_until_somebody_looks() -> None:
    for table in ("events", "mentions"):
        moved, [setting] = take_steps(table, {"factuality": "predicted"}, NONE)
        assert moved["certainty"] == "possible"
        assert setting.surety is Surety.to_check
        assert take_steps(table, {"factuality": "asserted"}, NONE) == (
            {"factuality": "asserted"},
            [],
        )


@pytest.mark.parametrize(
    ("figures", "kept", "precision"),
    [
        ({"low": 164, "best": 164, "high": 164}, {"best": 164}, "exact"),
        ({"best": 3}, {"best": 3}, "exact"),
        ({"low": 2, "best": 3, "high": 9}, {"low": 2, "best": 3, "high": 9}, "about"),
        ({"low": 20}, {"low": 20}, "at_least"),
        ({"high": 20}, {"high": 20}, "at_most"),
        ({"low": 20, "high": 90}, {"low": 20, "high": 90}, "vague"),
    ],
)
def test_deaths_are_a_claim(figures: dict[str, int], kept: dict[str, int], precision: str) -> None:
    event = {f"fatalities_{name}": value for name, value in figures.items()}
    claim, settings = count_deaths(event | {"fatalities_claimant_id": "ministry"})
    assert claim == {
        "ordinal": 1,
        "kind": "deaths",
        "of_whom": "all",
        **kept,
        "precision": precision,
        "claimant_id": "ministry",
    }
    assert [setting.surety for setting in settings] == [Surety.mechanical, Surety.to_check]


def test_a_claimant_without_a_number_is_told() -> None:
    claim, [setting] = count_deaths({"fatalities_claimant_id": "ministry"})
    assert claim is None
    assert setting.surety is Surety.left
    assert count_deaths({}) == (None, [])


def test_what_repeats_the_codebook_has_its_words_of_today() -> None:
    rows = [
        {"country_code": "USA", "name_en": "United States", "name_vi": "Another name"},
        {"country_code": "KAZ", "name_en": "Kazakhstan"},
        {"country_code": "???", "name_vi": "Unknown"},
    ]
    made, settings = reword("countries", rows)
    assert made == [rows[0] | {"name_vi": countries()["USA"].name["vi"]}, *rows[1:]]
    assert [(one.key, one.column, one.before, one.surety) for one in settings] == [
        ("USA", "name_vi", "Another name", Surety.mechanical)
    ]
    made, settings = reword("codes", [{"action_code": "cameo:12", "gloss_en": "Other words."}])
    assert made[0]["gloss_en"] == actions()["cameo:12"].gloss["en"]
    assert len(settings) == 1
    assert reword("codes", made) == (made, [])


@pytest.mark.parametrize(
    ("field", "counted"), [("event", "all"), ("sentence", "all"), ("action_code", "matched")]
)
def test_agreement_says_which_acts_are_counted(field: str, counted: str) -> None:
    row = {"field": field, "measure": "alpha_nominal", "value": 0.9, "n": 12}
    moved, settings = take_steps("agreement", row, NONE)
    assert moved == {"coders": "coder-1;coder-2", "n_coders": 2} | row | {"counted": counted}
    assert [one.surety for one in settings] == [Surety.to_check, Surety.mechanical]


def test_the_raw_passes_tell_whose_agreement_it_is() -> None:
    codings = [{"coder_id": name, "field": "action_code"} for name in ("zoe", "ada", "zoe")]
    row = {"field": "date", "measure": "alpha_nominal", "value": 0.9, "n": 12}
    made, account = migrate_tables({"agreement": [row], "codings": codings})
    assert made["agreement"][0]["coders"] == "ada;zoe"
    assert not account.to_check
