"""Acts of several passes are one act where their triggers say so, and never by a chain."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qantar.builders.matching import match_acts
from support.made_up_passes import SENTENCES, act, raw


def grouped(*passes):
    """The coding ids of each group."""
    groups = match_acts(passes, SENTENCES)
    return {tuple(act.coding_id for act in group.values()) for group in groups}


FIRST = raw("coder-1", {"a": act("5-10"), "b": act("20-30")})


def test_acts_are_matched_by_the_largest_overlap():
    elsewhere = act("5-10") | {"trigger": ["T-A0002 5-10"]}
    second = raw("coder-2", {"x": act("8-22"), "y": act("6-9"), "z": elsewhere})
    assert grouped(FIRST, second) == {("a", "y"), ("b", "x"), ("z",)}


def test_what_shares_no_words_is_matched_within_the_sentence_nearest_first():
    second = raw("coder-2", {"x": act("12-15"), "y": act("41-45")})
    assert grouped(FIRST, second) == {("a", "x"), ("b",), ("y",)}


def test_of_as_large_an_overlap_the_earlier_words_decide():
    first = raw("coder-1", {"b": act("20-25"), "a": act("5-10")})
    second = raw("coder-2", {"x": act("5-10", "20-25")})
    assert grouped(first, second) == {("a", "x"), ("b",)}


def test_of_the_same_words_those_with_fewer_others_decide():
    first = raw("coder-1", {"a": act("5-10", "20-30"), "b": act("5-10", "20-22")})
    assert grouped(first, raw("coder-2", {"x": act("5-10")})) == {("a",), ("b", "x")}


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_all_passes_make_groups_whoever_is_first(order):
    passes = (
        FIRST,
        raw("coder-2", {"x": act("5-9"), "y": act("22-30")}),
        raw("coder-3", {"m": act("21-29"), "n": act("41-45")}),
    )
    found = grouped(*(passes[number] for number in order))
    assert {frozenset(group) for group in found} == {
        frozenset("ax"),
        frozenset("bym"),
        frozenset("n"),
    }


def test_a_chain_of_neighbours_makes_no_group():
    """The second act reaches into both sentences; the first and third share none."""
    passes = (
        raw("coder-1", {"a": act("10-30")}),
        raw("coder-2", {"x": act("20-60")}),
        raw("coder-3", {"m": act("45-70")}),
    )
    assert grouped(*passes) == {("a",), ("x", "m")} or grouped(*passes) == {("a", "x"), ("m",)}


def test_a_third_coder_with_one_act_for_two_joins_one_of_them():
    passes = (
        FIRST,
        raw("coder-2", {"x": act("5-10"), "y": act("20-30")}),
        raw("coder-3", {"m": act("8-28")}),
    )
    assert grouped(*passes) == {("a", "x"), ("b", "y", "m")}


def test_a_trigger_that_reaches_over_a_sentence_is_found():
    second = raw("coder-2", {"x": act("41-45")})
    assert grouped(raw("coder-1", {"a": act("30-50")}), second) == {("a", "x")}


def test_a_further_mention_among_the_words_of_another_act_does_not_draw_it_in():
    """The long trigger of m holds a second mention of the act a, which n is."""
    passes = (
        raw("coder-1", {"a": act("0-13", "45-70", "80-112"), "b": act("72-80", "112-129")}),
        raw("coder-2", {"x": act("0-13", "55-70", "80-112"), "y": act("72-80")}),
        raw("coder-3", {"m": act("72-131"), "n": act("0-13", "45-70")}),
    )
    assert grouped(*passes) == {("a", "x", "n"), ("b", "y", "m")}


PLACES = st.lists(st.integers(0, 60).map(lambda n: f"{n}-{n + 7}"), min_size=1, max_size=2)
PASSES = st.lists(st.lists(PLACES, max_size=4), min_size=1, max_size=4)


@given(PASSES)
def test_every_act_is_in_one_group_and_no_coder_twice(drawn):
    passes = [
        raw(f"coder-{c}", {f"c{c}-{n}": act(*places) for n, places in enumerate(acts)})
        for c, acts in enumerate(drawn)
    ]
    groups = match_acts(passes, SENTENCES)
    found = [(coder, act.coding_id) for group in groups for coder, act in group.items()]
    wanted = [(one.coder_id, coding_id) for one in passes for coding_id in one.acts]
    assert sorted(found) == sorted(wanted)
