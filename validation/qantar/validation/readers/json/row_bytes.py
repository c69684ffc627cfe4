"""The records of JSON Lines and of a JSON list as bytes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from qantar.validation.readers.byte_scan import places_of
from qantar.validation.readers.json.list_text import list_pieces, spans_of
from qantar.validation.readers.row_bytes import RowBytes, RowBytesError, plain_encoding

CHUNK_BYTES = 16 * 2**20
_BLANKS = b" \t\r\n"
_BLANK_LINE = re.compile(rb"(?:\A|\n)[ \t\r]*\n")
_BYTES = "latin-1"


def line_row_bytes(path: Path, *, chunk_bytes: int = CHUNK_BYTES) -> Iterator[RowBytes]:
    """The records of JSON Lines; blank lines are none, and go with the one before or after.

    Raises OSError.
    """
    with path.open("rb") as handle:
        rest = b""
        while piece := handle.read(chunk_bytes):
            cut = piece.rfind(b"\n") + 1
            if not cut:
                rest += piece
                continue
            yield from _rows_of_lines(rest + piece[:cut])
            rest = piece[cut:]
        yield from _rows_of_lines(rest)


def _rows_of_lines(data: bytes) -> Iterator[RowBytes]:
    if not data:
        return
    ends = places_of(np.frombuffer(data, np.uint8), "\n") + 1
    starts = np.concatenate([[0], ends[ends < len(data)]]).astype(np.int64)
    if _BLANK_LINE.search(data) or not data[starts[-1] :].strip(_BLANKS):
        edges = np.append(starts, len(data)).tolist()
        filled = [bool(data[start:end].strip(_BLANKS)) for start, end in pairwise(edges)]
        starts = starts[filled]
        starts[:1] = 0
    yield RowBytes(data, starts)


@dataclass(frozen=True)
class JsonList:
    """The text of a list of records, or of one record. spans: start and end of each record.

    encoding: by which the text is made the bytes of the file. mark: what stands before it there.
    """

    text: str
    spans: Sequence[tuple[int, int]]
    encoding: str
    mark: bytes = b""
    is_list: bool = True

    def only(self, wanted: Sequence[bool]) -> Iterator[bytes]:
        """The list with some of its records; each keeps what stands between it and the one before.

        wanted: one for each record.
        """
        yield self.mark
        after = self.text.find("[") + 1
        yield self._encoded(self.text[:after])
        is_first = True
        for (start, end), is_wanted in zip(self.spans, wanted, strict=True):
            if is_wanted:
                before = self.text[after:start].replace(",", "", 1)
                yield self._encoded(("" if is_first else ",") + before + self.text[start:end])
                is_first = False
            after = end
        yield self._encoded(self.text[after:])

    def _encoded(self, text: str) -> bytes:
        return text.encode(self.encoding)


def json_list(data: bytes, encoding: str | None = None) -> JsonList:
    """The records of a `.json` file that was read; encoding: None for UTF-8.

    Where the list is malformed, its records are those of `list_pieces`. Raises RowBytesError.
    """
    # Bytes are looked at as if each were a character: what is sought is ASCII.
    codec, mark = plain_encoding(data, encoding) if encoding else (_BYTES, b"")
    text = _decoded(data.removeprefix(mark), codec)
    if text.lstrip(_BLANKS.decode())[:1] != "[":
        return JsonList(text, [(0, len(text))], codec, mark, is_list=False)
    try:
        return JsonList(text, [*spans_of(text)], codec, mark)
    except (ValueError, IndexError, StopIteration, RecursionError):
        return JsonList(text, [*_spans_of_pieces(text, codec)], codec, mark)


def _decoded(data: bytes, codec: str) -> str:
    text = data.decode(codec, "replace")
    if codec != _BYTES and text.encode(codec, "replace") != data:
        raise RowBytesError(f"It is not plainly {codec}. Convert it to UTF-8 first.")
    return text


def _spans_of_pieces(text: str, codec: str) -> Iterator[tuple[int, int]]:
    read = codec if codec == _BYTES else "utf-8"
    place = 0
    for piece in list_pieces(text.encode(read)):
        if not piece.problem:
            item = piece.data.decode(read)
            start = text.index(item, place)
            place = start + len(item)
            yield start, place
