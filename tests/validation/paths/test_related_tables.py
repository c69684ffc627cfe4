"""Tables given together are checked against each other, package or not."""

from pathlib import Path

import pytest

import made_up
from qantar.dataset.csv_file import write_csv
from qantar.schema.tables import TABLES
from qantar.validation import check_path, check_paths


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, rows in made_up.corpus().tables().items():
        if rows:
            (tmp_path / f"{name}.csv").write_bytes(write_csv(TABLES[name], rows))
    return tmp_path


def damage(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text().replace(old, new, 1))


def test_a_folder_of_sound_tables_is_clean(folder: Path) -> None:
    assert check_path(folder).exit_code == 0


def test_a_dangling_actor_is_found_at_its_line(folder: Path) -> None:
    damage(folder / "participants.csv", "target,1,malta", "target,1,maltta")
    [fault] = [f for f in check_path(folder).faults if f.rule == "key-dangling"]
    assert Path(fault.file or "").name == "participants.csv"
    assert (fault.line, fault.row, fault.column) == (5, 4, "actor_id")


def test_two_files_named_together_are_related(folder: Path) -> None:
    damage(folder / "participants.csv", "target,1,malta", "target,1,maltta")
    alone = check_path(folder / "participants.csv")
    both = check_paths([folder / "participants.csv", folder / "actors.csv"])
    assert alone.exit_code == 0
    assert [fault.rule for fault in both.faults] == ["key-dangling"]


def test_a_table_in_several_files_is_not_taken_for_whole(folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "actors.csv").write_bytes((folder / "actors.csv").read_bytes())
    damage(folder / "participants.csv", "target,1,malta", "target,1,maltta")
    assert [f for f in check_path(folder).faults if f.rule == "key-dangling"] == []


def test_a_mention_that_does_not_lead_is_told_as_such(folder: Path) -> None:
    damage(folder / "mentions.csv", "true", "false")
    messages = [f.message for f in check_path(folder).faults if f.rule == "leading-mention-count"]
    assert any("0 rows of mentions with leading true belong to" in text for text in messages)
