"""Qantar, its peers and the pure readers, each as a function from a file to faults.

A fault is (row from 1, column). Peers that judge values only are compared on what they can
say: every one is given the same rules of values, and those that can are given the key.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import dataframely as dy
import duckdb
import frictionless
import jsonschema
import jsonschema_rs
import nested_events
import pandera.polars as pa_polars
import polars as pl
import pyarrow.csv as arrow_csv
import pyarrow.json as arrow_json
import pyarrow.parquet as pq
import pydantic
from made_events import registry_of
from own import Found, as_pandas_of_objects, as_pandas_on_arrow, qantar, qantar_of_frame

from qantar.schema import TABLES
from qantar.schema.patterns import ColumnKind
from qantar.schema.table import Column

READ: Found = set()
EVENTS = TABLES["events"]
POLARS = {
    ColumnKind.string: pl.String,
    ColumnKind.date: pl.String,
    ColumnKind.integer: pl.Int64,
    ColumnKind.number: pl.Float64,
    ColumnKind.boolean: pl.Boolean,
}
JSON_TYPES = {ColumnKind.date: "string"}
PYTHON = {"string": str, "date": str, "integer": int, "number": float, "boolean": bool}


@dataclass(frozen=True)
class Contender:
    """Something that reads or judges a file of a kind, or a frame.

    rows: of how many rows it gets a file at most, so that slow ones end. has_registry: whether
    it was also asked which actors are in no registry. is_reader: it judges nothing. hold: makes
    of the file what it is given; that is not timed.
    """

    name: str
    kind: str
    run: Callable[[Any], Found]
    rows: int = 10**9
    has_registry: bool = True
    is_reader: bool = False
    hold: Callable[[Path], Any] = lambda path: path


def columns_of(path: Path) -> list[Column]:
    """The declared columns that the benchmark's files have."""
    if path.suffix == ".parquet":
        names = pq.read_schema(path).names
    else:
        first = path.with_suffix(".csv").open().readline()
        names = first.rstrip("\n").split(",")
    return [EVENTS.by_name[name] for name in names]


def values_only(found: Found, columns: set[str]) -> Found:
    return {fault for fault in found if fault[1] in columns}


