"""How a file of JSON begins, and the names of all its columns."""

import json
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from qantar.schema.systems import Layout, layout_of_names
from qantar.validation.readers.json.shape import fault_of_shape
from qantar.validation.readers.json.text import BYTE_ORDER_MARK, LARGEST_LINE
from qantar.validation.readers.system.json_cells import JsonCells, paths
from qantar.validation.readers.system.json_records import (
    JsonRecord,
    Kind,
    is_too_large,
    json_batches,
    quick_record,
    record_of,
)

_LINES_OF_START = 20
_BYTES_OF_START = 2**18
# So many records that are read tell the layout.
_RECORDS_OF_START = 100
_NAMES_TOLD = 8


class UnknownJsonError(ValueError):
    """JSON that is of no layout; the message says what it is."""


def layout_at_start(path: Path) -> tuple[Layout, Kind] | None:
    """The layout that the first record has, and the file's kind; None where there is none.

    Only the start of the file is read. Raises OSError.
    """
    with path.open("rb") as handle:
        text = handle.read(_BYTES_OF_START).decode("utf-8-sig", "replace").lstrip()
    if not text.startswith(("{", "[")):
        return None
    try:
        record, _ = json.JSONDecoder().raw_decode(text.removeprefix("[").lstrip())
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict):
        return None
    layout = layout_of_names(dict.fromkeys(paths(record)), nested=True)
    return None if layout is None else (layout, _kind(path))


def start_of_json(path: Path) -> tuple[Layout, Kind, tuple[str, ...]]:
    """The layout of a file, its kind, and the names of its columns, for which it is read whole.

    Raises UnknownJsonError, and OSError where it cannot be read.
    """
    kind = _kind(path)
    if kind == "json" and is_too_large(path):
        raise UnknownJsonError(
            "It is one JSON text, and too large to be read as a whole. Write a record a line, as "
            "`jq -c '.[]' FILE` does."
        )
    batches = json_batches(path, kind, read=quick_record)
    first: list[JsonRecord] = []
    for batch in batches:
        first.extend(batch.records)
        if sum(one.value is not None for one in first) >= _RECORDS_OF_START:
            break
    layout = _layout(first)
    if layout.holds == "none":
        return layout, kind, ()
    cells = JsonCells(layout)
    names: dict[str, None] = {}
    for record in chain(first, (one for batch in batches for one in batch.records)):
        names.update(dict.fromkeys(cells.row(record.value or {})))
    return layout, kind, tuple(names) or layout.columns[:1]


def _kind(path: Path) -> Kind:
    """Whether there is a record a line; one of the first lines tells, since others may be damaged.

    A record that is written over several lines begins with one that ends within it.
    """
    is_first = True
    with path.open("rb") as handle:
        for _ in range(_LINES_OF_START):
            line = handle.readline(LARGEST_LINE).removeprefix(BYTE_ORDER_MARK)
            line = (line.lstrip() if is_first else line).rstrip()
            if is_first and line.endswith((b"{", b"[", b",")):
                return "json"
            is_first = is_first and not line
            if line.startswith(b"[") or (line.startswith(b"{") and line.endswith(b"},")):
                return "json"
            if line.startswith(b"{") and record_of(1, 1, line).value is not None:
                return "jsonl"
    return "json"


def _layout(records: Sequence[JsonRecord]) -> Layout:
    read = [one for one in records if one.value is not None]
    if not read:
        reasons = [one.reason for one in records]
        why = f" {reasons[0]}" if reasons else ""
        raise UnknownJsonError(f"It begins like JSON, but none of its records can be read.{why}")
    found = {path: None for one in read for path in paths(one.value or {})}
    layout = layout_of_names(found, nested=True)
    if layout is None:
        value = read[0].value or {}
        fault = fault_of_shape(value)
        told = ", ".join(json.dumps(key, ensure_ascii=False) for key in [*value][:_NAMES_TOLD])
        raise UnknownJsonError(
            fault.message if fault else f"Its records (with {told}) are of no layout that is known."
        )
    return layout
