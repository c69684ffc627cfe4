"""Words are found in a text by code points, whatever their spelling."""

import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qantar.builders.text import (
    find_near_quotes,
    find_quotes,
    read_text,
    sha256_of,
    tell_near_difference,
    texts_by_digest,
)

TEXT = "Bộ trưởng gọi “ngay”. Bộ trưởng\u00a0nói."


def test_every_place_is_found():
    assert [(q.char_start, q.char_end) for q in find_quotes(TEXT, "Bộ trưởng")] == [
        (0, 9),
        (22, 31),
    ]


def test_decomposed_words_are_found_too():
    decomposed = unicodedata.normalize("NFD", "trưởng")
    assert len(decomposed) > len("trưởng")
    assert len(find_quotes(TEXT, decomposed)) == 2


def test_near_words_are_found_despite_case_spaces_and_marks():
    assert not find_quotes(TEXT, 'bộ trưởng GỌI "ngay"')
    assert [(q.char_start, q.char_end) for q in find_near_quotes(TEXT, 'bộ trưởng GỌI "ngay"')] == [
        (0, 20)
    ]


NFD = unicodedata.normalize("NFD", "Ông Trương Minh gọi điện.")


@pytest.mark.parametrize(
    ("text", "words", "found", "told"),
    [
        (NFD, "Trương Minh", NFD[5:18], "the normal form of Unicode (NFC, NFD)"),
        (NFD, "trương minh", NFD[5:18], "the normal form of Unicode (NFC, NFD) and case"),
        (NFD, "gọi điện", NFD[19:-1], "the normal form of Unicode (NFC, NFD)"),
        (
            "bo\u0323\u0302 ba",
            "bộ ba",
            "bo\u0323\u0302 ba",
            "the normal form of Unicode (NFC, NFD)",
        ),
        ("bo\u0302\u0323.", "bộ", "bo\u0302\u0323", "the normal form of Unicode (NFC, NFD)"),
        ("the \ufb01ne", "fine", "\ufb01ne", "compatibility forms of Unicode (NFKC)"),
        ("5 km\u00b2 off", "km2", "km\u00b2", "compatibility forms of Unicode (NFKC)"),
        (
            "a co\u00adoper\u200bates.",
            "cooperates",
            "co\u00adoper\u200bates",
            "invisible characters",
        ),
        ("a cooperates", "co\u00adoperates", "cooperates", "invisible characters"),
        ("the \u2018well\u2019", "'well'", "\u2018well\u2019", "the kind of quotation marks"),
        ("10\u201312 days", "10-12 days", "10\u201312 days", "the kind of dashes"),
        ("5\u00a0km", "5 km", "5\u00a0km", "spaces"),
        ("one\r\n  two", "one two", "one\r\n  two", "spaces"),
        ("one two", " one  two ", "one two", "spaces"),
        ("ONE", "one", "ONE", "case"),
        (
            "On\u200be \u2013 two",
            "one - TWO",
            "On\u200be \u2013 two",
            "invisible characters, the kind of dashes and case",
        ),
    ],
)
def test_near_words_are_found_where_they_stand_and_the_difference_is_told(text, words, found, told):
    (quote,) = find_near_quotes(text, words)
    assert text[quote.char_start : quote.char_end] == found
    assert tell_near_difference(text, words) == told


@pytest.mark.parametrize(
    ("text", "words"), [(NFD, "truo"), (NFD, "Truong Minh"), ("a", "\u200b"), ("a", " "), ("a", "")]
)
def test_a_letter_without_its_marks_is_another_letter(text, words):
    assert find_near_quotes(text, words) == []


def test_words_are_found_as_they_stand_in_a_text_that_is_not_nfc():
    words = unicodedata.normalize("NFD", "Trương Minh")
    assert [(q.char_start, q.char_end) for q in find_quotes(NFD, words)] == [(5, 18)]


def test_no_words_are_nowhere():
    assert find_quotes(TEXT, "") == []


@given(st.text(min_size=1, max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_a_quote_gives_back_its_words(words, before, after):
    words = unicodedata.normalize("NFC", words)
    text = before + words + after
    quotes = find_quotes(text, words)
    assert len(before) in [quote.char_start for quote in quotes]
    assert {text[q.char_start : q.char_end] for q in quotes} == {words}


def test_a_text_is_read_as_stored(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"a\r\nb\n")
    assert read_text(tmp_path / "a.txt") == "a\r\nb\n"
    assert texts_by_digest(tmp_path) == {sha256_of("a\r\nb\n"): "a\r\nb\n"}


def test_a_pipe_among_the_texts_is_not_waited_for(tmp_path):
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    os.mkfifo(tmp_path / "b.txt")
    assert texts_by_digest(tmp_path) == {sha256_of(TEXT): TEXT}
