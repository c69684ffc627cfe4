"""Tables in parts, on every engine, are told the same as in one frame."""

import importlib.util
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import made_up
from held_frames import FRAMES, as_pandas, as_polars
from mutations import HOSTILE_TEXTS
from qantar.schema import TABLES, Profile
from qantar.schema.patterns import ColumnKind
from qantar.schema.shape import Row, Rows
from qantar.validation import judge_frame
from qantar.validation.engines.dask_frame import judge_dask
from qantar.validation.engines.partition import PLACES_PER_PART, begin_partitions
from qantar.validation.engines.ray_dataset import judge_ray
from qantar.validation.engines.spark_frame import judge_spark
from qantar.validation.faults.fault import shown
from qantar.validation.rules.record_name import BETWEEN, naming_columns

PARTED = ("events", "participants", "mentions", "sentences", "actor_roles", "changes")
OTHERS = ("events", "actors", "mentions", "changes", "articles")
Told = Counter[tuple[str | None, ...]]
NO_FIXTURE_HARM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@st.composite
def parted_tables(draw: st.DrawFn) -> tuple[str, Rows, list[int]]:
    """A table with rows repeated and cells changed, tables beside it, and where it is cut."""
    tables = made_up.corpus().tables()
    name = draw(st.sampled_from(PARTED))
    rows = [dict(r) for r in draw(st.lists(st.sampled_from(tables[name]), min_size=1, max_size=12))]
    numbers = {ColumnKind.integer: [1, 2, 9, -1], ColumnKind.number: [1.5, 1e300]}
    for _ in range(draw(st.integers(0, 6))):
        column = draw(st.sampled_from(TABLES[name].columns))
        values = numbers.get(column.kind, [True, False])
        if column.kind in (ColumnKind.string, ColumnKind.date):
            values = [*HOSTILE_TEXTS, *{r[column.name] for r in tables[name] if r.get(column.name)}]
        draw(st.sampled_from(rows))[column.name] = draw(st.none() | st.sampled_from(values))
    beside = {other: tables[other] for other in OTHERS if draw(st.booleans())}
    cuts = sorted(draw(st.lists(st.integers(0, len(rows)), max_size=3)))
    return name, beside | {name: rows}, cuts


def local(name: str, tables: Rows, profile: Profile, kind: str = "polars") -> Told:
    """What one frame is told, keyed as parts are: by the name of the record."""
    frame = FRAMES[kind](name, tables[name])
    others = {other: as_polars(other, rows) for other, rows in tables.items() if other != name}
    verdict = judge_frame(frame, name, profile, others)
    columns = [c for c in naming_columns(TABLES[name]) if any(c in row for row in tables[name])]
    records = [called(row, columns) for row in tables[name]]
    return Counter(
        (f.rule, f.message, f.column, f.value, records[f.row - 1] if f.row else None)
        for f in verdict.faults
    )


def called(row: Row, columns: list[str]) -> str:
    return BETWEEN.join(shown(row.get(column)) or "" for column in columns)


def told(answer: pl.DataFrame) -> Told:
    columns = ("rule", "message", "column", "value", "record")
    return Counter(answer.select(columns).iter_rows())


def parts_of(frame: pl.DataFrame, cuts: list[int]) -> list[pl.DataFrame]:
    ends = [0, *cuts, frame.height]
    return [frame[low:high] for low, high in pairwise(ends)]


@pytest.mark.parametrize("kind", ["polars", "pandas", "pyarrow"])
@given(parted_tables(), st.sampled_from(Profile))
@settings(max_examples=15, deadline=None)
def test_parts_are_told_the_same_as_the_whole(
    kind: str, made: tuple[str, Rows, list[int]], profile: Profile
) -> None:
    name, tables, cuts = made
    whole = FRAMES[kind](name, tables[name])
    others = [other for other in tables if other != name]
    check = begin_partitions(as_polars(name, tables[name]).columns, name, profile, others)
    ends = [0, *cuts, len(whole)]
    found = [
        check.judge(whole[low:high], number * PLACES_PER_PART)
        for number, (low, high) in enumerate(pairwise(ends))
    ]
    for other in others:
        found.append(check.judge_other(other, as_polars(other, tables[other])))
    brought = pl.concat(found).sample(fraction=1, shuffle=True, seed=0)
    groups = brought.partition_by("link", "key") or [brought]
    answer = pl.concat([check.faults_of_columns(), *map(check.join, groups)])
    assert told(answer) == local(name, tables, profile, kind)


