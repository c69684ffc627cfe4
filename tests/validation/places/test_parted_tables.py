"""A table in several files is told the same faults as one in a single file."""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qantar.dataset.csv_file import write_csv
from qantar.schema import TABLES
from qantar.schema.patterns import ColumnKind
from qantar.schema.rule import Acyclic, Traced, Unique
from qantar.schema.rules import rules
from qantar.schema.shape import Row, Rows
from qantar.validation import Fault, Report, check_paths
from qantar.validation.engine.large_file import check_large
from qantar.validation.engine.links import within_table
from qantar.validation.engine.table_run import TableRun
from qantar.validation.places import gathered, source_check
from qantar.validation.readers.cell_table import POLARS_TYPES
from qantar.validation.readers.table_file import JudgedTable
from qantar.validation.rules.table_kind import table_of
from support import made_up
from support.held_frames import as_polars
from support.mutations import HOSTILE_TEXTS
from support.told_tables import CODED_TABLES

ASKED_OF_HELD = {rule.id for rule in rules() if isinstance(rule, Acyclic | Traced)}
TELLS_EARLIER_ROW = {rule.id for rule in rules() if isinstance(rule, Unique)}
KEYS = ("TST-000001", "TST-000002", "TST-000003", "TST-000001-M1", "TST-000002-M1", "malta")


def rows_of(table: str, rows: list[Row], chosen: random.Random) -> list[Row]:
    """Rows of a table, some of them left out, some repeated, some with other values."""
    made = [dict(chosen.choice(rows)) if chosen.random() < 0.2 else dict(row) for row in rows * 2]
    known = TABLES[table].by_name
    for number, row in enumerate(made[len(rows) :]):
        for key in TABLES[table].primary_key[:1]:
            if chosen.random() < 0.5 and isinstance(row[key], str):
                row[key] = f"{row[key].split('-')[0]}-{number + 100:06d}"
    for row in made:
        if chosen.random() < 0.2:
            name = chosen.choice([*row])
            # What is no day is told in the words of each format.
            if known[name].kind is ColumnKind.string:
                row[name] = chosen.choice([*KEYS, *HOSTILE_TEXTS[1:]])
            elif isinstance(row[name], int) and not isinstance(row[name], bool):
                row[name] = chosen.choice([0, 1, 2, 3, 7])
    chosen.shuffle(made)
    return made[: chosen.randint(1, len(made))]


def spelled(row: Row) -> Row:
    """The row without line ends, empty texts and the like, of which formats differ."""
    plain = {
        name: "".join(c for c in value if c.isprintable()) if isinstance(value, str) else value
        for name, value in row.items()
    }
    return {name: value for name, value in plain.items() if value not in (None, "")}


def write(table: str, frame: pl.DataFrame, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [{n: v for n, v in row.items() if v is not None} for row in frame.iter_rows(named=True)]
    if path.suffix == ".csv":
        path.write_bytes(write_csv(CODED_TABLES[table], rows))
    elif path.suffix == ".parquet":
        # A column that is not there at all would be told once, not of each row.
        kinds = {column.name: POLARS_TYPES[column.kind] for column in TABLES[table].columns}
        absent = [name for name in kinds if name not in frame.columns]
        frame.with_columns(pl.lit(None, kinds[n]).alias(n) for n in absent).write_parquet(path)
    else:
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def keys_of(frame: pl.DataFrame) -> set[str]:
    """The keys that rows of JSON have: those of columns with a value."""
    return {column.name for column in frame if column.null_count() < len(column)}


def places(faults: Iterable[Fault], starts: dict[str, int], left_out: set[str]) -> Counter[Any]:
    """What is told of which row of a table, however its rows are parted."""
    found: Counter[Any] = Counter()
    for fault in faults:
        if fault.row is None or fault.rule in left_out:
            continue
        assert fault.file
        row = fault.row + starts[fault.file]
        message = "" if fault.rule in TELLS_EARLIER_ROW else fault.message
        column = fault.column or (fault.pointer or "").removeprefix("/")
        place = Path(fault.file).name.partition(".")[0], row, column
        found[(*place, fault.rule, message, fault.value, fault.suggestion)] += 1
    return found


def hold(_: Path) -> int:
    return 2**40


def read_again(_: Path) -> int:
    return 2**40


def take_in_chunks(_: Path) -> int:
    return 0


def mix(path: Path) -> int:
    # One file at least is in chunks, whichever tables there are.
    return 0 if path.parent.name == "0" or len(path.read_bytes()) % 2 else 2**40


def judge(paths: list[Path], least: Callable[[Path], int], most: int = 1000) -> Report:
    def check(path: Path, kind: str, **asked: Any) -> Report | None:
        if least(path):
            return None
        return check_large(path, kind, **asked, least=0, chunk=1_000 if kind != "parquet" else 3)

    with pytest.MonkeyPatch.context() as patch:
        # A cause of many faults is told once a file, whichever rows it holds.
        patch.setattr(JudgedTable, "told_once", lambda table: [*table.faults])
        patch.setattr(TableRun, "told_once", lambda _, faults, *__: faults)
        patch.setattr(source_check, "check_large", check)
        patch.setattr(within_table, "MOST_IN_MEMORY", most)
        if least is read_again:
            patch.setattr(gathered, "MOST_HELD", 0)
        return check_paths(paths, profile="coded")


@pytest.mark.parametrize("least", [hold, read_again, take_in_chunks, mix])
@given(
    seed=st.integers(0, 2**32),
    kinds=st.sampled_from([["csv"], ["parquet"], ["jsonl"], ["csv", "parquet", "jsonl"]]),
    files=st.integers(1, 4),
    most=st.sampled_from([4, 1_000]),
)
@settings(max_examples=6, deadline=None)
def test_parts_are_told_the_same_as_a_whole(
    least: Callable[[Path], int],
    seed: int,
    kinds: list[str],
    files: int,
    most: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    chosen = random.Random(seed)
    folder = tmp_path_factory.mktemp("parts")
    tables: Rows = {
        name: rows
        for name, rows in made_up.corpus().tables().items()
        if rows and name not in ("codes", "countries") and chosen.random() < 0.7
    }
    whole: list[Path] = []
    parts: list[Path] = []
    starts: dict[str, int] = {}
    for name, rows in tables.items():
        frame = as_polars(name, [spelled(row) for row in rows_of(name, rows, chosen)])
        whole.append(folder / "whole" / f"{name}.{kinds[0]}")
        write(name, frame, whole[-1])
        starts[str(whole[-1])] = 0
        cuts = sorted(chosen.randint(0, frame.height) for _ in range(files - 1))
        for number, (low, high) in enumerate(zip([0, *cuts], [*cuts, frame.height], strict=True)):
            if low < high:
                kind = chosen.choice(kinds)
                # Of a few rows in JSON with faults in their keys it cannot be told which table.
                assume(kind != "jsonl" or table_of(keys_of(frame[low:high])) == name)
                parts.append(folder / str(number) / f"{name}.{number}.{kind}")
                write(name, frame[low:high], parts[-1])
                starts[str(parts[-1])] = low
    left_out = set() if least is hold else ASKED_OF_HELD
    found = places(judge(parts, least, most).faults, starts, left_out)
    expected = places(judge(whole, hold).faults, starts, left_out)
    assert found == expected
