"""Tables of events read to be linked, and the links written."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import polars as pl
import pyarrow.parquet as pq

from qantar.dataset.linking.link import LinkError, Links
from qantar.dataset.linking.rows import COLUMNS
from qantar.schema.replacement import replacements
from qantar.schema.version import SCHEMA_VERSION

SUFFIXES = (".csv", ".parquet", ".pq", ".jsonl", ".ndjson")
METADATA = "qantar:linking"


@dataclass(frozen=True)
class Read:
    """The rows of some tables. counts: by the name of each file how many it has."""

    frame: pl.DataFrame
    counts: dict[str, int]


def read_events(paths: Iterable[str | Path]) -> Read:
    """The columns that a rule asks, of tables of events: files, or folders with such files.

    Raises LinkError for what is no table of events.
    """
    files = sorted({file for path in paths for file in _files(Path(path))})
    frames = [_read(file) for file in files]
    counts = {str(file): frame.height for file, frame in zip(files, frames, strict=True)}
    return Read(pl.concat(frames), counts)


def outputs(out: Path) -> tuple[Path, Path, Path]:
    """The files of the links, of the groups and of the report; raises LinkError."""
    if out.suffix.lower() not in SUFFIXES:
        raise LinkError(f"{out} must end in .parquet, .csv or .jsonl.")
    groups = out.with_name(f"{out.stem}-groups{out.suffix}")
    return out, groups, out.with_name(f"{out.name}.report.json")


def write_links(links: Links, out: Path, counts: dict[str, int]) -> None:
    """Write the links, the groups beside them and the report; all or none. Raises OSError."""
    account = {"schema_version": SCHEMA_VERSION, **links.plain(), "files": counts}
    told = json.dumps(account, ensure_ascii=False, indent=1)
    with replacements(*outputs(out)) as (pairs, groups, report):
        for handle, frame in ((pairs, links.links), (groups, links.groups)):
            _write(frame, handle, out.suffix.lower(), account)
        report.write(told.encode() + b"\n")


def _write(frame: pl.DataFrame, handle: IO[bytes], suffix: str, account: dict[str, Any]) -> None:
    if suffix == ".csv":
        frame.write_csv(handle)
    elif suffix in (".jsonl", ".ndjson"):
        frame.write_ndjson(handle)
    else:
        table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
        told = json.dumps(account, ensure_ascii=False, sort_keys=True)
        held = {**(table.schema.metadata or {}), METADATA.encode(): told.encode()}
        pq.write_table(table.replace_schema_metadata(held), handle, compression="zstd")


def _files(path: Path) -> list[Path]:
    """A file itself, or the tables below a folder; names that begin with _ or . are passed over."""
    if not path.is_dir():
        if not path.exists():
            raise LinkError(f"There is no file {path}.")
        if path.suffix.lower() not in SUFFIXES:
            raise LinkError(f"{path} is no table of events: it must end in {', '.join(SUFFIXES)}.")
        return [path]
    found = [
        file
        for file in path.rglob("*")
        if file.suffix.lower() in SUFFIXES and file.is_file() and file.name[0] not in "_."
    ]
    if not found:
        raise LinkError(f"There is no table of events in {path}.")
    return found


def _read(path: Path) -> pl.DataFrame:
    try:
        held = _scanned(path)
        names = held.collect_schema().names()
        if "event_id" not in names:
            raise LinkError(
                f"{path} is no table of events: it has no column event_id. Convert other systems' "
                "files with `qantar convert`."
            )
        return held.select(
            pl.col(name).cast(kind, strict=False)
            if name in names
            else pl.lit(None, kind).alias(name)
            for name, kind in COLUMNS.items()
        ).collect()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise LinkError(f"{path} cannot be read as a table: {error}") from error


def _scanned(path: Path) -> pl.LazyFrame:
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return pl.scan_csv(path, infer_schema=False)
    if suffix in (".parquet", ".pq"):
        return pl.scan_parquet(path, hive_partitioning=False)
    return pl.scan_ndjson(path, infer_schema_length=None)
