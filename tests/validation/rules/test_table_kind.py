"""A table is known by its columns."""

import pytest

from qantar.schema import TABLES, Profile
from qantar.validation.rules.table_kind import faults_of_profile, profile_of, table_of
from support import made_up


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_table_is_known_by_all_its_columns(table: object) -> None:
    columns = table.in_languages(("en",)).by_name  # type: ignore[attr-defined]
    assert table_of(columns) == table.name  # type: ignore[attr-defined]


def test_every_made_up_table_is_known_by_the_columns_it_fills() -> None:
    for name, rows in made_up.corpus().tables().items():
        if rows:
            assert table_of(set().union(*rows)) == name


def test_the_core_of_converted_events_is_enough() -> None:
    core = ["event_id", "record_version", "action_code", "date_earliest", "date_latest"]
    assert table_of(core) == "events"
    assert profile_of("events", core) is Profile.exchange


def test_columns_of_the_users_own_do_not_matter() -> None:
    assert table_of([*TABLES["sentences"].by_name, "mine", "yours"]) == "sentences"


@pytest.mark.parametrize("columns", [[], ["a", "b"], ["event_id"], ["actor_id"]])
def test_too_few_columns_tell_nothing(columns: list[str]) -> None:
    assert table_of(columns) is None


def test_a_table_with_all_that_coding_requires_is_coded() -> None:
    required = [column.name for column in TABLES["events"].columns if column.required]
    assert profile_of("events", required) is Profile.coded
    assert profile_of("events", required[1:]) is Profile.exchange


def test_what_keeps_a_table_from_being_coded_is_told() -> None:
    required = [column.name for column in TABLES["events"].columns if column.required]
    assert list(faults_of_profile("events", required)) == []
    for name in ("confidence", "polarity"):
        held = [other for other in required if other != name]
        assert [fault.column for fault in faults_of_profile("events", held)] == [name]


def test_a_converted_table_is_not_asked_for_what_coding_requires() -> None:
    core = ["event_id", "record_version", "action_code", "date_earliest", "date_latest"]
    assert list(faults_of_profile("events", [*core, "symmetric", "polarity"])) == []
