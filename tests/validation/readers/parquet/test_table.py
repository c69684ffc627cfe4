"""Parquet is read whole, or refused with a sentence, and never expands past its limit."""

import datetime
import io
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from qantar.dataset.parquet_file import write_parquet
from qantar.schema.tables import TABLES
from qantar.validation.readers.cell_table import plain_rows
from qantar.validation.readers.parquet.table import Limits, read_columns, read_parquet
from support import made_up

CHANGES = TABLES["changes"]
SEED = 20220105


def stored(columns: dict[str, Any], **facts: Any) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table(columns), content, compression="zstd", **facts)
    return content.getvalue()


@pytest.mark.parametrize("name", TABLES)
def test_what_a_release_writes_is_read_back(name: str) -> None:
    rows = made_up.corpus().tables()[name]
    held = read_parquet(write_parquet(TABLES[name], rows), TABLES[name], file="t.parquet")
    assert held.faults == ()
    assert plain_rows(held.frame) == rows
    assert held.lines is None


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        ("reason", pa.array(["a", None, "b"]).dictionary_encode(), ["a", None, "b"]),
        ("reason", pa.array(["a", None, "b"], pa.large_string()), ["a", None, "b"]),
        ("reason", pa.nulls(3), [None] * 3),
        ("record_version", pa.array([1, None, 3], pa.uint8()), [1, None, 3]),
        ("record_version", pa.array([1.0, None, 3.0]), [1, None, 3]),
        ("record_version", pa.array(["1", None, "3"]), [1, None, 3]),
    ],
)
def test_other_ways_to_store_the_same_are_the_same(
    column: str, values: Any, expected: list[Any]
) -> None:
    held = read_parquet(stored({column: values}), CHANGES, file="t")
    assert held.faults == ()
    assert held.frame[column].to_list() == expected


def test_days_may_be_stored_as_text_or_times() -> None:
    midnight = datetime.datetime(2022, 1, 5)
    texts = pa.array(["2022-01-05", "2024-02-30"])
    times = pa.array([midnight, midnight.replace(hour=1)])
    held = read_parquet(
        stored({"valid_from": texts, "valid_to": times}), TABLES["actor_roles"], file="t"
    )
    assert held.frame.row(0) == (midnight.date(), midnight.date())
    assert [(f.rule, f.row, f.column) for f in held.faults] == [
        ("value-malformed", 2, "valid_from"),
        ("value-malformed", 2, "valid_to"),
    ]


def test_a_column_of_another_type_is_one_fault() -> None:
    held = read_parquet(stored({"change": [1, 2, 3]}), CHANGES, file="t")
    assert [(f.rule, f.row, f.column) for f in held.faults] == [("value-type", None, "change")]


@pytest.mark.parametrize(
    "content",
    [b"", b"PAR1", b"PAR1PAR1", b"not parquet at all", stored({"a": [1]})[:-9]],
    ids=["empty", "magic", "twice", "text", "cut"],
)
def test_what_is_not_parquet_is_unreadable(content: bytes) -> None:
    read = read_columns(content)
    assert read.frame is None
    assert [fault.rule for fault in read.faults] == ["file-unreadable"]
    assert read.faults[0].message.endswith(".")
    assert "\n" not in read.faults[0].message


FOREIGN = {
    "lists": pa.array([[1, 2], None]),
    "records": pa.array([{"b": 1}, None]),
    "bytes": pa.array([b"\xff", None]),
    "maps": pa.array([[("a", 1)], None], pa.map_(pa.string(), pa.int64())),
    "durations": pa.array([1, None], pa.duration("ms")),
    "times of day": pa.array([1, None], pa.time64("us")),
}


@pytest.mark.parametrize("held", FOREIGN)
def test_a_column_that_no_table_has_is_told_and_the_rest_is_read(held: str) -> None:
    rows = made_up.corpus().tables()["changes"][:1] * 2
    sound = pq.read_table(io.BytesIO(write_parquet(CHANGES, rows)))
    columns = dict(zip(sound.column_names, sound.columns, strict=True))
    kept = read_parquet(stored(columns | {"a": FOREIGN[held]}), CHANGES, file="t")
    assert (kept.faults, kept.frame["a"].null_count()) == ((), 2)
    assert plain_rows(kept.frame) == rows
    wrong = read_parquet(stored(columns | {"reason": FOREIGN[held]}), CHANGES, file="t")
    assert [(f.rule, f.row, f.column) for f in wrong.faults] == [("value-type", None, "reason")]
    assert f"reason holds {held}, but must be text" in wrong.faults[0].message
    assert wrong.unread == {(0, "reason"), (1, "reason")}
    assert wrong.frame["record_version"].null_count() == 0


def bomb(value: str, rows: int) -> bytes:
    indices = pa.array([0] * rows, pa.int32())
    return stored({"reason": pa.DictionaryArray.from_arrays(indices, pa.array([value]))})


@pytest.mark.parametrize(
    "content",
    [bomb("y" * 900_000, 200_000), bomb("y" * 2_000_000, 5_000), bomb("y", 3_000_000)],
    ids=["many long", "too long", "too many"],
)
def test_a_small_file_does_not_become_a_large_one(content: bytes) -> None:
    read = read_columns(content, limits=Limits(cells=2_000_000, bytes=100_000_000))
    assert len(content) < 50_000
    assert read.frame is None
    assert [fault.rule for fault in read.faults] == ["file-too-large"]


def test_no_flipped_bit_and_no_cut_ends_in_an_exception() -> None:
    rows = made_up.corpus().tables()["events"]
    content = write_parquet(TABLES["events"], rows)
    chance = random.Random(SEED)
    for _ in range(300):
        damaged = bytearray(content)
        damaged[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        read_parquet(bytes(damaged), TABLES["events"], file="t")
        cut = read_parquet(content[: chance.randrange(len(content))], TABLES["events"], file="t")
        assert cut.faults


def test_pandas_is_not_loaded_to_read_a_file(tmp_path: Path) -> None:
    # To import it takes longer than to check a small table.
    path = tmp_path / "actors.parquet"
    pq.write_table(pa.table({"actor_id": ["a-1"], "kind": ["state"]}), path)
    told = (
        "import sys; from qantar.validation import check_path; "
        f"check_path({str(path)!r}); print('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
