"""Which acts can be one: the families as truth tables."""

from itertools import combinations

import pytest

from qantar.dataset.linking.act import agreement, agreements, is_lasting, kind_of, known_kinds
from qantar.schema.codebook import actions, stray_actions
from qantar.schema.plover import plover_modes

# Acts by what systems call them; within a line all can be one, across lines none.
ONE_ACT = [
    ("cameo:190", "cameo:193", "plover:assault", "cameo:180"),
    ("cameo:140", "cameo:141", "plover:protest"),
    ("cameo:042", "cameo:043"),
    ("cameo:057", "plover:agree"),
    ("cameo:111", "cameo:112", "plover:accuse"),
    ("cameo:173", "plover:coerce"),
    ("cameo:120", "plover:reject", "cameo:124"),
    ("cameo:0841", "plover:retreat"),
    ("cameo:130", "cameo:138", "plover:threaten"),
    ("cameo:150", "plover:mobilize"),
    ("cameo:161", "plover:sanction"),
    ("cameo:070", "plover:aid", "cameo:073"),
]
RELATED = [
    ("cameo:182", "cameo:1821"),
    ("cameo:190", "cameo:194"),
    ("cameo:194", "cameo:195"),
    ("cameo:145", "cameo:180"),
    ("cameo:175", "cameo:180"),
    ("cameo:173", "cameo:181"),
    ("cameo:171", "cameo:183"),
    ("cameo:144", "cameo:191"),
    ("cameo:057", "cameo:0871"),
]
NEVER = [
    ("cameo:173", "cameo:141"),
    ("cameo:0841", "cameo:181"),
    ("cameo:138", "cameo:190"),
    ("cameo:041", "cameo:042"),
    ("cameo:051", "cameo:055"),
    ("cameo:183", "cameo:181"),
    ("cameo:1821", "cameo:183"),
    ("cameo:142", "cameo:145"),
    ("cameo:090", "cameo:112"),
    ("cameo:175", "cameo:141"),
]


def agree(one, other):
    return agreement(kind_of(one), kind_of(other))


@pytest.mark.parametrize(
    ("one", "other"), [pair for line in ONE_ACT for pair in combinations(line, 2)]
)
def test_codes_of_a_family_can_be_one_act(one, other):
    assert 0.5 <= agree(one, other) <= 1


@pytest.mark.parametrize(("one", "other"), RELATED)
def test_some_kinds_are_told_of_one_act_and_agree_less(one, other):
    assert 0 < agree(one, other) < 0.8


@pytest.mark.parametrize(("one", "other"), NEVER)
def test_other_acts_are_never_one(one, other):
    assert agree(one, other) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [(a, b) for left, right in combinations(ONE_ACT, 2) for a in left for b in right],
)
def test_acts_of_two_lines_are_not_linked_or_only_weakly(one, other):
    assert agree(one, other) <= 0.7


def test_the_table_is_symmetric_and_every_kind_agrees_with_itself():
    table = agreements()
    assert (table == table.T).all()
    assert (table.diagonal() >= 0.8).all()
    assert table.max() <= 1
    assert table.min() >= 0


def test_every_code_and_every_mode_has_a_kind():
    known = {*known_kinds()}
    for code in (*actions(), *stray_actions()):
        assert kind_of(code) in known
    for plover_type, mode in plover_modes():
        assert kind_of(f"plover:{plover_type.lower()}", mode) in known


def test_a_mode_says_more_than_its_type():
    assert kind_of("plover:assault", "abduct") == kind_of("cameo:181")
    assert kind_of("plover:protest", "strike") == kind_of("cameo:143")
    assert is_lasting(kind_of("plover:protest", "strike"))
    assert not is_lasting(kind_of("cameo:190"))


def test_what_has_no_code_has_no_kind():
    assert kind_of(None) is None
    assert agreement(None, None) == 0
    assert kind_of("x-own:1") == "x-own:1"
