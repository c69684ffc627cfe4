"""Files in folders named as ``year=2022`` are told the same in chunks as files held whole."""

import json
import random
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.schema.shape import Row
from qantar.validation import Report, check_path
from qantar.validation.engine.large_file import check_large
from qantar.validation.places import source_check
from support import made_up
from support.damaged_lines import row_lines
from support.held_frames import as_polars
from support.mutations import HOSTILE_TEXTS

# Values of several types; some are none of their column, some stand in no column at all.
FOLDERS = [
    "action_code=cameo%3A041",
    "action_code=41",
    "record_version=1",
    "record_version=one",
    "date_latest=2021-05-03",
    "date_latest=2021-02-30",
    "occurred=true",
    "latitude=35.9",
    "fatalities_best=2",
    "polarity=affirmativ",
    "event_id=TST-000001",
    "place_name=__HIVE_DEFAULT_PARTITION__",
    "year=2021",
]
DAMAGES = [b'"', b'"\n"', b"\n\n", b",", b"\0", b"\r", b"\xff", b",x,"]


def told(path: Path, least: int, chunk: int) -> Report:
    with pytest.MonkeyPatch.context() as patch:
        asked = partial(check_large, least=least, chunk=chunk)
        patch.setattr(source_check, "check_large", asked)
        if least:
            patch.setattr(source_check, "check_large", lambda *_, **__: None)
        return check_path(path)


def assert_equal(path: Path, chunk: int) -> None:
    in_chunks, whole = told(path, 0, chunk), told(path, 2**40, chunk)
    assert in_chunks.read == whole.read
    assert Counter(in_chunks.faults) == Counter(whole.faults)


def rows_without(columns: set[str], chosen: random.Random) -> list[Row]:
    """Some events without most of what stands in the folders' names, and with faults."""
    rows = []
    for number in range(chosen.choice([30, 450])):
        row = dict(chosen.choice(made_up.corpus().tables()["events"]))
        row["event_id"] = f"TST-{number // chosen.choice([1, 1, 1, 2]):06d}"
        if chosen.random() < 0.1:
            name = chosen.choice([name for name, v in row.items() if isinstance(v, str)])
            row[name] = chosen.choice(HOSTILE_TEXTS[1:])
        rows.append({name: v for name, v in row.items() if name not in columns and v is not None})
    return rows


@given(
    seed=st.integers(0, 2**32),
    folders=st.lists(st.sampled_from(FOLDERS), min_size=1, max_size=4, unique=True),
    kind=st.sampled_from(["csv", "tsv", "parquet"]),
    damages=st.lists(st.tuples(st.floats(0, 1), st.sampled_from(DAMAGES)), max_size=3),
    chunk=st.sampled_from([1_000, 20_000]),
)
@settings(max_examples=8, deadline=None)
def test_tables_are_told_the_same(
    seed: int,
    folders: list[str],
    kind: str,
    damages: list[tuple[float, bytes]],
    chunk: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    chosen = random.Random(seed)
    named = [folder.partition("=")[0] for folder in folders]
    held = {name for name in named if chosen.random() < 0.2}
    rows = rows_without({*named} - held, chosen)
    path = tmp_path_factory.mktemp("hive").joinpath(*folders, f"part-0.{kind}")
    path.parent.mkdir(parents=True)
    frame = as_polars("events", rows)
    if kind == "parquet":
        frame.write_parquet(path, row_group_size=64)
    else:
        frame.write_csv(path, separator="," if kind == "csv" else "\t")
        data = path.read_bytes()
        start = data.index(b"\n") + 1
        for share, damage in damages:
            place = start + int(share * (len(data) - start))
            data = data[:place] + damage + data[place:]
        path.write_bytes(data)
    assert_equal(path, chunk // 10 if kind == "parquet" else chunk)


@given(
    seed=st.integers(0, 2**32),
    folders=st.lists(st.sampled_from(FOLDERS), min_size=1, max_size=4, unique=True),
    is_damaged=st.booleans(),
)
@settings(max_examples=6, deadline=None)
def test_rows_in_json_lines_are_told_the_same(
    seed: int, folders: list[str], is_damaged: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chosen = random.Random(seed)
    named = {folder.partition("=")[0] for folder in folders}
    rows = rows_without({name for name in named if chosen.random() < 0.8}, chosen)
    path = tmp_path_factory.mktemp("hive").joinpath(*folders, "part-0.jsonl")
    path.parent.mkdir(parents=True)
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(lines + (row_lines("events", seed) + b"5\n" if is_damaged else b""))
    assert_equal(path, 5_000)


def test_nested_records_take_nothing_from_the_names_of_folders(tmp_path: Path) -> None:
    path = tmp_path / "polarity=negated" / "part-0.jsonl"
    path.parent.mkdir()
    records = made_up.corpus().events
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    assert_equal(path, 5_000)
    noted = [f.column for f in told(path, 0, 5_000).faults if f.rule == "column-unknown"]
    assert noted == ["polarity"]


def test_a_column_that_only_a_late_row_holds_comes_before_the_folder_name(tmp_path: Path) -> None:
    path = tmp_path / "polarity=negated" / "part-0.jsonl"
    path.parent.mkdir()
    rows: list[dict[str, Any]] = [{"event_id": f"TST-{n:06d}", "occurred": True} for n in range(9)]
    rows = [*rows * 200, {"event_id": "TST-000010", "polarity": "affirmativ"}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert_equal(path, 5_000)


def test_a_key_in_a_folder_name_repeats_with_every_row(tmp_path: Path) -> None:
    path = tmp_path / "event_id=TST-000001" / "part-0.parquet"
    path.parent.mkdir()
    rows = [{**row, "event_id": None} for row in made_up.corpus().tables()["events"]]
    as_polars("events", rows * 3).drop("event_id").write_parquet(path)
    assert_equal(path, 2)
    repeats = [f.row for f in told(path, 0, 2).faults if f.rule == "key-duplicate"]
    assert repeats == [*range(2, 3 * len(rows) + 1)]


def test_a_table_told_by_the_name_of_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "action_code=cameo%3A041" / "record_version=1" / "a.csv"
    path.parent.mkdir(parents=True)
    rows = made_up.corpus().tables()["events"]
    kept = ["event_id", "date_earliest", "date_latest"]
    pl.DataFrame(rows, infer_schema_length=None).select(kept).write_csv(path)
    assert_equal(path, 1_000)
    assert told(path, 0, 1_000).read[0].table == "events"
