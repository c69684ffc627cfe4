"""What the bytes of some JSON Lines prove of a quick reader's cells.

A quick reader drops a repeated or unknown key, spells numbers as text where text is
declared, and makes null of what has another type. Each of these leaves fewer cells than
the line has keys, or fewer texts than it has quotes for; so counting shows that none was.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from qantar.validation.readers.byte_scan import Letters, Offsets, comes_twice, places_of, windows
from qantar.validation.tables.array import RowNumbers

_QUOTE, _COLON, _SPACE, _RETURN, _BACKSLASH = (ord(mark) for mark in '": \r\\')
# The two opening brackets differ by one bit.
_OPENING, _LOWER = ord("{"), ord("{") ^ ord("[")
# How many of something each row has.
Counts: TypeAlias = npt.NDArray[np.int64]
_SURROGATE = re.compile(rb"\\u[dD]")


@dataclass(frozen=True)
class JsonLayout:
    """Some lines of a file, each with its line end; a row is a line."""

    data: bytes

    @cached_property
    def letters(self) -> Letters:
        """The bytes, without escaped backslashes: a quote after a backslash is an escaped one."""
        data = self.data
        letters = np.frombuffer(data, np.uint8)
        if b"\\" in data and comes_twice(letters, "\\"):
            letters = np.frombuffer(data.replace(b"\\\\", b"__"), np.uint8)
        return letters

    @cached_property
    def ends(self) -> Offsets:
        """Where each row ends, at its line end."""
        return places_of(self.letters, "\n")

    @cached_property
    def starts(self) -> Offsets:
        """Where each row begins."""
        return np.concatenate([[0], self.ends[:-1] + 1])

    @property
    def height(self) -> int:
        return len(self.ends)

    def has_plain_lines(self) -> bool:
        """Whether every line begins and ends as an object does."""
        last = self.letters[self.ends - 1]
        if (last == _RETURN).any():
            last = np.where(last == _RETURN, self.letters[self.ends - 2], last)
        return bool(((self.letters[self.starts] == ord("{")) & (last == ord("}"))).all())

    def doubtful(self, keys: Counts, texts: Counts, containers: Counts) -> RowNumbers:
        """The rows that a reader may have misread.

        keys, texts, containers: how many values, texts, and objects or lists it found in
        each row.
        """
        if self.fits(int(keys.sum()), int(texts.sum()), int(containers.sum())):
            return self._halves()
        return self._doubtful_rows(keys, texts, containers)

    def _halves(self) -> RowNumbers:
        """The rows in which an escape may be half of a surrogate pair."""
        escapes = _SURROGATE.finditer(self.data) if b"\\" in self.data else ()
        return self._rows_at([found.start() for found in escapes])

    def _doubtful_rows(self, keys: Counts, texts: Counts, containers: Counts) -> RowNumbers:
        """The same as `doubtful`, row by row, however the sums are."""
        quotes = places_of(self.letters, '"')
        quotes = quotes[self.letters[quotes - 1] != _BACKSLASH]
        until = np.searchsorted(quotes, self.ends)
        counts = np.diff(until, prepend=0)
        next_ones = self.letters[quotes + 1]
        ranks = np.arange(len(quotes)) - np.repeat(until - counts, counts)
        pairs = self._by_row(quotes[(next_ones == _COLON)])
        # A key that is parted from its colon would not be counted.
        apart = self._by_row(quotes[(next_ones <= _SPACE) & (ranks % 2 == 1)])
        opened = sum(self._by_row(places_of(self.letters, bracket)) for bracket in "{[")
        is_read = (pairs == keys) & (counts == 2 * (keys + texts)) & (opened == containers)
        return np.union1d(self._halves(), np.flatnonzero(~is_read | (apart > 0)))

    def __getitem__(self, index: int) -> bytes:
        """The bytes of a row, without its line end."""
        return self.data[self.starts[index] : self.ends[index]]

    def fits(self, keys: int, texts: int, containers: int) -> bool:
        """Whether the counts of all rows together leave no room for a difference in any."""
        quotes = pairs = 0
        # Every line begins with a bracket, the first too, which no window looks at.
        brackets = 1
        for _, window in windows(self.letters, beyond=2):
            before, here, following = window[:-2], window[1:-1], window[2:]
            is_quote = (here == _QUOTE) & (before != _BACKSLASH)
            is_before_colon = following == _COLON
            # A key that is parted from its colon would not be counted.
            if (is_before_colon & (here <= _SPACE)).any():
                return False
            quotes += int(np.count_nonzero(is_quote))
            pairs += int(np.count_nonzero(is_quote & is_before_colon))
            brackets += int(np.count_nonzero((here | _LOWER) == _OPENING))
        return pairs == keys and quotes == 2 * (keys + texts) and brackets == containers

    def _by_row(self, places: RowNumbers) -> RowNumbers:
        return np.diff(np.searchsorted(places, self.ends), prepend=0)

    def _rows_at(self, places: list[int]) -> RowNumbers:
        return np.unique(np.searchsorted(self.ends, np.array(places, np.int64)))
