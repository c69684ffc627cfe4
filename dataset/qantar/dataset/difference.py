"""What changed between two releases, record by record and field by field."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from qantar.dataset.cells import with_languages
from qantar.dataset.record import order_record
from qantar.dataset.restoration import corpus_at, in_present_schema, is_past
from qantar.schema.corpus import PLAIN_TABLES, Corpus
from qantar.schema.safe_text import isolated, line_of_isolated, one_line
from qantar.schema.shape import Row
from qantar.schema.tables import TABLES

_LONGEST_SHOWN, _LONGEST_ITEM = 80, 180


class DifferenceKind(StrEnum):
    """What became of a record."""

    created = "created"
    gone = "gone"
    changed = "changed"


@dataclass(frozen=True)
class Difference:
    """A record that is in one of two releases only, or not the same in both.

    key: the values of the primary key; of the whole row where the table has none. fields:
    old and new value by name, None where there is none; empty unless the record changed.
    """

    table: str
    key: tuple[Any, ...]
    kind: DifferenceKind
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


def compare(old: Corpus, new: Corpus) -> list[Difference]:
    """The records that differ: first the events, nested as published, then the other tables."""
    differences: list[Difference] = []
    for table in ("events", *PLAIN_TABLES):
        keys = _key_columns(table, old, new)
        differences.extend(_compare(table, *(_by_key(table, keys, c) for c in (old, new))))
    return differences


def render_difference(old: Path | str, new: Path | str, *, folder: Path | str | None = None) -> str:
    """The differences of two releases as text: a line a record, below it a line a field.

    old, new: versions, or folders of releases. folder: where versions lie; by default
    those that came with the package. Of two schemas, a release of the earlier is compared as
    `qantar migrate` brings it to the present one. Raises ``DatasetError`` where one cannot be
    read.
    """
    before, after = corpus_at(old, folder=folder), corpus_at(new, folder=folder)
    moved = [str(n) for n, c in ((old, before), (new, after)) if is_past(c)]
    if len(moved) == 2:
        moved = []
    else:
        before, after = (
            in_present_schema(before, beside=after),
            in_present_schema(after, beside=before),
        )
    differences = compare(before, after)
    told = [
        f"{one_line(name)} is of an earlier schema and compared as `qantar migrate` gives it."
        for name in moved
    ]
    told += (
        _render(differences) if differences else [f"{one_line(f'{old} and {new}')} do not differ."]
    )
    return "".join(f"{line_of_isolated(line)}\n" for line in told)


def _key_columns(table: str, *corpora: Corpus) -> tuple[str, ...]:
    """The primary key; of a table that has none, every column that is there in some corpus."""
    declared = TABLES[table]
    if declared.primary_key:
        return declared.primary_key
    rows = [row for corpus in corpora for row in corpus.plain.get(table, ())]
    return tuple(column.name for column in with_languages(declared, rows).columns)


def _by_key(table: str, keys: tuple[str, ...], corpus: Corpus) -> dict[tuple[Any, ...], Row]:
    if table == "events":
        return {(event["event_id"],): order_record(event) for event in corpus.events}
    return {tuple(row.get(c) for c in keys): row for row in corpus.plain.get(table, [])}


def _compare(
    table: str, old: Mapping[tuple[Any, ...], Row], new: Mapping[tuple[Any, ...], Row]
) -> Iterator[Difference]:
    for key in sorted({*old, *new}, key=str):
        if key not in old:
            yield Difference(table, key, DifferenceKind.created)
        elif key not in new:
            yield Difference(table, key, DifferenceKind.gone)
        elif old[key] != new[key]:
            yield Difference(table, key, DifferenceKind.changed, _fields(old[key], new[key]))


def _fields(old: Row, new: Row) -> dict[str, tuple[Any, Any]]:
    names = (*old, *(name for name in new if name not in old))
    pairs = {name: (old.get(name), new.get(name)) for name in names}
    return {name: (one, other) for name, (one, other) in pairs.items() if one != other}


def _render(differences: Sequence[Difference]) -> Iterator[str]:
    table = ""
    for difference in differences:
        if difference.table != table:
            table = difference.table
            yield table
        key = " ".join(isolated(str(value)) for value in difference.key if value is not None)
        yield f"  {key}: {difference.kind}"
        for name, (old, new) in difference.fields.items():
            yield from _render_field(one_line(name), old, new)


def _render_field(name: str, old: Any, new: Any) -> Iterator[str]:
    if not (isinstance(old, list) and isinstance(new, list)):
        yield f"    {name}: {_show(old)} -> {_show(new)}"
        return
    yield f"    {name}:"
    yield from (f"      - {_show(item, _LONGEST_ITEM)}" for item in old if item not in new)
    yield from (f"      + {_show(item, _LONGEST_ITEM)}" for item in new if item not in old)


def _show(value: Any, longest: int = _LONGEST_SHOWN) -> str:
    if value is None:
        return "(none)"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return isolated(text if len(text) <= longest else text[: longest - 1] + "…")
