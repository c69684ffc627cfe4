"""Who can be the source of a report, and as what an actor can act: what is asked of which rows."""

from typing import Any

import pytest

from qantar.schema.shape import Rows
from qantar.validation.packages.consistency import observe_consistency
from qantar.validation.rules.value.rule import BROKEN
from support import made_up

DAY, AFTER = "2021-05-03", "2021-05-04"


def told(tables: Rows, rule: str) -> list[tuple[str, int | None, str]]:
    # An absent value is an absent key.
    marked = {
        table: [{name: value for name, value in row.items() if value is not None} for row in rows]
        for table, rows in tables.items()
    }
    found = observe_consistency(marked)
    return [(o.table, o.index, o.fault.message) for o in found if o.fault.rule == rule]


def places(tables: Rows, rule: str) -> list[int | None]:
    return [index for _, index, _ in told(tables, rule)]


def with_source(actor_id: Any, **article: Any) -> Rows:
    """The made-up tables, in which this actor reports the offer, after one that is not known."""
    tables = made_up.corpus().tables()
    tables["articles"][0] |= article
    tables["attributions"][0] |= {"actor_id": actor_id}
    tables["attributions"].insert(0, tables["attributions"][0] | {"actor_id": None})
    return tables


@pytest.mark.parametrize(
    ("source", "publisher", "said"),
    [
        ("gazette", "The Daily", None),
        ("borg", "The Daily", None),
        # The target of the offer.
        ("malta", "The Daily", None),
        ("arna", "The Daily", "arna is the actor of this act of words"),
        ("gazette", "THE GAZETTE", f"gazette is the publisher of {made_up.ARTICLE}"),
        ("gazette", "báo gazette", f"gazette is the publisher of {made_up.ARTICLE}"),
        ("gazette", None, None),
        ("gazette", BROKEN, None),
        ("gazette", "", None),
        (None, "The Gazette", None),
        (BROKEN, "The Gazette", None),
    ],
)
def test_a_source_is_neither_the_actor_nor_the_publisher(
    source: Any, publisher: Any, said: str | None
) -> None:
    found = told(with_source(source, publisher=publisher), "source-is-actor")
    assert [(table, index) for table, index, _ in found] == [("attributions", 1)] * bool(said)
    assert all(said in message for _, _, message in found if said)


@pytest.mark.parametrize("status", [None, BROKEN])
def test_the_actor_of_an_act_without_words_may_be_its_source(status: Any) -> None:
    tables = with_source("arna")
    for event in tables["events"]:
        event["content_status"] = status
    assert told(tables, "source-is-actor") == []


@pytest.mark.parametrize(
    ("facts", "is_body"),
    [
        ({"represents_id": "gazette"}, True),
        ({"represents_id": "gazette", "valid_from": AFTER}, False),
        ({"represents_id": BROKEN}, False),
        ({"represents_id": None}, False),
    ],
)
def test_a_body_is_a_speaker_while_the_actor_acts_through_it(
    facts: dict[str, Any], is_body: bool
) -> None:
    tables = with_source("gazette")
    role = next(row for row in tables["actor_roles"] if row["actor_id"] == "arna")
    role |= facts
    assert places(tables, "source-is-actor") == [1] * is_body


@pytest.mark.parametrize("value", [None, BROKEN])
def test_a_participant_that_is_not_known_is_no_speaker_and_hides_none(value: Any) -> None:
    tables = with_source("arna")
    unknown = tables["participants"][0] | {"event_id": "TST-000002", "actor_id": value}
    tables["participants"].insert(0, unknown)
    assert places(tables, "source-is-actor") == [1]


@pytest.mark.parametrize("column", ["name_en", "name_vi"])
@pytest.mark.parametrize("value", [None, BROKEN])
def test_a_name_that_is_not_known_leaves_the_others(column: str, value: Any) -> None:
    tables = with_source("gazette", publisher="The Gazette")
    gazette = next(row for row in tables["actors"] if row["actor_id"] == "gazette")
    gazette |= {"name_en": "The Gazette", "name_vi": "The Gazette", column: value}
    assert places(tables, "source-is-actor") == [1]


def test_an_actor_without_an_identifier_gives_its_name_to_nobody() -> None:
    tables = with_source("gazette", publisher="The Gazette")
    gazette = next(row for row in tables["actors"] if row["actor_id"] == "gazette")
    gazette["actor_id"] = BROKEN
    assert places(tables, "source-is-actor") == []


