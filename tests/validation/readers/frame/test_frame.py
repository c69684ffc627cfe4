"""Frames of every kind are told the same as records."""

import datetime
import math
from typing import Any
from unittest.mock import patch

import narwhals as nw
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.schema import TABLES, Profile, Severity
from qantar.schema.rules import rules
from qantar.schema.shape import Row
from qantar.validation import check_frame, check_records
from qantar.validation.engine.column_judge import ColumnJudge
from qantar.validation.readers.frame import chunks as frame_chunks
from qantar.validation.readers.frame.chunks import chunks_of
from qantar.validation.readers.frame.held_frame import hold_frame
from qantar.validation.readers.spelling import taken_for_text, words_in
from qantar.validation.rules.value.rule import mark
from qantar.validation.tables.cells import ABSENT, SOUND
from support import made_up
from support.held_frames import FRAMES, as_pandas, as_polars
from support.judged_tables import judge_tables
from support.row_mutations import mutated_rows

BETWEEN_TABLES = {
    rule.id
    for rule in rules()
    if rule.kind in ("foreign-key", "tally", "join", "traced")  # type: ignore[attr-defined]
}
Told = set[tuple[str, int | None, str | None, str | None]]


def interpreted(table: str, rows: list[Row], profile: Profile) -> Told:
    """What the interpreted rules say, without what needs other tables, and what words do."""
    told = {
        (fault.rule, fault.row, fault.column, fault.message)
        for _, fault in judge_tables({table: rows}, profile)
        if fault.rule not in BETWEEN_TABLES
    }
    marked = (mark(TABLES[table], row, profile)[0] for row in rows)
    for fault in taken_for_text(words_in(marked, TABLES[table], profile)):
        for row in range(1, len(rows) + 1):
            told.add((fault.rule, row, fault.column, fault.message))
    return told


def vectorised(frame: Any, table: str, profile: Profile) -> Told:
    """What the frame is told about its rows; absent columns are told for each row."""
    told: Told = set()
    for fault in check_frame(frame, table, profile):
        rows = range(1, _height(frame) + 1) if fault.row is None else [fault.row]
        told |= {(fault.rule, row, fault.column, fault.message) for row in rows}
    return told


def _height(frame: Any) -> int:
    return len(frame.collect()) if isinstance(frame, pl.LazyFrame) else len(frame)


@pytest.mark.parametrize("kind", FRAMES)
@given(mutated_rows(), st.sampled_from(Profile))
@settings(max_examples=8, deadline=None)
def test_a_frame_is_told_the_same_as_its_rows(
    kind: str, made: tuple[str, list[Row]], profile: Profile
) -> None:
    table, rows = made
    frame = FRAMES[kind](table, rows)
    assert vectorised(frame, table, profile) == interpreted(table, rows, profile)


@pytest.mark.slow
@pytest.mark.parametrize("kind", FRAMES)
@given(mutated_rows(), st.sampled_from(Profile))
@settings(max_examples=300, deadline=None)
def test_a_frame_is_told_the_same_as_its_rows_however_long_one_tries(
    kind: str, made: tuple[str, list[Row]], profile: Profile
) -> None:
    table, rows = made
    frame = FRAMES[kind](table, rows)
    assert vectorised(frame, table, profile) == interpreted(table, rows, profile)


@pytest.mark.parametrize("kind", FRAMES)
def test_a_word_for_an_absent_value_is_told_as_in_files(kind: str) -> None:
    rows = [made_up.corpus().tables()["events"][1] | {"place_name": "nan"}]
    [fault] = check_frame(FRAMES[kind]("events", rows))
    assert (fault.rule, fault.severity, fault.row) == ("value-type", Severity.warning, None)
    assert fault.column == "place_name"
    assert fault.message.startswith("'nan' in place_name (1) stands for a value that is not there")


@pytest.mark.parametrize("kind", FRAMES)
def test_the_made_up_tables_are_free_of_faults(kind: str) -> None:
    for table, rows in made_up.corpus().tables().items():
        if rows:
            assert check_frame(FRAMES[kind](table, rows)).faults == ()


@given(mutated_rows())
@settings(max_examples=15, deadline=None)
def test_a_frame_all_of_text_is_told_the_same_as_a_typed_one(made: tuple[str, list[Row]]) -> None:
    table, rows = made
    typed = as_polars(table, rows)
    spelled = typed.select(pl.col(name).cast(pl.String) for name in typed.columns)
    expected = {t[:3] for t in vectorised(typed, table, Profile.coded)}
    assert {t[:3] for t in vectorised(spelled, table, Profile.coded)} == expected


