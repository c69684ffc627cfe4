"""Parquet in blocks; texts stay in their dictionaries where they come back."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from qantar.validation.blocks.block import Block, Rows, Stored, is_varied
from qantar.validation.tables.parquet_file import Limits, plain_frame, read_batches, read_footer

ROWS_PER_BLOCK = 100_000
ROWS_OF_SAMPLE = 5_000
# Blocks are let go once they are judged, so only the ratio to the file's size counts.
LIMITS_OF_BLOCKS = Limits(cells=10**15, bytes=10**15)


@dataclass
class ParquetBlocks:
    """A Parquet file, block by block; raises what `parquet_file.UNREADABLE` lists."""

    path: Path
    rows: int = ROWS_PER_BLOCK
    spelled: set[str] = field(default_factory=set)
    is_typed: bool = True

    def __post_init__(self) -> None:
        with self.path.open("rb") as handle:
            self.footer = read_footer(handle, LIMITS_OF_BLOCKS)
            batches = read_batches(handle, self.footer, LIMITS_OF_BLOCKS, rows=ROWS_OF_SAMPLE)
            sample = next(batches, None)
        self.header: tuple[str, ...] = tuple(self.footer.schema.to_arrow_schema().names)
        if sample is not None:
            self.spelled |= {
                name
                for name, column in zip(sample.schema.names, sample.columns, strict=True)
                if isinstance(column, pa.DictionaryArray)
                and is_varied(len(column.dictionary), len(column))
            }

    def __iter__(self) -> Iterator[Block]:
        for batch in self._batches(None):
            yield _block(batch)

    def again(self, rows: Rows, names: tuple[str, ...]) -> Iterator[tuple[Rows, Block]]:
        """Columns of some rows once more (from 0, in order)."""
        start = 0
        for batch in self._batches([*names]):
            low, high = np.searchsorted(rows, (start, start + batch.num_rows))
            if low < high:
                asked = rows[low:high]
                yield asked, _block(batch.take(pa.array(asked - start)))
            start += batch.num_rows

    def _batches(self, columns: list[str] | None) -> Iterator[pa.RecordBatch]:
        with self.path.open("rb") as handle:
            yield from read_batches(
                handle,
                self.footer,
                LIMITS_OF_BLOCKS,
                spelled=self.spelled,
                columns=columns,
                rows=self.rows,
            )


def _block(batch: pa.RecordBatch) -> Block:
    names = batch.schema.names
    coded = {
        name: column
        for name, column in zip(names, batch.columns, strict=True)
        if isinstance(column, pa.DictionaryArray) and pa.types.is_string(column.type.value_type)
    }
    others = plain_frame(batch.select([name for name in names if name not in coded]))
    columns: dict[str, Stored] = {**coded}
    for series in others.get_columns():
        columns[series.name] = series
    return Block(batch.num_rows, columns)
