"""A column of words holds what was added, however pieces and additions lie to each other."""

import numpy as np
import pytest

from qantar.validation.tables import growing_array
from qantar.validation.tables.growing_array import GrowingArray


@pytest.mark.parametrize("sizes", [[], [0], [3], [4, 4], [1, 5, 2, 0, 9], [30]])
def test_what_was_added_comes_back_in_order(
    sizes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growing_array, "VALUES_PER_PIECE", 4)
    column, numbers = GrowingArray(np.int64), iter(range(100))
    for size in sizes:
        column.add(np.fromiter(numbers, np.int64, size))
    assert column.whole().tolist() == [*range(sum(sizes))]
    assert [len(part) for part in column.parts()] == [
        *[4] * (sum(sizes) // 4),
        *[sum(sizes) % 4] * (sum(sizes) % 4 > 0),
    ]
    assert len(column) == sum(sizes)
