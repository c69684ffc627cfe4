"""Ordinary use of Qantar, as a user writes it; checked by mypy, never run."""

from pathlib import Path
from typing import assert_type

import duckdb
import pandas as pd
import polars as pl

from qantar.builders import Project, Sheet, event, mention, on
from qantar.dataset import DatasetError, as_of, load, tables, versions
from qantar.schema import SCHEMA_VERSION, TABLES, Event, Profile, Severity
from qantar.validation import (
    Fault,
    NotAsked,
    Report,
    check_frame,
    check_path,
    check_record,
    check_records,
)

# Each form of a table has its own type.
assert_type(load(), pd.DataFrame)
assert_type(load("events"), pd.DataFrame)
assert_type(load("events", form="pandas"), pd.DataFrame)
assert_type(load("events", form="polars"), pl.DataFrame)
assert_type(load("events", form="duckdb"), duckdb.DuckDBPyRelation)
assert_type(load("events", "0.2.0", form="polars", folder=Path("releases")), pl.DataFrame)
assert_type(versions(), list[str])
assert_type(tables("0.2.0"), list[str])


def occurred(form: str) -> int:
    """Rows that occurred, whatever the user works with."""
    if form == "polars":
        return load("events", form="polars").filter(pl.col("occurred")).height
    events = load("events")
    return len(events[events["occurred"]])


def faults_by_severity(path: Path) -> dict[Severity, int]:
    report = check_path(path, profile=Profile.exchange)
    assert_type(report, Report)
    for fault in report.faults:
        assert_type(fault, Fault)
        assert_type(fault.row, int | None)
    return {severity: report.count(severity) for severity in Severity}


def clean(frame: pl.DataFrame) -> list[str]:
    report = check_frame(frame, others={"events": frame})
    assert_type(report, Report)
    for lacking in report.not_asked:
        assert_type(lacking, NotAsked)
    assert_type(report.ok, bool)
    print(len(report), report.good, report.bad, report.as_frame(), report.as_frame("polars"))
    # A profile may be named, as on the command line.
    of_frame = check_frame(frame, profile="exchange")
    of_record = check_record({"event_id": "X"}, "coded")
    return [fault.message for fault in [*of_frame, *of_record, *check_records([], "exchange")]]


def whole_records(version: str) -> list[str]:
    try:
        corpus = as_of(version)
    except DatasetError as error:
        return [str(error)]
    return [str(record["event_id"]) for record in corpus.events]


def read_record(text: str) -> str:
    record = Event.model_validate_json(text)
    assert_type(record.condition, dict[str, str])
    return f"{record.event_id} of schema {SCHEMA_VERSION} in {', '.join(TABLES)}"


def code(sheet: Sheet) -> Project:
    sheet.event(
        event(
            "MY-000001",
            "cameo:041",
            actors=["arna"],
            targets=["borg"],
            direction="symmetric",
            when=on("2021-05-03", "stated", between=("2021-05-03", "2021-05-03")),
            summary="One talks to the other.",
            summary_vi="Hai bên trao đổi.",
            confidence="high",
            mentions=[mention(3, leading=True, spans={"trigger": (92, 102)})],
        )
    )
    return Project(Path("project"))
