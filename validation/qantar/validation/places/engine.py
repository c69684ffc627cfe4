"""Paths judged by an engine other than our own, and the rules printed for one."""

import os
import sys
from collections.abc import Collection, Iterable
from pathlib import PurePath
from typing import Any, Literal

import polars as pl

from qantar.schema.rule import Profile, Severity
from qantar.schema.tables import TABLES
from qantar.validation.engine.cluster.partition import begin_partitions
from qantar.validation.engine.cluster.spark_frame import judge_spark
from qantar.validation.engine.sql.script import Dialect, sql_of
from qantar.validation.faults.argument import asked_paths, asked_profile, asked_table
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.report import NotAsked, Reading, Report
from qantar.validation.rules.link.registry import rules_not_asked

Engine = Literal["local", "spark", "sql"]
# Beyond all names that a column of the format may have.
_FILE = "_file_of_row"
_CSV = {"header": True, "escape": '"', "multiLine": True, "mode": "PERMISSIVE"}


def check_by_spark(
    paths: Iterable[str], *, profile: Profile | str | None = None, table: str | None = None
) -> Report:
    """Tables at the paths judged on Spark, on this machine unless a session is running.

    paths: CSV, TSV, Parquet or flat JSON Lines as Spark reads them, folders of Parquet
    too; each is one table, and what points from one to another is judged. table: which
    table all are, by default told by the columns. A fault names its record in its message.
    Damage to a file that Spark passes over is not told. Needs PySpark and Java; raises
    ImportError without the former, ValueError where columns tell no table, and for a table
    or a profile that there is not.
    """
    asked, named = asked_profile(profile, optional=True), asked_table(table, optional=True)
    files = asked_paths(paths)
    session = _session()
    tables: dict[str, Any] = {}
    readings: dict[str, Reading] = {}
    for path in files:
        frame = _read(session, path)
        check = begin_partitions(frame.columns, named, asked, file=_FILE)
        name = check.table
        rows = frame.count()
        readings[path] = Reading(path, _kind(path), name, rows, check.profile)
        known = tables.get(name)
        tables[name] = known.unionByName(frame, allowMissingColumns=True) if known else frame
    others = {name: frame.drop(_FILE) for name, frame in tables.items()}
    faults: list[Fault] = []
    lacking: list[NotAsked] = []
    for name, frame in tables.items():
        answer = judge_spark(frame, name, asked, others, file=_FILE)
        faults.extend(faults_of_answer(pl.DataFrame(pl.from_arrow(answer.toArrow()))))
        whole = begin_partitions(frame.columns, name, asked, file=_FILE)
        lacking.extend(rules_not_asked(name, whole.profile, others.keys()))
    return Report(tuple(faults), tuple(readings.values()), (*lacking,))


def faults_of_answer(answer: pl.DataFrame) -> list[Fault]:
    """The answer of an engine as faults, by file and record; the message names the record."""
    placed = answer.sort("file", "record", "rule", "column", nulls_last=False)
    return [
        Fault(
            row["rule"],
            f"{row['record']}: {row['message']}" if row["record"] else row["message"],
            Severity(row["severity"]),
            file=row["file"],
            column=row["column"],
            value=row["value"],
            suggestion=row["suggestion"],
        )
        for row in placed.iter_rows(named=True)
    ]


def print_sql(
    dialect: Dialect,
    names: Iterable[str] = (),
    table: str | None = None,
    profile: Profile | str | None = None,
    columns: Collection[str] | None = None,
) -> str:
    """The queries that list the faults of tables in a warehouse, one after another.

    names: what the tables are called there; each is the table of the format that its last
    part names, unless `table` says which. Without names every table has its own. columns:
    those that the tables have, by default all. Needs sqlglot. Raises ValueError where no
    table of the format is told, for columns that it does not have, and for a dialect or a
    profile that there is not.
    """
    asked = asked_profile(profile, optional=True) or Profile.coded
    asked_table(table, optional=True)
    held = [*names] or ([table] if table else [*TABLES])
    queries = []
    for name in held:
        judged = table or name.split(".")[-1].strip('`"').lower()
        if judged not in TABLES:
            told = f"There is no table {judged!r} in the format; say with --table which one it is."
            raise ValueError(told)
        odd = sorted({*(columns or ())} - TABLES[judged].by_name.keys())
        if odd:
            raise ValueError(f"The table {judged} has no column {', '.join(odd)}.")
        queries.append(sql_of(name, judged, dialect, asked, columns))
    return "\n".join(queries)


def _session() -> Any:
    # Workers are to run what this process runs.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    from pyspark.sql import SparkSession

    builder: Any = SparkSession.builder
    return builder.appName("qantar validate").config("spark.ui.enabled", "false").getOrCreate()


def _read(session: Any, path: str) -> Any:
    kind = _kind(path)
    if kind in ("csv", "tsv"):
        frame = session.read.options(**_CSV, sep="\t" if kind == "tsv" else ",").csv(path)
    elif kind in ("jsonl", "json"):
        frame = session.read.json(path)
    else:
        frame = session.read.parquet(path)
    return frame.select("*", frame.metadataColumn("_metadata").file_path.alias(_FILE))


def _kind(path: str) -> str:
    suffixes = [suffix.lower().removeprefix(".") for suffix in PurePath(path).suffixes]
    known = [suffix for suffix in suffixes if suffix in ("csv", "tsv", "json", "jsonl")]
    return known[-1] if known else "parquet"
