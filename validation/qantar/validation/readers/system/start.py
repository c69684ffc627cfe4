"""How a file of other event data begins: its layout, its header, where its rows start."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qantar.schema.systems import LAYOUTS, Layout, layout_of_cells, layout_of_names
from qantar.validation.readers.foreign_content import foreign_content
from qantar.validation.readers.system.json_start import UnknownJsonError, start_of_json

BYTES_OF_START = 2**18
SEPARATORS = ("\t", ",", ";", "|")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_SPELLED = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "bars"}
_HIVE = b"\x01"


class NotConvertibleError(ValueError):
    """A file that holds no rows to convert; the message says what it is."""


@dataclass(frozen=True)
class Start:
    """How a file begins.

    names: of the columns, as the layout writes them. width: how many columns its rows have, in
    so far as the first ones tell. offset, line: of the first row, in bytes from 0 and lines from
    1. kind: text with a separator, jsonl or json.
    """

    layout: Layout
    names: tuple[str, ...]
    separator: str
    offset: int
    line: int
    has_header: bool
    kind: str = "text"

    @property
    def quoted(self) -> bool:
        """Whether quotes may hide separators and line ends."""
        return self.layout.quoted and self.separator not in self.layout.loose_quotes

    @property
    def told(self) -> str:
        """What the file looks like, in words."""
        if self.kind != "text":
            kind = "JSON Lines" if self.kind == "jsonl" else "JSON"
            return f"{self.layout.article} {self.layout.name} ({kind})"
        count = f"{len(self.names)} columns separated by {_SPELLED[self.separator]}"
        header = "" if self.has_header else ", without a header"
        return f"{self.layout.article} {self.layout.name} ({count}{header})"


class NoEventsError(NotConvertibleError):
    """A file of a layout that is known, and holds no events. start: how it begins."""

    def __init__(self, start: Start) -> None:
        super().__init__(f"It looks like {start.told}. {start.layout.refusal}")
        self.start = start


def start_of(path: Path, asked: str | None = None) -> Start:
    """How a file begins; asked: the system that its user says it is of.

    Raises NotConvertibleError with what it is instead, OSError where it cannot be read.
    """
    with path.open("rb") as handle:
        data = handle.read(BYTES_OF_START)
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise NotConvertibleError("It is empty.")
    told = foreign_content(data[:4096], "csv")
    told = told or _told_encoding(data)
    body = data.removeprefix(BYTE_ORDER_MARK)
    if body.lstrip()[:1] in (b"{", b"["):
        return _asked_for(_start_of_json(path), asked)
    if told:
        raise NotConvertibleError(f"It {told}")
    found = next(_starts(data, body), None)
    if found is None:
        raise NotConvertibleError(_unknown(body))
    return _asked_for(found, asked)


def _asked_for(found: Start, asked: str | None) -> Start:
    """What was found where it is what was asked for, and holds what can be converted."""
    if asked is not None and found.layout.system != asked and found.layout.key != asked:
        raise NotConvertibleError(f"It looks like {found.told}, and not like a file of {asked}.")
    if found.layout.holds == "none":
        raise NoEventsError(found)
    return found


def _told_encoding(data: bytes) -> str | None:
    """What is told of text in UTF-16, which begins with a mark."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    return "holds text in UTF-16. Say --encoding utf-16."


def _starts(data: bytes, body: bytes) -> Iterator[Start]:
    """What the first lines may be, the surest first."""
    text = body.decode("utf-8", "replace")
    mark = len(data) - len(body)
    for separator in SEPARATORS:
        records = _first_records(text, separator)
        if not records:
            continue
        (cells, size), *others = records
        layout = layout_of_names(cells)
        if layout is not None:
            width = len(others[0][0]) if others else len(cells)
            names = _names(layout, cells, width)
            offset, line = mark + size, 1 + text[:size].count("\n")
            # Some files have a row of HXL tags below the names.
            if others and len(others[0][0]) > 1 and _is_hxl(others[0][0]):
                offset, line = offset + others[0][1], line + 1
            yield Start(layout, names, separator, offset, line, True)
            continue
        layout = layout_of_cells(cells)
        if layout is not None:
            names = layout.columns[: len(cells)] or tuple(
                f"column_{n + 1}" for n in range(len(cells))
            )
            yield Start(layout, names, separator, mark, 1, False)


def _names(layout: Layout, header: list[str], width: int) -> tuple[str, ...]:
    """The names of the columns: the header's, or the layout's where the header has too many."""
    named = layout.named([cell.strip() for cell in header])
    if width == len(layout.columns) != len(named) and {*layout.columns} <= {*named}:
        return layout.columns
    found: list[str] = []
    for place, name in enumerate(named, start=1):
        found.append(f"column_{place}" if not name or name in found else name)
    return tuple(found)


def _is_hxl(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and all(cell.strip().startswith("#") for cell in filled)


def _first_records(text: str, separator: str) -> list[tuple[list[str], int]]:
    """The cells of the first two records, and how many bytes each takes up."""
    lines = io.StringIO(text, newline="\n")
    taken: list[int] = []

    def counted() -> Iterator[str]:
        for line in lines:
            taken.append(len(line.encode()))
            yield line

    found: list[tuple[list[str], int]] = []
    try:
        for cells in csv.reader(counted(), delimiter=separator):
            found.append((cells, sum(taken)))
            taken.clear()
            if len(found) == 2:
                break
    except csv.Error:
        return found
    return found


def _unknown(body: bytes) -> str:
    if _HIVE in body[:4096]:
        return "Its cells are separated by ^A, as Hive exports them. Export it with tabs."
    first = body.split(b"\n", 1)[0][:80].decode("utf-8", "replace").strip()
    known = ", ".join(dict.fromkeys(x.name for x in LAYOUTS if x.holds != "none"))
    return f"Its first line ({first!r} …) is of no layout that is known: {known}."


def _start_of_json(path: Path) -> Start:
    try:
        layout, kind, names = start_of_json(path)
    except UnknownJsonError as error:
        raise NotConvertibleError(str(error)) from None
    return Start(layout, names, "", 0, 1, True, kind)
