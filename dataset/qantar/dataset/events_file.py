"""Tables of events read into memory from whatever holds them: files, folders, packages."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from qantar.dataset.conversion.columns import TYPES
from qantar.dataset.error import DatasetError
from qantar.schema import TABLES, Profile
from qantar.validation.rules.table_kind import table_of

READABLE = (".csv", ".parquet", ".pq", ".jsonl", ".ndjson")
# In a package the same rows lie in both.
_IN_PACKAGE = ("parquet/events.parquet", "csv/events.csv", "events.parquet", "events.csv")
# One of these stands beside the id in every table of events.
_OF_EVENTS = frozenset({"action_code", "source_action", "date_earliest"})
Types = Mapping[str, Any]


def read_events(paths: Iterable[Path]) -> pl.DataFrame:
    """The rows of all tables of events that paths stand for, one below the other.

    A column that a table lacks is absent in its rows. Raises DatasetError.
    """
    frames = [read_table(file) for file in event_files(paths)]
    return pl.concat(frames, how="diagonal_relaxed")


def event_files(paths: Iterable[Path]) -> list[Path]:
    """The tables of events that paths stand for, each once, in order; raises DatasetError.

    Of a package it is its events; of another folder every table of events, and no other table.
    """
    return [*dict.fromkeys(file for path in paths for file in _files(path))]


def read_table(path: Path, columns: Types | None = None) -> pl.DataFrame:
    """A table of events with the types of the schema; raises DatasetError.

    columns: the only ones to read, with their types; those that it lacks are absent in its rows.
    """
    try:
        held = _scanned(path)
        names = held.collect_schema().names()
        if not _are_of_events(names):
            raise DatasetError(
                f"{path} is no table of events. Convert other systems' files with `qantar convert`."
            )
        if columns is None:
            types = {name: kind for name, kind in _types().items() if name in names}
            return held.with_columns(
                pl.col(n).cast(kind, strict=False) for n, kind in types.items()
            ).collect()
        return held.select(
            pl.col(name).cast(kind, strict=False)
            if name in names
            else pl.lit(None, kind).alias(name)
            for name, kind in columns.items()
        ).collect()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise DatasetError(f"{path} cannot be read as a table: {error}") from error


def _scanned(path: Path) -> pl.LazyFrame:
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return pl.scan_csv(path, infer_schema=False)
    if suffix in (".parquet", ".pq"):
        return pl.scan_parquet(path, hive_partitioning=False)
    return pl.scan_ndjson(path, infer_schema_length=None)


def _are_of_events(names: Iterable[str]) -> bool:
    held = {*names}
    return "event_id" in held and bool(held & _OF_EVENTS) and table_of(held) in (None, "events")


def _types() -> Types:
    columns = TABLES["events"].of(Profile.exchange).columns
    return {column.name: TYPES[column.kind] for column in columns}


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        held = next((path / name for name in _IN_PACKAGE if (path / name).is_file()), None)
        found = sorted(p for p in path.rglob("*") if _is_part(p, path)) if held is None else [held]
        if not found:
            raise DatasetError(f"There is no table of events in {path}.")
        yield from found
    elif not path.is_file():
        raise DatasetError(f"{path} does not exist.")
    elif path.suffix.lower() not in READABLE:
        raise DatasetError(
            f"{path} is no table of events: it must end in one of {', '.join(READABLE)}."
        )
    else:
        yield path


def _is_part(path: Path, folder: Path) -> bool:
    """Whether a file below a folder is a table of events, and not one that lies beside it."""
    is_hidden = any(part.startswith(("_", ".")) for part in path.relative_to(folder).parts)
    if is_hidden or path.suffix.lower() not in READABLE or not path.is_file():
        return False
    try:
        return _are_of_events(_scanned(path).collect_schema().names())
    except (pl.exceptions.PolarsError, OSError):
        # That it cannot be read is told when it is.
        return True
