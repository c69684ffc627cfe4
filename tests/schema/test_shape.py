"""Nested and flat are two shapes of one record."""

from qantar.schema.corpus import Corpus
from qantar.schema.shape import flatten, nest, shred
from qantar.schema.tables import TABLES
from qantar.schema.version import SCHEMA_VERSION
from support import made_up


def test_nesting_undoes_flattening():
    events = made_up.corpus().events
    assert nest(flatten(events), SCHEMA_VERSION) == events


def test_a_corpus_survives_its_tables():
    corpus = made_up.corpus()
    again = Corpus.from_tables(corpus.tables())
    assert again.events == corpus.events
    assert again.plain == corpus.plain
    assert again.tables() == corpus.tables()


def test_every_row_has_only_columns_of_its_table():
    for name, rows in made_up.corpus().tables().items():
        assert rows or name in {"codings", "agreement"}
        for row in rows:
            assert all(column in TABLES[name].by_name for column in row)


def test_pointers_lead_to_the_shredded_rows():
    event = made_up.corpus().events[1]
    pointers = {pointer: table for table, pointer, _ in shred(event)}
    assert pointers[""] == "events"
    assert pointers["/mentions/0/spans/1"] == "spans"
    assert pointers["/alternatives/0"] == "alternatives"


def test_what_has_not_its_shape_is_passed_over():
    assert [table for table, _, _ in shred({"mentions": 3, "relations": [None, "x"]})] == ["events"]
