"""Text made safe to show and to keep: nothing in it steers a terminal or breaks a file."""

import json
import re
from collections.abc import Callable
from typing import Any
from unicodedata import bidirectional

# First strong isolate and its end (UAX #9): what stands between does not turn what is around it.
ISOLATES = ("\u2068", "\u2069")
_ISOLATE = re.compile(f"([{''.join(ISOLATES)}])")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")


def one_line(text: str) -> str:
    """The text on one line: line ends, escapes and what turns the direction are spelled out.

    A character that is not printable becomes its escape as Python writes it: ``\\x1b``.
    """
    return _spell(text, "", _python_escape)


def isolated(text: str) -> str:
    """The text on one line; where letters of it run from right to left, between `ISOLATES`.

    >>> isolated("abc")
    'abc'
    """
    line = one_line(text)
    if line.isascii() or not any(bidirectional(c) in _RIGHT_TO_LEFT for c in line):
        return line
    return line.join(ISOLATES)


def line_of_isolated(text: str) -> str:
    """A line made of `isolated` texts on one line: what sets them apart stays.

    >>> line_of_isolated("name: abc")
    'name: abc'
    """
    return "".join(part if part in ISOLATES else one_line(part) for part in _ISOLATE.split(text))


def safe_lines(text: str) -> str:
    """The text with its line feeds and tabs, and all else that is not printable spelled out."""
    return "\n".join(_spell(line, "\t", _python_escape) for line in text.split("\n"))


def encodable(text: str) -> str:
    """The text with halves of characters, which no UTF-8 file can hold, spelled out.

    They come from names of files that are not UTF-8 and from escapes in JSON.
    """
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def json_text(value: Any, *, indent: int | None = None) -> str:
    """The value as JSON that every parser reads and no terminal obeys.

    What is not printable stands as an escape, and reads back as it was. Half of a
    character, which many parsers refuse, is spelled out and reads back as that spelling.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    text = _SURROGATE.sub(lambda found: f"\\\\u{ord(found[0]):04x}", text)
    return "\n".join(_spell(line, "", _json_escape) for line in text.split("\n"))


def ascii_json(text: str) -> str:
    """JSON text in ASCII alone, which means the same in every encoding."""
    return _NOT_ASCII.sub(lambda found: _json_escape(found[0]), text)


def safe_xml(text: str) -> str:
    """XML text with what is not printable as character references."""
    return "\n".join(_spell(line, "\t", _reference) for line in text.split("\n"))


def ascii_xml(text: str) -> str:
    """XML text in ASCII alone, which means the same in every encoding."""
    return text.encode("ascii", "xmlcharrefreplace").decode()


def _spell(text: str, kept: str, spelled: Callable[[str], str]) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in kept else spelled(c) for c in text)


def _python_escape(character: str) -> str:
    return character.encode("unicode_escape").decode()


def _json_escape(character: str) -> str:
    units = character.encode("utf-16-be").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))


def _reference(character: str) -> str:
    return f"&#{ord(character)};"
