"""Why columns do not tell which table they are, and what to do about it."""

import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from qantar.schema.patterns import ACTION_CURIE_PATTERN, DATE_PATTERN, EVENT_ID_PATTERN
from qantar.schema.systems import Layout, bare, layout_of_cells, layout_of_names
from qantar.schema.tables import TABLES
from qantar.validation.faults.fault import Fault, shown
from qantar.validation.readers.csv.text import CsvText
from qantar.validation.rules.observation import fault_by
from qantar.validation.rules.table_kind import table_of

COLUMNS_TOLD = 8
BYTES_OF_START = 2**16
LINES_OF_START = 20
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", " ": "blanks"}
_SPELLED = {"\t": "tab"}
_DATA = re.compile(
    rf"-?[0-9]+(?:[.,][0-9]+)?|[0-9]{{1,4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,4}}.*"
    rf"|(?:{DATE_PATTERN.strip('^$')})|(?:{EVENT_ID_PATTERN.strip('^$')})"
    rf"|(?:{ACTION_CURIE_PATTERN.strip('^$')})|(?i:true|false)|https?://.*"
)
_DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]+")


@dataclass(frozen=True)
class Start:
    """How a file begins: names of columns, the cells of the rows after them, its first lines.

    separator: by which the cells were told apart, empty where it is no text. rows: (line,
    cells). lines: as text. encoded: whether they are UTF-8.
    """

    names: Sequence[str]
    line: int = 1
    rows: Sequence[tuple[int, Sequence[str]]] = ()
    lines: Sequence[str] = ()
    separator: str = ""
    encoded: bool = True


def unknown_table(start: Start, file: str, asked: str | None = None) -> Fault:
    """The fault of a file whose header tells no table, or not the one that was asked for."""
    told = next(_reasons(start), None) or _tell_names(start.names, asked)
    return fault_by("table-unknown", told, file=file)


def header_below(start: Start, file: str) -> Fault | None:
    """The fault of a file whose header stands below others lines, where it does."""
    told = next(_tell_title(start), None)
    return fault_by("table-unknown", told, file=file) if told else None


def seems_meant(start: Start) -> bool:
    """Whether the names are those of a table but for their spelling or their place."""
    told = next(_tell_spelling(start.names, start.line), None) or next(_tell_title(start), None)
    return told is not None


def start_of(source: Path | bytes, names: Sequence[str], separator: str) -> Start:
    """How a file of text begins; raises OSError."""
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as handle:
        data = handle.read(BYTES_OF_START)
    # The last line may be cut within a character.
    data = data if len(data) < BYTES_OF_START else data[: data.rfind(b"\n") + 1]
    text = data.decode("utf-8-sig", "replace")
    lines = text.splitlines()[:LINES_OF_START]
    rows = [(line, _split(text, separator)) for line, text in enumerate(lines, start=1)]
    encoded = "\ufffd" not in "".join(lines)
    return Start(names, 1, rows[1:], lines, separator, encoded)


def start_of_cells(cells: CsvText) -> Start:
    """How a sheet begins."""
    line = cells.begins[0][0] if cells.begins else 1
    return Start(cells.header, line, cells.begins[1:])


def _reasons(start: Start) -> Iterator[str]:
    """What the file probably is, the surest first."""
    yield from _tell_layout(start)
    yield from _tell_separator(start)
    yield from _tell_spelling(start.names, start.line)
    yield from _tell_title(start)
    yield from _tell_data(start)


def _tell_layout(start: Start) -> Iterator[str]:
    for separator in (start.separator, *SEPARATORS) if start.lines else ("",):
        cells = _split(start.lines[0], separator) if separator else start.names
        by_names = layout_of_names(cells)
        layout = by_names or layout_of_cells(cells)
        if layout:
            yield _tell_foreign(layout, len(cells), separator, has_header=by_names is not None)


def _tell_foreign(layout: Layout, count: int, separator: str, *, has_header: bool) -> str:
    told = [f"{count} columns"]
    told += [f"separated by {SEPARATORS[separator]}"] if separator in SEPARATORS else []
    how = " ".join(told) + ("" if has_header else ", without a header")
    return (
        f"The file looks like {layout.article} {layout.name} ({how}), not like a table of this "
        f"format. {_remedy(layout)}"
    )


def _remedy(layout: Layout) -> str:
    if layout.holds == "none":
        return layout.refusal
    return f"Convert it first: qantar convert FILE -o {layout.holds}.parquet."


