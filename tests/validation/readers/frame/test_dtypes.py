"""Every type that pandas, Polars, pyarrow and DuckDB document is judged exactly or told."""

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from qantar.schema import TABLES, Profile
from qantar.validation import check_frame, check_path
from qantar.validation.engine.column_judge import ColumnJudge
from qantar.validation.engine.large_file import check_large
from qantar.validation.readers.frame.chunks import chunks_of
from qantar.validation.readers.frame.held_frame import hold_frame
from qantar.validation.tables.cells import SOUND
from support.dtype_samples import (
    DUCKDB,
    MEANINGS,
    Sample,
    arrow_samples,
    pandas_samples,
    polars_samples,
)

COLUMNS = ("place_name", "date_latest", "date_edtf", "fatalities_best", "latitude", "attributed")
TOLD = {"value-type", "value-malformed"}


def others() -> dict[str, list[Any]]:
    """Two events, but for the columns that hold a sample."""
    return {
        "event_id": ["AB-000001", "AB-000002"],
        "record_version": [1, 1],
        "action_code": ["cameo:042", "cameo:042"],
        "date_earliest": ["2024-03-11", "2024-03-11"],
    }


def in_polars(held: Any) -> Any:
    return pl.DataFrame(others()).with_columns(held.alias(name) for name in COLUMNS)


def in_arrow(held: Any) -> Any:
    return pa.table(others() | dict.fromkeys(COLUMNS, held))


def in_pandas(held: Any) -> Any:
    return pd.DataFrame(others()).assign(**dict.fromkeys(COLUMNS, held))


def assert_judged_or_told(frame: Any, meaning: str) -> None:
    verdict = check_frame(frame, "events", Profile.exchange)
    assert len(verdict.bad) == 2
    [chunk] = chunks_of(hold_frame(frame), TABLES["events"])
    for column in COLUMNS:
        of_values = [f for f in verdict.faults if f.column == column and f.rule[:5] == "value"]
        told = {f.rule for f in of_values}
        expected = MEANINGS[meaning].get(column)
        if expected is None:
            assert told, column
            assert told <= TOLD
            assert all(f.message.endswith(".") for f in of_values)
        else:
            assert not told, column
            judge = ColumnJudge(TABLES["events"].by_name[column], Profile.exchange)
            held = judge.judge(chunk.columns[column])
            assert [held.cell(0), held.cell(1)] == [expected, expected]
            assert {*held.states} == {SOUND}


HOLD: Mapping[str, tuple[dict[str, Sample], Callable[[Any], Any]]] = {
    "polars": (polars_samples(), in_polars),
    "pyarrow": (arrow_samples(), in_arrow),
    "pandas": (pandas_samples(), in_pandas),
}
SAMPLES = [(library, name) for library, (samples, _) in HOLD.items() for name in samples]


@pytest.mark.parametrize(("library", "name"), SAMPLES)
def test_each_dtype_is_judged_exactly_or_told(library: str, name: str) -> None:
    samples, hold = HOLD[library]
    held, meaning = samples[name]
    assert_judged_or_told(hold(held), meaning)


@pytest.mark.parametrize("name", DUCKDB)
def test_each_type_of_duckdb_is_judged_exactly_or_told(name: str) -> None:
    spelled, meaning = DUCKDB[name]
    connection = duckdb.connect()
    known = connection.sql("SELECT DISTINCT logical_type FROM duckdb_types()").fetchall()
    if (name,) not in known:
        pytest.skip(f"this version of DuckDB has no {name}")
    connection.sql("SET TimeZone = 'UTC'")
    connection.register("others", pa.table(others()))
    sample = spelled.replace("NAME", name)
    columns = ", ".join(f"{sample} AS {column}" for column in COLUMNS)
    assert_judged_or_told(connection.sql(f"SELECT *, {columns} FROM others"), meaning)


@pytest.mark.parametrize("name", arrow_samples())
def test_a_parquet_file_is_told_the_same_as_the_frame_it_holds(name: str, tmp_path: Path) -> None:
    held, _ = arrow_samples()[name]
    path = tmp_path / "t.parquet"
    try:
        pq.write_table(in_arrow(held), path)
    except pa.ArrowException:
        pytest.skip("Parquet has no such type")
    frame = pq.read_table(path)
    expected = [f.at(file=None) for f in check_frame(frame, "events", Profile.exchange)]
    whole = check_path(path, table="events", profile=Profile.exchange)
    in_chunks = check_large(
        path, "parquet", file="t", table="events", profile=Profile.exchange, least=0
    )
    for report in (whole, in_chunks):
        assert report is not None
        assert Counter(f.at(file=None) for f in report.faults) == Counter(expected)


def test_the_dtypes_of_this_polars_are_all_among_the_samples() -> None:
    listed = {n for n in pl.datatypes.__all__ if isinstance(getattr(pl.datatypes, n), type)}
    dtypes = {n for n in listed if issubclass(getattr(pl.datatypes, n), pl.DataType)}
    families = {"DataType", "FloatType", "IntegerType", "TemporalType", "BaseExtension"}
    nothing = {"Null", "Unknown"}
    assert dtypes - families - nothing <= polars_samples().keys()


def test_the_types_of_this_pyarrow_are_all_among_the_samples() -> None:
    listed = {name.removeprefix("Type_") for name in dir(pa.lib) if name.startswith("Type_")}
    # pyarrow makes no arrays of the two older kinds of interval.
    unmade = {"NA", "INTERVAL_MONTHS", "INTERVAL_DAY_TIME"}
    sampled = {name.split()[0] for name in arrow_samples()}
    assert listed - unmade <= sampled


def test_the_dtypes_of_this_pandas_are_all_among_the_samples() -> None:
    listed = {name.removesuffix("Dtype") for name in pd.__all__ if name.endswith("Dtype")}
    assert listed <= pandas_samples().keys()


@pytest.mark.parametrize(
    "frame",
    [
        in_polars(pl.Series([None, None])),
        in_polars(pl.Series([None, None], dtype=pl.Duration)),
        in_pandas(pd.Series([pd.NA, None], dtype=object)),
        in_pandas(pd.Series([np.nan, np.nan])),
        in_pandas(pd.Series([pd.NaT, pd.NaT])),
        in_arrow(pa.nulls(2)),
    ],
    ids=["null", "durations", "objects", "floats", "times", "of arrow"],
)
def test_a_column_without_values_is_absent_whatever_its_type(frame: Any) -> None:
    told = check_frame(frame, "events", Profile.exchange)
    assert {f.rule for f in told if f.column in COLUMNS} <= {"value-missing", "date-bounds-missing"}
