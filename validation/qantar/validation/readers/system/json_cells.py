"""Records of JSON as rows of text: what is nested comes under the names on the way to it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from qantar.schema.systems import Layout
from qantar.validation.rules.value.large_number import LargeNumber

SEPARATOR = ";"


@dataclass
class JsonCells:
    """Makes rows of records, under the names that a layout has for the paths in them.

    A value within objects stands under their names joined by dots. A list of texts or numbers is
    one text with ; between, a list of other things or of texts with a ; in them is JSON. Numbers
    are as short as JSON has them. What is null or empty is absent.
    """

    layout: Layout
    named: dict[str, str] = field(default_factory=dict)

    def row(self, record: Mapping[str, Any]) -> dict[str, str]:
        """The cells of a record by the names of their columns."""
        found: dict[str, str] = {}
        for path, text in leaves(record):
            name = self.named.get(path) or self._name(path)
            # Two paths of one name keep apart where a record has both.
            name = path if name in found else name
            while name in found:
                name += "_"
            found[name] = text
        return found

    def _name(self, path: str) -> str:
        (name,) = self.layout.named((path,))
        return self.named.setdefault(path, name)


def leaves(record: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """The path and the text of each value that is neither an object nor empty."""
    for key, value in record.items():
        path = f"{before}{key}"
        if isinstance(value, dict):
            yield from leaves(value, f"{path}.")
        else:
            text = text_of(value)
            if text:
                yield path, text


def paths(record: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """The path of each value, objects among them, empty or not."""
    for key, value in record.items():
        yield f"{before}{key}"
        if isinstance(value, dict):
            yield from paths(value, f"{before}{key}.")


def text_of(value: Any) -> str:
    """A value that is no object as text; nothing where it is empty."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, list):
        return str(value)
    if all(isinstance(item, str | int | float) and not isinstance(item, bool) for item in value):
        items = [str(item) for item in value]
        if all(item and SEPARATOR not in item for item in items):
            return SEPARATOR.join(items)
    return json.dumps(_written(value), ensure_ascii=False)


def _written(value: Any) -> Any:
    """A value with numbers beyond a double as texts, since JSON's writer knows no others."""
    if isinstance(value, LargeNumber):
        return value.text
    if isinstance(value, list):
        return [_written(item) for item in value]
    if isinstance(value, dict):
        return {key: _written(item) for key, item in value.items()}
    return value