def test_the_file_of_a_row_is_told_and_not_judged() -> None:
    rows = made_up.corpus().tables()["actors"]
    frame = as_polars("actors", [*rows, rows[0]]).with_columns(origin=pl.lit("a.csv"))
    check = begin_partitions(frame.columns, file="origin")
    answer = check.join(check.judge(frame))
    assert check.faults_of_columns().is_empty()
    assert answer.select("rule", "record", "file").rows() == [
        ("key-duplicate", rows[0]["actor_id"], "a.csv")
    ]


def test_columns_that_tell_no_table_are_refused() -> None:
    with pytest.raises(ValueError, match="do not tell"):
        begin_partitions(["a"])
    with pytest.raises(KeyError, match="people"):
        begin_partitions(["a"], "people")


@given(parted_tables(), st.sampled_from(Profile))
@settings(max_examples=8, deadline=None)
def test_dask_is_told_the_same(made: tuple[str, Rows, list[int]], profile: Profile) -> None:
    dd = pytest.importorskip("dask.dataframe", reason="Dask is not installed (extra dask)")
    name, tables, cuts = made
    parts = max(1, len(cuts))
    frame = dd.from_pandas(as_pandas(name, tables[name]), npartitions=parts)
    others = {
        other: dd.from_pandas(as_pandas(other, rows), npartitions=1)
        for other, rows in tables.items()
        if other != name
    }
    answer = judge_dask(frame, name, profile, others).compute(scheduler="synchronous")
    assert told(pl.from_pandas(answer)) == local(name, tables, profile, "pandas")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A local Spark session of two threads."""
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed (extra spark)")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Spark needs Java, which is not installed")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.mark.slow
@given(parted_tables(), st.sampled_from(Profile))
@settings(max_examples=12, deadline=None, suppress_health_check=NO_FIXTURE_HARM)
def test_spark_is_told_the_same(
    spark: Any, made: tuple[str, Rows, list[int]], profile: Profile
) -> None:
    name, tables, cuts = made
    frame = as_polars(name, tables[name])
    parts = [spark.createDataFrame(part.to_arrow()) for part in parts_of(frame, cuts) if len(part)]
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.union(part)
    others = {
        other: spark.createDataFrame(as_polars(other, rows).to_arrow())
        for other, rows in tables.items()
        if other != name
    }
    answer = judge_spark(whole, name, profile, others)
    assert told(pl.DataFrame(pl.from_arrow(answer.toArrow()))) == local(name, tables, profile)


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    """Ray on this machine with two workers."""
    if importlib.util.find_spec("ray") is None:
        pytest.skip("Ray is not installed (extra ray)")
    import ray

    ray.init(num_cpus=2, include_dashboard=False, object_store_memory=200_000_000)
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield ray
    ray.shutdown()


@pytest.mark.slow
@given(parted_tables(), st.sampled_from(Profile))
@settings(max_examples=4, deadline=None, suppress_health_check=NO_FIXTURE_HARM)
def test_ray_is_told_the_same(
    ray: Any, made: tuple[str, Rows, list[int]], profile: Profile
) -> None:
    name, tables, cuts = made
    parts = [p.to_arrow() for p in parts_of(as_polars(name, tables[name]), cuts) if len(p)]
    others = {
        other: ray.data.from_arrow(as_polars(other, rows).to_arrow())
        for other, rows in tables.items()
        if other != name
    }
    answer = judge_ray(ray.data.from_arrow(parts), name, profile, others).to_pandas()
    # Of a dataset without rows Ray knows no columns.
    found = told(pl.from_pandas(answer)) if len(answer) else Counter()
    assert found == local(name, tables, profile)
