"""The rows of each level of some nested records, column by column, and what was found in them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from qantar.validation.readers.nested.level import Level
from qantar.validation.tables.array import Mask, RowNumbers


@dataclass(frozen=True)
class LevelRows:
    """The objects of a level, record by record.

    items: each object, null where something else stands in its place. values: the fields of
    each, lists too. parents: the row of the level around that each lies in. records: the
    record that each lies in, from 0.
    """

    level: Level
    items: pa.StructArray
    values: dict[str, pa.Array]
    parents: RowNumbers
    records: RowNumbers

    @property
    def height(self) -> int:
        return len(self.records)

    def wanting(self) -> Iterator[RowNumbers]:
        """Records in which something stands here that is no object, or lacks what must be there."""
        if self.items.null_count:
            yield self.records[present_in(self.items, there=False)]
        for name in self.level.required:
            if self.values[name].null_count:
                yield self.records[present_in(self.values[name], there=False)]
        for name, least in self.level.lists.items():
            if least:
                lengths = pc.less(pc.list_value_length(self.values[name]), least)
                yield self.records[lengths.fill_null(False).to_numpy(zero_copy_only=False)]


@dataclass(frozen=True)
class Found:
    """How much a reader found: keys with a value, texts, and objects and lists."""

    keys: int
    texts: int
    containers: int


def level_rows(records: pa.StructArray, levels: dict[str, Level]) -> dict[str, LevelRows]:
    """The rows of every level."""
    height = np.arange(len(records))
    found: dict[str, LevelRows] = {}
    for name, level in levels.items():
        if level.parent is None:
            items, parents, within = records, height, height
        else:
            around = found[level.parent]
            lists = around.values[name]
            lengths = pc.list_value_length(lists).fill_null(0).to_numpy(zero_copy_only=False)
            items = lists.flatten()
            parents = np.repeat(np.arange(around.height), lengths)
            within = around.records[parents]
        names = [field.name for field in items.type]
        values = dict(zip(names, items.flatten(), strict=True))
        found[name] = LevelRows(level, items, values, parents, within)
    return found


def count_all(rows: dict[str, LevelRows]) -> Found:
    """What was found in all records together."""
    keys = texts = containers = 0
    for level in rows.values():
        containers += level.height - level.items.null_count
        for name, values in level.values.items():
            there = len(values) - values.null_count
            keys += there
            texts += there if _is_text(values) else 0
            containers += there if name in level.level.lists else 0
    return Found(keys, texts, containers)


def count_each(rows: dict[str, LevelRows]) -> tuple[RowNumbers, RowNumbers, RowNumbers]:
    """The same of each record: its keys, texts and containers."""
    height = rows["events"].height
    keys, texts, containers = (np.zeros(height, np.int64) for _ in range(3))
    for level in rows.values():
        containers += _per_record(level, level.items, height)
        for name, values in level.values.items():
            there = _per_record(level, values, height)
            keys += there
            texts += there if _is_text(values) else 0
            containers += there if name in level.level.lists else 0
    return keys, texts, containers


def present_in(values: pa.Array, *, there: bool = True) -> Mask:
    """Where there is a value, or none."""
    asked = values.is_valid() if there else values.is_null()
    mask: Mask = asked.to_numpy(zero_copy_only=False)
    return mask


def _per_record(level: LevelRows, values: pa.Array, height: int) -> RowNumbers:
    records = level.records[present_in(values)] if values.null_count else level.records
    return np.bincount(records, minlength=height)


def _is_text(values: pa.Array) -> bool:
    return bool(values.type == pa.string())
