"""Letters are found however they lie in windows."""

import numpy as np
import pytest

from qantar.validation.readers.byte_scan import (
    WINDOW,
    comes_twice,
    count_where,
    lines_and_quotes,
    places_of,
)

PLACES = [0, 1, 5, WINDOW - 1, WINDOW, WINDOW + 1, 3 * WINDOW]


def letters(places: list[int]) -> np.ndarray:
    held = np.full(3 * WINDOW + 1, ord("x"), np.uint8)
    held[places] = ord("y")
    return held


def test_each_place_is_found_once() -> None:
    assert places_of(letters(PLACES), "y").tolist() == PLACES
    assert count_where(letters(PLACES), lambda window: window == ord("y")) == len(PLACES)


def test_lines_and_quotes_are_found_while_control_characters_are_counted() -> None:
    held = letters([])
    held[PLACES], held[[3, WINDOW + 5]] = ord("\n"), ord('"')
    held[[4, WINDOW + 6]] = ord("\t")
    lines, quotes, controls = lines_and_quotes(held)
    assert lines.tolist() == PLACES
    assert quotes.tolist() == [3, WINDOW + 5]
    assert controls == len(PLACES) + 2


@pytest.mark.parametrize("code", range(256))
def test_every_letter_is_a_line_end_or_a_quote_or_a_control_character_or_none(code: int) -> None:
    lines, quotes, controls = lines_and_quotes(np.array([code], np.uint8))
    assert (len(lines), len(quotes)) == (code == ord("\n"), code == ord('"'))
    assert controls == (code < ord(" "))


@pytest.mark.parametrize("pair", [[0, 1], [WINDOW - 1, WINDOW], [3 * WINDOW - 1, 3 * WINDOW]])
def test_a_pair_is_seen_also_where_windows_meet(pair: list[int]) -> None:
    assert comes_twice(letters(pair), "y")


def test_places_apart_are_no_pair() -> None:
    assert not comes_twice(letters([0, 2, WINDOW - 1, WINDOW + 1]), "y")
