"""What tools make of a table on the way is recognised, with the way back."""

from pathlib import Path

import pytest

from qantar.dataset.csv_file import write_csv
from qantar.validation import check_path
from support import made_up
from support.told_tables import CODED_TABLES


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "events.csv"
    path.write_bytes(write_csv(CODED_TABLES["events"], made_up.corpus().tables()["events"]))
    return path


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("true", "True", "symmetric"),
        ("true", "TRUE", "symmetric"),
        ("true", "WAHR", "symmetric"),
        ("true", "VRAI", "symmetric"),
        ("TST-000001,1,", "TST-000001,1.0,", "record_version"),
        ("TST-000001,1,", "TST-000001,1e+00,", "record_version"),
    ],
)
def test_the_spelling_of_another_program_is_read_with_one_note(
    events: Path, old: str, new: str, column: str
) -> None:
    events.write_text(events.read_text().replace(old, new, 1))
    report = check_path(events)
    assert [(f.rule, f.severity, f.line, f.column) for f in report.faults] == [
        ("value-type", "note", 1, column)
    ]
    assert report.exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "column", "suggestion"),
    [
        ("true", "yes", "symmetric", "true"),
        ("true", "1", "symmetric", "true"),
        ("TST-000001,1,", "TST-000001, 1,", "record_version", "1"),
    ],
)
def test_a_spelling_of_people_is_told_with_the_right_one(
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
