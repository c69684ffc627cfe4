"""The records of a file of JSON, chunk by chunk, as columns of text."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from qantar.validation.readers.byte_scan import Offsets
from qantar.validation.readers.system.chunks import SourceRow
from qantar.validation.readers.system.json_cells import JsonCells
from qantar.validation.readers.system.json_records import (
    CUT_OFF,
    MENDED,
    PIECE_BYTES,
    Batch,
    JsonRecord,
    Kind,
    json_batches,
)
from qantar.validation.readers.system.start import Start


@dataclass
class JsonChunk:
    """Some records of a file as rows of text, absent where they say nothing.

    held: the records of the frame. unread: those that cannot be read. notes: what was passed over
    in how many of them.
    """

    frame: pl.DataFrame
    held: Sequence[JsonRecord]
    unread: Sequence[SourceRow] = ()
    notes: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> Offsets:
        return np.array([one.row for one in self.held], np.int64)

    @property
    def height(self) -> int:
        return len(self.held) + len(self.unread)

    def hashes(self) -> npt.NDArray[np.uint64]:
        """A number of each row that only the same text has."""
        return pl.Series([one.text for one in self.held], dtype=pl.Binary).hash().to_numpy()

    @property
    def holds_nul(self) -> bool:
        """Whether a record may hold the character NUL."""
        return any(b"u0000" in one.text for one in self.held)

    def source_row(self, index: int, reason: str) -> SourceRow:
        """A record as it stands in the file."""
        return _row(self.held[index], reason)


@dataclass
class JsonChunks:
    """A file of records of a layout. most: bytes of a piece of JSON Lines."""

    path: Path
    start: Start
    most: int = PIECE_BYTES

    def __iter__(self) -> Iterator[JsonChunk]:
        """The chunks in order; raises OSError."""
        cells = JsonCells(self.start.layout)
        kind: Kind = "jsonl" if self.start.kind == "jsonl" else "json"
        for batch in json_batches(self.path, kind, self.most):
            yield self._chunk(batch, cells)

    def _chunk(self, batch: Batch, cells: JsonCells) -> JsonChunk:
        held = [one for one in batch.records if one.value is not None]
        rows = [cells.row(one.value) for one in held if one.value is not None]
        frame = pl.DataFrame(
            {name: [row.get(name) for row in rows] for name in self.start.names},
            schema={name: pl.String() for name in self.start.names},
        )
        unread = [_row(one, one.reason) for one in batch.records if one.value is None]
        mended = sum(one.is_mended for one in held)
        told = Counter({MENDED: mended, CUT_OFF: int(batch.is_cut_off)})
        return JsonChunk(frame, held, unread, +told)


def _row(record: JsonRecord, reason: str) -> SourceRow:
    return SourceRow(record.row, record.line, record.text, reason)
