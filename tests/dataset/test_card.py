"""The head of a release's README; `metadata/` lets Hugging Face's library read it."""

import pytest
from ruamel.yaml import YAML

from qantar.builders.edition import Edition
from qantar.dataset.card import write_card
from qantar.schema.tables import TABLES
from support.made_up import corpus


def card(edition=None, **tables):
    text = write_card(edition or Edition("made-up", "Made up"), corpus().tables() | tables)
    start, content, end = text.partition("\n")[0], text[4:-4], text[-4:]
    assert (start, end) == ("---", "\n---")
    return YAML(typ="safe").load(content)


def test_every_table_with_rows_is_a_configuration_and_events_come_first():
    rows = corpus().tables()
    configurations = card()["configs"]
    assert configurations[0] == {
        "config_name": "events",
        "data_files": "parquet/events.parquet",
        "default": True,
    }
    assert {c["config_name"]: c["data_files"] for c in configurations} == {
        name: f"parquet/{name}.parquet" for name in TABLES if rows[name]
    }
    assert sum("default" in c for c in configurations) == 1


def test_licence_language_and_tags():
    edition = Edition("x", 'A "title": with #signs', keywords=("one", "two"), license_name="MIT")
    facts = card(edition)
    assert facts["license"] == "mit"
    assert facts["language"] == ["en", "vi"]
    assert facts["tags"] == ["one", "two"]
    assert facts["pretty_name"] == edition.title
    assert card(edition, articles=[{"language_code": "pt-BR"}])["language"] == ["pt-BR", "en", "vi"]


def test_a_licence_that_is_not_stated_is_not_claimed():
    assert "license" not in card()


@pytest.mark.parametrize(
    ("number", "category"),
    [(999, "n<1K"), (1_000, "1K<n<10K"), (99_999, "10K<n<100K"), (1_000_000, "1M<n<10M")],
)
def test_the_size_is_one_of_the_categories(number, category):
    assert card(events=[{}] * number)["size_categories"] == [category]
