"""All faults in a file of their own: Parquet, CSV or JSON Lines, by the file's suffix."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path

from qantar.schema.replacement import replace_file
from qantar.schema.safe_text import json_text, one_line
from qantar.validation.faults.fault import Fault
from qantar.validation.faults.fault_frame import fault_table

# A spreadsheet starts a formula with these, in full width too; where it splits at semicolons
# also in the middle of a text.
_FORMULA = re.compile(r"(^|;)(\s*)(?=[=+\-@＝＋－＠])")


def write_faults(faults: Sequence[Fault], path: Path) -> None:
    """Write every fault, in the order of the report, with the columns of `Fault`.

    The file is there whole or not at all. In CSV a text is on one line, and before what a
    spreadsheet would run as a formula stands an apostrophe. Raises ValueError for a suffix
    that is not known, OSError where the file cannot be written.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in WRITERS:
        raise ValueError(f"{path} is none of .parquet, .csv and .jsonl")
    replace_file(path, WRITERS[kind](faults))


def jsonl_of(faults: Sequence[Fault]) -> str:
    """One JSON object a line for each fault, with only what is known of it."""
    return "".join(f"{json_text(fault.as_dict())}\n" for fault in faults)


def _parquet(faults: Sequence[Fault]) -> bytes:
    buffer = io.BytesIO()
    fault_table(faults).write_parquet(buffer)
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
    return one_line(_FORMULA.sub(r"\1\2'", value)) if isinstance(value, str) else value


WRITERS: dict[str, Callable[[Sequence[Fault]], bytes]] = {
    "parquet": _parquet,
    "csv": _csv,
    "jsonl": lambda faults: jsonl_of(faults).encode(),
}