def test_without_a_table_of_roles_none_is_asked_for() -> None:
    tables = made_up.corpus().tables()
    del tables["actor_roles"]
    assert told(tables, "role-unknown") == []
    assert places(tables | {"actor_roles": []}, "role-unknown") == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("facts", "is_judged"),
    [
        ({"actor_code": "XXX", "actor_country_code": "XXX"}, True),
        ({"actor_code": "XXX", "actor_country_code": None}, True),
        ({"actor_code": None, "actor_country_code": "XXX"}, True),
        ({"actor_code": None, "actor_country_code": None}, False),
        ({"actor_code": BROKEN}, False),
        ({"actor_code": BROKEN, "actor_country_code": "XXX"}, True),
        ({"actor_code": "XXX", "actor_id": BROKEN}, False),
        ({"actor_code": "XXX", "actor_id": None}, False),
    ],
)
def test_a_participant_with_a_code_acts_in_a_role(facts: dict[str, Any], is_judged: bool) -> None:
    tables = made_up.corpus().tables()
    tables["participants"][0] |= facts
    # Another that is surely judged, so that the first stops nothing.
    tables["participants"][3] |= {"actor_code": "XXX"}
    assert places(tables, "role-unknown") == [*[0] * is_judged, 3]


@pytest.mark.parametrize(
    ("first", "last", "dates"),
    [
        (DAY, DAY, f"on {DAY}"),
        (DAY, AFTER, f"from {DAY} to {AFTER}"),
        (DAY, None, f"from {DAY} on"),
        (None, AFTER, f"until {AFTER}"),
        (None, None, "at any time"),
        (BROKEN, BROKEN, "at any time"),
    ],
)
def test_the_roles_that_are_held_are_told_with_the_time(first: Any, last: Any, dates: str) -> None:
    tables = made_up.corpus().tables()
    tables["participants"][0] |= {"actor_code": "XXX", "actor_country_code": None}
    tables["events"][0] |= {"date_earliest": first, "date_latest": last}
    [(_, _, message)] = told(tables, "role-unknown")
    assert message == f"arna acts as XXX (no country), but has ISLGOV (ISL) {dates}."
    tables["participants"][0] |= {"actor_code": None, "actor_country_code": "XXX"}
    tables["actor_roles"] = [r for r in tables["actor_roles"] if r["actor_id"] != "arna"]
    [(_, _, message), *_] = told(tables, "role-unknown")
    assert message == f"arna acts as no code (XXX), but has no role {dates}."


@pytest.mark.parametrize("end", ["date_earliest", "date_latest"])
@pytest.mark.parametrize("bound", ["valid_from", "valid_to"])
@pytest.mark.parametrize("value", [None, BROKEN])
def test_an_open_end_of_an_event_may_lie_in_any_role(end: str, bound: str, value: Any) -> None:
    tables = made_up.corpus().tables()
    for event in tables["events"]:
        event[end] = value
    for role in tables["actor_roles"]:
        role |= {"valid_from": None, bound: DAY}
    assert told(tables, "role-unknown") == []


def late(published: str) -> Rows:
    """The made-up tables with two articles of this day that both report the call."""
    tables = made_up.corpus().tables()
    tables["articles"][0]["published_latest"] = published
    tables["articles"].append(tables["articles"][0] | {"article_id": "TST-A0002"})
    more = tables["mentions"][0] | {"mention_id": "TST-000001-M2", "article_id": "TST-A0002"}
    tables["mentions"].append(more)
    return tables


def test_of_articles_before_the_act_the_first_is_named() -> None:
    tables = late("2021-05-02")
    tables["articles"][1]["published_latest"] = "2021-05-01"
    [(_, _, message), _] = told(tables, "date-after-publication")
    assert f"{made_up.ARTICLE}, which reports the act, was published by 2021-05-02" in message


@pytest.mark.parametrize("value", [None, BROKEN, "TST-A0009"])
def test_a_mention_of_no_known_article_sets_no_limit(value: Any) -> None:
    tables = late("2021-05-02")
    tables["mentions"][-1]["article_id"] = value
    assert places(tables, "date-after-publication") == [0, 1]


@pytest.mark.parametrize("value", [None, BROKEN])
@pytest.mark.parametrize("column", ["event_id", "date_earliest"])
def test_an_event_without_a_day_is_passed_over_and_the_next_is_judged(
    column: str, value: Any
) -> None:
    tables = late("2021-05-02")
    tables["events"][0][column] = value
    assert places(tables, "date-after-publication") == [1]
