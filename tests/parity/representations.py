"""What holds an input, and what is told of it there: one function for each.

Every function takes an input's content and an empty folder, and returns what it is told, or
None where the content cannot be held so, as a text in a column of numbers.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import openpyxl
import polars as pl

from parity.inputs import Input
from qantar.dataset.csv_file import write_csv
from qantar.schema import TABLES
from qantar.schema.shape import Row, Rows
from qantar.validation import check_frame, check_package, check_paths, check_record, check_records
from qantar.validation.engine.large_file import check_large
from qantar.validation.faults.fault import Fault
from qantar.validation.places import source_check
from support.case_folder import lay_out
from support.held_frames import FRAMES, as_polars
from support.made_up_package import put, zipped
from support.told_tables import CODED_TABLES


class Told(NamedTuple):
    """One fault, as far as it can be the same whatever holds the content.

    at: the column, or the pointer where it leads deeper than to a column of a row.
    """

    table: str
    row: int | None
    at: str | None
    rule: str
    severity: str
    value: str | None
    message: str
    suggestion: str | None


Judge = Callable[[Input, Path], Iterable[Told] | None]
CHUNK_BYTES, CHUNK_ROWS = 4_000, 20
_FILES = re.compile(r"\b([a-z_]+)\.(csv|tsv|jsonl|json|parquet|xlsx)\b")
_COLUMN = re.compile(r"/[a-z_0-9]+")
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


def told_of(
    fault: Fault, table: str, folder: Path, *, is_file: bool = False, is_pointed: bool = False
) -> Told:
    """is_file: it is of rows in a file; is_pointed: a pointer to a field stands for its column."""
    message = _DIGEST.sub("DIGEST", fault.message.replace(f"{folder}/", ""))
    at = fault.column if fault.pointer is None else fault.pointer
    if is_file:
        message = _FILES.sub(r"\1.*", message)
    if is_pointed:
        at = f"column {at}" if fault.column else at
        at = at[1:] if at and _COLUMN.fullmatch(at) else at
    severity, value = fault.severity.value, fault.value
    if fault.rule == "digest-differs" and isinstance(value, str):
        value = _DIGEST.sub("DIGEST", value)
    return Told(table, fault.row, at, fault.rule, severity, value, message, fault.suggestion)


@contextmanager
def _in_chunks(but: Path | None = None) -> Iterator[None]:
    """Every file but one is judged in chunks, however small it is."""

    def check(path: Path, kind: str, **asked: Any) -> Any:
        if path == but:
            return None
        chunk = CHUNK_ROWS if kind == "parquet" else CHUNK_BYTES
        return check_large(path, kind, **asked, least=0, chunk=chunk)

    with patch.object(source_check, "check_large", check):
        yield


def _csv(rows: list[Row], table: str, path: Path, delimiter: str = ",") -> None:
    names = _names(rows, table)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_spelled(row.get(name)) for name in names] for row in rows)


def _spelled(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _names(rows: list[Row], table: str) -> list[str]:
    """The columns that any row has, those that the table does not have at the end."""
    present = dict.fromkeys(name for row in rows for name in row)
    known = [name for name in TABLES[table].with_names(present).by_name if name in present]
    return [*known, *(name for name in present if name not in known)]


def _json(rows: list[Row], _: str, path: Path) -> None:
    path.write_text(json.dumps(rows), "utf-8")


def _lines(rows: list[Row], _: str, path: Path) -> None:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")


def _parquet(rows: list[Row], table: str, path: Path) -> None:
    as_polars(table, rows).write_parquet(path)


def _parquet_of_text(rows: list[Row], table: str, path: Path) -> None:
    _text_frame(rows, table).write_parquet(path)


def _sheet(rows: list[Row], table: str, path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(table)
    names = _names(rows, table)
    for row in (names, *([row.get(name) for name in names] for row in rows)):
        sheet.append(row)
    book.save(path)


def _text_frame(rows: list[Row], table: str) -> pl.DataFrame:
    names = _names(rows, table)
    cells = [[row.get(name) for name in names] for row in rows]
    return pl.DataFrame(cells, dict.fromkeys(names, pl.String), orient="row")


Write = Callable[[list[Row], str, Path], None]
CANNOT_HOLD = (TypeError, ValueError, OverflowError, pl.exceptions.PolarsError)


def as_files(suffix: str, write: Write, *, in_chunks: bool = False) -> Judge:
    """One file a table, checked together."""

    def judge(given: Input, folder: Path) -> Iterable[Told] | None:
        tables: Rows = given.content
        paths = {name: folder / f"{name}.{suffix}" for name, rows in tables.items() if rows}
        try:
            for name, path in paths.items():
                write(tables[name], name, path)
        except CANNOT_HOLD:
            return None
        if in_chunks:
            with _in_chunks():
                report = check_paths(paths.values())
        else:
            report = check_paths(paths.values())
        is_pointed = suffix in ("json", "jsonl")
        return [
            told_of(f, Path(f.file or "").stem, folder, is_file=True, is_pointed=is_pointed)
            for f in report.faults
        ]

    return judge


def as_frames(hold: Callable[[str, list[Row]], Any]) -> Judge:
    """Each of the judged tables as a frame, the others beside it."""

    def judge(given: Input, folder: Path) -> Iterable[Told] | None:
        found: list[Told] = []
        for name in given.judged:
            beside = {n: rows for n, rows in given.content.items() if rows and n != name}
            try:
                frame = hold(name, given.content[name])
                others = {n: as_polars(n, rows) for n, rows in beside.items()}
            except CANNOT_HOLD:
                return None
            for fault in check_frame(frame, name, others=others):
                found.append(told_of(fault, name, folder))
        return found

    return judge


def _as_text(hold: Callable[[pl.DataFrame], Any]) -> Judge:
    return as_frames(lambda table, rows: hold(_text_frame(rows, table)))


def as_package(given: Input, folder: Path) -> Iterable[Told]:
    """The files in a folder."""
    report = check_package(put(given.content, folder))
    return [told_of(f, _within(f, folder), folder) for f in report.faults]


def as_zip(given: Input, folder: Path) -> Iterable[Told]:
    """The files in a zip."""
    path = folder / "package.zip"
    path.write_bytes(zipped(given.content))
    return [told_of(f, _within(f, path), path) for f in check_package(path).faults]


def as_laid_out(given: Input, folder: Path) -> Iterable[Told]:
    """A case of files, as its own test checks it."""
    case = given.content
    named = case["check"]
    lay_out(case | {"check": "."}, folder)
    paths = [folder / name for name in ([named] if isinstance(named, str) else named)]
    texts = {"articles": folder / "texts"} if "texts" in case else {}
    report = check_paths(paths, **texts, **case.get("options", {}))
    return [told_of(f, _within(f, folder), folder) for f in report.faults]


def _within(fault: Fault, folder: Path) -> str:
    return (fault.file or "").removeprefix(str(folder)).strip("/")


def each_record(given: Input, folder: Path) -> Iterable[Told]:
    """Records one by one, each knowing none of the others."""
    records, actors = given.content
    known = None if actors is None else {"actors": actors}
    return [
        told_of(fault.at(row=number), "events", folder)
        for number, record in enumerate(records, start=1)
        for fault in check_record(record, known=known)
    ]


def all_records(given: Input, folder: Path) -> Iterable[Told]:
    records, actors = given.content
    known = None if actors is None else {"actors": actors}
    return [told_of(fault, "events", folder) for fault in check_records(records, known=known)]


def as_record_file(suffix: str, write: Write, *, in_chunks: bool = False) -> Judge:
    """Nested records in a file, the registry of actors beside it."""

    def judge(given: Input, folder: Path) -> Iterable[Told]:
        records, actors = given.content
        paths = [folder / f"events.{suffix}"]
        write(records, "events", paths[0])
        if actors is not None:
            paths.append(folder / "actors.csv")
            paths[1].write_bytes(write_csv(CODED_TABLES["actors"], actors))
        if in_chunks:
            with _in_chunks(but=paths[-1] if actors is not None else None):
                report = check_paths(paths)
        else:
            report = check_paths(paths)
        return [told_of(f, Path(f.file or "").stem, folder) for f in report.faults]

    return judge


_FILES_OF_ROWS: dict[str, Judge] = {
    "csv": as_files("csv", _csv),
    "csv in blocks": as_files("csv", _csv, in_chunks=True),
    "tsv": as_files("tsv", partial(_csv, delimiter="\t")),
}
_FILES_OF_TYPES: dict[str, Judge] = {
    "json": as_files("json", _json),
    "json lines": as_files("jsonl", _lines),
    "json lines in blocks": as_files("jsonl", _lines, in_chunks=True),
    "parquet": as_files("parquet", _parquet),
    "parquet in blocks": as_files("parquet", _parquet, in_chunks=True),
}
_FRAMES: dict[str, Judge] = {f"{kind} frame": as_frames(hold) for kind, hold in FRAMES.items()}
_SHEETS: dict[str, Judge] = {"sheet": as_files("xlsx", _sheet)}
# Those that judge a long table in little time.
_LONG = ("pandas frame", "pandas objects frame", "polars frame", "pyarrow frame", "duckdb frame")
REPRESENTATIONS: dict[str, dict[str, Judge]] = {
    "tables": _FILES_OF_ROWS | _FILES_OF_TYPES | _SHEETS | _FRAMES,
    "long tables": _FILES_OF_ROWS | _FILES_OF_TYPES | {name: _FRAMES[name] for name in _LONG},
    "texts": _FILES_OF_ROWS
    | _SHEETS
    | {
        "parquet": as_files("parquet", _parquet_of_text),
        "parquet in blocks": as_files("parquet", _parquet_of_text, in_chunks=True),
        "polars frame": _as_text(lambda frame: frame),
        "pandas frame": _as_text(pl.DataFrame.to_pandas),
        "pyarrow frame": _as_text(pl.DataFrame.to_arrow),
    },
    "records": {
        "one record": each_record,
        "records": all_records,
        "json": as_record_file("json", _json),
        "json lines": as_record_file("jsonl", _lines),
        "json lines in blocks": as_record_file("jsonl", _lines, in_chunks=True),
    },
    "package": {"folder": as_package, "zip": as_zip},
    "files": {"path": as_laid_out},
}
