"""What holds across tables holds on the very day that bounds it, and not a day beyond."""

from typing import Any

import pytest

from qantar.schema.shape import Rows
from qantar.validation.packages.consistency import observe_consistency
from qantar.validation.rules.value.rule import BROKEN
from support import made_up

DAY, BEFORE, AFTER = "2021-05-03", "2021-05-02", "2021-05-04"


def told(tables: Rows, rule: str) -> list[tuple[str, int | None]]:
    found = observe_consistency(tables)
    return [(o.table, o.index) for o in found if o.fault.rule == rule]


def tables_with_role(**facts: Any) -> Rows:
    """The made-up tables, in which every role of Arna holds as long as is said."""
    tables = made_up.corpus().tables()
    for row in tables["actor_roles"]:
        if row["actor_id"] == "arna":
            row.pop("valid_from", None)
            row.pop("valid_to", None)
            row |= facts
    return tables


@pytest.mark.parametrize(
    ("facts", "is_held"),
    [
        ({}, True),
        ({"valid_from": DAY}, True),
        ({"valid_from": AFTER}, False),
        ({"valid_to": DAY}, True),
        ({"valid_to": BEFORE}, False),
        ({"valid_from": DAY, "valid_to": DAY}, True),
        ({"valid_from": BEFORE, "valid_to": AFTER}, True),
        ({"valid_from": BROKEN, "valid_to": BROKEN}, True),
    ],
)
def test_a_role_is_held_from_its_first_day_to_its_last(
    facts: dict[str, Any], is_held: bool
) -> None:
    found = told(tables_with_role(**facts), "role-unknown")
    acts = [
        ("participants", n)
        for n, row in enumerate(made_up.corpus().tables()["participants"])
        if row["actor_id"] == "arna"
    ]
    assert found == ([] if is_held else acts)


@pytest.mark.parametrize(
    ("first", "last", "is_held"),
    [(AFTER, AFTER, False), (DAY, AFTER, True), (BEFORE, DAY, True), (None, AFTER, True)],
)
def test_a_role_may_be_held_on_any_day_the_event_can_have_been(
    first: str | None, last: str, is_held: bool
) -> None:
    tables = tables_with_role(valid_to=DAY)
    for event in tables["events"]:
        event |= {"date_earliest": first, "date_latest": last}
    assert (told(tables, "role-unknown") == []) is is_held


@pytest.mark.parametrize(
    ("published", "is_late"), [(DAY, False), (AFTER, False), (BEFORE, True), (None, False)]
)
def test_an_act_may_begin_on_the_day_it_is_published_and_not_later(
    published: str | None, is_late: bool
) -> None:
    tables = made_up.corpus().tables()
    for article in tables["articles"]:
        article["published_latest"] = published
    assert (("events", 0) in told(tables, "date-after-publication")) is is_late


def change(version: int, what: str) -> dict[str, Any]:
    return {"event_id": "TST-000001", "record_version": version, "change": what, "reason": "So."}


@pytest.mark.parametrize(
    ("changes", "stands"),
    [
        ([], False),
        ([change(2, "retracted")], True),
        ([change(2, "retracted"), change(3, "reinstated")], False),
        ([change(3, "reinstated"), change(2, "retracted")], False),
        ([change(2, "reinstated"), change(3, "merged")], True),
        ([change(3, "merged"), change(2, "reinstated")], True),
        ([change(2, "retracted"), change(2, "reinstated")], True),
        ([change(2, "retracted") | {"change": BROKEN}], False),
    ],
)
def test_the_latest_change_of_a_record_tells_whether_it_stands(
    changes: list[dict[str, Any]], stands: bool
) -> None:
    tables = made_up.corpus().tables() | {"changes": changes}
    assert told(tables, "tombstone-standing") == ([("events", 0)] if stands else [])


@pytest.mark.parametrize(
    ("end", "found"),
    [(99, []), (100, [("sentences", 2)]), (98, []), (BROKEN, [])],
)
def test_sentences_may_touch_and_not_overlap(end: Any, found: list[tuple[str, int]]) -> None:
    tables = made_up.corpus().tables()
    tables["sentences"][1]["char_end"] = end
    assert told(tables, "sentence-overlap") == found


@pytest.mark.parametrize(
    ("start", "end", "is_inside"), [(26, 98, True), (25, 98, False), (26, 99, False)]
)
def test_a_trigger_may_be_the_whole_sentence_and_no_more(
    start: int, end: int, is_inside: bool
) -> None:
    tables = made_up.corpus().tables()
    trigger = next(n for n, s in enumerate(tables["spans"]) if s["field"] == "trigger")
    tables["spans"][trigger] |= {"char_start": start, "char_end": end}
    for rule in ("trigger-outside-sentence", "span-outside-ledger"):
        assert (told(tables, rule) == []) is is_inside


@pytest.mark.parametrize("column", ["actor_code", "actor_country_code"])
@pytest.mark.parametrize(("value", "is_held"), [(None, False), ("XXX", False), (BROKEN, True)])
def test_a_role_without_a_code_is_not_one_with_it(column: str, value: Any, is_held: bool) -> None:
    tables = tables_with_role(**{column: value})
    assert (told(tables, "role-unknown") == []) is is_held


@pytest.mark.parametrize("table", ["events", "mentions"])
@pytest.mark.parametrize("factuality", ["asserted", "predicted"])
def test_an_act_that_is_only_foretold_may_begin_after_its_article(
    table: str, factuality: str
) -> None:
    tables = made_up.corpus().tables()
    for article in tables["articles"]:
        article["published_latest"] = BEFORE
    for row in tables[table]:
        if row["event_id"] == "TST-000001":
            row["factuality"] = factuality
    found = told(tables, "date-after-publication")
    assert (("events", 0) in found) is (factuality == "asserted")
