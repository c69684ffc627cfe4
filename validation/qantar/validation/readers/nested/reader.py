"""Lines of nested records as Arrow holds them, with the rows that may be other than it says.

Arrow's reader is strict: it refuses what is no JSON, has another type than declared, or a key
twice or unknown, and tells in which row. Such a line is left out, and the reader begins again
after it. What it passes over in silence, such as null, is found by counting.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.json as pj

from qantar.schema import Profile
from qantar.validation.readers.json.layout import JsonLayout
from qantar.validation.readers.nested.level import arrow_schema, levels_of
from qantar.validation.readers.nested.level_rows import LevelRows, count_all, count_each, level_rows
from qantar.validation.tables.array import Mask, RowNumbers

# After a refusal at least so many lines are tried at once.
FEWEST_LINES = 8
_REFUSED_ROW = re.compile(r"in row ([0-9]+)")


@dataclass(frozen=True)
class Piece:
    """Some lines as they were read.

    records: a row for each line that is not blank. doubtful: rows that may be otherwise.
    starts, lines: where each row begins, in bytes and as a line, from 0. size, ends: how many
    bytes and line ends there are. levels: the rows of every level.
    """

    records: pa.StructArray
    doubtful: RowNumbers
    starts: RowNumbers
    lines: RowNumbers
    size: int
    ends: int
    levels: dict[str, LevelRows]


@dataclass(frozen=True)
class NestedReader:
    """Reads runs of whole lines, each with its line end."""

    profile: Profile

    def read(self, runs: Sequence[bytes]) -> Piece:
        """The lines of all runs, whatever stands in them."""
        piece = _joined([self._piece(JsonLayout(data)) for data in runs])
        return replace(piece, levels=level_rows(piece.records, levels_of(self.profile)))

    def _piece(self, layout: JsonLayout) -> Piece:
        plain = _plain_lines(layout)
        is_read = np.zeros(layout.height, np.bool_)
        chunks: list[pa.StructArray] = []
        for start, end in _stretches(plain):
            for first, records in self._chunks(layout, start, end):
                chunks.append(records)
                is_read[first : first + len(records)] = True
        records = pa.concat_arrays([self._none(0), *chunks]) if len(chunks) != 1 else chunks[0]
        if is_read.all():
            return self._proved(layout, records, np.arange(layout.height))
        filled = np.flatnonzero(is_read | _filled_lines(layout, ~is_read))
        places = pa.array(np.cumsum(is_read)[filled] - 1, mask=~is_read[filled])
        return self._proved(layout, records.take(places), filled)

    def _chunks(
        self, layout: JsonLayout, start: int, end: int
    ) -> Iterator[tuple[int, pa.StructArray]]:
        """(first line, records) of some lines, each of which may be an object."""
        window = end - start
        while start < end:
            stop = min(end, start + window)
            records, refused = self._strict(layout, start, stop)
            if records is not None:
                yield start, records
                start, window = stop, window * 2
            elif refused is None and stop - start > 1:
                window = (stop - start) // 2
            else:
                before = refused or 0
                records, _ = self._strict(layout, start, start + before)
                if records is not None:
                    yield start, records
                start, window = start + before + 1, max(FEWEST_LINES, 2 * before)

    def _strict(
        self, layout: JsonLayout, start: int, stop: int
    ) -> tuple[pa.StructArray | None, int | None]:
        """The records, or None and, where that is known, which line is refused, from 0."""
        if start == stop:
            return None, None
        part = memoryview(layout.data)[int(layout.starts[start]) : int(layout.ends[stop - 1])]
        whole = pj.ReadOptions(use_threads=False, block_size=len(part) + 1)
        asked = pj.ParseOptions(
            explicit_schema=arrow_schema(self.profile), unexpected_field_behavior="error"
        )
        try:
            read = pj.read_json(pa.BufferReader(part), read_options=whole, parse_options=asked)
        except pa.ArrowException as refusal:
            found = _REFUSED_ROW.search(str(refusal))
            row = int(found[1]) if found else stop
            return None, row if row < stop - start else None
        # Every line begins with an object and ends with one, so each is one if there are as many.
        if len(read) != stop - start:
            return None, None
        return read.to_struct_array().combine_chunks(), None

    def _proved(self, layout: JsonLayout, records: pa.StructArray, lines: RowNumbers) -> Piece:
        """The records of some lines, which are all that are not blank."""
        levels = level_rows(records, levels_of(self.profile))
        found = count_all(levels)
        if layout.fits(found.keys, found.texts, found.containers):
            doubtful = layout.halves()
        else:
            counts = (_of_lines(count, lines, layout.height) for count in count_each(levels))
            doubtful = layout.doubtful_rows(*counts)
        rows = np.flatnonzero(np.isin(lines, doubtful))
        size, ends = len(layout.data), layout.height
        return Piece(records, rows, layout.starts[lines], lines, size, ends, levels)

    def _none(self, count: int) -> pa.StructArray:
        return pa.nulls(count, pa.struct(arrow_schema(self.profile)))


def _joined(pieces: list[Piece]) -> Piece:
    """The pieces as one, with the levels of the first."""
    rows = _before([len(piece.records) for piece in pieces])
    sizes = _before([piece.size for piece in pieces])
    ends = _before([piece.ends for piece in pieces])
    return Piece(
        pa.concat_arrays([piece.records for piece in pieces]),
        np.concatenate([p.doubtful + n for p, n in zip(pieces, rows, strict=False)]),
        np.concatenate([p.starts + n for p, n in zip(pieces, sizes, strict=False)]),
        np.concatenate([p.lines + n for p, n in zip(pieces, ends, strict=False)]),
        sizes[-1],
        ends[-1],
        pieces[0].levels,
    )


def _before(counts: list[int]) -> list[int]:
    """How much there is before each, and in all."""
    return [0, *np.cumsum(counts).tolist()]


def _of_lines(counts: RowNumbers, lines: RowNumbers, height: int) -> RowNumbers:
    """Counts of the lines that are not blank as counts of all lines."""
    spread = np.zeros(height, np.int64)
    spread[lines] = counts
    return spread


def _plain_lines(layout: JsonLayout) -> Mask:
    """The lines that begin and end as an object does, and are UTF-8."""
    plain = layout.plain_lines()
    if not _is_utf8(layout.data):
        plain &= [_is_utf8(layout[line]) for line in range(layout.height)]
    return plain


def _filled_lines(layout: JsonLayout, asked: Mask) -> Mask:
    """Those of the lines asked for that are not blank."""
    filled = asked.copy()
    for line in np.flatnonzero(asked).tolist():
        filled[line] = bool(layout[line].strip(b" \t\r"))
    return filled


def _stretches(mask: Mask) -> Iterator[tuple[int, int]]:
    """(first, end) of each run of lines for which the mask holds."""
    edges = np.flatnonzero(np.diff(mask, prepend=False, append=False)).tolist()
    yield from zip(edges[::2], edges[1::2], strict=True)


def _is_utf8(data: bytes) -> bool:
    offsets = pa.py_buffer(np.array([0, len(data)], np.int64))
    text = pa.LargeStringArray.from_buffers(1, offsets, pa.py_buffer(data))
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True
