"""How a CSV file begins, so that its rows can be read from there in blocks."""

from dataclasses import dataclass
from pathlib import Path

from qantar.validation.faults.fault import Fault
from qantar.validation.tables.csv_text import read_start


@dataclass(frozen=True)
class CsvStart:
    """How a file begins: names of the columns, and the byte and the line at which rows begin.

    faults: what is wrong with the beginning, without which rows can be read.
    """

    header: tuple[str, ...]
    byte: int
    line: int
    faults: tuple[Fault, ...] = ()


def begin_csv(path: Path, delimiter: str) -> CsvStart | None:
    """How the file begins; None where it has no header by which cells are told apart.

    Raises OSError.
    """
    found, byte, line = read_start(path, delimiter=delimiter)
    if len(found.header) < 2:
        return None
    return CsvStart(found.header, byte, line, tuple(found.faults))
