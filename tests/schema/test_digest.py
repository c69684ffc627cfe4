"""Digests agree with a published value, and what is listed is read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qantar.dataset.digest import parse_digests
from qantar.schema.digest import digester_of, list_digests, read_digest_lines, sha256_of

# FIPS 180-2, appendix B.1.
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_text_and_its_bytes_have_the_published_digest() -> None:
    assert sha256_of("abc") == sha256_of(b"abc") == ABC
    assert sha256_of("é") == sha256_of("é".encode())


def test_a_keyed_digest_is_hmac_under_a_key_that_is_hmac_under_the_text() -> None:
    # printf 'qantar span 1' | openssl dgst -sha256 -mac HMAC -macopt key:'abc def'
    # printf 'abc' | openssl dgst -sha256 -mac HMAC -macopt hexkey:<the former>
    keyed = "d9fc620a79f1fbb3fa1b1cf9a58c85387a294700ef1f128e01693b2806203fe7"
    assert digester_of("abc def", "text")("abc") == keyed
    assert digester_of("abc def", "none")("abc") == ABC
    assert digester_of("abc de", "text")("abc") != keyed
    with pytest.raises(ValueError, match="'salt' is not a valid DigestKey"):
        digester_of("abc def", "salt")


def test_half_a_character_has_a_digest_of_its_own() -> None:
    assert sha256_of("\ud800") not in (sha256_of(""), sha256_of("?"), sha256_of("\ufffd"))


@given(st.dictionaries(st.from_regex("[a-z]{1,8}(/[a-z ]{1,8})?[.]csv", fullmatch=True), st.text()))
def test_what_is_listed_is_read_back_by_both_readers(files: dict[str, str]) -> None:
    content = list_digests(files).encode()
    expected = {path: sha256_of(text) for path, text in files.items()}
    assert {line.path: line.digest for line in read_digest_lines(content)} == expected
    assert parse_digests(content) == expected


def test_the_list_is_in_the_order_of_paths() -> None:
    assert [line[66:] for line in list_digests({"b": "", "a": "", "a/c": ""}).splitlines()] == [
        "a",
        "a/c",
        "b",
    ]


def test_malformed_lines_keep_their_numbers() -> None:
    content = f"{ABC}  a\n{ABC} b\n\n{ABC.upper()}  c\n{ABC}  d".encode()
    read = list(read_digest_lines(content))
    assert [line.number for line in read if line.path is None] == [2, 3, 4, 5]
    assert read[0] == (1, ABC, "a")
