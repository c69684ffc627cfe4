"""The text of a file: its letters, its lines and its records."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from qantar.dataset.repair.ledger import Ledger
from qantar.validation.readers.foreign_content import foreign_content
from qantar.validation.readers.system.start import BYTE_ORDER_MARK

_EXCEL = "cp1252"
_LARGEST_CELL = 2**27
_NOT_TEXT = "Only text in columns (CSV, TSV) is mended"


class RepairError(ValueError):
    """A file that cannot be mended; the message says why and what to do."""


@dataclass(frozen=True)
class Record:
    """A record of a file: its first line, from 1, and its cells; no cells where it is blank."""

    line: int
    cells: tuple[str, ...]


def decoded(data: bytes, encoding: str | None, ledger: Ledger) -> str:
    """The text of a file; a change of its encoding is noted.

    encoding: what its user says. Raises RepairError where it is no text.
    """
    body = data.removeprefix(BYTE_ORDER_MARK)
    if not body.strip():
        raise RepairError("It is empty.")
    if encoding is None and body.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    told = foreign_content(data[:4096], "csv") if encoding is None else None
    if told or body.lstrip()[:1] in (b"{", b"["):
        raise RepairError(f"{_NOT_TEXT}; it {told or 'holds JSON.'}")
    try:
        text = body.decode(encoding or "utf-8")
    except LookupError:
        raise RepairError(f"There is no encoding {encoding}.") from None
    except UnicodeError:
        if encoding is not None:
            raise RepairError(f"It is not in the encoding {encoding}.") from None
        encoding, text = _EXCEL, _as_excel(body)
    if encoding is not None and encoding.lower().replace("-", "") not in ("utf8", "utf8sig"):
        why = "It is written in UTF-8 now; --encoding names another one than that."
        ledger.note("*", encoding, "utf-8", "encoding", why)
    return text.removeprefix("\ufeff")


def _as_excel(body: bytes) -> str:
    try:
        return body.decode(_EXCEL)
    except UnicodeError:
        raise RepairError(
            "It is neither in UTF-8 nor in cp1252. Say --encoding and the name of its encoding."
        ) from None


def records(text: str, separator: str, *, is_raw: bool) -> Iterator[Record]:
    """The records of a text. Raises RepairError where a cell has no end.

    is_raw: whether quotes are letters like others.
    """
    if is_raw:
        for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
            bare = line.removesuffix("\r")
            yield Record(number, tuple(bare.split(separator)) if bare else ())
        return
    csv.field_size_limit(_LARGEST_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    start = 1
    try:
        for cells in lines:
            yield Record(start, tuple(cells))
            start = lines.line_num + 1
    except csv.Error as error:
        raise RepairError(f"Line {start} cannot be read: {error}.") from None
