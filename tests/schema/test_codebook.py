"""The codebook is whole: every code, its place in the tree, its glosses and scales."""

import re
import unicodedata

import pytest

from qantar.schema.codebook import actions, actor_parts, countries, stray_actions
from qantar.schema.patterns import ACTION_CURIE_PATTERN
from qantar.schema.vocabulary import ContentStatus


def test_all_codes_of_cameo_are_there():
    assert len(actions()) == 316
    assert sum(action.parent_code is None for action in actions().values()) == 20


def test_every_code_hangs_below_its_parent():
    for code, action in actions().items():
        if action.parent_code is None:
            assert action.root_code == code
        else:
            assert code.startswith(action.parent_code)
            assert actions()[action.parent_code].root_code == action.root_code


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_code_has_a_gloss_of_its_own(language):
    glosses = [action.gloss[language] for action in actions().values()]
    assert len(set(glosses)) == len(glosses)
    for gloss in glosses:
        assert gloss.endswith(".")
        assert unicodedata.is_normalized("NFC", gloss)


@pytest.mark.parametrize(
    ("code", "gdelt", "icews", "keds"),
    [
        ("cameo:016", -2.0, -5.0, 3.4),
        ("cameo:022", 3.2, 3.4, 3.4),
        ("cameo:124", -4.0, -4.0, -5.0),
        ("cameo:155", None, None, None),
        ("cameo:190", -10.0, -10.0, -10.0),
    ],
)
def test_the_scales_keep_their_origin(code, gdelt, icews, keds):
    action = actions()[code]
    assert (action.goldstein_gdelt, action.goldstein_icews, action.goldstein_keds) == (
        gdelt,
        icews,
        keds,
    )


@pytest.mark.parametrize(("code", "gdelt", "common"), [("cameo:090", 2, 3), ("cameo:141", 3, 4)])
def test_quad_classes_differ_by_origin(code, gdelt, common):
    assert actions()[code].quad_class_gdelt == gdelt
    assert actions()[code].quad_class_common == common


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("cameo:010", ContentStatus.opinion),
        ("cameo:0234", ContentStatus.requested),
        ("cameo:0334", ContentStatus.pledged),
        ("cameo:051", ContentStatus.opinion),
        ("cameo:1041", ContentStatus.requested),
        ("cameo:111", ContentStatus.opinion),
        ("cameo:1121", ContentStatus.alleged),
        ("cameo:130", ContentStatus.threatened),
        ("cameo:041", None),
        ("cameo:190", None),
    ],
)
def test_acts_made_of_words_have_a_default_status(code, status):
    assert actions()[code].content_status_default == status


def test_stray_codes_keep_their_origin_and_are_no_cameo_codes():
    assert {"icews:1213", "icews:1214"} <= set(stray_actions())
    assert not set(stray_actions()) & set(actions())
    for code, action in stray_actions().items():
        assert not code.startswith("cameo:")
        assert action.root_code in actions() or action.plover_type


@pytest.mark.parametrize(
    ("code", "cow", "gw"), [("KAZ", 705, 705), ("VNM", 816, 816), ("CHN", 710, 710)]
)
def test_countries_have_their_numbers(code, cow, gw):
    assert (countries()[code].cow_number, countries()[code].gw_number) == (cow, gw)


def test_extension_codes_collide_with_nothing():
    extensions = {code for code, parts in actor_parts().items() if parts[0].code_source == "qantar"}
    assert extensions == {"SHC", "CTO"}
    for code in extensions:
        assert len(actor_parts()[code]) == 1
        assert code not in countries()


def test_no_code_looks_like_a_number():
    assert all(re.fullmatch(ACTION_CURIE_PATTERN, code) for code in [*actions(), *stray_actions()])
