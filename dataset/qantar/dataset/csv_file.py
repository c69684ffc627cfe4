"""A table as a CSV file (RFC 4180 with LF line ends, UTF-8, an empty cell for no value)."""

import csv
import io

from qantar.dataset.cells import read_cell, with_languages, write_cell
from qantar.schema.shape import Row
from qantar.schema.table import Table


def write_csv(table: Table, rows: list[Row]) -> bytes:
    """The file's bytes: a header, then one line a row, cells quoted only where they must be."""
    table = with_languages(table, rows)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow([column.name for column in table.columns])
    for row in rows:
        writer.writerow([write_cell(column, row.get(column.name)) for column in table.columns])
    return text.getvalue().encode()


def read_csv(table: Table, content: bytes) -> list[Row]:
    """The rows of a file that `write_csv` wrote; absent values are absent keys."""
    lines = csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True)
    rows = []
    for line in lines:
        cells = ((name, read_cell(table.by_name[name], cell)) for name, cell in line.items())
        rows.append({name: value for name, value in cells if value is not None})
    return rows
