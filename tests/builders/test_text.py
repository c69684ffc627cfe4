"""Words are found in a text by code points, whatever their spelling."""

import os
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from qantar.builders.text import (
    find_near_quotes,
    find_quotes,
    read_text,
    sha256_of,
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
