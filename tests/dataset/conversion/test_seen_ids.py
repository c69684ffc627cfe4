"""Rows whose ids came before, whatever the files between."""

import numpy as np

from qantar.dataset.conversion.event_id import SeenIds


def hashes(*values: int) -> np.ndarray:
    return np.array(values, np.uint64)


def test_rows_after_a_file_of_known_rows_only() -> None:
    seen = SeenIds()
    seen.take(hashes(1, 2), hashes(10, 20))
    _, twice = seen.take(hashes(1, 2), hashes(10, 20))
    assert twice.tolist() == [True, True]
    ordinals, twice = seen.take(hashes(2, 3), hashes(21, 30))
    assert ordinals.tolist() == [1, 0]
    assert twice.tolist() == [False, False]


def test_no_rows() -> None:
    seen = SeenIds()
    seen.take(hashes(), hashes())
    ordinals, twice = seen.take(hashes(1), hashes(10))
    assert (ordinals.tolist(), twice.tolist()) == ([0], [False])
