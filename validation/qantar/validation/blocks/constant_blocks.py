"""Values that stand beside a file and hold of all its rows, as columns of its blocks."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa

from qantar.validation.blocks.batch import Blocks
from qantar.validation.blocks.block import Block, Listed, Rows
from qantar.validation.blocks.json_block import JsonBlock
from qantar.validation.faults.fault import Fault
from qantar.validation.records.json_text import Entry, read_line

Typed: TypeAlias = tuple[dict[str, Any], list[Fault]]


@dataclass(frozen=True)
class Beside:
    """What stands beside a file, as in the names of its folders.

    names: columns of which there is a value. typed: gives, for a table and the columns that
    the file holds itself, (value by column, what is wrong with others).
    """

    names: Collection[str] = ()
    typed: Callable[[str | None, set[str]], Typed] = lambda *_: ({}, [])


NOTHING_BESIDE = Beside()


@dataclass
class ConstantBlocks:
    """The blocks of a file with a constant column for each value, in place of its own."""

    blocks: Blocks
    values: Mapping[str, Any]
    header: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        others = (name for name in self.values if name not in self.blocks.header)
        self.header = (*self.blocks.header, *others)
        self.listed = {name: pa.array([value]) for name, value in self.values.items()}

    def __iter__(self) -> Iterator[Block]:
        return map(self._filled, self.blocks)

    def again(self, rows: Rows, names: tuple[str, ...]) -> Iterator[tuple[Rows, Block]]:
        """Some rows once more (from 0, in order), with these columns at least."""
        for asked, block in self.blocks.again(rows, self._stored(names)):
            yield asked, self._filled(block)

    def narrowed(self, names: tuple[str, ...]) -> Iterator[Block]:
        """All blocks once more, with these columns at least."""
        return map(self._filled, self.blocks.narrowed(self._stored(names)))

    def _stored(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the columns that the file has; one at least, to know how many rows there are."""
        stored = tuple(name for name in names if name in self.blocks.header)
        return stored or self.blocks.header[:1]

    def _filled(self, block: Block) -> Block:
        # The only place is the first; the one after it stands for no value.
        places = _without_record(block).astype(np.int32)
        constants = {name: Listed(value, places) for name, value in self.listed.items()}
        return replace(block, columns={**block.columns, **constants})


def with_values(blocks: Blocks, values: Mapping[str, Any]) -> Blocks:
    """The blocks, with what stands beside the file."""
    return ConstantBlocks(blocks, values) if values else blocks


def _without_record(block: Block) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """The rows that are no objects of JSON, of which nothing holds."""
    without = np.zeros(block.height, np.bool_)
    if isinstance(block, JsonBlock):
        for index in block.exact:
            items = read_line(block.texts[index])
            without[index] = not any(
                isinstance(item, Entry) and isinstance(item.record, dict) for item in items
            )
    return without
