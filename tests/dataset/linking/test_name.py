"""What names and codes tell of parties, and how well these agree."""

import numpy as np
import pytest

from qantar.dataset.linking.name import PartyClass, skeleton, traits
from qantar.dataset.linking.party import class_agreements, dyad_agreement, parties_of
from qantar.dataset.linking.score import LEAST_PARTIES
from support.linked_rows import frame, row


@pytest.mark.parametrize(
    ("name", "code", "kind", "country"),
    [
        ("Military Forces of Estonia (2017-)", None, "military", "EST"),
        ("Government of Malta", None, "government", "MLT"),
        ("Police (Portugal)", None, "police", "PRT"),
        ("Ministry of Fisheries", None, "government", None),
        ("Protesters (Fiji)", None, "protesters", "FJI"),
        ("Civilians", None, "civilians", None),
        ("Unidentified Armed Group (Malta)", None, "armed", "MLT"),
        ("Tin Lantern Army", None, "other", None),
        ("Tin Lantern Army", "URYREB", "rebels", "URY"),
        ("POLICE", "CPVCOP", "police", "CPV"),
        ("ESTONIA", "EST", "country", "EST"),
        (None, "MNGMIL", "military", "MNG"),
        ("XXX900", None, "unknown", None),
        (None, None, "unknown", None),
    ],
)
def test_a_party_has_a_class_and_a_country(name, code, kind, country):
    found = traits(name, code, None)
    assert found.kind is PartyClass[kind]
    assert found.country == country


def test_words_that_say_what_sort_a_party_is_are_not_its_name():
    assert traits("Military Forces of Estonia (2017-)", None, None).words == ()
    assert traits("COMPANY", "MLTBUS", "MLT").words == ()
    assert traits("Red Kite Front - Northern Wing", None, None).words[:2] == ("red", "kite")


@pytest.mark.parametrize(
    ("one", "other"),
    [("choybalsan", "choibalsan"), ("zokhiomol", "zohiomol"), ("truckers", "trucker")],
)
def test_spellings_of_one_name_have_one_skeleton(one, other):
    assert skeleton(one) == skeleton(other)


def test_short_words_are_told_apart_by_every_letter():
    assert skeleton("red") != skeleton("road")


def dyads(first, second, *, may_turn=False, is_strict=False):
    rows = frame(
        row("A-1", actor_name=first[0], target_name=first[1]),
        row("B-1", actor_name=second[0], target_name=second[1]),
    )
    parties, actor, target = parties_of(rows)
    found = dyad_agreement(
        parties,
        (actor[:1], target[:1]),
        (actor[1:], target[1:]),
        np.array([may_turn]),
        np.array([is_strict]),
    )
    return float(found.score[0]), bool(found.is_mirrored[0])


def test_sides_are_exchanged_only_where_both_do_it():
    one, other = ("Fog Riders", "Police (Iceland)"), ("Police (Iceland)", "Fog Riders")
    assert dyads(one, other)[0] < LEAST_PARTIES
    score, is_mirrored = dyads(one, other, may_turn=True)
    assert score > 0.9
    assert is_mirrored


def test_two_names_contradict_each_other():
    assert dyads(("Fog Riders", None), ("Quarry Men", None))[0] == 0


def test_half_of_a_name_is_not_enough_within_one_source():
    one, other = ("Aroha Inventeson", None), ("Aroha Invers", None)
    assert dyads(one, other)[0] > 0
    assert dyads(one, other, is_strict=True)[0] == 0


def test_a_name_fits_what_it_can_be():
    assert dyads(("Fog Riders", None), ("Rebels", None))[0] > 0.5
    assert dyads(("Government of Malta", None), ("Rebels", None))[0] == 0


def test_what_is_not_known_speaks_neither_for_nor_against():
    assert dyads((None, None), ("Fog Riders", "Civilians"))[0] == 0.5


def test_the_table_of_classes_is_symmetric():
    table = class_agreements()
    assert (table == table.T).all()
    assert table[PartyClass.government, PartyClass.rebels] == 0
