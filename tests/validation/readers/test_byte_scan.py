"""Letters are found however they lie in windows."""

import numpy as np
import pytest

from qantar.validation.readers.byte_scan import (
    WINDOW,
    comes_twice,
    count_where,
    places_among,
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


def test_places_are_found_among_others_that_are_counted() -> None:
    held = letters(PLACES)
    held[[3, WINDOW + 5]] = ord("z")
    places, count = places_among(held, "y", lambda window: window > ord("x"))
    assert places.tolist() == PLACES
    assert count == len(PLACES) + 2


@pytest.mark.parametrize("pair", [[0, 1], [WINDOW - 1, WINDOW], [3 * WINDOW - 1, 3 * WINDOW]])
def test_a_pair_is_seen_also_where_windows_meet(pair: list[int]) -> None:
    assert comes_twice(letters(pair), "y")


def test_places_apart_are_no_pair() -> None:
    assert not comes_twice(letters([0, 2, WINDOW - 1, WINDOW + 1]), "y")
