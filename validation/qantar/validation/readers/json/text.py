"""Strict reading of JSON and JSON Lines (I-JSON, RFC 7493), with lines for every fault."""

import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

from qantar.validation.faults.fault import Fault
from qantar.validation.readers.expansion import HOW_TO_RAISE, raised
from qantar.validation.readers.json.list_text import Piece, list_pieces, spans_of
from qantar.validation.readers.json.shape import fault_of_several, fault_of_shape, look_at_lines
from qantar.validation.readers.json.walk import DEEPEST, MalformedError, walk_json
from qantar.validation.rules.value.large_number import LARGEST_WHOLE, LargeNumber, read_large

LARGEST_TEXT = 256 * 2**20
# A record on a line of its own is small; a line that is not would take many times its size.
LARGEST_LINE = 16 * 2**20
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
MARKED = Fault(
    "file-encoding", "The file begins with a byte order mark; it must be plain UTF-8.", line=1
)
# Whole numbers of so many characters are in the range of a double.
_FEW_DIGITS = 15
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as it stands in a file.

    row: its number among the records, from 1. text: its own JSON text, first_line: the
    physical line on which that text begins.
    """

    row: int
    record: Any
    text: str = field(repr=False, default="")
    first_line: int = 1

    def lines(self, pointers: Iterable[str]) -> dict[str, int]:
        """The physical line of each JSON pointer into the record."""
        if "\n" not in self.text:
            return dict.fromkeys(pointers, self.first_line)
        found = locate(self.text, pointers)
        return {pointer: line + self.first_line - 1 for pointer, line in found.items()}


def parse(
    data: bytes, *, first_line: int = 1, before: int = 0, limit: int = LARGEST_TEXT
) -> tuple[Any, list[Fault]]:
    """Return the value of a JSON text and no faults, or None and the first fault.

    before: what stands before it on its first line. limit: the size in bytes over which a text
    is refused. Whole numbers written with a fraction or exponent (1.0, 1e2) become int, since
    JSON knows one kind of number. Numbers beyond a double are kept, and out of every range.
    """
    if len(data) > (most := raised(limit)):
        told = f"The JSON text has {len(data)} bytes, over the limit of {most}. {HOW_TO_RAISE}"
        return None, [Fault("file-too-large", told, line=first_line)]
    decoded = decode(data, first_line=first_line)
    if isinstance(decoded, Fault):
        return None, [decoded]
    try:
        return _load(decoded), []
    except (ValueError, RecursionError) as refusal:
        return None, [_explain(decoded, refusal, first_line, before)]


def read_json(data: bytes, *, limit: int = LARGEST_TEXT) -> Iterator[Entry | Fault]:
    """The records of a `.json` file: one record, or a list of them.

    A malformed record in a list does not stop the rest; it counts as a row.
    """
    if data.startswith(BYTE_ORDER_MARK):
        yield MARKED
        data = data.removeprefix(BYTE_ORDER_MARK)
    value, faults = parse(data, limit=limit)
    if faults:
        if len(data) <= raised(limit) and (several := fault_of_several(data)):
            yield several
            return
        pieces = [] if len(data) > raised(limit) else [*list_pieces(data)]
        read = [*_read_pieces(pieces, limit)] if any(piece.data for piece in pieces) else []
        yield from read if any(isinstance(item, Fault) for item in read) else faults
        return
    text = data.decode()
    if misshapen := fault_of_shape(value):
        yield misshapen
        return
    if not isinstance(value, list):
        yield Entry(1, value, text)
        return
    line, before = 1, 0
    for row, (record, (start, end)) in enumerate(zip(value, spans_of(text), strict=True), start=1):
        line += text.count("\n", before, start)
        before = start
        yield Entry(row, record, text[start:end], line)


def _read_pieces(pieces: list[Piece], limit: int) -> Iterator[Entry | Fault]:
    row = 0
    for piece in pieces:
        if piece.problem:
            told = f"This is not strict JSON: {piece.problem}."
            yield Fault("json-malformed", told, line=piece.line)
            continue
        row += 1
        value, faults = parse(piece.data, first_line=piece.line, before=piece.before, limit=limit)
        yield from (fault.at(row=row) for fault in faults)
        if not faults:
            yield Entry(row, value, piece.data.decode(), piece.line)


def read_jsonl(lines: Iterable[bytes], *, limit: int = LARGEST_LINE) -> Iterator[Entry | Fault]:
    """The records of a `.jsonl` file, one a line; a malformed line does not stop the rest.

    lines: with or without their line ends, as an open binary file yields them. Blank lines
    are passed over, malformed ones count as rows.
    """
    row = 0
    misshapen, lines = look_at_lines(lines)
    if misshapen:
        yield misshapen
        return
    for number, ended in enumerate(lines, start=1):
        if number == 1 and ended.startswith(BYTE_ORDER_MARK):
            yield MARKED
            ended = ended.removeprefix(BYTE_ORDER_MARK)
        for item in read_line(ended, row + 1, number, limit=limit):
            row += 1
            yield item


def read_line(
    line: bytes, row: int = 1, number: int = 1, *, limit: int = LARGEST_LINE
) -> Iterator[Entry | Fault]:
    """The record of one line of a `.jsonl` file, or what is wrong with it; none where it is blank.

    row, number: those of the line in the file.
    """
    line = line.rstrip(b" \t\r\n")
    if not line:
        return
    value, faults = parse(line, first_line=number, limit=limit)
    yield from (fault.at(row=row) for fault in faults)
    if not faults:
        yield Entry(row, value, line.decode(), number)


def decode(data: bytes, *, first_line: int = 1) -> str | Fault:
    """The text of UTF-8 bytes, or what is wrong with them."""
    if data.startswith(BYTE_ORDER_MARK):
        return MARKED.at(line=first_line)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as refusal:
        line = first_line + data.count(b"\n", 0, refusal.start)
        told = f"The byte 0x{data[refusal.start]:02x} is not UTF-8 here."
        return Fault("file-encoding", told, line=line)


def locate(text: str, pointers: Iterable[str]) -> dict[str, int]:
    """The physical line, from 1, of each JSON pointer (RFC 6901) in a well-formed text.

    A pointer to what is not there gets the line of the innermost thing around it.
    """
    wanted = set(pointers)
    if wanted == {""}:
        return {"": 1 + text.count("\n", 0, len(text) - len(text.lstrip()))}
    around = {_steps(outer): outer for pointer in wanted for outer in _with_outer(pointer)}
    numbers: dict[str, int] = {}
    line, before = 1, 0
    for path, offset in walk_json(text):
        # A key may be long, and is not to be written out anew for each of its items.
        pointer = around.get(tuple(map(str, path)))
        if pointer is not None:
            line += text.count("\n", before, offset)
            before = offset
            numbers[pointer] = line
    return {
        pointer: next(numbers[outer] for outer in _with_outer(pointer) if outer in numbers)
        for pointer in wanted
    }


def as_pointer(path: Iterable[str | int]) -> str:
    """A path as a JSON pointer."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def _steps(pointer: str) -> tuple[str, ...]:
    """A pointer as a path; the inverse of `as_pointer`, but that numbers are text."""
    steps = pointer.split("/")[1:]
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in steps)