def _tell_separator(start: Start) -> Iterator[str]:
    for separator, name in SEPARATORS.items():
        if not start.lines or separator == start.separator:
            continue
        names = _split(start.lines[0], separator)
        split = [_split(line, separator) for line in start.lines]
        # Blanks also stand beside other separators, so the names must be right.
        known = list if separator == " " else _known
        is_ours = any(len(cells) > 1 and table_of(known(cells)) for cells in split)
        is_likely = len(start.names) == 1 and len(names) > 2 and separator != " "
        if not (is_ours or is_likely):
            continue
        options = [f"--separator {_SPELLED.get(separator, repr(separator))}"]
        cells = [cell for row in split[1:] for cell in row]
        if separator != "," and any(_DECIMAL_COMMA.fullmatch(cell) for cell in cells):
            options.append("--decimal ','")
        if not start.encoded:
            options.append("--encoding cp1252")
        before = SEPARATORS.get(start.separator, "the separator that was given")
        told = f"The cells seem to be separated by {name} instead of {before}, as some "
        told += f"programs save them: say {' '.join(options)}."
        more = next(_tell_data(Start(names)), None) or _tell_names(names, None)
        yield told if is_ours else f"{told} {more}"


def _tell_spelling(names: Sequence[str], line: int) -> Iterator[str]:
    """Names that are those of a table but for case, blanks and the like."""
    known = _known(names)
    table = table_of(known)
    others = [(name, right) for right, name in known.items() if name != right]
    if table is None or not others:
        return
    told = ", ".join(f"{shown(name)!r} as {right}" for name, right in others[:COLUMNS_TOLD])
    more = " …" if len(others) > COLUMNS_TOLD else ""
    yield (
        f"The names on line {line} differ from those of the table {table} in case, blanks or "
        f"signs. Write {told}{more}: names are small letters joined by underscores."
    )


def _tell_title(start: Start) -> Iterator[str]:
    """A header that stands below a title."""
    for line, cells in start.rows:
        table = table_of(_known(cells))
        if table:
            title = next((name for name in start.names if name), "")
            above = f"below {shown(title)!r}" if title else "below empty lines"
            yield (
                f"Line {line} seems to be the header of the table {table}, {above}. Remove the "
                "lines above it, so that the names of columns stand on line 1."
            )
            return


def _tell_data(start: Start) -> Iterator[str]:
    cells = [name for name in start.names if name.strip()]
    data = [cell for cell in cells if _DATA.fullmatch(cell.strip())]
    if data and 2 * len(data) >= len(cells):
        told = ", ".join(repr(shown(cell)) for cell in data[:3])
        yield (
            f"Line {start.line} looks like data ({told} …), and not like a header. Put the "
            "names of the columns on the first line: a table of events has at least "
            f"{_needed_names()}."
        )


def _tell_names(names: Sequence[str], asked: str | None) -> str:
    if not names:
        return f"There are no columns. A table of events has at least {_needed_names()}."
    told = ", ".join(str(shown(name)) for name in names[:COLUMNS_TOLD])
    more = " …" if len(names) > COLUMNS_TOLD else ""
    if asked is not None:
        required = [c.name for c in TABLES[asked].columns if c.required_in_exchange]
        needed = ", ".join(required or TABLES[asked].primary_key)
        return (
            f"None of the columns {told}{more} is one of the table {asked}, which has at least "
            f"{needed}."
        )
    return (
        f"The columns {told}{more} do not tell which table this is. A table of events has at "
        f"least {_needed_names()}; say with --table which table it is where it has other columns."
    )


def _needed_names() -> str:
    *names, last = [c.name for c in TABLES["events"].columns if c.required_in_exchange]
    return f"{', '.join(names)} and {last}"


def _known(names: Collection[str]) -> Mapping[str, str]:
    """By the name of a column that the format has, the name that seems to be meant for it."""
    right = _names_of_format()
    found = ((right.get(bare(name)), name) for name in names)
    return {column: name for column, name in found if column is not None}


@cache
def _names_of_format() -> Mapping[str, str]:
    return {bare(column.name): column.name for t in TABLES.values() for column in t.columns}


def _split(line: str, separator: str) -> list[str]:
    cells = line.rstrip("\r\n").removeprefix("\ufeff").split(separator)
    return [cell.strip('"') for cell in cells]