@pytest.mark.parametrize("kind", ["pandas", "pandas on arrow", "polars", "pyarrow"])
def test_a_number_in_text_has_one_verdict(kind: str) -> None:
    expected = {
        "35.9": [],
        "1e-999": [],
        "1E5": ["value-out-of-range"],
        "1e300": ["value-out-of-range"],
        "1e999": ["value-out-of-range"],
        "-1e999": ["value-out-of-range"],
        "+1": ["value-type"],
        "1_0": ["value-type"],
        "0x1": ["value-type"],
        "nan": ["value-type"],
        "1\n": ["value-type"],
    }
    row = made_up.corpus().tables()["events"][1]
    rows = [row | {"event_id": f"TST-{number:06}"} for number in range(101, 101 + len(expected))]
    held = nw.from_native(FRAMES[kind]("events", rows))
    column = nw.new_series("latitude", [*expected], nw.String, backend=held.implementation)
    told = check_frame(held.with_columns(column).to_native())
    # Where a point lies, a rule between cells says.
    of_cells = [fault for fault in told if fault.rule.startswith("value-")]
    found = {text: [f.rule for f in of_cells if f.row == n] for n, text in enumerate(expected, 1)}
    assert found == expected


@pytest.mark.parametrize("kind", FRAMES)
def test_nan_is_absent_in_pandas_and_no_number_elsewhere(kind: str) -> None:
    rows = made_up.corpus().tables()["events"]
    rows[0] |= {"latitude": math.nan, "longitude": math.nan}
    found = {fault.rule for fault in check_frame(FRAMES[kind]("events", rows))}
    assert found == (set() if kind.startswith("pandas") else {"value-type"})


def test_infinity_is_no_number_anywhere() -> None:
    rows = made_up.corpus().tables()["events"]
    rows[1]["latitude"] = math.inf
    for frame in (as_polars("events", rows), as_pandas("events", rows)):
        faults = check_frame(frame).faults
        assert [(fault.rule, fault.row, fault.column) for fault in faults] == [
            ("value-type", 2, "latitude")
        ]


@pytest.mark.parametrize("dtype", [pl.Date, pl.Datetime("us"), pl.Datetime("ns")])
def test_dates_may_be_dates(dtype: Any) -> None:
    rows = made_up.corpus().tables()["events"]
    rows[1]["date_latest"] = "2021-05-02"
    dated = as_polars("events", rows).with_columns(
        pl.col("date_earliest", "date_latest").str.to_date().cast(dtype)
    )
    for frame in (dated, dated.to_arrow(), dated.to_pandas()):
        found = {fault.rule for fault in check_frame(frame)}
        assert found == {"date-reversed", "date-latest-outside-edtf"}


def test_a_time_of_day_is_no_date() -> None:
    rows = made_up.corpus().tables()["events"]
    frame = as_pandas("events", rows)
    frame["date_latest"] = [pd.Timestamp("2021-05-03"), pd.Timestamp("2021-05-03 12:00")]
    assert [(f.rule, f.row, f.column) for f in check_frame(frame)] == [
        ("value-malformed", 2, "date_latest")
    ]


def test_a_reader_that_made_numbers_of_codes_is_told_what_they_were() -> None:
    rows = made_up.corpus().tables()["events"]
    frame = as_polars("events", rows).with_columns(action_code=pl.Series([41, 33]))
    faults = check_frame(frame).faults
    assert [(f.rule, f.row, f.value, f.suggestion) for f in faults] == [
        ("value-type", None, "41", "cameo:041")
    ]
    assert "holds whole numbers, the first of them 41, but must be text" in faults[0].message


def test_a_column_of_lists_is_told_once() -> None:
    rows = made_up.corpus().tables()["events"]
    frame = as_polars("events", rows).with_columns(object_en=pl.Series([["a"], None]))
    assert [(f.rule, f.row, f.column) for f in check_frame(frame)] == [
        ("value-type", None, "object_en")
    ]


def test_categories_are_text() -> None:
    rows = made_up.corpus().tables()["events"]
    rows[0]["confidence"] = "certain"
    polars = as_polars("events", rows).with_columns(pl.col("confidence").cast(pl.Categorical))
    pandas = as_pandas("events", rows).astype({"confidence": "category"})
    for frame in (polars, pandas, polars.to_arrow()):
        assert [(f.rule, f.row) for f in check_frame(frame)] == [("value-unknown", 1)]


