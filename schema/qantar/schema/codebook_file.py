"""The CSV files of the codebook, line by line."""

import csv
from collections.abc import Iterator
from pathlib import Path

CODEBOOK = Path(__file__).parent / "codebook"


def read_lines(file_name: str) -> Iterator[dict[str, str]]:
    """The lines of a file as text; an empty cell is no key."""
    with (CODEBOOK / file_name).open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            yield {name: cell for name, cell in line.items() if cell != ""}
