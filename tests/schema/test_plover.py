"""PLOVER's lists are whole, spelled alike everywhere, and glossed in both languages."""

import re
import unicodedata

import pytest

from qantar.schema.codebook import actions, plover_actions, stray_actions
from qantar.schema.context import Context, context_of
from qantar.schema.plover import plover_contexts, plover_modes, plover_types

# No public text that was found says what it stands for.
WITHOUT_GLOSS = {("ASSAULT", "sideAB")}


def test_the_lists_are_whole() -> None:
    assert (len(plover_types()), len(plover_modes()), len(plover_contexts())) == (16, 73, 37)


def test_types_are_those_of_the_actions() -> None:
    assert {a.plover_type for a in actions().values() if a.plover_type} == plover_types().keys()
    assert {plover_type for plover_type, _ in plover_modes()} <= plover_types().keys()


def test_types_without_modes_are_five() -> None:
    with_modes = {plover_type for plover_type, _ in plover_modes()}
    without = plover_types().keys() - with_modes
    assert without == {"AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID"}


def test_contexts_are_those_of_the_vocabulary() -> None:
    assert [*plover_contexts()] == [*Context]
    for context, told in plover_contexts().items():
        assert told.gloss_en == context.meaning
        assert re.fullmatch("[a-z_]+", context)


@pytest.mark.parametrize("language", ["gloss_en", "gloss_vi"])
def test_glosses_are_sentences(language: str) -> None:
    rows = [*plover_types().values(), *plover_modes().values(), *plover_contexts().values()]
    for row in rows:
        gloss = getattr(row, language)
        if gloss is None:
            assert (row.plover_type, row.plover_mode) in WITHOUT_GLOSS
            continue
        assert gloss.endswith(".")
        assert gloss[0].isupper()
        assert unicodedata.is_normalized("NFC", gloss)
        assert gloss.isascii() or language == "gloss_vi"


def test_vietnamese_glosses_have_their_diacritics() -> None:
    bare = [row.gloss_vi for row in plover_types().values() if row.gloss_vi.isascii()]
    bare += [row.gloss_vi for row in plover_contexts().values() if row.gloss_vi.isascii()]
    assert not bare


@pytest.mark.parametrize("spelled", ["pro-democracy", "pro_democracy", "Pro Democracy"])
def test_a_context_is_read_in_every_spelling(spelled: str) -> None:
    assert context_of(spelled) is Context.pro_democracy


@pytest.mark.parametrize("spelled", ["", "prodemocracy", "weather", "military;legal"])
def test_what_is_no_context_is_none(spelled: str) -> None:
    assert context_of(spelled) is None


def test_every_type_has_a_code_for_exchange() -> None:
    codes = {code: action.plover_type for code, action in plover_actions().items()}
    assert codes == {f"plover:{name.lower()}": name for name in plover_types()}
    assert not codes.keys() & actions().keys()
    assert codes.keys() <= stray_actions().keys()
