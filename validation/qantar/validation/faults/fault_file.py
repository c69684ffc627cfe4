"""All faults in a file of their own: Parquet, CSV or JSON Lines, by the file's suffix."""

import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path

import polars as pl

from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_frame import FAULTS

_RUN_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_faults(faults: Sequence[Fault], path: Path) -> None:
    """Write every fault, in the order of the report, with the columns of `Fault`.

    The file is there whole or not at all. In CSV a text that a spreadsheet would run as a
    formula begins with an apostrophe. Raises ValueError for a suffix that is not known,
    OSError where the file cannot be written.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in WRITERS:
        raise ValueError(f"{path} is none of .parquet, .csv and .jsonl")
    content = WRITERS[kind](faults)
    handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=".qantar-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def jsonl_of(faults: Sequence[Fault]) -> str:
    """One JSON object a line for each fault, with only what is known of it."""
    return "".join(f"{json.dumps(fault.as_dict(), ensure_ascii=False)}\n" for fault in faults)


def _parquet(faults: Sequence[Fault]) -> bytes:
    columns = {name: [_encodable(getattr(fault, name)) for fault in faults] for name in FAULTS}
    buffer = io.BytesIO()
    pl.DataFrame(columns, FAULTS).write_parquet(buffer)
    return buffer.getvalue()


def _csv(faults: Sequence[Fault]) -> bytes:
    buffer = io.StringIO()
    names = [field.name for field in fields(Fault)]
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(names)
    for fault in faults:
        writer.writerow([_cell(getattr(fault, name)) for name in names])
    return buffer.getvalue().encode()


def _cell(value: object) -> object:
    if isinstance(value, str):
        text = str(_encodable(value)).replace("\0", "\\x00")
        return f"'{text}" if text.startswith(_RUN_AS_FORMULA) else text
    return value


def _encodable(value: object) -> object:
    """The value; in text the halves of characters, which no file can hold, are spelled out."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


WRITERS: dict[str, Callable[[Sequence[Fault]], bytes]] = {
    "parquet": _parquet,
    "csv": _csv,
    "jsonl": lambda faults: jsonl_of(faults).encode("utf-8", "backslashreplace"),
}
