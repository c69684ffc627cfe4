"""Derived cells are held against what follows from sound cells, and against nothing else."""

from typing import Any

import pytest

from qantar.schema.rule import Profile
from qantar.schema.shape import Rows
from qantar.validation.rules.derived_value import TOLERANCE, observe_derived, same
from qantar.validation.rules.value.rule import BROKEN
from support import made_up

Told = list[tuple[str, int | None, str | None]]


def told(tables: Rows, profile: Profile = Profile.coded) -> Told:
    return [(o.table, o.index, o.fault.column) for o in observe_derived(tables, profile)]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (0.0, TOLERANCE * 0.9, True),
        (0.0, TOLERANCE * 1.1, False),
        (0.0, -TOLERANCE * 0.9, True),
        (1e6, 1e6 + 1e-4, True),
        (1e6, 1e6 + 1e-2, False),
        (1, 1.0, True),
        (1, 2, False),
        (True, True, True),
        (True, 1, False),
        (0, False, False),
        (1.0, True, False),
        ("1", 1, False),
        (1, "1", False),
        (1.5, None, False),
        ("a", "a", True),
        (None, None, True),
        (None, 0, False),
    ],
)
def test_numbers_are_the_same_within_the_tolerance(one: Any, other: Any, is_same: bool) -> None:
    assert same(one, other) is is_same


@pytest.mark.parametrize(("difference", "differs"), [(1e-10, False), (1e-8, True)])
def test_a_weight_may_differ_by_rounding_and_no_more(difference: float, differs: bool) -> None:
    tables = made_up.corpus().tables()
    tables["dyads"][0]["weight"] += difference
    assert told(tables) == ([("dyads", 0, "weight")] if differs else [])


def test_what_differs_is_told_in_the_event_it_belongs_to() -> None:
    tables = made_up.corpus().tables()
    tables["events"][1]["n_mentions"] = 9
    assert told(tables) == [("events", 1, "n_mentions")]
    tables["events"][1]["n_mentions"] = BROKEN
    assert told(tables) == []


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("participants", "slot"),
        ("participants", "ordinal"),
        ("participants", "actor_id"),
        ("mentions", "mention_id"),
        ("mentions", "article_id"),
        ("mentions", "leading"),
    ],
)
@pytest.mark.parametrize("value", [None, BROKEN])
def test_beside_a_broken_cell_its_event_is_not_judged_and_the_others_are(
    table: str, column: str, value: Any
) -> None:
    tables = made_up.corpus().tables()
    row = next(row for row in tables[table] if row["event_id"] == "TST-000001")
    row[column] = value
    for event in tables["events"]:
        event |= {"n_mentions": 9, "actor_id": "nobody"}
    found = [place for place in told(tables) if place[0] == "events"]
    assert found == [("events", 1, "n_mentions"), ("events", 1, "actor_id")]


@pytest.mark.parametrize("table", ["participants", "mentions"])
@pytest.mark.parametrize("value", [None, BROKEN])
def test_a_row_that_may_belong_to_any_event_leaves_none_to_judge(table: str, value: Any) -> None:
    tables = made_up.corpus().tables()
    tables[table][0]["event_id"] = value
    for event in tables["events"]:
        event["n_mentions"] = 9
    assert [place for place in told(tables) if place[0] in ("events", "dyads")] == []


def test_an_attribution_without_a_mention_leaves_none_to_judge() -> None:
    tables = made_up.corpus().tables()
    tables["attributions"][0]["mention_id"] = BROKEN
    tables["events"][0]["n_mentions"] = 9
    assert told(tables) == []


@pytest.mark.parametrize("value", [None, BROKEN])
@pytest.mark.parametrize("column", ["actor_id", "name_en"])
def test_a_broken_actor_leaves_names_in_doubt_and_all_else_is_judged(
    column: str, value: Any
) -> None:
    tables = made_up.corpus().tables()
    arna = next(row for row in tables["actors"] if row["actor_id"] == "arna")
    arna[column] = value
    assert [place for place in told(tables) if place[0] == "events"] == []
    tables["events"][0] |= {"n_mentions": 9, "target_name": "Nobody"}
    assert [place for place in told(tables) if place[0] == "events"] == [
        ("events", 0, "n_mentions"),
        ("events", 0, "target_name"),
    ]


def test_a_name_that_no_actor_has_is_told_where_all_actors_are_sound() -> None:
    tables = made_up.corpus().tables()
    tables["actors"] = [row for row in tables["actors"] if row["actor_id"] != "arna"]
    found = {place for place in told(tables) if place[2] == "actor_name"}
    assert {("events", 0, "actor_name"), ("events", 1, "actor_name")} < found
    assert {place[0] for place in found} == {"events", "dyads"}


