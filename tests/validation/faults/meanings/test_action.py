"""A code of an act is recognised in other spellings, where only one can be meant."""

import pytest

from qantar.schema.codebook import actions
from qantar.validation.faults.meanings.action import action_of


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("012", "cameo:012"),
        ("0231", "cameo:0231"),
        ("231", "cameo:0231"),
        ("41", "cameo:041"),
        ("41.0", "cameo:041"),
        ("4", "cameo:04"),
        ("CAMEO:012", "cameo:012"),
        ("CAMEO 012", "cameo:012"),
        ("cameo_042", "cameo:042"),
        ("icews:042", "cameo:042"),
        ("gdelt:042", "cameo:042"),
        ("cameo:12x", "cameo:12"),
        ("cameo:33", "cameo:033"),
        (" cameo:012 ", "cameo:012"),
        ("cameo:0243x", "cameo:0243"),
        ("Make pessimistic comment", "cameo:012"),
        ("999", None),
        ("cameo:9999", None),
        ("cameo:0419", None),
        ("cameo:041;cameo:042", None),
        ("", None),
    ],
)
def test_a_code_in_another_spelling_is_recognised(written: str, meant: str | None) -> None:
    assert action_of(written).suggestion == meant


def test_the_eleven_codes_that_may_have_lost_a_zero_are_told_as_two() -> None:
    pairs = [code for code in actions() if f"cameo:0{code[6:]}" in actions()]
    assert len(pairs) == 11
    for code in pairs:
        meaning = action_of(code[6:])
        assert meaning.suggestion is None
        assert code in meaning.told
        assert f"cameo:0{code[6:]}" in meaning.told


def test_a_code_of_another_system_is_named_and_taken_where_the_column_may_hold_it() -> None:
    assert action_of("cameo:1213").suggestion is None
    assert "icews:1213" in action_of("cameo:1213").told
    assert action_of("1213", takes_stray=True).suggestion == "icews:1213"


@pytest.mark.parametrize("word", ["AID", "ASSAULT", "sanction"])
def test_a_type_of_plover_is_named_as_wider_than_a_code(word: str) -> None:
    meaning = action_of(word)
    assert meaning.suggestion is None
    assert "PLOVER" in meaning.told
