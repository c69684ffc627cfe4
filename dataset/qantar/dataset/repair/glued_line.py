"""Lines that lost the break between two rows, so that two cells became one."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import polars as pl

from qantar.dataset.repair.code_choice import PREFIX
from qantar.dataset.repair.column_kind import ColumnKinds, Kind
from qantar.dataset.repair.ledger import LEFT, Verdict
from qantar.dataset.repair.load import LINE, PART, ROW
from qantar.dataset.repair.sheet import Aside, Sheet
from qantar.schema.codebook import actions

_DAY = r"(?:19|20)[0-9]{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12][0-9]|3[01])"
_KIND = "glued-codes"
_WHY = "A line break was lost, and the cell can be parted in one way only."
Fits = Callable[[str], bool]
Side = Literal["left", "right"]


def part_lines(sheet: Sheet, kinds: ColumnKinds) -> None:
    """Make two rows of a line where only one place of the break is possible; tell the others."""
    width = len(sheet.names)
    parted: list[tuple[Aside, int]] = []
    for aside in sheet.asides:
        if not aside.cells:
            continue
        cuts = []
        if width > 1 and len(aside.cells) == 2 * width - 1:
            cuts = _cuts(sheet, kinds, aside.cells[width - 1])
        if len(cuts) == 1:
            parted.append((aside, cuts[0]))
        else:
            _tell(sheet, aside, width)
    if parted:
        _insert(sheet, parted, width)
    gone, rows = {aside.row for aside, _ in parted}, sheet.places[ROW]
    kept = [aside for aside in sheet.asides if not aside.cells or aside.row not in gone]
    # A blank line has the number of the row before it.
    sides: dict[bool, Side] = {True: "left", False: "right"}
    sheet.asides = [
        replace(a, place=int(rows.search_sorted(a.row, sides[bool(a.cells)]))) for a in kept
    ]


def _cuts(sheet: Sheet, kinds: ColumnKinds, cell: str) -> list[int]:
    """Where a cell may be parted into the last of a row and the first of the next."""
    keys = [*sheet.names]
    fits_last, fits_first = _last(sheet, kinds, keys[-1]), _first(sheet, kinds, keys[0])
    if fits_last is None:
        return []
    return [n for n in range(1, len(cell)) if fits_last(cell[:n]) and fits_first(cell[n:])]


def _last(sheet: Sheet, kinds: ColumnKinds, key: str) -> Fits | None:
    """What the last cell of a row must be; None where it may have any length."""
    name = sheet.names[key]
    if kinds.of(key) is Kind.action or name == "source_action":
        return _is_code
    if kinds.of(key) is Kind.date or (name.upper() == "DATEADDED" and len(sheet.names) < 60):
        return lambda text: re.fullmatch(_DAY, text) is not None
    return None


def _first(sheet: Sheet, kinds: ColumnKinds, key: str) -> Fits:
    """What the first cell of a row must be: a code, or of the form of those of other rows."""
    if kinds.of(key) is Kind.action:
        return _is_code
    forms = set(sheet.cells[key].str.replace_all("[0-9]+", "9").unique())
    return lambda text: re.sub("[0-9]+", "9", text) in forms


def _is_code(text: str) -> bool:
    return PREFIX + text.removeprefix(PREFIX) in actions()


def _insert(sheet: Sheet, parted: list[tuple[Aside, int]], width: int) -> None:
    rows: list[tuple[object, ...]] = []
    for aside, cut in parted:
        cells, cell = aside.cells, aside.cells[width - 1]
        rows.append((*cells[: width - 1], cell[:cut], aside.row, aside.line, 1))
        rows.append((cell[cut:], *cells[width:], aside.row, aside.line, 2))
    frame = pl.concat([sheet.cells, sheet.places], how="horizontal")
    added = pl.DataFrame(rows, frame.schema, orient="row")
    frame = pl.concat([frame, added]).sort(ROW, PART, maintain_order=True)
    sheet.cells, sheet.places = frame.drop(ROW, LINE, PART), frame.select(ROW, LINE, PART)
    keys = [*sheet.names]
    found = frame.with_row_index("place").filter(pl.col(PART) > 0)
    old = {aside.row: aside.cells[width - 1] for aside, _ in parted}
    for place, row, part in found.select("place", ROW, PART).iter_rows():
        key = keys[-1] if part == 1 else keys[0]
        verdict = Verdict(sheet.cells[key][place], _KIND, f"{_WHY} Row {part} of the line.")
        sheet.ledger.add_cell(place, key, old[row], verdict)


def _tell(sheet: Sheet, aside: Aside, width: int) -> None:
    cells = aside.cells
    told = f"The line has {len(cells)} cells instead of {width}; it stays as it is."
    column, cell = "*", f"{len(cells)} cells"
    if len(cells) == 2 * width - 1:
        column, cell = sheet.names[[*sheet.names][-1]], cells[width - 1]
        told = f"{told} Two rows are in it, and where the first ends cannot be known."
    sheet.ledger.note_line(aside.row, aside.line, (column, cell, "", LEFT, told))
