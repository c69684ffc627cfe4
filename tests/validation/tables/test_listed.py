"""Values that come back, told by their places in a list."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qantar.validation.tables.chunk import LARGEST_SPAN, Listed

INTEGERS = {pl.Int8: 2**7, pl.UInt8: 2**8, pl.Int64: 2**63, pl.UInt64: 2**64}


@given(
    kind=st.sampled_from([*INTEGERS]),
    start=st.floats(0, 1),
    steps=st.lists(st.none() | st.integers(0, 2 * LARGEST_SPAN), max_size=20),
)
def test_whole_numbers_are_found_again(
    kind: type[pl.DataType], start: float, steps: list[int | None]
) -> None:
    most = INTEGERS[kind] - 1
    least = 0 if kind in (pl.UInt8, pl.UInt64) else -most - 1
    first = least + int(start * (most - least))
    values = [None if step is None else min(first + step, most) for step in steps]
    series = pl.Series("n", values, kind)
    listed = Listed.of_series(series)
    assert listed.spelled().to_list() == values
    assert pl.Series(listed.values).dtype == kind


@pytest.mark.parametrize("values", [[True, None, False], [True], [None], []])
def test_truth_values_are_found_again(values: list[bool | None]) -> None:
    listed = Listed.of_series(pl.Series("n", values, pl.Boolean))
    assert listed.spelled().to_list() == values


def test_numbers_that_lie_far_apart_are_listed_one_by_one() -> None:
    listed = Listed.of_series(pl.Series("n", [0, 10**12, 0]))
    assert listed.values.to_pylist() == [0, 10**12]