def _typed(path: Path) -> pl.LazyFrame:
    if path.suffix == ".parquet":
        return pl.scan_parquet(path)
    schema = {column.name: POLARS[column.kind] for column in columns_of(path)}
    return (
        pl.scan_csv(path, schema=schema)
        if path.suffix == ".csv"
        else pl.scan_ndjson(path, schema=schema)
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if path.suffix == ".jsonl":
        with path.open("rb") as lines:
            yield from map(json.loads, lines)
        return
    for frame in _typed(path).collect_batches(chunk_size=50_000):
        for row in frame.iter_rows(named=True):
            yield {name: value for name, value in row.items() if value is not None}


def _registry(path: Path) -> pl.Series:
    """The ids of the actors there are."""
    beside = registry_of(path)
    read = {".csv": pl.read_csv, ".jsonl": pl.read_ndjson, ".parquet": pl.read_parquet}
    return read[path.suffix](beside)["actor_id"]


def _schema_of(columns: list[Column]) -> dict[str, Any]:
    """The JSON Schema of a row."""
    properties: dict[str, Any] = {}
    for column in columns:
        told: dict[str, Any] = {"type": JSON_TYPES.get(column.kind, column.kind.value)}
        told |= {"enum": list(column.enum)} if column.enum else {}
        told |= {"pattern": column.pattern} if column.pattern and not column.enum else {}
        limits = {
            "minLength": column.min_length,
            "maxLength": column.max_length,
            "minimum": column.minimum,
            "maximum": column.maximum,
        }
        properties[column.name] = told | {k: v for k, v in limits.items() if v is not None}
    required = [column.name for column in columns if column.required]
    return {"type": "object", "properties": properties, "required": required}


def _with_keys(path: Path, found: Found) -> Iterator[dict[str, Any]]:
    """The rows, noting repeated keys and actors that are not in the registry."""
    seen: set[Any] = set()
    registry = {*_registry(path)}
    for number, row in enumerate(_rows(path), start=1):
        if row.get("actor_id") is not None and row["actor_id"] not in registry:
            found.add((number, "actor_id"))
        key = row.get("event_id")
        if key in seen:
            found.add((number, "event_id"))
        if key is not None:
            seen.add(key)
        yield row


def by_jsonschema_rs(path: Path) -> Found:
    validator = jsonschema_rs.validator_for(_schema_of(columns_of(path)))
    found: Found = set()
    for number, row in enumerate(_with_keys(path, found), start=1):
        if not validator.is_valid(row):
            found |= {(number, _where(e)) for e in validator.iter_errors(row)}
    return found


def by_python_jsonschema(path: Path) -> Found:
    validator = jsonschema.Draft202012Validator(_schema_of(columns_of(path)))
    found: Found = set()
    for number, row in enumerate(_with_keys(path, found), start=1):
        for error in validator.iter_errors(row):
            found.add((number, _named(error.path, error.message)))
    return found


def _where(error: Any) -> str:
    return _named(error.instance_path, error.message)


def _named(path: Any, message: str) -> str:
    told = list(path)
    match = re.search(r"[\"']([a-z_]+)[\"'] is a required", message)
    return str(told[0]) if told else match[1] if match else ""


def by_pydantic(path: Path) -> Found:
    fields: dict[str, Any] = {}
    for column in columns_of(path):
        kind: Any = PYTHON[column.kind]
        if column.enum:
            kind = Literal[column.enum]
        facts = {
            "pattern": None if column.enum else column.pattern,
            "max_length": column.max_length,
            "ge": column.minimum,
            "le": column.maximum,
        }
        told = {name: fact for name, fact in facts.items() if fact is not None}
        default = ... if column.required else None
        fields[column.name] = (kind, pydantic.Field(default, **told))
    model = pydantic.create_model("Row", __config__={"strict": True}, **fields)
    found: Found = set()
    for number, row in enumerate(_with_keys(path, found), start=1):
        try:
            model.model_validate(row)
        except pydantic.ValidationError as error:
            found |= {(number, str(e["loc"][0])) for e in error.errors()}
    return found


def by_frictionless(path: Path) -> Found:
    fields = []
    for column in columns_of(path):
        kind = "string" if column.kind is ColumnKind.date else column.kind.value
        limits = {
            "required": column.required or None,
            "enum": list(column.enum) if column.enum else None,
            "pattern": None if column.enum else column.pattern,
            "maxLength": column.max_length,
            "minimum": column.minimum,
            "maximum": column.maximum,
        }
        told = {name: limit for name, limit in limits.items() if limit is not None}
        fields.append({"name": column.name, "type": kind, "constraints": told})
    schema = frictionless.Schema.from_descriptor({"fields": fields, "primaryKey": ["event_id"]})
    with frictionless.system.use_context(trusted=True):
        report = frictionless.Resource(str(path), schema=schema).validate(limit_errors=10**7)
    found: Found = set()
    for row, name, kind in report.flatten(["rowNumber", "fieldName", "type"]):
        found.add((row - 1, name or ("event_id" if kind == "primary-key" else "")))
    return found


def _expressions(columns: list[Column]) -> dict[str, pl.Expr]:
    """By column, where its values are right; null where there is none and none is needed."""
    good: dict[str, pl.Expr] = {}
    for column in columns:
        value, right = pl.col(column.name), pl.lit(True)
        if column.enum:
            right = right & value.is_in(list(column.enum))
        elif column.pattern:
            right = right & value.str.contains(column.pattern)
        if column.max_length is not None:
            right = right & (value.str.len_chars() <= column.max_length)
        if column.minimum is not None:
            right = right & (value >= column.minimum)
        if column.maximum is not None:
            right = right & (value <= column.maximum)
        good[column.name] = right.fill_null(not column.required)
        if column.required:
            good[column.name] = value.is_not_null() & good[column.name]
    return good


def by_pandera(path: Path) -> Found:
    columns = columns_of(path)
    frame = _typed(path).collect()
    checks = _expressions(columns)
    schema = pa_polars.DataFrameSchema(
        {
            column.name: pa_polars.Column(
                POLARS[column.kind],
                nullable=True,
                checks=pa_polars.Check(
                    lambda data, name=column.name: data.lazyframe.select(checks[name]),
                    ignore_na=False,
                ),
            )
            for column in columns
        }
    )
    found = _keys(frame, path)
    try:
        schema.validate(frame, lazy=True)
    except pa_polars.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        found |= {(row + 1, name) for name, row in cases.select("column", "index").iter_rows()}
    return found


def by_dataframely(path: Path) -> Found:
    columns = columns_of(path)
    frame = _typed(path).collect()
    kinds = {pl.String: dy.String, pl.Int64: dy.Int64, pl.Float64: dy.Float64, pl.Boolean: dy.Bool}
    checks = _expressions(columns)
    body: dict[str, Any] = {c.name: kinds[POLARS[c.kind]](nullable=True) for c in columns}
    for name, check in checks.items():
        body[f"good_{name}"] = dy.rule()(lambda _, check=check: check)
    schema = type("Events", (dy.Schema,), body)
    _, failures = schema.filter(frame.with_row_index("row_number").drop("row_number"))
    details = failures.details()
    found = _keys(frame, path)
    numbered = frame.with_row_index("row_number", 1).join(
        details, on=[c.name for c in columns], how="inner", nulls_equal=True
    )
    for name in checks:
        bad = numbered.filter(pl.col(f"good_{name}") == "invalid")["row_number"]
        found |= {(row, name) for row in bad.to_list()}
    return found


def _keys(frame: pl.DataFrame, path: Path) -> Found:
    """Repeated keys, and actors that are not in the registry."""
    key, actor = pl.col("event_id"), pl.col("actor_id")
    again = frame.select((~key.is_first_distinct() & key.is_not_null()).arg_true()).to_series()
    lost = ~actor.is_in(_registry(path).implode()) & actor.is_not_null()
    dangling = frame.select(lost.arg_true()).to_series()
    return {(row + 1, "event_id") for row in again.to_list()} | {
        (row + 1, "actor_id") for row in dangling.to_list()
    }


def by_duckdb(path: Path) -> Found:
    """One scan with all values judged in SQL, and one window for the key."""
    tests: list[str] = []
    for column in columns_of(path):
        name, bad = f'"{column.name}"', []
        if column.enum:
            told = ", ".join("'" + code.replace("'", "''") + "'" for code in column.enum)
            bad.append(f"{name} NOT IN ({told})")
        elif column.pattern:
            bad.append(f"NOT regexp_matches({name}, '{column.pattern}')")
        bad += [f"length({name}) > {column.max_length}"] if column.max_length else []
        bad += [f"{name} < {column.minimum}"] if column.minimum is not None else []
        bad += [f"{name} > {column.maximum}"] if column.maximum is not None else []
        bad += [f"{name} IS NULL"] if column.required else []
        tests.append(f"CASE WHEN {' OR '.join(bad) or 'false'} THEN '{column.name}' END")
    kinds = ", ".join(f"'{c.name}': '{_sql_type(c)}'" for c in columns_of(path))
    source = {
        ".csv": f"read_csv('{path}', header = true, columns = {{{kinds}}}, parallel = true)",
        ".parquet": f"read_parquet('{path}')",
        ".jsonl": f"read_json('{path}', format = 'newline_delimited', columns = {{{kinds}}})",
    }[path.suffix]
    query = (
        f"WITH registry AS (SELECT actor_id FROM '{registry_of(path)}'), "
        f"told AS (SELECT row_number() OVER () AS row, event_id, [{', '.join(tests)}, "
        "CASE WHEN actor_id NOT IN (FROM registry) THEN 'actor_id' END] AS bad "
        f"FROM {source}), counted AS (SELECT *, row_number() OVER (PARTITION BY event_id "
        "ORDER BY row) AS copy FROM told) SELECT row, list_append(bad, CASE WHEN copy > 1 AND "
        "event_id IS NOT NULL THEN 'event_id' END) FROM counted WHERE copy > 1 OR "
        "len(list_filter(bad, lambda x: x IS NOT NULL)) > 0"
    )
    duckdb.sql("SET enable_progress_bar = false")
    rows = duckdb.sql(query).fetchall()
    return {(row, name) for row, names in rows for name in names if name}


def _sql_type(column: Column) -> str:
    names = {"string": "VARCHAR", "date": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE"}
    return names.get(column.kind.value, "BOOLEAN")


def read_by_polars(path: Path) -> Found:
    for frame in _typed(path).collect_batches(chunk_size=100_000):
        frame.height  # noqa: B018
    return READ


def read_by_arrow(path: Path) -> Found:
    if path.suffix == ".parquet":
        for _ in pq.ParquetFile(path).iter_batches(100_000):
            pass
    elif path.suffix == ".csv":
        for _ in arrow_csv.open_csv(path, read_options=arrow_csv.ReadOptions(block_size=2**24)):
            pass
    else:
        options = arrow_json.ReadOptions(block_size=2**24)
        for _ in arrow_json.open_json(path, read_options=options):
            pass
    return READ


CONTENDERS = [
    *(
        Contender("polars reads", k, read_by_polars, is_reader=True)
        for k in ("csv", "parquet", "jsonl")
    ),
    *(
        Contender("pyarrow reads", k, read_by_arrow, is_reader=True)
        for k in ("csv", "parquet", "jsonl")
    ),
    *(Contender("qantar", k, qantar) for k in ("csv", "parquet", "jsonl")),
    *(Contender("duckdb", k, by_duckdb) for k in ("csv", "parquet", "jsonl")),
    *(Contender("pandera", k, by_pandera) for k in ("csv", "parquet")),
    *(Contender("dataframely", k, by_dataframely) for k in ("csv", "parquet")),
    *(Contender("jsonschema-rs", k, by_jsonschema_rs, rows=100_000) for k in ("csv", "jsonl")),
    *(Contender("pydantic", k, by_pydantic, rows=100_000) for k in ("csv", "jsonl")),
    *(
        Contender("python-jsonschema", k, by_python_jsonschema, rows=5_000)
        for k in ("csv", "jsonl")
    ),
    Contender("polars reads", "nested", nested_events.read_by_polars, is_reader=True),
    Contender("qantar", "nested", nested_events.by_qantar),
    Contender("jsonschema-rs", "nested", nested_events.by_schema),
    Contender("pydantic", "nested", nested_events.by_pydantic),
    Contender("qantar", "frame", qantar_of_frame, has_registry=False, hold=pl.read_parquet),
    Contender("of pyarrow", "frame", qantar_of_frame, has_registry=False, hold=pq.read_table),
    Contender(
        "of pandas on Arrow", "frame", qantar_of_frame, has_registry=False, hold=as_pandas_on_arrow
    ),
    Contender(
        "of objects of pandas",
        "frame",
        qantar_of_frame,
        has_registry=False,
        hold=as_pandas_of_objects,
    ),
    Contender("frictionless", "csv", by_frictionless, rows=5_000, has_registry=False),
]
