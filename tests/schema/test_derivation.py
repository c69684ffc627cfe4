"""Derived columns follow from the record by the counting rules."""

import pytest

from qantar.schema.derivation import derive_dyads, derive_event_columns, has_occurred
from support import made_up

NAMES = {"arna": "Arna", "borg": "Borg", "malta": "Malta"}


@pytest.mark.parametrize(
    ("factuality", "polarity", "occurred"),
    [
        ("asserted", "affirmative", True),
        ("presupposed", "affirmative", True),
        ("asserted", "negated", False),
        ("presupposed", "negated", False),
        ("judged", "affirmative", False),
        ("predicted", "affirmative", False),
        ("predicted", "negated", False),
        ("hypothetical", "affirmative", False),
    ],
)
def test_what_occurred_is_asserted_or_presupposed_and_affirmative(factuality, polarity, occurred):
    event = made_up.corpus().events[0] | {"factuality": factuality, "polarity": polarity}
    assert has_occurred(event) is occurred
    derived = derive_event_columns(event, NAMES)
    assert derived["occurred"] is occurred
    assert ("goldstein_gdelt" in derived) is occurred
    assert ("quad_class_gdelt" in derived) is occurred
    assert bool(derive_dyads(event, NAMES)) is occurred


def test_a_symmetric_act_gives_each_ordered_pair():
    pairs = [
        (d["actor_id"], d["target_id"], d["weight"])
        for d in derive_dyads(made_up.corpus().events[0], NAMES)
    ]
    assert pairs == [("arna", "borg", 0.5), ("borg", "arna", 0.5)]


def test_several_actors_share_the_weight_of_an_event():
    event = made_up.corpus().events[1]
    event["participants"].append(made_up.party("actor", "borg", "MLTGOV", "MLT", ordinal=2))
    event["participants"].append(made_up.party("target", "gazette", "MED", "MLT", ordinal=2))
    dyads = derive_dyads(event, NAMES)
    assert len(dyads) == 4
    assert sum(dyad["weight"] for dyad in dyads) == 1


@pytest.mark.parametrize("slot", ["actor", "target"])
def test_without_actor_or_target_there_is_no_dyad(slot):
    event = made_up.corpus().events[0]
    event["participants"] = [p for p in event["participants"] if p["slot"] != slot]
    assert derive_dyads(event, NAMES) == []


def test_an_event_is_attributed_where_its_leading_mention_names_a_source():
    call, offer = made_up.corpus().events
    assert derive_event_columns(call, NAMES)["attributed"] is False
    assert derive_event_columns(offer, NAMES)["attributed"] is True
    offer["mentions"][0]["attributions"] = []
    assert derive_event_columns(offer, NAMES)["attributed"] is False


def test_first_party_mentions_and_articles_are_counted():
    derived = derive_event_columns(made_up.corpus().events[1], NAMES)
    assert derived["actor_name"] == "Arna"
    assert derived["target_code"] == "MLT"
    assert (derived["n_mentions"], derived["n_articles"]) == (2, 1)
    assert derived["action_name"] == "Express intent to provide material aid, not specified below"


def test_a_code_of_another_system_has_no_scales():
    derived = derive_event_columns(
        made_up.corpus().events[0] | {"action_code": "icews:1213"}, NAMES
    )
    assert not {"action_name", "goldstein_gdelt", "plover_type"} & set(derived)
