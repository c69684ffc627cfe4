"""Frames as people come to have them: odd names, zones, mixtures; told, never an exception."""

import datetime
import decimal
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from qantar.schema import Profile, Severity
from qantar.validation import Fault, check_frame

SOUND: dict[str, list[Any]] = {
    "event_id": ["AB-000001"],
    "record_version": [1],
    "action_code": ["cameo:042"],
    "date_earliest": ["2024-03-11"],
    "date_latest": ["2024-03-11"],
}
BAD = SOUND | {"date_latest": ["2024-03-10"]}


def told(faults: list[Fault]) -> list[tuple[str, str, int | None, str | None]]:
    return [(f.rule, f.severity.value, f.row, f.column) for f in faults]


REVERSED = ("date-reversed", "error", 1, "date_latest")


@pytest.mark.parametrize("zone", ["UTC", "Asia/Almaty", "America/St_Johns"])
def test_days_as_midnight_in_a_zone_are_judged(zone: str) -> None:
    days = pl.col("date_earliest", "date_latest").str.to_datetime().dt.replace_time_zone(zone)
    frame = pl.DataFrame(BAD).with_columns(days)
    connection = duckdb.connect()
    connection.sql(f"SET TimeZone = '{zone}'")
    arrow = frame.to_arrow()
    connection.register("bad", arrow)
    for held in (frame, frame.lazy(), arrow, frame.to_pandas(), connection.table("bad")):
        assert told(check_frame(held)) == [REVERSED]


def test_another_time_in_a_zone_is_told_with_the_zone() -> None:
    days = pl.col("date_latest").str.to_datetime().dt.replace_time_zone("Asia/Almaty")
    frame = pl.DataFrame(SOUND).with_columns(days.dt.convert_time_zone("UTC"))
    for held in (frame, frame.to_arrow(), frame.to_pandas()):
        [fault] = check_frame(held)
        assert (fault.rule, fault.column) == ("value-malformed", "date_latest")
        assert fault.value == "2024-03-10T19:00:00+00:00"


def test_numbers_of_other_types_are_numbers() -> None:
    frame = pa.table(SOUND | {"record_version": pa.array([1], pa.int64())})
    more = {
        "fatalities_best": pa.array([3], pa.float32()),
        "latitude": pa.array([decimal.Decimal("43.25")], pa.decimal128(5, 2)),
        "longitude": pa.array([decimal.Decimal("76.95")], pa.decimal128(5, 2)),
    }
    for name, column in more.items():
        frame = frame.append_column(name, column)
    version = pa.array([decimal.Decimal(1)], pa.decimal128(38, 0))
    frame = frame.set_column(1, "record_version", version)
    assert check_frame(frame).faults == ()


def test_a_number_beyond_64_bits_is_out_of_range_and_the_rest_is_judged() -> None:
    frame = pa.table(BAD).append_column("fatalities_best", pa.array([2**64 - 1], pa.uint64()))
    objects = pd.DataFrame(BAD).assign(fatalities_best=pd.Series([2**64 - 1], dtype=object))
    for held in (frame, pl.DataFrame(frame), objects):
        assert told(check_frame(held)) == [
            ("value-out-of-range", "error", 1, "fatalities_best"),
            REVERSED,
        ]


def test_a_whole_number_that_python_cannot_spell_is_told() -> None:
    frame = pd.DataFrame(SOUND).assign(fatalities_best=pd.Series([10**5_000], dtype=object))
    [fault] = check_frame(frame)
    assert (fault.rule, fault.value) == ("value-out-of-range", "a whole number of very many digits")


@pytest.mark.parametrize("table", [None, "events"])
def test_a_frame_read_without_its_header_is_told(table: str | None) -> None:
    frame = pd.DataFrame(BAD)
    frame.columns = range(len(BAD))
    [fault] = check_frame(frame, table)
    assert (fault.rule, fault.severity) == ("table-unknown", Severity.error)
    assert "named 0, 1, 2, 3, 4" in fault.message
    assert "header=None" in fault.message
    verdict = check_frame(frame, table)
    assert (verdict.faults, len(verdict.bad)) == ((fault,), 1)


