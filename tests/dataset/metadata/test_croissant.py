"""What mlcroissant says of a release, and what it loads from it."""

import json
import logging
import math

import pyarrow.parquet
import pytest

from qantar.schema.tables import TABLES

croissant = pytest.importorskip(
    "mlcroissant", reason="mlcroissant is not installed here; run: python3 task.py metadata"
)
# No day of release is invented, so the one thing that is recommended may be missing.
ALLOWED = "datePublished"


def same(loaded, stored):
    """mlcroissant gives text as bytes, days as time stamps and what is missing as NaN or NaT."""
    if stored is None:
        return loaded is None or loaded != loaded
    if isinstance(loaded, bytes):
        return loaded.decode() == stored
    if hasattr(loaded, "date"):
        return loaded.date() == stored
    return loaded == stored or (isinstance(stored, float) and math.isclose(loaded, stored))


def test_it_finds_no_fault(folder, caplog):
    with caplog.at_level(logging.WARNING):
        issues = croissant.Dataset(folder / "croissant.json").metadata.issues
    assert list(issues.errors) == []
    assert [text for text in issues.warnings if ALLOWED not in text] == []
    document = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
    assert document["conformsTo"] == "http://mlcommons.org/croissant/1.0"


def test_it_loads_every_record_set_with_every_value(folder):
    dataset = croissant.Dataset(folder / "croissant.json")
    for name in TABLES:
        stored = pyarrow.parquet.read_table(folder / "parquet" / f"{name}.parquet").to_pylist()
        loaded = list(dataset.records(name))
        assert len(loaded) == len(stored)
        for record, row in zip(loaded, stored, strict=True):
            assert set(record) == {f"{name}/{column}" for column in row}
            for column, value in row.items():
                assert same(record[f"{name}/{column}"], value), (name, column, value)


def test_it_refuses_a_file_that_was_altered(folder):
    path = folder / "parquet" / "events.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(croissant.GenerationError) as told:
        list(croissant.Dataset(folder / "croissant.json").records("events"))
    assert "hash" in str(told.value.__cause__).lower()
