"""Python values as JSON would hold them."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from qantar.schema.base import Record
from qantar.validation.faults.fault import spelled
from qantar.validation.readers.json.text import as_pointer
from qantar.validation.readers.json.walk import DEEPEST, Path
from qantar.validation.rules.value.rule import is_unicode


def make_plain(value: Any) -> tuple[Any, dict[str, Any]]:
    """A copy of the value in dicts, lists, texts, numbers, booleans and null.

    What JSON does not have (a date, NaN, half of a surrogate pair, a nesting over 32)
    becomes null in the copy; the second result holds it by its JSON pointer. Numbers of numpy
    are numbers. A key that JSON cannot hold is spelled as Python would print it.
    """
    foreign: dict[str, Any] = {}
    return _copy(value, (), foreign), foreign


def _copy(value: Any, path: Path, foreign: dict[str, Any]) -> Any:
    if isinstance(value, Record):
        value = value.plain()
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, dict) and len(path) < DEEPEST:
        return {key: _copy(item, (*path, key), foreign) for key, item in _items(value)}
    if isinstance(value, list | tuple) and len(path) < DEEPEST:
        return [_copy(item, (*path, n), foreign) for n, item in enumerate(value)]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str) and is_unicode(value):
        return str(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    foreign[as_pointer(path)] = value
    return None


def _items(value: dict[Any, Any]) -> Iterator[tuple[str, Any]]:
    for key, item in value.items():
        if isinstance(key, str):
            yield key if is_unicode(key) else key.encode("utf-8", "backslashreplace").decode(), item
        else:
            yield spelled(key), item