def test_names_of_several_levels_are_told() -> None:
    frame = pd.DataFrame(BAD)
    frame.columns = pd.MultiIndex.from_product([["mine"], frame.columns])
    [fault] = check_frame(frame)
    assert (fault.rule, fault.severity) == ("table-unknown", Severity.error)
    assert "get_level_values" in fault.message


def test_a_column_whose_name_is_no_text_is_one_of_the_users_own() -> None:
    frame = pd.DataFrame(BAD)
    frame[0] = 1
    frame[None] = 2
    assert told(check_frame(frame)) == [
        ("column-unknown", "warning", None, "0"),
        ("column-unknown", "warning", None, "None"),
        REVERSED,
    ]


def test_a_column_that_stands_twice_is_told_and_the_rest_is_judged() -> None:
    pandas = pd.DataFrame(BAD)
    pandas = pd.concat([pandas, pandas[["action_code"]]], axis=1)
    arrow = pa.table(BAD).append_column("action_code", pa.array(["cameo:042"]))
    relation = duckdb.from_arrow(pa.table(BAD)).project("*, action_code")
    frames = [pandas, arrow] + ([relation] if relation.columns.count("action_code") == 2 else [])
    for frame in frames:
        faults = check_frame(frame).faults
        assert told(faults) == [("column-unknown", "error", None, "action_code"), REVERSED]
        assert "2 columns named action_code" in faults[0].message
        verdict = check_frame(frame)
        assert (len(verdict.bad), len(verdict.good), len(verdict.as_frame())) == (1, 0, 2)


def test_mixed_cells_are_judged_one_by_one() -> None:
    cells = [
        1,
        "1",
        1.0,
        np.int8(1),
        None,
        pd.NA,
        float("nan"),
        1.5,
        "one",
        ("a",),
        [1],
        b"1",
        True,
    ]
    frame = pd.DataFrame({name: values * len(cells) for name, values in SOUND.items()})
    frame["event_id"] = [f"AB-{number:06d}" for number in range(1, len(cells) + 1)]
    frame["fatalities_best"] = pd.Series(cells, dtype=object)
    faults = check_frame(frame, "events", Profile.exchange).faults
    assert [(f.rule, f.row) for f in faults] == [("value-type", row) for row in range(8, 14)]
    assert [f.value for f in faults][:2] == ["1.5", "one"]
    assert "is a list" in faults[3].message


def test_texts_dates_and_flags_in_object_columns_are_read() -> None:
    frame = pd.DataFrame(BAD).astype(object)
    frame["date_earliest"] = pd.Series([datetime.date(2024, 3, 11)], dtype=object)
    frame["date_latest"] = pd.Series([pd.Timestamp("2024-03-10")], dtype=object)
    frame["attributed"] = pd.Series([np.bool_(True)], dtype=object)
    assert told(check_frame(frame)) == [REVERSED]
    frame["attributed"] = pd.Series(["True"], dtype=object)
    [note, fault] = check_frame(frame)
    assert (note.rule, note.severity, note.column) == ("value-type", "note", "attributed")
    assert told([fault]) == [REVERSED]
    frame["attributed"] = pd.Series(["yes"], dtype=object)
    [fault, _] = check_frame(frame)
    assert (fault.rule, fault.column, fault.suggestion) == ("value-type", "attributed", "true")


def test_half_of_a_surrogate_pair_is_told() -> None:
    frame = pd.DataFrame(SOUND).assign(place_name=pd.Series(["\ud800"], dtype=object))
    assert told(check_frame(frame)) == [("value-malformed", "error", 1, "place_name")]


def test_another_table_of_which_the_names_are_lost_is_told() -> None:
    actors = pd.DataFrame([["a"]])
    verdict = check_frame(pl.DataFrame(SOUND), others={"actors": actors})
    assert [f.rule for f in verdict.faults] == ["table-unknown"]
    assert verdict.faults[0].message.startswith("Of the other table actors: ")
