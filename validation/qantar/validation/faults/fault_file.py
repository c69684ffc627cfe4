"""All faults in a file of their own: Parquet, CSV or JSON Lines, by the file's suffix."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile

import pyarrow.parquet as pq

from qantar.schema.replacement import replace_file
from qantar.schema.safe_text import json_text, one_line
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_frame import fault_table

# A spreadsheet starts a formula with these, in full width too; where it splits at semicolons
# also in the middle of a text.
_FORMULA = re.compile(r"(^|;)(\s*)(?=[=+\-@＝＋－＠])")


# So many faults are written at once.
FAULTS_PER_BATCH = 10_000
_BYTES_PER_PIECE = 1_000_000


def write_faults(faults: Iterable[Fault], path: Path) -> None:
    """Write every fault, in the order of the report, with the columns of `Fault`.

    The file is there whole or not at all. In CSV a text is on one line, and before what a
    spreadsheet would run as a formula stands an apostrophe. Raises ValueError for a suffix
    that is not known, OSError where the file cannot be written.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in WRITERS:
        raise ValueError(f"{path} is none of .parquet, .csv and .jsonl")
    replace_file(path, WRITERS[kind](faults))


def jsonl_of(faults: Iterable[Fault]) -> Iterator[str]:
    """One JSON object a line for each fault, with only what is known of it."""
    return (f"{json_text(fault.as_dict())}\n" for fault in faults)


def _jsonl(faults: Iterable[Fault]) -> Iterator[bytes]:
    return (line.encode() for line in jsonl_of(faults))


def _parquet(faults: Iterable[Fault]) -> Iterator[bytes]:
    schema = fault_table([]).to_arrow().schema
    with TemporaryFile(prefix="qantar-") as file:
        with pq.ParquetWriter(file, schema, compression="zstd") as writer:
            for batch in _batches(faults):
                writer.write_table(fault_table(batch).to_arrow())
        file.seek(0)
        while piece := file.read(_BYTES_PER_PIECE):
            yield piece


def _csv(faults: Iterable[Fault]) -> Iterator[bytes]:
    names = [field.name for field in fields(Fault)]
    yield f"{','.join(names)}\n".encode()
    for batch in _batches(faults):
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerows([_cell(getattr(fault, name)) for name in names] for fault in batch)
        yield buffer.getvalue().encode()


def _batches(faults: Iterable[Fault]) -> Iterator[list[Fault]]:
    left = iter(faults)
    while batch := [*islice(left, FAULTS_PER_BATCH)]:
        yield batch


def _cell(value: object) -> object:
    return one_line(_FORMULA.sub(r"\1\2'", value)) if isinstance(value, str) else value


WRITERS: dict[str, Callable[[Iterable[Fault]], Iterator[bytes]]] = {
    "parquet": _parquet,
    "csv": _csv,
    "jsonl": _jsonl,
}
