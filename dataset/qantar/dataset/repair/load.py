"""A file as a sheet: its header, its rows, and the lines that are no rows of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import polars as pl

from qantar.dataset.repair.blank import WORDS
from qantar.dataset.repair.header import Header, header_of, mended_names, unnamed
from qantar.dataset.repair.ledger import Ledger
from qantar.dataset.repair.sheet import Aside, Sheet
from qantar.dataset.repair.text import Record, RepairError, decoded, records
from qantar.schema.systems import LAYOUTS, Layout
from qantar.validation.readers.system.start import SEPARATORS

ROW, LINE, PART = "row", "line", "part"
_START = 2**18
_FIRST = 20
_BLOCK = 20_000


@dataclass
class _Rows:
    """The rows of a file that have as many cells as its header, and the lines that do not.

    counts: how many cells rows may have besides. named: names as the layout writes them.
    """

    width: int
    counts: tuple[int, ...]
    named: Callable[[Sequence[str]], tuple[str, ...]]
    header: tuple[str, ...]
    ledger: Ledger
    blocks: list[pl.DataFrame] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    row: int = 0

    def take(self, block: Sequence[Record]) -> None:
        """Take some records."""
        rows: list[tuple[int, int, int, tuple[str | None, ...]]] = []
        for record in block:
            self.row += bool(record.cells)
            if self._is_header(record):
                continue
            cells = self._fitted(record)
            if cells is None:
                self.asides.append(Aside(0, self.row, record.line, record.cells))
            else:
                rows.append((self.row, record.line, 0, cells))
        columns = [*zip(*(cells for *_, cells in rows), strict=True)] or [()] * self.width
        numbers = [*zip(*(told for *told, _ in rows), strict=True)] or [()] * 3
        frame = {str(n): pl.Series(values, dtype=pl.String) for n, values in enumerate(columns)}
        told = zip((ROW, LINE, PART), numbers, strict=True)
        self.blocks.append(
            pl.DataFrame(frame | {n: pl.Series(values, dtype=pl.Int64) for n, values in told})
        )

    def _is_header(self, record: Record) -> bool:
        """Whether a line has the names of the columns again, as files that were joined have."""
        cells = record.cells
        if len(cells) != self.width or self.named(cells[:1]) != self.header[:1]:
            return False
        if self.named(cells) != self.header:
            return False
        told = (
            "*",
            ",".join(cells),
            "",
            "header",
            "The names of the columns stood among the rows.",
        )
        self.ledger.note_line(self.row, record.line, told)
        return True

    def _fitted(self, record: Record) -> tuple[str | None, ...] | None:
        """The cells of a row; None where it has too few or too many."""
        cells, count = record.cells, len(record.cells)
        if count == self.width:
            return cells
        if 0 < count < self.width and count in self.counts:
            return (*cells, *[None] * (self.width - count))
        if count > self.width and not any(cells[self.width :]):
            told = ("*", f"{count} cells", f"{self.width} cells", "separator")
            why = "Separators stood behind its last cell."
            self.ledger.note_line(self.row, record.line, (*told, why))
            return cells[: self.width]
        return None


def load(data: bytes, encoding: str | None = None) -> Sheet:
    """The sheet of a file's content. Raises RepairError where it is no table that is known."""
    ledger = Ledger()
    text = decoded(data, encoding, ledger)
    separator, header = _recognised(text)
    layout = header.layout
    # Where the header is in quotes, those of the cells are no letters.
    is_raw = '"' not in text or (has_loose_quotes(layout, separator) and text[0] != '"')
    found = records(text, separator, is_raw=is_raw)
    if header.is_given:
        read = next(record for record in found if record.cells)
        if read.cells != header.names:
            raise RepairError(f"Its header, in line {read.line}, has quotes over several lines.")
    first = [*islice(found, _FIRST)]
    tags = _take_tags(first, ledger)
    names = _named(header, first, ledger)
    counts = layout.counts if layout is not None else ()
    named = layout.named if layout is not None else tuple
    rows = _Rows(len(names), counts, named, named(names), ledger, row=int(tags))
    rows.take(first)
    while block := [*islice(found, _BLOCK)]:
        rows.take(block)
    frame = pl.concat(rows.blocks)
    if frame.is_empty() and any(aside.cells for aside in rows.asides):
        raise RepairError(f"None of its rows has {len(names)} cells, as its header has.")
    places, cells = frame.select(ROW, LINE, PART), frame.drop(ROW, LINE, PART)
    keys = {str(n): name for n, name in enumerate(names)}
    sheet = Sheet(keys, cells, places, separator, layout, header.table, rows.asides, is_raw)
    sheet.ledger = ledger
    return sheet


def has_loose_quotes(layout: Layout | None, separator: str) -> bool:
    """Whether quotes are letters like others in the files of a layout."""
    if layout is None or separator != "\t":
        return False
    return not layout.quoted or separator in layout.loose_quotes


def _recognised(text: str) -> tuple[str, Header]:
    start = text[:_START]
    for separator in SEPARATORS:
        try:
            first = [*islice(_filled(start, separator), _FIRST)]
        except RepairError:
            continue
        header = header_of(first) if first else None
        if header is not None:
            return separator, header
    known = ", ".join(dict.fromkeys(x.name for x in LAYOUTS if x.holds != "none" and not x.nested))
    raise RepairError(f"It is no table of ours, and of no layout that is known: {known}.")


def _filled(text: str, separator: str) -> Iterator[Record]:
    return (record for record in records(text, separator, is_raw=False) if record.cells)


def _take_tags(first: list[Record], ledger: Ledger) -> bool:
    """Take out a row of HXL tags below the header."""
    cells = first[0].cells if first else ()
    filled = [cell for cell in cells if cell.strip() and cell.strip() not in WORDS]
    if len(filled) < 2 or not all(cell.strip().startswith("#") for cell in filled):
        return False
    tags = first.pop(0)
    told = ("*", ",".join(tags.cells), "", "hxl-row", "Tags of HXL stood below the header.")
    ledger.note_line(1, tags.line, told)
    return True


def _named(header: Header, first: Sequence[Record], ledger: Ledger) -> tuple[str, ...]:
    """The names of the columns, each change of which is noted."""
    joined = ",".join(header.names)
    if not header.is_given:
        ledger.note("*", "", joined, "header", "The file had no header.")
        return header.names
    width = len(first[0].cells) if first else len(header.names)
    names = mended_names(header, width)
    if len(names) != len(header.names):
        why = "The header had more names than the rows have cells."
        ledger.note("*", joined, ",".join(names), "header", why)
        return names
    told = unnamed(header.names)
    for place, (old, new) in enumerate(zip(header.names, names, strict=True)):
        if old != new:
            column = told[place] if old == "" else f"#{place + 1}"
            ledger.note(column, old, new, "header", "The order of the columns tells its name.")
    return names
