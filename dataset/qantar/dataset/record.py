"""Event records as they are released: keys in the order of the models, every list present."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from qantar.schema.base import Record
from qantar.schema.event import (
    Alternative,
    Attribution,
    CountClaim,
    EventContext,
    EventFields,
    Mention,
    Participant,
    Relation,
    Span,
)
from qantar.schema.language import split_prose
from qantar.schema.shape import Row

_LISTS: dict[type[Record], dict[str, type[Record]]] = {
    EventFields: {
        "participants": Participant,
        "counts": CountClaim,
        "contexts": EventContext,
        "mentions": Mention,
        "relations": Relation,
        "alternatives": Alternative,
    },
    Mention: {"spans": Span, "attributions": Attribution},
}


def order_record(record: Mapping[str, Any], model: type[Record] = EventFields) -> Row:
    """The same record with keys in model order and empty lists spelled out.

    Prose stands where the model has its field, in the order of its languages as they come.
    Fields that the model does not know, as in records of another schema version, come last.
    """
    lists = _LISTS.get(model, {})
    bases = model.prose_bases()
    prose: dict[str, Row] = {base: {} for base in bases}
    for key, value in record.items():
        split = split_prose(key, bases)
        if split:
            prose[split[0]][key] = value
    ordered: Row = {}
    for name in model.model_fields:
        if name in lists:
            ordered[name] = [order_record(item, lists[name]) for item in record.get(name, [])]
        elif name in bases:
            ordered |= prose[name]
        elif name in record:
            ordered[name] = record[name]
    return ordered | {name: value for name, value in record.items() if name not in ordered}


def write_records(events: Iterable[Mapping[str, Any]]) -> bytes:
    """JSON Lines in UTF-8, one record a line."""
    lines = (
        json.dumps(order_record(event), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        for event in events
    )
    return "".join(f"{line}\n" for line in lines).encode()


def read_records(content: bytes) -> list[Row]:
    """The records of a file that `write_records` wrote."""
    # Text may hold U+2028, at which str.splitlines would cut a record in two.
    return [json.loads(line) for line in content.decode().split("\n") if line]
