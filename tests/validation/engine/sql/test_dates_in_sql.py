"""Dates as SQL: what DuckDB finds of sets, intervals and extents is what a frame is told."""

from itertools import product

import duckdb
import polars as pl
import pytest

from qantar.schema import TABLES, Profile
from qantar.validation import check_frame
from qantar.validation.engine.sql.script import sql_of

pytest.importorskip("sqlglot", reason="sqlglot is not installed (extra sql)")
DATES = (
    "2022-01-05",
    "2022-01-05~",
    "2022-XX-XX?",
    "[2022-01-05..2022-01-08]",
    "[2022-01-05..]",
    "[..2022-01-08]",
    "2022-01-05/..",
    "../2022-01-08",
    "2022-01-05?/2022-01-08?",
    "2022-01-08/2022-01-05",
    "[2022-01-08..2022-01-05]",
    "2022-03-XX/2022-01-XX",
    "2022-01-XX/2022-01-01",
    "2022-01-05..2022-01-08",
    None,
)
EXTENTS = ("day", "within", "span", None)
BOUNDS = (("2022-01-05", "2022-01-08"), ("2021-01-05", "2023-01-08"), ("9999-12-31", None))


def test_duckdb_finds_of_dates_what_a_frame_is_told() -> None:
    rows = [
        {
            "event_id": f"AB-{number:06}",
            "record_version": 1,
            "action_code": "cameo:042",
            "date_edtf": edtf,
            "date_extent": extent,
            "date_earliest": first,
            "date_latest": last,
        }
        for number, (edtf, extent, (first, last)) in enumerate(
            product(DATES, EXTENTS, BOUNDS), start=1
        )
    ]
    frame = pl.DataFrame(rows, infer_schema_length=None)
    told = {(f.rule, f.row, f.column) for f in check_frame(frame) if f.row}
    connection = duckdb.connect()
    connection.register("held", frame.to_arrow())
    query = sql_of("held", TABLES["events"], "duckdb", Profile.exchange, frame.columns)
    found = {(r, int(n[3:]), c) for r, n, c, _ in connection.sql(query).fetchall()}
    assert found == told
    assert {"date-edtf-reversed", "date-extent-differs", "date-bounds-missing"} <= {
        rule for rule, _, _ in told
    }
