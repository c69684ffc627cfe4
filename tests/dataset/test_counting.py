"""Mentions, events, events that occurred and dyads reconcile by the manual's rule."""

import pytest

from qantar.dataset import load, versions

HAPPENED = ["asserted", "presupposed"]


@pytest.fixture(scope="module", params=versions())
def tables(request):
    names = ("events", "mentions", "participants", "dyads", "sentences", "changes", "codings")
    return {name: load(name, request.param) for name in names}


def test_each_event_counts_its_mentions_and_articles(tables):
    counted = tables["mentions"].groupby("event_id")
    events = tables["events"].set_index("event_id")
    assert (counted.size() == events["n_mentions"]).all()
    assert (counted["article_id"].nunique() == events["n_articles"]).all()
    assert events["n_mentions"].sum() == len(tables["mentions"])


def test_events_that_occurred_are_asserted_or_presupposed_and_affirmative(tables):
    events = tables["events"]
    by_rule = events["factuality"].isin(HAPPENED) & (events["polarity"] == "affirmative")
    assert (by_rule == events["occurred"]).all()


def test_the_weights_of_an_event_add_up_to_one_for_events_with_both_parties(tables):
    slots = tables["participants"].groupby("event_id")["slot"].agg(set)
    occurred = tables["events"].query("occurred")["event_id"]
    expected = {e for e in occurred if e in slots.index and {"actor", "target"} <= slots[e]}
    weights = tables["dyads"].groupby("event_id")["weight"].sum()
    assert set(weights.index) == expected
    assert weights.round(9).eq(1).all()


def test_pairs_are_actors_by_targets_or_all_ordered_pairs(tables):
    parties = tables["participants"].query("slot in ['actor', 'target']")
    sizes = parties.groupby(["event_id", "slot"]).size().unstack(fill_value=0)
    symmetric = tables["events"].set_index("event_id")["symmetric"]
    for event_id, rows in tables["dyads"].groupby("event_id").size().items():
        actors, targets = sizes.loc[event_id, "actor"], sizes.loc[event_id, "target"]
        both = actors + targets
        assert rows == (both * (both - 1) if symmetric[event_id] else actors * targets)


def test_a_sentence_is_coded_where_it_has_a_mention(tables):
    keys = ["article_id", "sentence_no"]
    mentioned = set(map(tuple, tables["mentions"][keys].to_numpy()))
    coded = tables["sentences"].query("disposition == 'coded'")
    assert set(map(tuple, coded[keys].to_numpy())) == mentioned


def test_standing_and_gone_records_are_all_in_changes(tables):
    last = tables["changes"].sort_values("record_version").groupby("event_id").last()
    gone = last["change"].isin(["merged", "retracted"])
    assert set(last.index[~gone]) == set(tables["events"]["event_id"])


def test_every_coding_went_into_an_event_or_stands_alone():
    codings = load("codings")
    acts = codings[codings["field"] == "action_code"]
    assert set(acts["coder_id"]) == {"coder-1", "coder-2", "coder-3"}
    settled = acts["event_id"].dropna()
    events, changes = set(load("events")["event_id"]), load("changes")
    assert set(settled) <= events
    later = changes[(changes["record_version"] == 1) & (changes["dataset_version"] > "0.2.0")]
    assert events - set(settled) <= set(later["event_id"]), "what no coder has as an act of its own"
    alone = acts[acts["event_id"].isna()]["coding_id"]
    assert list(alone) == ["c1-28"]


def test_a_raw_pass_is_never_changed():
    before, now = load("codings", "0.2.0"), load("codings")
    of_two = now[now["coder_id"].isin(before["coder_id"])]
    raw = ["coder_id", "coding_id", "field", "value"]
    assert of_two[raw].to_numpy().tolist() == before[raw].to_numpy().tolist()


def test_the_figures_of_two_coders_stand_when_a_third_comes():
    before, now = load("agreement", "0.2.0"), load("agreement")
    pair = now[now["coders"] == "coder-1;coder-2"].drop_duplicates(["field", "measure"])
    told = ["field", "measure", "value", "n"]
    assert pair[told].to_numpy().tolist() == before[told].to_numpy().tolist()
