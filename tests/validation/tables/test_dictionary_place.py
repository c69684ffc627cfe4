"""Places in Arrow dictionaries are those that Arrow itself tells."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qantar.validation.readers.parquet.limit import distrust
from qantar.validation.tables.dictionary_place import are_present, places_of

VALUES = st.lists(st.sampled_from(["a", "b", "ở", ""]) | st.none(), max_size=40)


@given(VALUES, st.integers(0, 40), st.integers(0, 40))
def test_a_place_leads_to_the_value_of_the_row_also_in_a_slice(
    values: list[str | None], start: int, length: int
) -> None:
    array = pa.array(values, pa.string()).dictionary_encode().slice(start, length)
    listed = [*array.dictionary.to_pylist(), None]
    assert [listed[place] for place in places_of(array)] == array.to_pylist()
    assert are_present(array.indices).tolist() == [value is not None for value in array.to_pylist()]


@pytest.mark.parametrize("kind", [pa.int8(), pa.uint16(), pa.int64()])
def test_indices_of_any_width_are_read(kind: pa.DataType) -> None:
    indices = pa.array([1, None, 0], kind)
    array = pa.DictionaryArray.from_arrays(indices, pa.array(["a", "b"]))
    assert places_of(array).tolist() == [1, 2, 0]
    assert places_of(array).dtype == np.int32


@pytest.mark.parametrize("places", [[0, 2], [-1, 0], [None, 2]])
def test_a_place_beyond_the_dictionary_is_not_trusted(places: list[int | None]) -> None:
    values = pa.array(["a", "b"])
    array = pa.DictionaryArray.from_arrays(pa.array(places, pa.int32()), values, safe=False)
    with pytest.raises(pa.ArrowInvalid, match="out of bounds"):
        distrust(array)


def test_what_lies_in_a_gap_is_no_place() -> None:
    indices = pa.Array.from_buffers(
        pa.int32(), 2, [pa.py_buffer(b"\1"), pa.py_buffer(np.array([0, 7], np.int32))]
    )
    array = pa.DictionaryArray.from_arrays(indices, pa.array(["a", "b"]), safe=False)
    distrust(array)
    assert places_of(array).tolist() == [0, 2]
