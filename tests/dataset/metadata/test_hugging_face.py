"""What Hugging Face's datasets reads from a release's folder."""

from importlib import reload

import pyarrow.parquet
import pytest

from qantar.schema.tables import TABLES

REASON = "datasets is not installed here; run: python3 task.py metadata"


@pytest.fixture
def hub(monkeypatch, tmp_path):
    """The library, offline, with its caches in a folder of the test."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
    library = pytest.importorskip("datasets", reason=REASON)
    reload(library.config)
    library.disable_progress_bars()
    return library


def stored_tables(folder):
    tables = {
        name: pyarrow.parquet.read_table(folder / "parquet" / f"{name}.parquet") for name in TABLES
    }
    return {name: table for name, table in tables.items() if table.num_rows}


def test_every_table_that_has_rows_is_a_configuration(hub, folder):
    assert sorted(hub.get_dataset_config_names(str(folder))) == sorted(stored_tables(folder))


def test_it_loads_every_configuration_with_every_value(hub, folder):
    for name, stored in stored_tables(folder).items():
        loaded = hub.load_dataset(str(folder), name, split="train")
        assert loaded.column_names == stored.column_names
        assert loaded.to_list() == stored.to_pylist(), name


def test_events_come_without_a_name(hub, folder):
    assert "event_id" in hub.load_dataset(str(folder), split="train").column_names


def test_the_card_tells_licence_language_and_tags(folder):
    hub = pytest.importorskip("huggingface_hub", reason=REASON)
    card = hub.DatasetCard.load(folder / "README.md")
    assert card.data.license == "cc-by-4.0"
    articles = pyarrow.parquet.read_table(folder / "parquet" / "articles.parquet").to_pylist()
    assert set(card.data.language) == {row["language_code"] for row in articles} | {"en", "vi"}
    assert "CAMEO" in card.data.tags
    assert card.data.pretty_name in card.text
