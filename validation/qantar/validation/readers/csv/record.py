"""Records of CSV told apart line by line: the cells of each, and what its quotes do not tell."""

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from typing import TypeAlias

from qantar.validation.faults.fault import Fault
from qantar.validation.readers.text_line import SPOILT, Line, malformed

LONGEST_RECORD = 1_000
STRAY_RETURN = "holds a carriage return outside quotes"

# The line on which it begins, and its cells; None where its quotes make no sense.
Record: TypeAlias = tuple[int, list[str] | None]


def records_of(lines: Iterator[Line], delimiter: str, faults: list[Fault]) -> Iterator[Record]:
    """(line, cells) of each record; None for one whose quotes make no sense.

    Lines taken up in search of a closing quote are read again where there was none.
    """
    shape = _shape(delimiter)
    waiting: deque[Line] = deque()
    while line := waiting.popleft() if waiting else next(lines, None):
        number, text = line
        if '"' not in text:
            plain = _without_end(text)
            if "\r" in plain:
                faults.append(malformed(number, STRAY_RETURN))
                plain = plain.replace("\r", SPOILT)
            yield number, plain.split(delimiter)
            continue
        taken = [line, *_until_closed(text, waiting, lines)]
        whole = "".join(piece for _, piece in taken)
        cells = _parse(whole, shape, delimiter)
        if cells is None:
            fault = _quote_fault(number, whole, shape)
            faults.append(fault)
            waiting.extendleft(reversed(taken[(fault.line or number) - number + 1 :]))
        yield number, cells


def _until_closed(text: str, waiting: deque[Line], lines: Iterator[Line]) -> list[Line]:
    """The lines on which a record goes on: up to the next with an odd number of quotes."""
    taken: list[Line] = []
    is_open = text.count('"') % 2 == 1
    while is_open and len(taken) < LONGEST_RECORD:
        line = waiting.popleft() if waiting else next(lines, None)
        if line is None:
            break
        taken.append(line)
        is_open = line[1].count('"') % 2 == 0
    return taken


def _shape(delimiter: str) -> re.Pattern[str]:
    """Matches the cells of a record that RFC 4180 allows, as far as they go."""
    end = f"(?:{re.escape(delimiter)}|\\r?\\n?\\Z)"
    cell = f'(?:"[^"]*+(?:""[^"]*+)*+"|[^"{re.escape(delimiter)}\\r\\n]*+)'
    return re.compile(f"(?:{cell}{end})*+")


def _parse(whole: str, shape: re.Pattern[str], delimiter: str) -> list[str] | None:
    matched = shape.match(whole)
    if matched is None or matched.end() < len(whole):
        return None
    try:
        return next(csv.reader(io.StringIO(whole, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None


def _quote_fault(number: int, whole: str, shape: re.Pattern[str]) -> Fault:
    matched = shape.match(whole)
    start = matched.end() if matched else 0
    line = number + whole.count("\n", 0, start)
    if whole.startswith('"', start):
        return malformed(line, "opens a quote that is not closed as it should be", whole[start:])
    if start == len(whole):
        return malformed(line, f"holds a cell of more than {csv.field_size_limit()} characters")
    return malformed(line, "has a quote inside a cell that does not begin with one", whole[start:])


def _without_end(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")
