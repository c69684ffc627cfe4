"""The rules as SQL: what DuckDB finds with them is what a frame is told."""

from collections import Counter
from typing import get_args

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.schema import TABLES, Profile, Severity
from qantar.schema.rule import RowRule, Sequence, Unique
from qantar.schema.rules import rules, rules_of
from qantar.schema.shape import Row
from qantar.validation import check_frame
from qantar.validation.engine.sql.script import DIALECTS, Dialect, sql_of
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.rules.link.acyclic import acyclic_rules
from qantar.validation.rules.record.name import BETWEEN, naming_columns
from qantar.validation.rules.row.registry import row_rules_of
from support import made_up
from support.held_frames import as_polars
from support.row_mutations import mutated_rows

pytest.importorskip("sqlglot", reason="sqlglot is not installed (extra sql)")
BETWEEN_ROWS = {rule.id for rule in rules() if isinstance(rule, Unique | Sequence)}
Told = Counter[tuple[str, str, str | None]]


def queried(frame: pl.DataFrame, table: str, profile: Profile) -> Told:
    connection = duckdb.connect()
    connection.register("held", frame.to_arrow())
    query = sql_of("held", table, "duckdb", profile, frame.columns)
    return Counter(
        # Which of two equal rows is the later one a table without an order does not say.
        (rule, "" if rule in BETWEEN_ROWS else record, column)
        for rule, record, column, _ in connection.sql(query).fetchall()
    )


def _column(table: str, fault: Fault) -> str | None:
    """The column at which a query tells the fault: rules between cells know prose by its base."""
    column = fault.column or ""
    base = None if fault.rule.startswith("value-") else TABLES[table].base_of(column)
    return base or fault.column


def framed(frame: pl.DataFrame, table: str, profile: Profile) -> Told:
    columns = naming_columns(TABLES[table])
    records = [
        BETWEEN.join("" if row.get(c) is None else str(row[c]) for c in columns)
        for row in frame.to_dicts()
    ]
    told: Told = Counter()
    for fault in check_frame(frame, table, profile):
        if fault.rule in {rule.id for rule in acyclic_rules(table, profile)}:
            # The query says that it does not ask these.
            continue
        if fault.rule == "value-type" and fault.severity is Severity.warning:
            # Words for absent values are counted over a whole column, which no query tells.
            continue
        rows = records if fault.row is None else [records[fault.row - 1]]
        if fault.rule in BETWEEN_ROWS:
            rows = [""]
        told.update((fault.rule, record, _column(table, fault)) for record in rows)
    return told


@given(mutated_rows(), st.sampled_from(Profile))
@settings(max_examples=12, deadline=None)
def test_duckdb_finds_what_a_frame_is_told(made: tuple[str, list[Row]], profile: Profile) -> None:
    table, rows = made
    frame = as_polars(table, rows)
    assert queried(frame, table, profile) == framed(frame, table, profile)


@pytest.mark.slow
@given(mutated_rows(), st.sampled_from(Profile))
@settings(max_examples=400, deadline=None)
def test_duckdb_finds_what_a_frame_is_told_however_long_one_tries(
    made: tuple[str, list[Row]], profile: Profile
) -> None:
    table, rows = made
    frame = as_polars(table, rows)
    assert queried(frame, table, profile) == framed(frame, table, profile)


@given(mutated_rows())
@settings(max_examples=8, deadline=None)
def test_text_is_told_as_typed_columns_are(made: tuple[str, list[Row]]) -> None:
    table, rows = made
    typed = as_polars(table, rows)
    spelled = typed.select(pl.col(name).cast(pl.String) for name in typed.columns)
    assert queried(spelled, table, Profile.coded) == framed(spelled, table, Profile.coded)


def test_the_value_is_told() -> None:
    rows = made_up.corpus().tables()["events"]
    rows[0] |= {"confidence": "it's", "latitude": 91.5}
    frame = as_polars("events", rows)
    connection = duckdb.connect()
    connection.register("held", frame.to_arrow())
    query = sql_of("held", "events", columns=frame.columns)
    found = {row[2:] for row in connection.sql(query).fetchall()}
    assert found == {(f.column, shown(f.value)) for f in check_frame(frame)}


def test_the_record_after_a_gap_is_told() -> None:
    rows = made_up.corpus().tables()["changes"][:1] * 3
    rows = [row | {"record_version": n} for row, n in zip(rows, (1, 3, 4), strict=True)]
    found = queried(as_polars("changes", rows), "changes", Profile.coded)
    assert found == Counter({("version-gap", "", "record_version"): 1})


@pytest.mark.parametrize("dialect", DIALECTS)
def test_comments_say_what_each_rule_asks(dialect: Dialect) -> None:
    query = sql_of("mine.changes", "changes", dialect)
    comments = [line for line in query.splitlines() if line.startswith("--")]
    assert comments[0] == "-- Faults of mine.changes as the table changes, profile coded."
    assert any(line.startswith("--   version-gap: ") for line in comments)
    assert all(f"/* {rule.id} */" in query for rule in row_rules_of("changes", Profile.coded))


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("table", ["actors", "events", "relations", "spans"])
def test_a_rule_of_a_table_is_asked_or_said_not_to_be(
    table: str, profile: Profile, dialect: Dialect
) -> None:
    query = sql_of("one", table, dialect, profile)
    unasked = ", ".join(line for line in query.splitlines() if line.startswith("-- Not asked"))
    for rule in rules_of(table, profile):
        is_asked = isinstance(rule, (*get_args(RowRule), Unique, Sequence))
        assert (f"--   {rule.id}: " in query) is is_asked, rule.id
        assert (rule.id in unasked) is not is_asked, rule.id


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("table", sorted(TABLES))
def test_each_dialect_can_be_read_back(table: str, dialect: str) -> None:
    import sqlglot

    query = sql_of("one.two.three", table, dialect)
    (read,) = sqlglot.parse(query, read=dialect)
    assert read is not None
    assert "FULL_MATCH(" not in query.replace("REGEXP_FULL_MATCH(", "")
    assert "held_table" not in query


@pytest.mark.parametrize("name", ["events; DROP TABLE events", "a b", "", "a.", "(SELECT 1)"])
def test_the_name_of_a_table_is_a_name_and_nothing_else(name: str) -> None:
    with pytest.raises(ValueError, match="name of a table"):
        sql_of(name, "actors")
