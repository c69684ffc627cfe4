"""``qantar validate --engine``: the SQL is printed, and Spark tells what local checking does."""

import shutil
from pathlib import Path
from typing import Any

import duckdb
import polars
import pytest
from click.testing import CliRunner

from qantar.dataset.commands.validate import command
from qantar.schema import Severity
from qantar.validation import check_paths
from qantar.validation.places.engine import check_by_spark
from support import made_up, made_up_languages
from support.held_frames import as_polars


def test_the_sql_that_is_printed_runs() -> None:
    pytest.importorskip("sqlglot", reason="sqlglot is not installed (extra sql)")
    rows = made_up.corpus().tables()["actors"]
    rows[0] |= {"actor_id": "Not A Slug", "external_id": "wikidata:Q1", "country_code": "ISL"}
    frame = as_polars("actors", rows).to_arrow()
    result = CliRunner().invoke(command, ["--engine", "sql", "--dialect", "duckdb", "actors"])
    assert result.exit_code == 0
    connection = duckdb.connect()
    connection.register("actors", frame)
    assert connection.sql(result.output).fetchall() == [
        ("value-malformed", "Not A Slug", "actor_id", "Not A Slug")
    ]


def test_the_sql_asks_for_prose_in_whatever_language_it_is_there() -> None:
    pytest.importorskip("sqlglot", reason="sqlglot is not installed (extra sql)")
    rows = made_up_languages.arabic_and_english().tables()["events"]

    def faults(rows: list[dict[str, Any]]) -> list[tuple[str, ...]]:
        frame = polars.DataFrame(rows, infer_schema_length=None)
        options = ["--engine", "sql", "--columns", ",".join(frame.columns), "events"]
        result = CliRunner().invoke(command, options)
        assert result.exit_code == 0
        connection = duckdb.connect()
        connection.register("events", frame.to_arrow())
        return connection.sql(result.output).fetchall()

    assert faults(rows) == []
    bare = [{n: v for n, v in row.items() if not n.startswith("condition_")} for row in rows]
    assert [fault[0] for fault in faults(bare)] == ["condition-missing"]
    one = [{n: v for n, v in row.items() if n != "condition_ar"} for row in rows]
    assert faults(one) == []


def test_the_sql_asks_only_for_columns_that_are_there() -> None:
    pytest.importorskip("sqlglot", reason="sqlglot is not installed (extra sql)")
    columns = "event_id,record_version,action_code,date_earliest,date_latest"
    options = ["--engine", "sql", "--profile", "exchange", "--columns", columns, "events"]
    result = CliRunner().invoke(command, options)
    assert result.exit_code == 0
    connection = duckdb.connect()
    row = ("TST-000001", 1, "cameo:041", "2021-05-04", "2021-05-03")
    connection.sql(f"CREATE TABLE events AS SELECT * FROM (VALUES {row}, {row}) t({columns})")
    assert sorted(row[0] for row in connection.sql(result.output).fetchall()) == [
        "date-reversed",
        "date-reversed",
        "key-duplicate",
    ]
    result = CliRunner().invoke(command, ["--engine", "sql", "--columns", "a", "events"])
    assert (result.exit_code, "has no column a" in result.output) == (2, True)


@pytest.mark.parametrize(
    ("name", "told"), [("people", "There is no table 'people'"), ("actors;", "no table")]
)
def test_what_is_no_table_is_told(name: str, told: str) -> None:
    pytest.importorskip("sqlglot", reason="sqlglot is not installed (extra sql)")
    result = CliRunner().invoke(command, ["--engine", "sql", name])
    assert result.exit_code == 2
    assert told in result.output


def test_paths_are_asked_for_where_files_are_judged() -> None:
    assert "Missing argument 'PATHS...'" in CliRunner().invoke(command, []).output


@pytest.mark.slow
def test_spark_tells_of_files_what_local_checking_does(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="PySpark is not installed (extra spark)")
    if not shutil.which("java"):
        pytest.skip("Spark needs Java, which is not installed")
    tables = made_up.corpus().tables()
    tables["events"][0] |= {"latitude": 91.5, "confidence": "sure"}
    paths: list[Path] = []
    tables["spans"] = [span for span in tables["spans"] if span["field"] != "place"]
    for name in ("events", "actors", "participants", "mentions", "spans"):
        frame = as_polars(name, [*tables[name], tables[name][0]])
        paths.append(tmp_path / f"{name}.{'parquet' if name == 'actors' else 'csv'}")
        frame.write_parquet(paths[-1]) if name == "actors" else frame.write_csv(paths[-1])
    result = CliRunner().invoke(command, ["--engine", "spark", "--details", *map(str, paths)])
    assert result.exit_code == 1
    local = check_paths(paths)
    found = {"key-duplicate", "value-unknown", "span-missing"}
    assert {fault.rule for fault in local.faults} >= found
    for fault in local.faults:
        assert fault.message in result.output
    assert f"{local.count(Severity.error)} errors" in result.output
    report = check_by_spark(map(str, paths))
    assert len(report.faults) == len(local.faults)
    assert {*report.not_asked} == {*local.not_asked} != set()
