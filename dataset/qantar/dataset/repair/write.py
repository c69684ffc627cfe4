"""A sheet as the text of a file."""

from collections.abc import Iterable, Iterator

import polars as pl

from qantar.dataset.repair.load import has_loose_quotes
from qantar.dataset.repair.sheet import Sheet

_TAB_SYSTEMS = ("gdelt1", "gdelt2", "icews", "polecat")
_BLOCK = 50_000


def own_separator(sheet: Sheet) -> str:
    """What separates the cells: the format's own sign in place of a semicolon."""
    layout, wanted = sheet.layout, sheet.separator
    if wanted == ";":
        has_tabs = layout is not None and (layout.system in _TAB_SYSTEMS or layout.key == "phoenix")
        wanted = "\t" if has_tabs else ","
    is_as_read = wanted == sheet.separator and (
        sheet.is_raw or not has_loose_quotes(layout, wanted)
    )
    return "," if wanted == "\t" and not is_as_read and _has_signs(sheet) else wanted


def _has_signs(sheet: Sheet) -> bool:
    """Whether a cell has a sign that parts cells or lines where quotes do not hide it."""
    apart = [*sheet.names.values(), *(cell for aside in sheet.asides for cell in aside.cells)]
    columns = [*sheet.cells.iter_columns(), pl.Series(apart, dtype=pl.String)]
    return any(column.str.contains("[\t\r\n]").any() for column in columns)


def written(sheet: Sheet, separator: str, line_end: str) -> Iterator[bytes]:
    """The lines of a file in UTF-8, its header first."""
    is_raw = separator == "\t" and (sheet.is_raw or has_loose_quotes(sheet.layout, separator))
    asides: dict[int, list[str]] = {}
    for aside in sheet.asides:
        line = "".join(_joined(_row(aside.cells), separator, is_raw=is_raw))
        asides.setdefault(aside.place, []).append(line)
    header = _joined(_row(sheet.names.values()), separator, is_raw=is_raw)
    yield f"{header[0]}{line_end}".encode()
    # What stands aside behind the last row has the place of one more.
    for start in range(0, len(sheet.cells) + 1, _BLOCK):
        lines = _joined(sheet.cells[start : start + _BLOCK], separator, is_raw=is_raw)
        count = len(lines) + (start + len(lines) == len(sheet.cells))
        for place in range(count - 1, -1, -1) if asides else ():
            lines[place:place] = asides.get(start + place, [])
        yield "".join(f"{line}{line_end}" for line in lines).encode()


def _row(cells: Iterable[str]) -> pl.DataFrame:
    return pl.DataFrame({str(n): [cell] for n, cell in enumerate(cells)})


def _joined(cells: pl.DataFrame, separator: str, *, is_raw: bool) -> list[str]:
    if not cells.width:
        return []
    columns = [pl.col(key) if is_raw else _quoted(key, separator) for key in cells.columns]
    line = pl.concat_str(columns, separator=separator, ignore_nulls=True)
    return cells.select(line).to_series().to_list()


def _quoted(key: str, separator: str) -> pl.Expr:
    cell = pl.col(key)
    escaped = pl.concat_str(pl.lit('"'), cell.str.replace_all('"', '""', literal=True), pl.lit('"'))
    must = cell.str.contains(f'["\r\n{"" if separator == "|" else separator}]')
    if separator == "|":
        must |= cell.str.contains("|", literal=True)
    return pl.when(must).then(escaped).otherwise(cell)
