"""Tables of events read into memory from whatever holds them: files, folders, packages."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import polars as pl

from qantar.dataset.conversion.columns import TYPES
from qantar.dataset.error import DatasetError
from qantar.schema import TABLES, Profile

READABLE = (".csv", ".parquet", ".pq", ".jsonl", ".ndjson")
# In a package the same rows lie in both.
_IN_PACKAGE = ("parquet/events.parquet", "csv/events.csv", "events.parquet", "events.csv")


def read_events(paths: Iterable[Path]) -> pl.DataFrame:
    """The rows of all tables of events that paths stand for, one below the other.

    A column that a table lacks is absent in its rows. Raises DatasetError.
    """
    files = [file for path in paths for file in _files(path)]
    return pl.concat([read_table(file) for file in files], how="diagonal_relaxed")


def read_table(path: Path) -> pl.DataFrame:
    """A table of events with the types of the schema; raises DatasetError."""
    suffix = path.suffix.lower()
    try:
        if suffix == ".csv":
            frame = pl.read_csv(path, infer_schema=False)
        elif suffix in (".parquet", ".pq"):
            frame = pl.read_parquet(path, hive_partitioning=False)
        else:
            frame = pl.read_ndjson(path, infer_schema_length=None)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise DatasetError(f"{path} cannot be read as a table: {error}") from error
    if "event_id" not in frame.columns:
        raise DatasetError(f"{path} is no table of events: it has no column event_id.")
    types: dict[str, Any] = {
        column.name: TYPES[column.kind]
        for column in TABLES["events"].of(Profile.exchange).columns
        if column.name in frame.columns
    }
    return frame.with_columns(pl.col(n).cast(kind, strict=False) for n, kind in types.items())


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
        raise DatasetError(f"{path} is no table: name a file of {', '.join(READABLE)}.")
    else:
        yield path


def _is_part(path: Path, folder: Path) -> bool:
    """Whether a file is a table, and not what a program wrote beside it."""
    is_hidden = any(part.startswith(("_", ".")) for part in path.relative_to(folder).parts)
    return path.suffix.lower() in READABLE and not is_hidden and "report" not in path.suffixes
