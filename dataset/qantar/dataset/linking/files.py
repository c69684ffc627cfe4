"""Tables of events read to be linked, and the links written."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from qantar.dataset.conversion.output import FORMATS, row_file
from qantar.dataset.events_file import event_files, read_table
from qantar.dataset.linking.link import LinkError, Links
from qantar.dataset.linking.rows import COLUMNS
from qantar.schema.replacement import replacements
from qantar.schema.version import SCHEMA_VERSION

METADATA = "qantar:linking"


@dataclass(frozen=True)
class Read:
    """The rows of some tables. counts: by the name of each file how many it has."""

    frame: pl.DataFrame
    counts: dict[str, int]


def read_events(paths: Iterable[str | Path]) -> Read:
    """The columns that a rule asks, of tables of events: files, folders or packages.

    Raises DatasetError for what is no table of events.
    """
    files = sorted(event_files(Path(path) for path in paths))
    frames = [read_table(file, COLUMNS) for file in files]
    counts = {str(file): frame.height for file, frame in zip(files, frames, strict=True)}
    return Read(pl.concat(frames), counts)


def outputs(out: Path) -> tuple[Path, Path, Path]:
    """The files of the links, of the groups and of the report; raises LinkError."""
    if out.suffix.lower() not in FORMATS:
        raise LinkError(f"{out} must end in .parquet, .csv or .jsonl.")
    groups = out.with_name(f"{out.stem}-groups{out.suffix}")
    return out, groups, out.with_name(f"{out.name}.report.json")


def write_links(links: Links, out: Path, counts: dict[str, int]) -> None:
    """Write the links, the groups beside them and the report; all or none. Raises OSError."""
    account = {"schema_version": SCHEMA_VERSION, **links.plain(), "files": counts}
    told = json.dumps(account, ensure_ascii=False, indent=1)
    with replacements(*outputs(out)) as (pairs, groups, report):
        for handle, frame in ((pairs, links.links), (groups, links.groups)):
            file = row_file(handle, FORMATS[out.suffix.lower()], dict(frame.schema), METADATA)
            file.add(frame)
            file.close(account)
        report.write(told.encode() + b"\n")
