"""How a CSV file begins, so that its rows can be read from there in chunks."""

from dataclasses import dataclass
from pathlib import Path

from qantar.validation.faults.fault import Fault
from qantar.validation.readers.csv.text import CsvText, read_start


@dataclass(frozen=True)
class CsvStart:
    """How a file begins: its header without rows, and the byte and the line at which rows begin."""

    read: CsvText
    byte: int
    line: int

    @property
    def header(self) -> tuple[str, ...]:
        """The columns that are read."""
        return self.read.header

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the beginning, without which rows can be read."""
        return tuple(self.read.faults)


def begin_csv(path: Path, delimiter: str) -> CsvStart | None:
    """How the file begins; None where it has no header by which cells are told apart.

    Raises OSError.
    """
    found, byte, line = read_start(path, delimiter=delimiter)
    if len(found.header) < 2:
        return None
    return CsvStart(found, byte, line)
