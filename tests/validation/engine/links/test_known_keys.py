"""Keys that lead to small tables, or within a table, are judged as their rows are read."""

from functools import partial
from pathlib import Path

import pytest

from qantar.dataset.csv_file import write_csv
from qantar.validation import check_paths
from qantar.validation.engine.large_file import check_large
from qantar.validation.places import source_check
from qantar.validation.readers.csv.chunks import CsvChunks
from support import made_up
from support.told_tables import CODED_TABLES

CORPUS = made_up.corpus().tables()


@pytest.fixture
def events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Many rows, one of which leads to an actor, and one to an event, that there is not."""
    monkeypatch.setattr(source_check, "check_large", partial(check_large, least=20_000))
    rows = [
        {**CORPUS["events"][number % 2], "event_id": f"TST-{number + 1:06d}"}
        for number in range(500)
    ]
    for row in rows:
        row |= {"date_anchor_event_id": "TST-000001"} if row.get("date_anchor_event_id") else {}
    rows[200] |= {"actor_id": "nobody"}
    rows[301] |= {"date_anchor_event_id": "TST-999999"}
    path = tmp_path / "events.csv"
    path.write_bytes(write_csv(CODED_TABLES["events"], rows))
    return path


@pytest.fixture
def actors(tmp_path: Path) -> Path:
    path = tmp_path / "actors.csv"
    path.write_bytes(write_csv(CODED_TABLES["actors"], CORPUS["actors"]))
    return path


@pytest.mark.parametrize("is_first", [True, False])
def test_what_leads_nowhere_is_found_in_one_reading(
    is_first: bool, events: Path, actors: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the file is read again")

    monkeypatch.setattr(CsvChunks, "narrowed", refuse)
    paths = [events, actors] if is_first else [actors, events]
    found = check_paths(paths).faults
    dangling = [(f.row, f.column, f.value) for f in found if f.rule == "key-dangling"]
    assert sorted(dangling) == [
        (201, "actor_id", "nobody"),
        (302, "date_anchor_event_id", "TST-999999"),
    ]


def test_a_registry_in_two_files_is_whole_with_both(
    events: Path, actors: Path, tmp_path: Path
) -> None:
    header, *rows = actors.read_bytes().splitlines(keepends=True)
    actors.write_bytes(b"".join([header, *rows[:1]]))
    more = tmp_path / "more.csv"
    more.write_bytes(b"".join([header, *rows[1:]]))
    found = check_paths([actors, events, more]).faults
    dangling = [(f.row, f.column, f.value) for f in found if f.rule == "key-dangling"]
    assert sorted(dangling) == [
        (201, "actor_id", "nobody"),
        (302, "date_anchor_event_id", "TST-999999"),
    ]


def test_reports_keep_the_order_in_which_files_were_named(events: Path, actors: Path) -> None:
    for paths in ([events, actors], [actors, events]):
        read = [Path(reading.file).name for reading in check_paths(paths).read]
        assert read == [path.name for path in paths]
