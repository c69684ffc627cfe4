"""Where a conversion writes: a file with its report beside it, or a folder of partitions.

Either stands whole or is not there: a run that fails or is killed leaves what was there before.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import polars as pl

from qantar.dataset.conversion.output import FORMATS, Format, PartitionedFiles, RowFile, row_file
from qantar.dataset.conversion.overlap import WriteBehind
from qantar.dataset.swap import clear_workshops, swap_folder, workshop
from qantar.schema.aside import undisturbed
from qantar.schema.replacement import flush_folder, replacements

REPORT, REJECTED = "report.json", "rejected.jsonl"
_OLD = "old"
Schemas = Mapping[str, dict[str, pl.DataType]]
_YEAR = pl.coalesce("date_earliest", "date_latest").str.slice(0, 4)
# By what users ask for: how folders are named, and the value of a row.
PARTITIONS = {
    "year": ("year", _YEAR.fill_null("unknown")),
    "country": ("country", pl.col("place_country_code").fill_null("unknown")),
}


class ConversionError(ValueError):
    """A conversion that cannot be done; the message says what to do."""


@dataclass(frozen=True)
class Destination:
    """By table what its rows are added to, and where the report and the rejected rows go."""

    tables: Mapping[str, RowFile]
    report: IO[bytes]
    rejected: IO[bytes]


@contextmanager
def opened(
    out: Path, schemas: Schemas, partition: str | None, form: Format | None = None
) -> Iterator[Destination]:
    """Where the rows of some tables go; put in its place where the block ends well.

    form: of partitions. Raises ConversionError for an output that cannot be, OSError.
    """
    if partition is not None:
        with _opened_folder(out, schemas, partition, form or "parquet") as made:
            yield made
        return
    told = FORMATS.get(out.suffix.lower())
    if told is None:
        raise ConversionError(f"{out} must end in .csv, .parquet or .jsonl.")
    targets = outputs(out, schemas)
    with replacements(*targets.values(), *beside(out)) as (*files, report, rejected):
        tables = {
            table: WriteBehind(row_file(handle, told, schemas[table]))
            for table, handle in zip(targets, files, strict=True)
        }
        yield Destination(tables, report, rejected)


@contextmanager
def _opened_folder(
    out: Path, schemas: Schemas, partition: str, form: Format
) -> Iterator[Destination]:
    if out.exists() and not _is_ours(out):
        raise ConversionError(f"{out} is there and was not made by a conversion; name another.")
    out.parent.mkdir(parents=True, exist_ok=True)
    clear_workshops(out, _OLD)
    with workshop(out) as made, ExitStack() as files:
        new = made / "new"
        new.mkdir()
        report, rejected = (files.enter_context(place.open("wb")) for place in inside(new))
        tables: dict[str, RowFile] = {}
        for table, schema in schemas.items():
            folder = new if len(schemas) == 1 else new / table
            tables[table] = PartitionedFiles(folder, form, schema, *_partition(table, partition))
        yield Destination(tables, report, rejected)
        files.close()
        flush_folder(new)
        with undisturbed():
            swap_folder(new, out, made / _OLD)


def _is_ours(out: Path) -> bool:
    """Whether a folder is empty or was made by a conversion."""
    return out.is_dir() and (not [*out.iterdir()] or inside(out)[0].is_file())


def _partition(table: str, partition: str) -> tuple[str, pl.Expr]:
    if table == "events":
        return PARTITIONS[partition]
    # Mentions have neither a day nor a place of the event.
    return "all", pl.lit("mentions")


def outputs(out: Path, tables: Iterable[str]) -> dict[str, Path]:
    """By table the file that its rows go to."""
    first, *others = tables
    further = {table: out.with_name(f"{out.stem}-{table}{out.suffix}") for table in others}
    return {first: out} | further


def beside(out: Path) -> tuple[Path, Path]:
    """The files of the report and of the rejected rows that stand beside an output."""
    return out.with_name(f"{out.name}.{REPORT}"), out.with_name(f"{out.name}.{REJECTED}")


def inside(out: Path) -> tuple[Path, Path]:
    """The files of the report and of the rejected rows in a folder of partitions.

    Readers of folders pass over names that begin so.
    """
    return out / f"_{REPORT}", out / f"_{REJECTED}"
