"""Blocks of a file that tell the pace at which they are taken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from qantar.validation.blocks.batch import Blocks
from qantar.validation.blocks.block import Block, Rows
from qantar.validation.blocks.csv_block import CsvBlocks
from qantar.validation.blocks.json_block import JsonBlocks
from qantar.validation.blocks.pace import Pace
from qantar.validation.blocks.parquet_block import ParquetBlocks


@dataclass
class PacedBlocks:
    """The same blocks; done: how much of the pace's size was read after so many rows."""

    blocks: Blocks
    pace: Pace
    done: Callable[[int], int]
    header: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.header = self.blocks.header

    def __iter__(self) -> Iterator[Block]:
        rows = 0
        for block in self.blocks:
            yield block
            rows += block.height
            self.pace.note(self.done(rows), rows)

    def again(self, rows: Rows, names: tuple[str, ...]) -> Iterator[tuple[Rows, Block]]:
        return self.blocks.again(rows, names)

    def narrowed(self, names: tuple[str, ...]) -> Iterator[Block]:
        return self.blocks.narrowed(names)


def paced(
    blocks: CsvBlocks | JsonBlocks | ParquetBlocks, file: str, tell: Callable[[str], None] | None
) -> Blocks:
    """The blocks, telling their pace where somebody listens."""
    if tell is None:
        return blocks
    if isinstance(blocks, ParquetBlocks):
        return PacedBlocks(blocks, Pace(file, blocks.footer.num_rows, tell), lambda rows: rows)
    size = blocks.path.stat().st_size
    return PacedBlocks(blocks, Pace(file, size, tell), lambda _: _end(blocks))


def _end(blocks: CsvBlocks | JsonBlocks) -> int:
    return blocks.marks[-1].offset + blocks.marks[-1].size if blocks.marks else 0
