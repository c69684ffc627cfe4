"""A walk over the tokens of a JSON text, for what a fast parser cannot say: where."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]

DEEPEST = 32

_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WORD = re.compile(r"-?[A-Za-z]+")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class MalformedError(ValueError):
    """The text is not strict JSON; offset counts characters from 0."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset


@dataclass
class _Container:
    """An object or list that is not closed yet."""

    closing: str
    keys: set[str] = field(default_factory=set)
    position: int = -1
    name: str = ""

    @property
    def step(self) -> str | int:
        return self.name if self.closing == "}" else self.position


def walk_json(text: str) -> Iterator[tuple[Path, int]]:
    """Yield (path, offset) for every value of the text, containers before their items.

    Raises MalformedError at the first place that is not I-JSON (RFC 7493): a repeated key, a
    lone surrogate, a nesting over 32, bad grammar. Numbers may be of any size.
    """
    open_ones: list[_Container] = []
    offset = _skip(text, 0)
    while True:
        yield tuple(container.step for container in open_ones), offset
        closing = {"{": "}", "[": "]"}.get(text[offset : offset + 1])
        if closing:
            if len(open_ones) == DEEPEST:
                raise MalformedError(f"it is nested over {DEEPEST} deep", offset)
            open_ones.append(_Container(closing))
            offset = _skip(text, offset + 1)
            if text[offset : offset + 1] != closing:
                offset = _enter(text, offset, open_ones[-1])
                continue
        else:
            offset = _skip(text, _scalar_end(text, offset))
        while open_ones and text[offset : offset + 1] == open_ones[-1].closing:
            open_ones.pop()
            offset = _skip(text, offset + 1)
        if not open_ones:
            break
        if text[offset : offset + 1] != ",":
            raise MalformedError(f"a comma or '{open_ones[-1].closing}' is missing", offset)
        offset = _enter(text, _skip(text, offset + 1), open_ones[-1])
    if offset != len(text):
        raise MalformedError("something follows the end of the value", offset)


def _enter(text: str, offset: int, container: _Container) -> int:
    """Read up to the start of the container's next value."""
    if container.closing == "]":
        container.position += 1
        return offset
    end = _string_end(text, offset, "a key in quotes")
    name = _unescape(text, offset, end)
    if name in container.keys:
        raise MalformedError(f"the key '{name}' stands twice in one object", offset)
    container.keys.add(name)
    container.name = name
    offset = _skip(text, end)
    if text[offset : offset + 1] != ":":
        raise MalformedError("a colon is missing after a key", offset)
    return _skip(text, offset + 1)


def _skip(text: str, offset: int) -> int:
    found = _SPACE.match(text, offset)
    return found.end() if found else offset


def _scalar_end(text: str, offset: int) -> int:
    if text[offset : offset + 1] == '"':
        end = _string_end(text, offset, "a closing quote")
        _unescape(text, offset, end)
        return end
    if number := _NUMBER.match(text, offset):
        return number.end()
    word = _WORD.match(text, offset)
    if word and word[0] in ("true", "false", "null"):
        return word.end()
    if word and word[0] in ("NaN", "Infinity", "-Infinity"):
        raise MalformedError(f"{word[0]} is not a number in JSON", offset)
    raise MalformedError("a value is missing or malformed", offset)


def _string_end(text: str, offset: int, missing: str) -> int:
    found = _STRING.match(text, offset)
    if found:
        return found.end()
    if text[offset : offset + 1] == '"':
        raise MalformedError(
            "a text is not closed, or holds a control character or bad escape", offset
        )
    raise MalformedError(f"{missing} is missing", offset)


def _unescape(text: str, start: int, end: int) -> str:
    raw = text[start + 1 : end - 1]
    if "\\" in raw:
        # Two escapes may make one character beyond the basic plane.
        units = _ESCAPE.sub(_character, raw).encode("utf-16", "surrogatepass")
        raw = units.decode("utf-16", "surrogatepass")
    if _LONE_SURROGATE.search(raw):
        raise MalformedError("an escape is half of a surrogate pair", start)
    return raw


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else _SHORT.get(escape[2], escape[2])