def _with_outer(pointer: str) -> Iterator[str]:
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]
    yield ""


def _load(text: str) -> Any:
    value = json.loads(
        text,
        object_pairs_hook=_without_repetition,
        parse_constant=_refuse,
        parse_float=_read_fraction,
        parse_int=_read_whole,
    )
    if text.count("[") + text.count("{") > DEEPEST and _depth(value) > DEEPEST:
        raise ValueError("nested too deep")
    if _SURROGATE_ESCAPE.search(text):
        # json joins pairs of escapes and lets halves pass.
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key stands twice")
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _read_fraction(number: str) -> int | float:
    value = float(number)
    if math.isinf(value):
        return LargeNumber(number)
    return int(value) if value.is_integer() and abs(value) <= LARGEST_WHOLE else value


def _read_whole(number: str) -> int | LargeNumber:
    """The number as it is written; one that a double does not hold is out of every range."""
    # Nearly all are short, and so is what is asked of them.
    large = read_large(number) if len(number) > _FEW_DIGITS else None
    return int(number) if large is None else large


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level := [item for item in level if isinstance(item, dict | list)]:
        depth += 1
        level = [
            inner for item in level for inner in (item.values() if isinstance(item, dict) else item)
        ]
    return depth


def _explain(text: str, refusal: Exception, first_line: int, before: int) -> Fault:
    try:
        for _ in walk_json(text):
            pass
        reason, offset = str(refusal), 0
    except MalformedError as malformed:
        reason, offset = malformed.reason, malformed.offset
    line = first_line + text.count("\n", 0, offset)
    start = text.rfind("\n", 0, offset)
    place = offset - start + (before if start < 0 else 0)
    told = f"This is not strict JSON: {reason} (character {place} of the line)."
    return Fault("json-malformed", told, line=line)
