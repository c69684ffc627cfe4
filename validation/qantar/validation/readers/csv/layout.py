"""Where the lines, rows and quotes of some bytes of CSV stand, and what that proves."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from qantar.validation.readers.byte_scan import (
    Letters,
    Offsets,
    count_where,
    lines_and_quotes,
    places_of,
)
from qantar.validation.readers.csv.record import LONGEST_RECORD
from qantar.validation.tables.array import LineNumbers, Mask, RowNumbers

# Rows longer than this may hold cells beyond the limit of the exact reader.
LONGEST_ROW = 100_000
_LINE_END, _RETURN, _SPACE, _DELETE = ord("\n"), ord("\r"), ord(" "), b"\x7f"
_MARK = "\ufeff".encode()


@dataclass(frozen=True)
class CsvLayout:
    """Some whole rows of a file as bytes; places count bytes from their start."""

    data: bytes
    delimiter: str

    @cached_property
    def letters(self) -> Letters:
        return np.frombuffer(self.data, np.uint8)

    @cached_property
    def line_ends(self) -> Offsets:
        return self._scanned[0]

    @property
    def quotes(self) -> Offsets:
        return self._scanned[1]

    @cached_property
    def row_ends(self) -> Offsets:
        """The line ends outside quotes."""
        if not len(self.quotes):
            return self.line_ends
        outside: Mask = np.searchsorted(self.quotes, self.line_ends) % 2 == 0
        return self.line_ends[outside]

    @cached_property
    def is_printable(self) -> bool:
        """Whether no cell holds a control character."""
        # To search for one letter takes a third of the time of counting it.
        if _DELETE in self.data:
            return False
        between = len(self.row_ends)
        if self.delimiter < " ":
            between += self.delimiters if not len(self.quotes) else 0
        return self._controls == between

    @cached_property
    def delimiters(self) -> int:
        """How many delimiters there are, in quotes and outside."""
        delimiter = ord(self.delimiter)
        return count_where(self.letters, lambda letters: letters == delimiter)

    @property
    def _controls(self) -> int:
        """How many control characters there are, line ends among them."""
        return self._scanned[2]

    @cached_property
    def _scanned(self) -> tuple[Offsets, Offsets, int]:
        """The places of line ends and of quotes, and the number of control characters."""
        if self.delimiter < " ":
            # Delimiters are too many to tell the place of each.
            controls = count_where(self.letters, lambda letters: letters < _SPACE)
            return places_of(self.letters, "\n"), places_of(self.letters, '"'), controls
        return lines_and_quotes(self.letters)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.row_ends) + (not self.data.endswith(b"\n"))

    @property
    def lines(self) -> int:
        """How many line ends there are."""
        return len(self.line_ends)

    def is_regular(self) -> bool:
        """Whether every quick reader must read these bytes as the exact one does."""
        # A quick reader takes an empty line for a row without values, and drops a mark.
        if self.data.startswith((b"\n", b"\r\n", _MARK)) or (np.diff(self.line_ends) == 1).any():
            return False
        if self._controls > self.lines and not self._has_regular_controls():
            return False
        return (not len(self.quotes) or self._has_regular_quotes()) and self._has_short_rows()

    def has_every_cell(self, columns: int, *, is_last_full: bool) -> bool:
        """Whether no row has fewer cells than the header, where none has more.

        columns: of the header. is_last_full: whether the last of them has no gap, which a
        row that was filled up would have.
        """
        return is_last_full or self._delimiters_outside() == self.height * (columns - 1)

    @property
    def has_empty_quotes(self) -> bool:
        """Whether a cell may be empty between quotes."""
        return bool((self.quotes[::2] + 1 == self.quotes[1::2]).any())

    @cached_property
    def row_starts(self) -> Offsets:
        """Where each row begins."""
        return np.concatenate([[0], self.row_ends[: self.height - 1] + 1])

    def first_lines(self, first: int) -> LineNumbers:
        """The line on which each row begins, where the first begins on line `first`."""
        if len(self.row_ends) == self.lines:
            return np.arange(first, first + self.height)
        return np.asarray(np.searchsorted(self.line_ends, self.row_starts) + first, np.int64)

    def only(self, rows: RowNumbers) -> bytes:
        """The bytes of some rows, each with its line end."""
        ends = np.append(self.row_ends, len(self.data) - 1)
        starts = np.concatenate([[0], ends + 1])
        kept = (self.data[starts[row] : ends[row] + 1].rstrip(b"\r\n") for row in rows.tolist())
        return b"".join(row + b"\n" for row in kept)

    def _has_regular_controls(self) -> bool:
        data = self.data
        if b"\0" in data:
            return False
        returns = data.count(b"\r")
        return not returns or (returns == data.count(b"\r\n") and b"\n\r" not in data)

    def _has_regular_quotes(self) -> bool:
        """Whether quotes come in pairs at the edges of cells, and doubled within."""
        letters, last = self.letters, len(self.data) - 1
        if len(self.quotes) % 2:
            return False
        opening, closing = self.quotes[::2], self.quotes[1::2]
        before = letters[np.maximum(opening - 1, 0)]
        after = letters[np.minimum(closing + 1, last)]
        # A quote in a quoted cell is two, of which one closes and the next one opens.
        doubled = closing[:-1] + 1 == opening[1:]
        opens = self._is_edge(before) | (opening == 0)
        closes = self._is_edge(after) | (closing == last)
        returns = (after == _RETURN) & ~closes
        if returns.any():
            closes |= returns & (letters[np.minimum(closing + 2, last)] == _LINE_END)
        opens[1:] |= doubled
        closes[:-1] |= doubled
        return bool(opens.all() and closes.all())

    def _is_edge(self, letters: Letters) -> Mask:
        return np.isin(letters, (ord(self.delimiter), _LINE_END))

    def _has_short_rows(self) -> bool:
        """Whether no row comes near the limits of the exact reader, in bytes or in lines."""
        ends = self.row_ends
        lengths = np.diff(ends, prepend=-1, append=len(self.data))
        if (lengths >= LONGEST_ROW).any():
            return False
        if len(ends) == self.lines:
            return True
        last = np.searchsorted(self.line_ends, ends)
        return bool((np.diff(last, prepend=-1, append=self.lines) < LONGEST_RECORD).all())

    def _delimiters_outside(self) -> int:
        if not len(self.quotes):
            return self.delimiters
        places = places_of(self.letters, self.delimiter)
        before, after = (np.searchsorted(places, self.quotes[side::2]) for side in (0, 1))
        return self.delimiters - int((after - before).sum())
