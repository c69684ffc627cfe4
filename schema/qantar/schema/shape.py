"""The two shapes of a record, nested and flat, and the way between them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from qantar.schema.tables import TABLES

Row = dict[str, Any]
Rows = dict[str, list[Row]]

# Where a list of the nested record lies, which columns its rows take over, and from where.
_EVENT_LISTS: dict[str, tuple[str, ...]] = {
    "participants": ("event_id",),
    "counts": ("event_id",),
    "contexts": ("event_id",),
    "relations": ("event_id",),
    "alternatives": ("event_id",),
}
_MENTION_LISTS: dict[str, tuple[str, ...]] = {
    "spans": ("mention_id", "article_id"),
    "attributions": ("mention_id",),
}
INHERITED = {"mentions": ("event_id",), **_EVENT_LISTS, **_MENTION_LISTS}
RECORD_TABLES = ("events", *_EVENT_LISTS, "mentions", *_MENTION_LISTS)
# The row in which a list lies is the one whose key its rows take over first.
PARENTS = {
    name: next(table for table in RECORD_TABLES if TABLES[table].primary_key == keys[:1])
    for name, keys in INHERITED.items()
}
# The lists of a row of each table, in which the rows of other tables stand.
LISTS = {
    table: tuple(name for name in RECORD_TABLES if PARENTS.get(name) == table)
    for table in RECORD_TABLES
}


def shred(event: Mapping[str, Any]) -> Iterator[tuple[str, str, Row]]:
    """Yield (table, JSON pointer, row) for the event and every item of its lists.

    What is not of the expected structure is passed over, so that a record full of
    faults can still be judged in the parts that have their shape.
    """
    yield "events", "", {k: v for k, v in event.items() if not isinstance(v, list | dict)}
    for name, keys in _EVENT_LISTS.items():
        yield from _items(event, name, keys, "")
    for position, mention in _dicts(event.get("mentions")):
        pointer = f"/mentions/{position}"
        yield "mentions", pointer, _row(event, ("event_id",), mention)
        for name, keys in _MENTION_LISTS.items():
            yield from _items(mention, name, keys, pointer)


def flatten(events: Iterable[Mapping[str, Any]]) -> Rows:
    """The stored rows of the event tables, in the order of the records."""
    rows: Rows = {name: [] for name in RECORD_TABLES}
    for event in events:
        for table, _, row in shred(event):
            row.pop("schema_version", None)
            rows[table].append(row)
    return rows


def nest(rows: Mapping[str, list[Row]], schema_version: str) -> list[Row]:
    """Records from rows; derived columns are left out. The inverse of `flatten`."""
    children = {name: _grouped(rows[name], "event_id") for name in (*_EVENT_LISTS, "mentions")} | {
        name: _grouped(rows[name], "mention_id") for name in _MENTION_LISTS
    }
    records = []
    for row in rows["events"]:
        key = row["event_id"]
        record: Row = {"schema_version": schema_version} | _stored("events", row)
        for name in _EVENT_LISTS:
            record[name] = [_without(item, _EVENT_LISTS[name]) for item in children[name][key]]
        record["mentions"] = [
            _without(mention, ("event_id",))
            | {
                name: [
                    _without(item, _MENTION_LISTS[name])
                    for item in children[name][mention["mention_id"]]
                ]
                for name in _MENTION_LISTS
            }
            for mention in children["mentions"][key]
        ]
        records.append(record)
    return records


def _items(
    parent: Mapping[str, Any], name: str, keys: tuple[str, ...], pointer: str
) -> Iterator[tuple[str, str, Row]]:
    for position, item in _dicts(parent.get(name)):
        yield name, f"{pointer}/{name}/{position}", _row(parent, keys, item)


def _dicts(value: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if isinstance(value, list):
        yield from ((n, item) for n, item in enumerate(value) if isinstance(item, dict))


def _row(parent: Mapping[str, Any], keys: tuple[str, ...], item: Mapping[str, Any]) -> Row:
    inherited = {key: parent[key] for key in keys if key in parent}
    # An item that brings a key of its own has a field too many, and no say in where it belongs.
    own = {k: v for k, v in item.items() if k not in keys and not isinstance(v, list | dict)}
    return inherited | own


def _stored(table: str, row: Row) -> Row:
    names = (c.name for c in TABLES[table].with_names(row).stored if not c.by_language)
    return {name: row[name] for name in names if row.get(name) is not None}


def _grouped(rows: list[Row], key: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append({name: value for name, value in row.items() if value is not None})
    return groups


def _without(item: Row, keys: tuple[str, ...]) -> Row:
    return {name: value for name, value in item.items() if name not in keys}
