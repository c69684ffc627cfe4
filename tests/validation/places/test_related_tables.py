"""Tables given together are checked against each other, package or not."""

import gzip
import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from qantar.dataset.csv_file import write_csv
from qantar.validation import check_path, check_paths
from qantar.validation.engine.large_file import check_large
from qantar.validation.places import source_check
from support import made_up
from support.told_tables import CODED_TABLES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, rows in made_up.corpus().tables().items():
        if rows:
            (tmp_path / f"{name}.csv").write_bytes(write_csv(CODED_TABLES[name], rows))
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


def test_what_points_to_a_row_with_a_cell_too_few_does_not_dangle(folder: Path) -> None:
    path = folder / "actors.csv"
    lines = path.read_text().splitlines()
    place = next(n for n, line in enumerate(lines) if line.startswith("malta,"))
    lines[place] = lines[place].rpartition(",")[0]
    path.write_text("\n".join([*lines, ""]))
    rules = [(fault.rule, fault.line) for fault in check_path(folder).faults]
    assert rules == [("csv-malformed", place + 1)]


def test_two_files_named_together_are_related(folder: Path) -> None:
    damage(folder / "participants.csv", "target,1,malta", "target,1,maltta")
    alone = check_path(folder / "participants.csv")
    both = check_paths([folder / "participants.csv", folder / "actors.csv"])
    assert alone.exit_code == 0
    assert [fault.rule for fault in both.faults] == ["key-dangling"]


def test_a_mention_that_does_not_lead_is_told_as_such(folder: Path) -> None:
    damage(folder / "mentions.csv", "true", "false")
    messages = [f.message for f in check_path(folder).faults if f.rule == "leading-mention-count"]
    assert any("0 rows of mentions with leading true belong to" in text for text in messages)


@pytest.fixture
def all_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table counts as too large to be held."""
    monkeypatch.setattr(source_check, "check_large", partial(check_large, least=0, chunk=400))


@pytest.mark.usefixtures("all_in_chunks")
@pytest.mark.parametrize("packing", ["", ".gz"])
def test_large_tables_are_related_too(folder: Path, packing: str) -> None:
    damage(folder / "participants.csv", "target,1,malta", "target,1,maltta")
    paths = [folder / "participants.csv", folder / "actors.csv"]
    if packing:
        for path in paths:
            Path(f"{path}.gz").write_bytes(gzip.compress(path.read_bytes()))
    [fault] = check_paths([f"{path}{packing}" for path in paths]).faults
    assert (fault.rule, fault.line, fault.row) == ("key-dangling", 5, 4)
    assert fault.file == f"{paths[0]}{packing}"


def test_a_large_table_is_related_to_a_small_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(folder / "participants.csv", "target,1,malta", "target,1,maltta")
    with (folder / "actors.csv").open("a", encoding="utf-8") as actors:
        actors.write("malta-gozo-ferry-company,organisation,true,Ferries,Phà,MLT,\n")
    large = (folder / "actors.csv").stat().st_size
    assert large > (folder / "participants.csv").stat().st_size
    monkeypatch.setattr(source_check, "check_large", partial(check_large, least=large))
    both = check_paths([folder / "participants.csv", folder / "actors.csv"])
    assert [(fault.rule, fault.line) for fault in both.faults] == [("key-dangling", 5)]


@pytest.mark.parametrize("least", [0, 2**30], ids=["in chunks", "whole"])
def test_rows_in_json_lines_are_related_as_rows_in_csv_are(
    least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_check, "check_large", partial(check_large, least=least))
    found = []
    for kind in ("csv", "jsonl"):
        paths = [tmp_path / f"{name}.{kind}" for name in ("events", "mentions", "actors")]
        for path in paths:
            rows = made_up.corpus().tables()[path.stem]
            rows = rows[1:] if path.stem == "actors" else rows
            plain = [{name: v for name, v in row.items() if v is not None} for row in rows]
            lines = "".join(json.dumps(row, default=str) + "\n" for row in plain)
            data = write_csv(CODED_TABLES[path.stem], rows) if kind == "csv" else lines.encode()
            path.write_bytes(data)
        faults = check_paths(paths).faults
        places = {(Path(f.file or "").stem, f.row, f.rule, f.value, f.message) for f in faults}
        assert places
        found.append(places)
    assert found[0] == found[1]


@pytest.mark.parametrize("large", ["events", "spans", "mentions", "participants"])
def test_a_value_without_span_is_found_whichever_table_is_large(
    large: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "spans.csv"
    path.write_text(path.read_text().replace(",target,", ",product,"))
    in_participants = "participants.csv", "span-missing"

    def found() -> set[tuple[str, str]]:
        return {(Path(f.file or "").name, f.rule) for f in check_path(folder).faults}

    assert found() == {in_participants}

    def check(path: Path, *args: Any, **named: Any) -> Any:
        return check_large(path, *args, **named, least=0 if path.stem == large else 2**30)

    monkeypatch.setattr(source_check, "check_large", check)
    assert found() == {in_participants}