@pytest.mark.parametrize("profile", Profile)
def test_only_of_coded_rows_a_derived_value_must_be_there(profile: Profile) -> None:
    tables = made_up.corpus().tables()
    del tables["events"][0]["n_mentions"]
    expected: Told = [] if profile is Profile.exchange else [("events", 0, "n_mentions")]
    assert told(tables, profile) == expected
    tables["events"][0]["n_mentions"] = 9
    assert told(tables, profile) == [("events", 0, "n_mentions")]


def test_pairs_are_those_of_the_participants() -> None:
    tables = made_up.corpus().tables()
    more = tables["dyads"][0] | {"target_id": "gazette"}
    tables["dyads"].append(more)
    place = len(tables["dyads"]) - 1
    assert told(tables) == [("dyads", place, "event_id")]
    tables["dyads"][place]["target_id"] = BROKEN
    assert told(tables) == []
    del tables["dyads"][0]
    assert told(tables) == []
    tables["dyads"].pop()
    assert told(tables) == [("events", 0, "event_id")]


def test_a_span_has_the_article_of_its_mention() -> None:
    tables = made_up.corpus().tables()
    tables["spans"][0]["article_id"] = "TST-A0009"
    assert told(tables) == [("spans", 0, "article_id")]
    tables["spans"][0]["article_id"] = BROKEN
    assert told(tables) == []
    del tables["spans"][0]["article_id"]
    assert told(tables) == []


@pytest.mark.parametrize("table", ["codes", "countries"])
def test_rows_of_the_codebook_are_whole(table: str) -> None:
    tables = made_up.corpus().tables()
    rows, key = tables[table], next(iter(tables[table][0]))
    first = rows.pop(0)
    assert told(tables) == [(table, None, key)]
    rows.append(first | {key: BROKEN})
    assert told(tables) == []
    rows[-1] = {name: value for name, value in first.items() if name != key}
    assert told(tables) == []
    rows[-1] = first | {key: "none"}
    assert told(tables) == [(table, len(rows) - 1, key), (table, None, key)]
    name = [*first][1]
    rows[-1] = first | {name: "Other"}
    assert told(tables) == [(table, len(rows) - 1, name)]


def test_a_name_in_doubt_excuses_names_alone() -> None:
    tables = made_up.corpus().tables()
    next(row for row in tables["actors"] if row["actor_id"] == "gazette")["name_en"] = BROKEN
    tables["participants"] = [
        row
        for row in tables["participants"]
        if (row["event_id"], row["slot"]) != ("TST-000001", "target")
    ]
    found = [place[2] for place in told(tables) if place[0] == "events"]
    assert {"target_id", "target_code", "target_country_code"} <= {*found}
    assert "target_name" not in found


@pytest.mark.parametrize("column", ["actor_code", "actor_country_code"])
def test_what_follows_from_a_faulty_code_is_not_told_as_well(column: str) -> None:
    tables = made_up.corpus().tables()
    tables["participants"][0][column] = BROKEN
    tables["events"][0]["n_mentions"] = 9
    assert [place for place in told(tables) if place[0] != "countries"] == [
        ("events", 0, "n_mentions")
    ]


@pytest.mark.parametrize(
    ("absent", "unjudged"),
    [
        ("mentions", {"n_mentions", "n_articles", "attributed"}),
        ("attributions", {"attributed"}),
        (
            "participants",
            {f"{who}_{what}" for who in ("actor", "target") for what in ("id", "code", "name")}
            | {"actor_country_code", "target_country_code"},
        ),
        ("actors", {"actor_name", "target_name"}),
    ],
)
def test_what_derives_from_a_table_that_is_not_there_is_not_judged(
    absent: str, unjudged: set[str]
) -> None:
    tables = made_up.corpus().tables()
    derived = (
        *("n_mentions", "n_articles", "attributed", "actor_id", "actor_code", "actor_name"),
        *("actor_country_code", "target_id", "target_code", "target_name", "target_country_code"),
    )
    tables["events"][0] |= dict.fromkeys(derived, "XXX")
    assert {column for table, _, column in told(tables) if table == "events"} == {*derived}
    del tables[absent]
    found = {column for table, _, column in told(tables) if table == "events"} - {"event_id"}
    assert found == {*derived} - unjudged


@pytest.mark.parametrize("absent", ["dyads", "participants"])
def test_without_a_table_of_the_pairs_none_is_told(absent: str) -> None:
    tables = made_up.corpus().tables()
    del tables[absent]
    found = [place for place in told(tables) if place[0] == "dyads" or place[2] == "event_id"]
    assert found == []