def test_a_required_column_that_is_absent_is_told_once() -> None:
    frame = as_polars("events", made_up.corpus().tables()["events"]).drop(
        "summary_en", "summary_vi"
    )
    faults = check_frame(frame, "events", Profile.coded).faults
    assert [(f.rule, f.row, f.column) for f in faults] == [("value-missing", None, "summary")]


def test_a_column_of_the_users_own_is_a_warning() -> None:
    frame = as_polars("events", made_up.corpus().tables()["events"]).with_columns(mine=pl.lit(1))
    faults = check_frame(frame).faults
    assert [(f.rule, f.severity, f.column) for f in faults] == [
        ("column-unknown", Severity.warning, "mine")
    ]


def test_columns_that_tell_no_table_are_told_as_a_fault() -> None:
    assert [f.rule for f in check_frame(pl.DataFrame({"a": [1]}))] == ["table-unknown"]


def test_a_frame_without_rows_has_no_faults() -> None:
    frame = as_polars("events", made_up.corpus().tables()["events"])
    for empty in (frame.clear(), frame.clear().to_pandas(), frame.clear().to_arrow()):
        assert check_frame(empty).faults == ()


def test_what_is_no_frame_is_refused() -> None:
    with pytest.raises(TypeError):
        check_frame([{"event_id": "TST-000001"}])


def test_the_frame_that_was_given_is_left_as_it_was() -> None:
    frame = as_pandas("events", made_up.corpus().tables()["events"])
    before = frame.copy()
    check_frame(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_a_frame_of_events_is_told_the_same_as_the_records() -> None:
    records = made_up.corpus().events
    records[0]["date_latest"] = "2021-05-02"
    records[1] |= {"latitude": 91, "confidence": "sure", "condition_en": "=x"}
    rows = [
        {k: v for k, v in record.items() if not isinstance(v, list) and k != "schema_version"}
        for record in records
    ]
    from_records = {
        (f.rule, f.row, (f.pointer or "").removeprefix("/"), f.message)
        for f in check_records(records, known=made_up.corpus().plain)
    }
    frame = as_pandas("events", rows)
    from_frame = {(f.rule, f.row, f.column, f.message) for f in check_frame(frame)}
    derived = {c.name for c in TABLES["events"].columns if c.derived}
    assert {told for told in from_frame if told[2] not in derived} == from_records


def test_a_date_of_another_day_is_no_fault_of_time() -> None:
    day = datetime.date(2021, 5, 3)
    frame = as_polars("events", made_up.corpus().tables()["events"]).with_columns(
        date_edtf=pl.lit(day)
    )
    assert check_frame(frame).faults == ()


def test_screens_hold_back_nothing_of_a_faultless_table() -> None:
    for table, rows in made_up.corpus().tables().items():
        held = hold_frame(as_polars(table, rows)) if rows else None
        chunks = chunks_of(held, TABLES[table]) if held else []
        for chunk in chunks:
            for name, stored in chunk.columns.items():
                column = TABLES[table].by_name[name]
                judged = ColumnJudge(column, Profile.coded).judge(stored)
                assert set(judged.states) <= {ABSENT, SOUND}, name


@given(mutated_rows(), st.sampled_from(["polars", "pandas objects", "pyarrow"]))
@settings(max_examples=15, deadline=None)
def test_chunks_of_a_few_rows_are_told_the_same_as_one(
    made: tuple[str, list[Row]], kind: str
) -> None:
    table, rows = made
    frame = FRAMES[kind](table, rows)
    with patch.object(frame_chunks, "ROWS_PER_CHUNK", 2):
        in_chunks = check_frame(frame, table, Profile.coded)
    assert in_chunks == check_frame(frame, table, Profile.coded)


def test_a_frame_of_many_chunks_is_told_row_by_row() -> None:
    [row] = made_up.corpus().tables()["events"][1:2]
    count = 250_000
    ids = pl.Series("event_id", [f"TST-{number:06}" for number in range(900, 900 + count)])
    wrong = {5: "=x", 99_999: "=x", 100_000: "=x", 249_999: "=x"}
    texts = pl.Series("summary_en", [row["summary_en"]] * count).scatter(
        [*wrong], [*wrong.values()]
    )
    whole = as_polars("events", [row]).select(pl.all().repeat_by(count).explode())
    frame = whole.with_columns(ids.scatter([200_000], ids[:1]), texts)
    found = [(f.rule, f.row) for f in check_frame(frame)]
    rows = [("value-malformed", index + 1) for index in wrong]
    assert found == [*rows[:3], ("key-duplicate", 200_001), rows[3]]
