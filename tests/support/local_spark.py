"""Spark on this machine, for tests; skipped with the reason where it cannot run."""

import os
import shutil
import sys
from collections.abc import Iterator
from typing import Any

import pytest


def local_spark() -> Iterator[Any]:
    """A session of two threads."""
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
