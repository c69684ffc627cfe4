"""Prose in several languages gets one verdict, whatever holds the rows."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from qantar.schema import Profile, Severity
from qantar.schema.corpus import Corpus
from qantar.schema.shape import Row
from qantar.validation import Fault, check_frame, check_path, check_records
from qantar.validation.engine.large_file import check_large
from support import made_up
from support.held_frames import FRAMES, as_polars
from support.made_up_package import csv_package, put, redescribe

LANGUAGES = ("en", "es", "pt_br")
# What is changed in the second event, and what is told of it: (rule, severity, column).
CHANGES: list[tuple[Row, set[tuple[str, str, str]]]] = [
    ({}, set()),
    ({"summary_en": None, "summary_es": None}, set()),
    ({"summary_pt_br": "=1+1"}, {("value-malformed", "error", "summary_pt_br")}),
    ({"condition_es": "x" * 2_001}, {("value-length", "error", "condition_es")}),
    (dict.fromkeys(f"summary_{n}" for n in LANGUAGES), {("value-missing", "error", "summary")}),
    (
        dict.fromkeys(f"condition_{n}" for n in LANGUAGES),
        {("condition-missing", "error", "condition")},
    ),
    # What is malformed is neither there nor absent.
    (
        {"condition_en": "=1", "condition_es": None, "condition_pt_br": None},
        {("value-malformed", "error", "condition_en")},
    ),
    ({"conditional": False}, {("condition-unexpected", "error", "condition_en")}),
    ({"summary_es": "nan"}, {("value-type", "warning", "summary_es")}),
]


def events(change: Row) -> list[Row]:
    """The two made-up events in three languages, the second one changed."""
    first, second = made_up.corpus().tables()["events"]
    return [told(first), told(second) | change]


def told(row: Row) -> Row:
    """The row in all languages in place of English and Vietnamese."""
    kept: Row = {}
    for name, value in row.items():
        if name.endswith("_en"):
            kept |= {f"{name.removesuffix('en')}{language}": value for language in LANGUAGES}
        elif not name.endswith("_vi"):
            kept[name] = value
    return kept


def cells(rows: list[Row]) -> pl.DataFrame:
    """The rows spelled as files of text spell them."""
    frame = as_polars("events", rows)
    return frame.select(pl.col(name).cast(pl.String) for name in frame.columns)


def by_csv(rows: list[Row], folder: Path, delimiter: str = ",") -> Iterable[Fault]:
    path = folder / ("events.tsv" if delimiter == "\t" else "events.csv")
    cells(rows).write_csv(path, separator=delimiter)
    return check_path(path).faults


def by_chunks(rows: list[Row], folder: Path) -> Iterable[Fault]:
    path = folder / "events.csv"
    cells(rows).write_csv(path)
    report = check_large(path, "csv", file="t", table="events", least=0, chunk=1_000)
    assert report is not None
    return report.faults


def by_json(rows: list[Row], folder: Path, *, lines: bool = False) -> Iterable[Fault]:
    kept = [{name: value for name, value in row.items() if value is not None} for row in rows]
    path = folder / ("events.jsonl" if lines else "events.json")
    path.write_text("\n".join(map(json.dumps, kept)) if lines else json.dumps(kept), "utf-8")
    return check_path(path).faults


def by_parquet(rows: list[Row], folder: Path) -> Iterable[Fault]:
    as_polars("events", rows).write_parquet(folder / "events.parquet")
    return check_path(folder / "events.parquet").faults


def by_sheet(rows: list[Row], folder: Path) -> Iterable[Fault]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "events"
    names = as_polars("events", rows).columns
    sheet.append(names)
    for row in rows:
        sheet.append([row.get(name) for name in names])
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    book.save(folder / "events.xlsx")
    return check_path(folder / "events.xlsx").faults


def by_frame(hold: Callable[[str, list[Row]], Any], rows: list[Row], _: Path) -> Iterable[Fault]:
    return check_frame(hold("events", rows)).faults


HELD: dict[str, Callable[[list[Row], Path], Iterable[Fault]]] = {
    "csv": by_csv,
    "csv in chunks": by_chunks,
    "tsv": lambda rows, folder: by_csv(rows, folder, "\t"),
    "json": by_json,
    "json lines": lambda rows, folder: by_json(rows, folder, lines=True),
    "parquet": by_parquet,
    "sheet": by_sheet,
    **{
        name: lambda rows, _, hold=hold: check_frame(hold("events", rows))
        for name, hold in FRAMES.items()
    },
}


@pytest.mark.parametrize("held", HELD)
@pytest.mark.parametrize(("change", "expected"), CHANGES)
def test_rows_in_three_languages_get_one_verdict(
    held: str, change: Row, expected: set[tuple[str, str, str]], tmp_path: Path
) -> None:
    found = HELD[held](events(change), tmp_path)
    named = {(f.rule, str(f.severity), f.column or (f.pointer or "")[1:]) for f in found}
    # A word for what is absent is told of the file, which names the columns.
    named = {(rule, how, at or "summary_es") for rule, how, at in named}
    assert named == expected


@pytest.mark.parametrize("is_large", [False, True])
@pytest.mark.parametrize(
    ("change", "expected"), [case for case in CHANGES if "nan" not in case[0].values()]
)
def test_records_in_three_languages_get_the_same(
    change: Row, expected: set[tuple[str, str, str]], is_large: bool, tmp_path: Path
) -> None:
    corpus = made_up.corpus()
    records = [told(event) for event in corpus.events]
    second = records[1] | change
    if "conditional" in change:
        second["mentions"] = [m | {"conditional": False} for m in second["mentions"]]
    records[1] = {name: value for name, value in second.items() if value is not None}
    found: Iterable[Fault] = check_records(records, Profile.coded, known=corpus.plain)
    if is_large:
        path = tmp_path / "events.jsonl"
        path.write_text("\n".join(map(json.dumps, records)), "utf-8")
        report = check_large(path, "jsonl", file="t", least=0, chunk=1_000)
        assert report is not None
        found = (fault for fault in report.faults if fault.rule != "actor-unresolved")
    assert {(f.rule, str(f.severity), (f.pointer or "")[1:]) for f in found} == expected


def package(*languages: str) -> dict[str, bytes]:
    """The tables in three languages, in a package that names these."""
    corpus = made_up.corpus()
    plain = {name: [told(row) for row in rows] for name, rows in corpus.plain.items()}
    made = Corpus([told(event) for event in corpus.events], plain, LANGUAGES)
    named = {"qantar:languages": [*languages]}
    return redescribe(csv_package(made.tables()), lambda facts: facts.update(named))


def test_a_package_in_its_languages_is_sound(tmp_path: Path) -> None:
    files = package("en", "es", "pt-BR")
    assert check_path(put(files, tmp_path)).faults == ()


def test_a_language_that_a_package_does_not_name_is_a_warning_for_each_table(
    tmp_path: Path,
) -> None:
    report = check_path(put(package("en", "es"), tmp_path))
    found = [(f.rule, f.severity) for f in report.faults if f.column == "summary_pt_br"]
    assert found == [("language-unnamed", Severity.warning)]
    assert {f.rule for f in report.faults} == {"language-unnamed"}
    assert report.exit_code == 0


def test_a_language_that_a_package_names_and_no_table_has_is_missing(tmp_path: Path) -> None:
    report = check_path(put(package("en", "es", "pt-BR", "fr"), tmp_path))
    assert {f.rule for f in report.faults} == {"language-missing"}


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_prose_without_a_language_is_told_with_a_column_that_may_be_meant(
    suffix: str, tmp_path: Path
) -> None:
    core = {"event_id": "AB-000001", "record_version": 1, "action_code": "cameo:042"}
    row = core | {"date_earliest": "2024-03-11", "date_latest": "2024-03-11", "condition_es": "Si."}
    row |= {"summary": "Una llamada."}
    path = tmp_path / f"e.{suffix}"
    text = f"{','.join(row)}\n{','.join(map(str, row.values()))}\n"
    path.write_text(text if suffix == "csv" else f"{json.dumps(row)}\n", "utf-8")
    [fault] = check_path(path, profile="exchange").faults
    told_as = "column-unknown" if suffix == "csv" else "field-unknown"
    assert (fault.rule, fault.suggestion) == (told_as, "summary_es")
