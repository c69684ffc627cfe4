"""A field at the wrong level of a record is sent to where it belongs."""

import pytest

from qantar.schema import TABLES
from qantar.schema.shape import RECORD_TABLES
from qantar.validation.engine.records.misplaced import place_of_field


@pytest.mark.parametrize(
    ("table", "name", "said"),
    [
        ("events", "actor_id", '"slot": "actor"'),
        ("events", "target_name", '"slot": "target"'),
        ("events", "target_country_code", "actor_country_code"),
        ("events", "n_mentions", "derived"),
        ("events", "goldstein_gdelt", "derived"),
        ("events", "char_start", "the items of spans in mentions"),
        ("events", "zone", "the items of mentions"),
        ("events", "spans", "the items of mentions"),
        ("mentions", "participants", "the event itself"),
        ("mentions", "summary_en", "the event itself"),
        ("mentions", "event_id", "taken over"),
        ("participants", "slot_name", ""),
        ("events", "nonsense", ""),
    ],
)
def test_a_field_is_sent_to_its_level(table: str, name: str, said: str) -> None:
    told = place_of_field(table, name)
    assert said in told
    assert bool(told) is bool(said)


@pytest.mark.parametrize("table", RECORD_TABLES)
def test_what_a_level_has_is_not_sent_elsewhere(table: str) -> None:
    for column in TABLES[table].stored:
        if not (table != "events" and place_of_field(table, column.name).startswith("It is taken")):
            assert not place_of_field(table, column.name)
