"""A list of JSON records taken apart, also where it is malformed, so that the rest is read.

Where it is, brackets outside texts tell where a record ends. One that is not closed ends
before the next line that begins, as it did, with a brace at its indentation.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

# Bytes are looked at as if each were a character: what is sought is ASCII.
_ENCODING = "latin-1"
_SPACE = re.compile(r"[ \t\r\n]*")
_STEP = re.compile(r'"(?:[^"\\\r\n]|\\.)*(?:"|(?=[\r\n])|\Z|\\)|[{}\[\]]|\n|[^"{}\[\]\n]+')
LONGEST_INDENT = 1_000
_CLOSING = {"{": "}", "[": "]"}
_SCALAR = re.compile(r"[^,\]\r\n]*")


@dataclass(frozen=True)
class Piece:
    """An item of the list, or what is wrong between two.

    line: its first, from 1. before: how many bytes are before it on that line.
    """

    line: int
    data: bytes = b""
    problem: str = ""
    before: int = 0


@dataclass
class _Lines:
    """Counts lines on the way through a text, so that no part of it is gone over twice."""

    text: str
    place: int = 0
    line: int = 1
    start: int = 0

    def at(self, place: int) -> int:
        """The line of a place that is not before the last one asked for; it starts at `start`."""
        self.line += self.text.count("\n", self.place, place)
        self.start = max(self.start, self.text.rfind("\n", self.place, place) + 1)
        self.place = place
        return self.line


def spans_of(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each item of a list that is well-formed, in characters from 0."""
    decoder = json.JSONDecoder()
    place = _skip(text, _skip(text, 0) + 1)
    while text[place] != "]":
        end = decoder.raw_decode(text, place)[1]
        yield place, end
        place = _skip(text, end)
        if text[place] == ",":
            place = _skip(text, place + 1)


def list_pieces(data: bytes) -> Iterator[Piece]:
    """The items of a list in the order of the text; nothing where it is no list."""
    text = data.decode(_ENCODING)
    place = _skip(text, 0)
    if text[place : place + 1] != "[":
        return
    place = _skip(text, place + 1)
    is_first, commas = True, 0
    lines = _Lines(text)
    while place < len(text) and text[place] != "]":
        if text[place] == ",":
            commas += 1
            if is_first or commas > 1:
                yield Piece(lines.at(place), problem="a record is missing before a comma")
            place = _skip(text, place + 1)
            continue
        if not is_first and not commas:
            yield Piece(lines.at(place), problem="a comma is missing between two records")
        line = lines.at(place)
        end = _end(text, place, lines.start)
        item = text[place:end].rstrip().encode(_ENCODING)
        yield Piece(line, item, before=place - lines.start)
        is_first, commas, place = False, 0, _skip(text, end)
    yield from _close(text, place, commas)


def _close(text: str, place: int, commas: int) -> Iterator[Piece]:
    if commas:
        yield Piece(_Lines(text).at(place), problem="a comma stands after the last record")
    if place >= len(text):
        last = _Lines(text).at(len(text.rstrip()))
        yield Piece(last, problem="the list is not closed with ]")
    elif _skip(text, place + 1) < len(text):
        after = _skip(text, place + 1)
        yield Piece(_Lines(text).at(after), problem="something follows the end of the list")


def _end(text: str, start: int, line_start: int) -> int:
    """Where an item ends that begins here."""
    if text[start] not in "{[":
        found = _SCALAR.match(text, start)
        return max(found.end() if found else start, start + 1)
    # What stands before it on a line is long where all records share one.
    indent = text[line_start:start] if start - line_start < LONGEST_INDENT else text[start]
    again = None if indent.strip() else f"{indent}{text[start]}"
    open_ones: list[str] = []
    still_open = dict.fromkeys(_CLOSING.values(), 0)
    place = start
    while place < len(text):
        step = _STEP.match(text, place)
        if step is None:
            break
        place = step.end()
        match step[0]:
            case "{" | "[":
                open_ones.append(_CLOSING[step[0]])
                still_open[open_ones[-1]] += 1
            case "}" | "]" if still_open[step[0]]:
                # What was not closed within ends here as well.
                closed = ""
                while closed != step[0]:
                    closed = open_ones.pop()
                    still_open[closed] -= 1
                if not open_ones:
                    return place
            case "]":
                return place - 1
            case "\n" if again is not None and text.startswith(again, place):
                # The comma before the next record is not part of this one.
                return start + len(text[start:place].rstrip().removesuffix(","))
    return place


def _skip(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place
