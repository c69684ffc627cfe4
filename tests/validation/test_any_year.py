"""Days from 0001-01-01 to 9999-12-31 are days, whatever holds them and as what type."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from qantar.schema import Profile
from qantar.schema.version import SCHEMA_VERSION
from qantar.validation import check_frame, check_path, check_record
from qantar.validation.engine.large_file import check_large
from qantar.validation.engine.sql.script import sql_of

DAYS = ("0001-01-02", "0004-02-29", "0099-12-31", "0999-12-31", "3000-01-01", "9999-12-30")
NO_DAYS = ("0000-01-01", "0000-02-29", "0100-02-29", "10000-01-01", "-0044-03-15")
NAMES = ("date_earliest", "date_latest")
Rows = list[dict[str, Any]]
Told = set[tuple[str, int | None, str | None]]


def rows() -> Rows:
    """A sound event for each day, and one for each that ends the day before it begins."""
    made: Rows = []
    for number, text in enumerate(DAYS, start=1):
        before = datetime.date.fromisoformat(text) - datetime.timedelta(days=1)
        for last in (text, before.isoformat()):
            made.append(
                {
                    "event_id": f"AB-{len(made) + 1:06}",
                    "record_version": number,
                    "action_code": "cameo:042",
                    "date_edtf": f"{text}~",
                    "date_earliest": text,
                    "date_latest": last,
                }
            )
    return made


# In the first pair the day before is the first of the calendar, which is told besides.
PLACEHOLDER = ("date-placeholder", 2, "date_latest")
EXPECTED = {PLACEHOLDER, *(("date-reversed", 2 * n, "date_latest") for n in range(1, 7))}


def told(faults: Any) -> Told:
    return {(f.rule, f.row, f.column or (f.pointer or "")[1:]) for f in faults}


def in_text(made: Rows) -> pl.DataFrame:
    return pl.DataFrame(made, infer_schema_length=None)


def in_days(made: Rows) -> pl.DataFrame:
    return in_text(made).with_columns(pl.col(NAMES).str.to_date("%Y-%m-%d"))


def in_objects(made: Rows) -> pd.DataFrame:
    days = {n: [datetime.date.fromisoformat(row[n]) for row in made] for n in NAMES}
    return pd.DataFrame(made).assign(**days)


def at_path(write: Callable[[pl.DataFrame, Path], Any], kind: str) -> Callable[..., Told]:
    def judge(made: Rows, folder: Path) -> Told:
        write(in_text(made), folder / f"events.{kind}")
        return told(check_path(folder / f"events.{kind}").faults)

    return judge


def in_chunks(made: Rows, folder: Path) -> Told:
    in_text(made).write_csv(folder / "events.csv")
    report = check_large(folder / "events.csv", "csv", file="t", table="events", least=0, chunk=100)
    assert report is not None
    return told(report.faults)


def in_parquet(made: Rows, folder: Path, kind: Any) -> Told:
    table = in_days(made).to_arrow()
    for name in NAMES:
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, table[name].cast(kind))
    pq.write_table(table, folder / "events.parquet")
    return told(check_path(folder / "events.parquet").faults)


def in_sheet(made: Rows, folder: Path) -> Told:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in [[*made[0]], *([*row.values()] for row in made)]:
        book.active.append(row)
    book.save(folder / "events.xlsx")
    return told(check_path(folder / "events.xlsx").faults)


def by_sql(made: Rows, _: Path) -> Told:
    pytest.importorskip("sqlglot", reason="sqlglot is not installed (extra sql)")
    connection = duckdb.connect()
    connection.register("held", in_days(made).to_arrow())
    query = sql_of("held", "events", "duckdb", Profile.exchange, [*made[0]])
    found = connection.sql(query).fetchall()
    return {(rule, int(record[3:]), column) for rule, record, column, _ in found}


HELD: dict[str, Callable[[Rows, Path], Told]] = {
    "csv": at_path(pl.DataFrame.write_csv, "csv"),
    "csv in chunks": in_chunks,
    "json": at_path(pl.DataFrame.write_json, "json"),
    "json lines": at_path(pl.DataFrame.write_ndjson, "jsonl"),
    "parquet of text": at_path(pl.DataFrame.write_parquet, "parquet"),
    "parquet of days": lambda made, f: in_parquet(made, f, pa.date32()),
    "parquet of milliseconds": lambda made, f: in_parquet(made, f, pa.timestamp("ms")),
    "parquet of microseconds": lambda made, f: in_parquet(made, f, pa.timestamp("us")),
    "parquet of times in a zone": lambda made, f: in_parquet(made, f, pa.timestamp("us", "UTC")),
    "sheet": in_sheet,
    "polars": lambda made, _: told(check_frame(in_days(made))),
    "pyarrow": lambda made, _: told(check_frame(in_days(made).to_arrow())),
    "duckdb": lambda made, _: told(check_frame(duckdb.from_arrow(in_days(made).to_arrow()))),
    "pandas objects": lambda made, _: told(check_frame(in_objects(made))),
    "pandas on arrow": lambda made, _: told(
        check_frame(in_days(made).to_arrow().to_pandas(types_mapper=pd.ArrowDtype))
    ),
    "pandas seconds": lambda made, _: told(
        check_frame(in_objects(made).astype(dict.fromkeys(NAMES, "datetime64[s]")))
    ),
    "sql": by_sql,
}


@pytest.mark.parametrize("held", HELD)
def test_days_of_any_year_are_compared(held: str, tmp_path: Path) -> None:
    assert HELD[held](rows(), tmp_path) == EXPECTED


@pytest.mark.parametrize("held", ["csv", "csv in chunks", "json lines", "parquet of text", "sql"])
def test_what_the_calendar_does_not_have_is_told(held: str, tmp_path: Path) -> None:
    made = [rows()[0] | {"event_id": f"AB-{n:06}"} for n in range(1, len(NO_DAYS) + 1)]
    for row, text in zip(made, NO_DAYS, strict=True):
        row["date_earliest"] = text
    if held == "sql":
        pytest.importorskip("sqlglot", reason="sqlglot is not installed (extra sql)")
        connection = duckdb.connect()
        connection.register("held", in_text(made).to_arrow())
        query = sql_of("held", "events", "duckdb", Profile.exchange, [*made[0]])
        found = {(r, int(n[3:]), c) for r, n, c, _ in connection.sql(query).fetchall()}
    else:
        found = HELD[held](made, tmp_path)
    numbers = range(1, len(NO_DAYS) + 1)
    assert found == {("value-malformed", n, "date_earliest") for n in numbers}


def test_a_record_has_days_of_any_year() -> None:
    for number, row in enumerate(rows(), start=1):
        record = row | {"schema_version": SCHEMA_VERSION}
        found = {f.rule for f in check_record(record, Profile.exchange)}
        assert found == {rule for rule, at, _ in EXPECTED if at == number}
