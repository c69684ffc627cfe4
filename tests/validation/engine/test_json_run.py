"""Flat rows in JSON Lines are told the same in chunks as rows held whole."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.validation.engine.large_file import check_large
from qantar.validation.places.asked_files import AskedFiles
from qantar.validation.places.file_source import FileSource
from qantar.validation.places.gathered import Gathered
from qantar.validation.places.json_source import JsonSource
from qantar.validation.readers.json import chunks as json_chunks
from support.damaged_lines import row_lines


@pytest.mark.parametrize("table", ["events", "mentions", "spans", "changes"])
@given(seed=st.integers(0, 2**32), chunk=st.sampled_from([3_000, 20_000, 10_000_000]))
@settings(max_examples=3, deadline=None)
def test_damaged_rows_are_told_the_same_in_chunks(
    table: str, seed: int, chunk: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("rows") / "t.jsonl"
    path.write_bytes(row_lines(table, seed))
    with pytest.MonkeyPatch.context() as patch:
        # So that the files, small as they are, are parted around their damage.
        patch.setattr(json_chunks, "LEAST_BYTES", 500)
        told = check_large(path, "jsonl", file="t", least=0, chunk=chunk, table=table)
    source = FileSource("t", "jsonl", "", path)
    held = JsonSource(source, path, AskedFiles(table=table), Gathered()).check()
    assert told is not None
    assert told.read == held.read
    assert Counter(told.faults) == Counter(held.faults)
