"""The same content has one verdict, whatever holds it: files, frames, records, SQL, clusters."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pytest

from qantar.schema import TABLES
from qantar.schema.shape import Row
from qantar.validation import check_frame, check_path, check_record
from qantar.validation.engine.cluster.partition import begin_partitions
from qantar.validation.engine.large_file import check_large
from qantar.validation.engine.sql.script import sql_of
from qantar.validation.faults.fault import Fault
from support import made_up
from support.held_frames import as_polars

# A value in a column of events, and the rule that it breaks.
CONTENTS: tuple[tuple[str, Any, str], ...] = (
    ("date_earliest", "2021-02-30", "value-malformed"),
    ("date_earliest", "2021-02-29", "value-malformed"),
    ("date_earliest", "2021-5-3", "value-malformed"),
    ("date_earliest", "03/05/2021", "value-malformed"),
    ("date_earliest", "soon", "value-malformed"),
    ("date_earliest", "0000-01-01", "value-malformed"),
    ("date_earliest", "10000-01-01", "value-malformed"),
    ("date_earliest", "2021-05-03T00:00:00Z", "value-malformed"),
    ("date_earliest", datetime(2021, 5, 3, 12), "value-malformed"),
    ("date_edtf", "2021-02-30", "value-malformed"),
    ("event_id", "first", "value-malformed"),
    ("summary_en", "=1+1", "value-malformed"),
    ("action_code", "cameo:999", "value-unknown"),
    ("confidence", "sure", "value-unknown"),
    ("conditional", "yes", "value-type"),
    ("record_version", "one", "value-type"),
    ("record_version", 0, "value-out-of-range"),
    ("record_version", 1.5, "value-type"),
    ("latitude", "north", "value-type"),
    ("latitude", 91.5, "value-out-of-range"),
    ("latitude", 1e100, "value-out-of-range"),
    ("date_edtf", "[2021-05-02..2021-05-04]?", "value-malformed"),
    ("date_edtf", "{2021-05-02..2021-05-04}", "value-malformed"),
    ("date_edtf", "2021-05-04/2021-05-02", "date-edtf-reversed"),
    ("date_edtf", "[2021-05-04..2021-05-02]", "date-edtf-reversed"),
)
# Texts that spell numbers, which they are only where all is text.
# In Valletta, as the other coordinate.
SPELLED = (("record_version", "1"), ("latitude", "359e-1"))
# Where what holds a value makes another one of it: a sheet takes the text for a formula.
OTHERWISE = {("sheet", "=1+1"): "value-type"}
Content = tuple[str, Any]


def rows_with(contents: Iterable[Content]) -> list[Row]:
    """A sound event for each content, but for that."""
    event = made_up.corpus().tables()["events"][1]
    return [
        event | {"event_id": f"TST-{number:06}", column: value}
        for number, (column, value) in enumerate(contents, start=101)
    ]


def texts(rows: list[Row]) -> pl.DataFrame:
    """The rows with every cell spelled as CSV spells it."""
    known = TABLES["events"].with_names(column for row in rows for column in row).by_name
    names = [column for column in known if any(column in row for row in rows)]
    spelled = [[_spell(row.get(name)) for name in names] for row in rows]
    return pl.DataFrame(spelled, dict.fromkeys(names, pl.String), orient="row")


def _spell(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return None if value is None else str(value)


def typed(column: str, value: Any) -> pl.DataFrame:
    """Events with the column of the type that the value has."""
    [row] = rows_with([(column, None)])
    return as_polars("events", [row]).with_columns(pl.Series(column, [value]))


def in_chunks(path: Path) -> Iterable[Fault]:
    report = check_large(path, path.suffix[1:], file="t", table="events", least=0, chunk=1_000)
    assert report is not None
    return report.faults


def as_csv(rows: list[Row], folder: Path) -> Path:
    texts(rows).write_csv(folder / "events.csv")
    return folder / "events.csv"


def as_parquet(frame: pl.DataFrame, folder: Path) -> Path:
    frame.write_parquet(folder / "events.parquet")
    return folder / "events.parquet"


def as_sheet(rows: list[Row], folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [texts(rows).columns, *texts(rows).rows()]:
        sheet.append([*row])
    book.save(folder / "events.xlsx")
    return folder / "events.xlsx"


def as_json(rows: list[Row], folder: Path) -> Path:
    (folder / "events.json").write_text(json.dumps(rows, default=str), "utf-8")
    return folder / "events.json"


def as_lines(rows: list[Row], folder: Path) -> Path:
    lines = "".join(f"{json.dumps(row, default=str)}\n" for row in rows)
    (folder / "events.jsonl").write_text(lines, "utf-8")
    return folder / "events.jsonl"


def by_sql(rows: list[Row], _: Path) -> Iterable[Fault]:
    pytest.importorskip("sqlglot", reason="sqlglot is not installed (extra sql)")
    connection = duckdb.connect()
    connection.register("held", texts(rows).to_arrow())
    query = sql_of("held", "events", columns=texts(rows).columns)
    return _by_record(connection.sql(query).fetchall(), rows)


def by_part(rows: list[Row], _: Path) -> Iterable[Fault]:
    check = begin_partitions(texts(rows).columns)
    answer = check.join(check.judge(texts(rows)))
    named = ("rule", "record", "column", "message", "value", "suggestion")
    return _by_record(answer.select(named).rows(), rows)


def _by_record(told: Iterable[tuple[Any, ...]], rows: list[Row]) -> Iterable[Fault]:
    numbers = {row["event_id"]: number for number, row in enumerate(rows, start=1)}
    for rule, record, name, message, *rest in told:
        value, suggestion = rest if len(rest) == 2 else (None, None)
        placed = Fault(rule, message, row=numbers[record], column=name)
        yield placed.at(value=value, suggestion=suggestion)


HELD: dict[str, Callable[[pl.DataFrame], Any]] = {
    "pandas": pl.DataFrame.to_pandas,
    "pandas on arrow": lambda f: f.to_arrow().to_pandas(types_mapper=pd.ArrowDtype),
    "polars": lambda f: f,
    "polars lazy": pl.DataFrame.lazy,
    "pyarrow": pl.DataFrame.to_arrow,
    "duckdb": lambda f: duckdb.from_arrow(f.to_arrow()),
}
Judge = Callable[[list[Row], Path], Iterable[Fault]]


def by_frame(hold: Callable[[pl.DataFrame], Any]) -> Judge:
    return lambda rows, _: check_frame(hold(texts(rows)))


# What holds all cells as text: a value is what its text spells.
TEXT: dict[str, Judge] = {
    "csv": lambda r, f: check_path(as_csv(r, f)).faults,
    "csv in chunks": lambda r, f: in_chunks(as_csv(r, f)),
    "sheet": lambda r, f: check_path(as_sheet(r, f)).faults,
    "parquet of text": lambda r, f: check_path(as_parquet(texts(r), f)).faults,
    "parquet of text in chunks": lambda r, f: in_chunks(as_parquet(texts(r), f)),
    **{f"{kind} of text": by_frame(hold) for kind, hold in HELD.items()},
    "sql": by_sql,
    "part of a cluster": by_part,
}
# What tells texts from numbers in one column.
JSON: dict[str, Judge] = {
    "json rows": lambda r, f: check_path(as_json(r, f), table="events").faults,
    "json lines": lambda r, f: check_path(as_lines(r, f), table="events").faults,
    "json lines in chunks": lambda r, f: in_chunks(as_lines(r, f)),
}


def of_columns(contents: list[Content], faults: Iterable[Fault]) -> list[set[str]]:
    """Of each row the rules that it breaks at the column of its content."""
    told = [*faults]
    return [
        {f.rule for f in told if f.row == row and name in (f.column, (f.pointer or "")[1:])}
        for row, (name, _) in enumerate(contents, start=1)
    ]


def told_of(contents: list[Content], faults: Iterable[Fault]) -> list[set[tuple[Any, ...]]]:
    """Of each row what is said of the column of its content: rule, words, value, suggestion."""
    told = [*faults]
    return [
        {
            (f.rule, f.message, f.value, f.suggestion)
            for f in told
            if f.row == row and name in (f.column, (f.pointer or "")[1:])
        }
        for row, (name, _) in enumerate(contents, start=1)
    ]


@pytest.mark.parametrize("held", [*TEXT, *JSON])
def test_the_same_content_breaks_the_same_rule(held: str, tmp_path: Path) -> None:
    contents = [content[:2] for content in CONTENTS]
    found = of_columns(contents, (TEXT | JSON)[held](rows_with(contents), tmp_path))
    expected = [OTHERWISE.get((held, value), rule) for _, value, rule in CONTENTS]
    told = zip(contents, found, strict=True)
    assert [*told] == [(c, {rule}) for c, rule in zip(contents, expected, strict=True)]


@pytest.mark.parametrize("held", [name for name in (*TEXT, *JSON) if name != "sql"])
def test_the_same_fault_reads_the_same(held: str, tmp_path: Path) -> None:
    contents = [content[:2] for content in CONTENTS if (held, content[1]) not in OTHERWISE]
    rows = rows_with(contents)
    (tmp_path / "csv").mkdir()
    expected = told_of(contents, TEXT["csv"](rows, tmp_path / "csv"))
    assert told_of(contents, (TEXT | JSON)[held](rows, tmp_path)) == expected


@pytest.mark.parametrize("held", [*TEXT, *JSON])
def test_a_faulty_cell_makes_the_same_of_the_rest_of_its_row(held: str, tmp_path: Path) -> None:
    event = made_up.corpus().tables()["events"][1]
    texts_of = {"longitude": "east", "latitude": "north", "conditional": "yes", "occurred": "no"}
    dates = {"date_earliest": "soon", "date_latest": "late", "fatalities_best": "many"}
    rows = [
        event | {"latitude": 43.25, "longitude": 76.95, "event_id": f"TST-{n:06}", name: value}
        for n, (name, value) in enumerate((texts_of | dates).items(), start=101)
    ]
    (tmp_path / "json").mkdir()
    expected = {
        (f.rule, f.row, (f.pointer or "")[1:]) for f in JSON["json rows"](rows, tmp_path / "json")
    }
    found = {
        (f.rule, f.row, f.column or (f.pointer or "")[1:])
        for f in (TEXT | JSON)[held](rows, tmp_path)
    }
    assert found == expected


@pytest.mark.parametrize("name", ["record_version", "latitude", "conditional", "date_earliest"])
@pytest.mark.parametrize("value", ["one", "True", "1.0", " 1", "1,5", "2021-02-30", "=x"])
def test_a_text_that_is_no_value_reads_the_same_in_json_and_csv(
    name: str, value: str, tmp_path: Path
) -> None:
    if (name, value) in (("latitude", "1.0"), ("record_version", "1.0"), ("conditional", "True")):
        pytest.skip("in text it is read as pandas means it")
    rows = rows_with([(name, value)])
    found = {
        held: told_of([(name, value)], (TEXT | JSON)[held](rows, tmp_path))
        for held in ("csv", "polars of text", "pandas of text", "json rows", "json lines")
    }
    assert all(told == found["csv"] for told in found.values()), found
    record = made_up.corpus().events[0] | {name: value}
    [in_record] = [f for f in check_record(record) if f.pointer == f"/{name}"]
    assert [{(f.rule, f.message, f.value, f.suggestion) for f in [in_record]}] == found["csv"]


@pytest.mark.parametrize("held", [*TEXT, *JSON])
def test_a_number_in_quotes_is_one_only_where_all_is_text(held: str, tmp_path: Path) -> None:
    found = of_columns([*SPELLED], (TEXT | JSON)[held](rows_with(SPELLED), tmp_path))
    assert found == [set() if held in TEXT else {"value-type"}] * len(SPELLED)


@pytest.mark.parametrize(("column", "value", "rule"), CONTENTS)
def test_a_record_and_typed_frames_break_it_too(column: str, value: Any, rule: str) -> None:
    record = made_up.corpus().events[0]
    record[column] = _spell(value) if isinstance(value, datetime) else value
    in_record = {f.rule for f in check_record(record) if f.pointer == f"/{column}"}
    frame = typed(column, value)
    in_frame = {f.rule for f in check_frame(frame) if f.column == column}
    assert (in_record, in_frame) == ({rule}, {rule})


@pytest.mark.parametrize("content", [CONTENTS[0], CONTENTS[3], CONTENTS[14], CONTENTS[17]])
def test_the_name_of_a_folder_breaks_it_too(content: Any, tmp_path: Path) -> None:
    column, value, rule = content
    place = tmp_path / f"{column}={quote(str(value), safe='')}"
    place.mkdir()
    texts(rows_with([(column, None)])).drop(column, strict=False).write_csv(place / "events.csv")
    faults = check_path(place / "events.csv").faults
    assert [f.rule for f in faults if f.row is None and f.value == str(value)] == [rule]


@pytest.mark.parametrize("year", [-1, 0, 10_000, 200_000])
def test_a_day_of_a_year_that_no_record_has_is_malformed(year: int, tmp_path: Path) -> None:
    frame = typed("date_earliest", "2000-05-03").with_columns(
        date_earliest=pl.date(2000, 5, 3).dt.offset_by(f"{year - 2000}y")
    )
    path = as_parquet(frame, tmp_path)
    for faults in (check_frame(frame), check_path(path), in_chunks(path)):
        assert {f.rule for f in faults if f.column == "date_earliest"} == {"value-malformed"}