@pytest.mark.parametrize("absent", ["participants", "actors", "actor_roles"])
def test_countries_are_judged_where_all_is_known_that_names_one(absent: str) -> None:
    tables = made_up.corpus().tables()
    tables["countries"].append(tables["countries"][0] | {"country_code": "NZL"})
    place = ("countries", len(tables["countries"]) - 1, "country_code")
    assert told(tables) == [place]
    whole = tables[absent]
    del tables[absent]
    assert "countries" not in {table for table, _, _ in told(tables)}
    tables[absent] = whole
    tables["events"][0]["action_code"] = BROKEN
    assert told(tables) == []


def test_a_table_of_the_codebook_may_be_left_out() -> None:
    tables = made_up.corpus().tables()
    del tables["countries"], tables["codes"]
    assert told(tables) == []


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("mentions", "mention_id"),
        ("mentions", "article_id"),
        ("participants", "actor_id"),
        ("events", "event_id"),
    ],
)
def test_a_cell_that_is_left_out_is_as_one_that_is_broken(table: str, column: str) -> None:
    tables = made_up.corpus().tables()
    row = next(row for row in tables[table] if row["event_id"] == "TST-000001")
    del row[column]
    for event in tables["events"]:
        event["n_mentions"] = 9
    found = [place for place in told(tables) if place[0] == "events"]
    assert found == ([] if column == "event_id" else [("events", 1, "n_mentions")])


@pytest.mark.parametrize("value", [None, BROKEN])
def test_a_span_of_a_mention_without_an_article_is_not_judged(value: Any) -> None:
    tables = made_up.corpus().tables()
    for mention in tables["mentions"]:
        mention["article_id"] = value
    assert [place for place in told(tables) if place[0] == "spans"] == []


def test_every_pair_that_does_not_follow_is_told() -> None:
    tables = made_up.corpus().tables()
    for target in ("gazette", "arna"):
        tables["dyads"].insert(0, tables["dyads"][-1] | {"target_id": target})
    tables["dyads"][2]["weight"] = 9
    found = [place for place in told(tables) if place[0] == "dyads"]
    assert found == [("dyads", 0, "event_id"), ("dyads", 1, "event_id"), ("dyads", 2, "weight")]


def messages(tables: Rows) -> list[str]:
    return [observed.fault.message for observed in observe_derived(tables)]


def test_a_fault_says_what_is_held_and_what_is_expected() -> None:
    tables = made_up.corpus().tables()
    tables["events"][0]["n_mentions"] = 9
    tables["events"][1].pop("n_mentions")
    tables["events"][0]["target_name"] = "Nobody"
    tables["participants"] = [
        row
        for row in tables["participants"]
        if (row["event_id"], row["slot"]) != ("TST-000001", "target")
    ]
    found = messages(tables)
    assert "n_mentions is 9, but 1 is expected." in found
    assert "n_mentions is missing, but 2 is expected." in found
    assert "target_name is 'Nobody', but nothing is expected." in found


def test_a_missing_pair_is_told_at_its_event() -> None:
    tables = made_up.corpus().tables()
    del tables["dyads"][0]
    [observed] = observe_derived(tables)
    assert observed.fault.value == "TST-000001"
    assert "arna and borg of TST-000001 follows from the participants" in observed.fault.message


@pytest.mark.parametrize(
    ("code", "said"),
    [("NZL", "does not occur in the tables"), ("XXX", "is not in the codebook")],
)
def test_a_country_that_is_too_many_is_told_as_what_it_is(code: str, said: str) -> None:
    tables = made_up.corpus().tables()
    tables["countries"].append({"country_code": code})
    assert messages(tables) == [f"country_code {code} {said}."]
    first = tables["countries"].pop(0)["country_code"]
    second = tables["countries"].pop(0)["country_code"]
    assert messages(tables)[1] == f"The table countries lacks 2 rows, such as {first}."
    assert first < second


def test_a_code_that_is_none_is_not_in_the_codebook() -> None:
    tables = made_up.corpus().tables()
    tables["codes"].append({"action_code": "cameo:999"})
    assert messages(tables) == ["action_code cameo:999 is not in the codebook."]


@pytest.mark.parametrize("table", ["actors", "actor_roles"])
def test_a_faulty_country_is_no_country_of_the_table(table: str) -> None:
    tables = made_up.corpus().tables()
    column = "country_code" if table == "actors" else "actor_country_code"
    tables[table][0][column] = BROKEN
    assert told(tables) == []
