"""What people's tools, left to their defaults, make of the CSV files."""

import csv
import math
import sqlite3
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import duckdb
import pandas
import polars
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings

from qantar.dataset.arrow import arrow_rows
from qantar.dataset.csv_file import write_csv
from qantar.dataset.parquet_file import read_parquet, write_parquet
from qantar.dataset.release import release_files
from qantar.schema.corpus import Corpus
from qantar.schema.patterns import ColumnKind
from qantar.schema.table import Column, Table
from support.laid_out import LAID_OUT
from support.made_up import corpus
from support.made_up_rows import rows

_SQLITE_TYPES = {
    ColumnKind.integer: "INTEGER",
    ColumnKind.number: "REAL",
    ColumnKind.boolean: "TEXT",
    ColumnKind.date: "TEXT",
    ColumnKind.string: "TEXT",
}
Frame = list[tuple[Any, ...]]


def read_with_pandas(_: Table, path: Path) -> Frame:
    return list(pandas.read_csv(path).itertuples(index=False, name=None))


def read_with_polars(_: Table, path: Path) -> Frame:
    return polars.read_csv(path).rows()


def read_with_duckdb(_: Table, path: Path) -> Frame:
    with duckdb.connect() as connection:
        return connection.sql(f"from '{path}'").fetchall()


def read_with_sqlite(table: Table, path: Path) -> Frame:
    with path.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    typed = ", ".join(f'"{name}" {_SQLITE_TYPES[table.by_name[name].kind]}' for name in header)
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE it ({typed})")
    connection.executemany(f"INSERT INTO it VALUES ({', '.join('?' * len(header))})", lines)
    return list(connection.execute("SELECT * FROM it"))


READERS = [read_with_pandas, read_with_polars, read_with_duckdb, read_with_sqlite]


def settle(column: Column, value: Any) -> Any:
    """A value as a reader gave it, taken for what the column is declared to be."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    if column.kind is ColumnKind.boolean:
        return {"true": True, "false": False}.get(value, value)
    if column.kind is ColumnKind.number:
        return float(value)
    if column.kind is ColumnKind.integer:
        return int(value)
    if isinstance(value, date | datetime):
        return value.isoformat()[:10]
    return value


def read(reader: Callable[[Table, Path], Frame], table: Table, path: Path) -> list[dict[str, Any]]:
    names = list(table.by_name)
    settled = []
    for row in reader(table, path):
        cells = {n: settle(table.by_name[n], v) for n, v in zip(names, row, strict=True)}
        settled.append({name: value for name, value in cells.items() if value is not None})
    return settled


def hard_corpus() -> Corpus:
    """The made-up corpus with texts that readers stumble over."""
    made = corpus()
    made.events[0]["summary_en"] = 'She said "yes, please"; he left.'
    made.events[0]["summary_vi"] = "'Đã gọi', theo Báo X"
    made.events[1]["object_en"] = "007, a car"
    made.events[1]["condition_en"] = "\\N or no"
    made.events[1]["latitude"] = 1e-5
    made.events[1]["longitude"] = -179.123456789012
    made.plain["actors"][0]["name_en"] = 'The "Arna"'
    made.plain["actors"][0]["wikidata_id"] = "Q1"
    made.plain["agreement"] = [
        {
            "coders": "one;two",
            "n_coders": 2,
            "field": "action_code",
            "measure": "alpha",
            "counted": "matched",
            "value": 1 / 3,
            "low": 0.0,
            "n": 12,
        }
    ]
    made.plain["codings"] = [
        {"coder_id": "one", "coding_id": "one-1", "field": "action_code", "value": "cameo:01"},
        {"coder_id": "two", "coding_id": "two-1", "field": "confidence", "value": "none"},
    ]
    return made


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    for path, content in release_files(hard_corpus(), "0.1.0", documents={}).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", LAID_OUT)
def test_default_readers_give_the_cells_of_the_parquet(
    reader: Callable[[Table, Path], Frame], name: str, files: Path
) -> None:
    expected = arrow_rows(read_parquet((files / "parquet" / f"{name}.parquet").read_bytes()))
    found = read(reader, LAID_OUT[name], files / "csv" / f"{name}.csv")
    assert found == expected


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
@given(made=rows(LAID_OUT["attributions"], 4) | rows(LAID_OUT["changes"], 4))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_default_readers_agree_on_any_rows(
    reader: Callable[[Table, Path], Frame], made: list[dict[str, Any]], tmp_path: Path
) -> None:
    table = LAID_OUT["changes" if made and "change" in made[0] else "attributions"]
    for row in made:
        # A column of prose that holds nothing but digits is a number to every reader.
        row |= {name: f"So {row[name]}" for name in ("reason", "fields") if name in row}
    path = tmp_path / "it.csv"
    path.write_bytes(write_csv(table, made))
    assert read(reader, table, path) == made


@pytest.mark.parametrize("name", LAID_OUT)
def test_parquet_is_the_same_in_every_reader(name: str, files: Path) -> None:
    path = files / "parquet" / f"{name}.parquet"
    table = LAID_OUT[name]
    expected = arrow_rows(read_parquet(path.read_bytes()))

    def from_parquet(_: Table, path: Path) -> Frame:
        return polars.read_parquet(path).rows()

    def by_duckdb(_: Table, path: Path) -> Frame:
        with duckdb.connect() as connection:
            return connection.sql(f"from '{path}'").fetchall()

    def by_pandas(_: Table, path: Path) -> Frame:
        frame = pandas.read_parquet(path)
        return [
            tuple(None if pandas.isna(value) else value for value in row)
            for row in frame.itertuples(index=False, name=None)
        ]

    for reader in (from_parquet, by_duckdb, by_pandas):
        assert read(reader, table, path) == expected


def test_repeated_text_is_in_a_dictionary_and_comes_back_as_text() -> None:
    many = [{"actor_id": "arna", "name": f"Arna {n}", "language_code": "en"} for n in range(100)]
    content = write_parquet(LAID_OUT["actor_names"], many)
    frame = polars.read_parquet(BytesIO(content))
    assert set(frame.dtypes) == {polars.String}
    group = pyarrow.parquet.ParquetFile(BytesIO(content)).metadata.row_group(0)
    assert group.column(0).has_dictionary_page
    assert not group.column(1).has_dictionary_page


def test_lines_end_in_line_feeds_and_the_text_is_utf8(files: Path) -> None:
    for path in (files / "csv").glob("*.csv"):
        content = path.read_bytes()
        assert b"\r" not in content
        assert not content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\n")
        assert next(csv.reader(StringIO(content.decode()))) == list(LAID_OUT[path.stem].by_name)
