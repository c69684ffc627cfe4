"""Records of JSON Lines, of a JSON list, or of objects one after the other, each with its text.

Two things that are no JSON but are written often are read all the same: a comma behind the last
key of an object, and words such as NaN for a number that is missing.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec

from qantar.validation.readers.expansion import raised
from qantar.validation.readers.json.row_bytes import json_list
from qantar.validation.readers.json.text import BYTE_ORDER_MARK, LARGEST_LINE, LARGEST_TEXT, parse
from qantar.validation.readers.system.records import records_of

Kind = Literal["jsonl", "json"]
# A record that was read takes many times the bytes of its text.
PIECE_BYTES = 4 * 2**20
# More may lie too deep within each other.
_FEW_OBJECTS = 200
# Of a list so many records make a chunk.
RECORDS_OF_CHUNK = 5_000
MENDED = "A comma behind the last key or a word such as NaN is no JSON: it was passed over."
CUT_OFF = "The list of records is not closed: the file may be cut off."
_NO_JSON = re.compile(rb'"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])|-?\b(?:NaN|Infinity)\b', re.DOTALL)
_BLANKS = b" \t\r\n"


@dataclass(frozen=True)
class JsonRecord:
    """A record as it stands in a file. value: absent where it cannot be read, and why."""

    row: int
    line: int
    text: bytes
    value: dict[str, Any] | None
    reason: str = ""
    is_mended: bool = False


# Of its row, its line and its text.
Reader: TypeAlias = Callable[[int, int, bytes], JsonRecord]


@dataclass(frozen=True)
class Batch:
    """Some records of a file. is_cut_off: whether the file ends before its list does."""

    records: Sequence[JsonRecord]
    is_cut_off: bool = False


def json_batches(
    path: Path, kind: Kind, most: int = PIECE_BYTES, read: Reader | None = None
) -> Iterator[Batch]:
    """The records of a file in order; most: bytes of a piece of JSON Lines. Raises OSError."""
    read = read or record_of
    yield from _of_lines(path, most, read) if kind == "jsonl" else _of_text(path, read)


def quick_record(row: int, line: int, text: bytes) -> JsonRecord:
    """A record whose names alone matter: one that stands twice in it is no fault."""
    try:
        value = msgspec.json.decode(text) if text.count(b"{") < _FEW_OBJECTS else None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        value = None
    if isinstance(value, dict):
        return JsonRecord(row, line, text, value)
    return record_of(row, line, text)


def record_of(row: int, line: int, text: bytes) -> JsonRecord:
    """A record of its text."""
    value, faults = parse(text, limit=LARGEST_LINE)
    is_mended = False
    if faults:
        mended = _NO_JSON.sub(_without, text)
        if mended != text:
            value, again = parse(mended, limit=LARGEST_LINE)
            is_mended = not again
            faults = again and faults
    if faults:
        return JsonRecord(row, line, text, None, faults[0].message)
    if not isinstance(value, dict):
        return JsonRecord(row, line, text, None, "It is no JSON object.")
    return JsonRecord(row, line, text, value, is_mended=is_mended)


def is_too_large(path: Path) -> bool:
    """Whether a file is larger than what is read as a whole."""
    return path.stat().st_size > raised(LARGEST_TEXT)


def _of_lines(path: Path, most: int, read: Reader) -> Iterator[Batch]:
    row, line = 1, 1
    with path.open("rb") as handle:
        for piece in records_of(handle, "\n", quoted=False, most=most):
            found: list[JsonRecord] = []
            data = piece.data.removeprefix(BYTE_ORDER_MARK) if line == 1 else piece.data
            for number, text in enumerate(data.split(b"\n"), start=line):
                if text.strip(_BLANKS):
                    found.append(read(row, number, text.removesuffix(b"\r")))
                    row += 1
            yield Batch(found)
            line += piece.data.count(b"\n")


def _of_text(path: Path, read: Reader) -> Iterator[Batch]:
    data = path.read_bytes().removeprefix(BYTE_ORDER_MARK)
    is_list = data.lstrip(_BLANKS).startswith(b"[")
    is_cut_off = is_list and not data.rstrip(_BLANKS).endswith(b"]")
    found = json_list(data if is_list else b"[" + data + b"]")
    pieces = _pieces(found.text, found.spans)
    while records := [read(*one) for one in islice(pieces, RECORDS_OF_CHUNK)]:
        yield Batch(records, is_cut_off)
        is_cut_off = False


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, bytes]]:
    """The number, the line and the bytes of each record of a text that has a letter a byte."""
    line, before = 1, 0
    for row, (start, end) in enumerate(spans, start=1):
        line += text.count("\n", before, start)
        before = start
        yield row, line, text[start:end].encode("latin-1")


def _without(found: re.Match[bytes]) -> bytes:
    if found[0].startswith(b'"'):
        return found[0]
    return b"" if found[0] == b"," else b"null"
