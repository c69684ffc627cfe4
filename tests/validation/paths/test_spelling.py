"""What tools make of a table on the way is recognised, with the way back."""

from pathlib import Path

import pytest

import made_up
from qantar.dataset.csv_file import write_csv
from qantar.schema.tables import TABLES
from qantar.validation import check_path


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "events.csv"
    path.write_bytes(write_csv(TABLES["events"], made_up.corpus().tables()["events"]))
    return path


@pytest.mark.parametrize(
    ("old", "new", "column", "suggestion"),
    [
        ("true", "True", "symmetric", "true"),
        ("true", "TRUE", "symmetric", "true"),
        ("TST-000001,1,", "TST-000001,1.0,", "record_version", "1"),
    ],
)
def test_a_changed_spelling_is_told_with_the_right_one(
    events: Path, old: str, new: str, column: str, suggestion: str
) -> None:
    events.write_text(events.read_text().replace(old, new, 1))
    [fault] = [fault for fault in check_path(events).faults if fault.rule == "value-type"]
    assert (fault.column, fault.line, fault.suggestion) == (column, 2, suggestion)


@pytest.mark.parametrize(("sign", "name"), [(";", "semicolons"), ("|", "bars")])
def test_another_separator_is_named(events: Path, sign: str, name: str) -> None:
    events.write_text(events.read_text().replace(",", sign))
    report = check_path(events)
    assert report.exit_code == 2
    assert f"separated by {name} instead of commas" in report.faults[0].message
