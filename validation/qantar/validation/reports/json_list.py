"""A JSON document with one long list in it, made item by item."""

from collections.abc import Iterable, Iterator
from typing import Any

from qantar.schema.safe_text import json_text

_INDENT = 2


def json_with_list(document: Any, name: str, items: Iterable[Any]) -> Iterator[str]:
    """The document as indented JSON with a line end, in pieces of one item each.

    name: of the one list in it that is empty, which takes the items. The text is that of the
    whole document, `json_text` with an indent of 2, though it is never held as a whole.
    """
    text = json_text(document, indent=_INDENT)
    before, mark, after = text.partition(f'"{name}": []')
    if not mark:
        raise ValueError(f"there is no empty list {name} in the document")
    depth = len(before) - len(before.rstrip(" "))
    yield before + mark[:-1]
    outer = f"\n{' ' * depth}"
    inner = f"{outer}{' ' * _INDENT}"
    is_first = True
    for item in items:
        # No line end stands in a text of JSON, so every line is one of the layout.
        told = json_text(item, indent=_INDENT).replace("\n", inner)
        yield f"{'' if is_first else ','}{inner}{told}"
        is_first = False
    yield f"{'' if is_first else outer}]{after}\n"
