"""ChunkedTable of a file that tell the pace at which they are taken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from qantar.validation.readers.csv.chunks import CsvChunks
from qantar.validation.readers.json.chunks import JsonChunks
from qantar.validation.readers.pace import Pace
from qantar.validation.readers.parquet.chunks import ParquetChunks
from qantar.validation.tables.array import RowNumbers
from qantar.validation.tables.chunk import Chunk
from qantar.validation.tables.chunked_table import ChunkedTable


@dataclass
class PacedChunks:
    """The same chunks; done: how much of the pace's size was read after so many rows."""

    chunks: ChunkedTable
    pace: Pace
    done: Callable[[int], int]
    header: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.header = self.chunks.header

    def __iter__(self) -> Iterator[Chunk]:
        rows = 0
        for chunk in self.chunks:
            yield chunk
            rows += chunk.height
            self.pace.note(self.done(rows), rows)

    def again(self, rows: RowNumbers, names: tuple[str, ...]) -> Iterator[tuple[RowNumbers, Chunk]]:
        return self.chunks.again(rows, names)

    def narrowed(self, names: tuple[str, ...]) -> Iterator[Chunk]:
        return self.chunks.narrowed(names)


def paced(
    chunks: CsvChunks | JsonChunks | ParquetChunks, file: str, tell: Callable[[str], None] | None
) -> ChunkedTable:
    """The chunks, telling their pace where somebody listens."""
    if tell is None:
        return chunks
    if isinstance(chunks, ParquetChunks):
        return PacedChunks(chunks, Pace(file, chunks.footer.num_rows, tell), lambda rows: rows)
    size = chunks.path.stat().st_size
    return PacedChunks(chunks, Pace(file, size, tell), lambda _: _end(chunks))


def _end(chunks: CsvChunks | JsonChunks) -> int:
    return chunks.marks[-1].offset + chunks.marks[-1].size if chunks.marks else 0
