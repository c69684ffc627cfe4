"""What the bytes of some JSON Lines prove of a quick reader's cells.

A quick reader drops a repeated or unknown key, spells numbers as text where text is
declared, and makes null of what has another type. Each of these leaves fewer cells than
the line has keys, or fewer texts than it has quotes for; so counting shows that none was.
"""

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from qantar.validation.blocks.block import Rows

_QUOTE, _COLON, _SPACE, _RETURN, _LINE_END = (ord(mark) for mark in '": \r\n')
_SURROGATE = re.compile(rb"\\u[dD]")


@dataclass(frozen=True)
class JsonLayout:
    """Some lines of a file, each with its line end; a row is a line."""

    data: bytes

    @cached_property
    def letters(self) -> npt.NDArray[np.uint8]:
        """The bytes, with nothing left of escaped quotes."""
        data = self.data
        if b'\\"' in data:
            data = data.replace(b"\\\\", b"__").replace(b'\\"', b"__")
        return np.frombuffer(data, np.uint8)

    @cached_property
    def ends(self) -> Rows:
        """Where each row ends, at its line end."""
        return np.flatnonzero(self.letters == _LINE_END)

    @cached_property
    def starts(self) -> Rows:
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
        return bool((self.letters[self.starts] == ord("{")).all() and (last == ord("}")).all())

    def doubtful(self, keys: Rows, texts: Rows, containers: Rows) -> Rows:
        """The rows that a reader may have misread.

        keys, texts, containers: how many values, texts, and objects or lists it found in
        each row.
        """
        halves = self._rows_at([found.start() for found in _SURROGATE.finditer(self.data)])
        if self._fits(int(keys.sum()), int(texts.sum()), int(containers.sum())):
            return halves
        quotes = np.flatnonzero(self.letters == _QUOTE)
        until = np.searchsorted(quotes, self.ends)
        counts = np.diff(until, prepend=0)
        next_ones = self.letters[quotes + 1]
        ranks = np.arange(len(quotes)) - np.repeat(until - counts, counts)
        pairs = self._by_row(quotes[(next_ones == _COLON)])
        # A key that is parted from its colon would not be counted.
        apart = self._by_row(quotes[(next_ones <= _SPACE) & (ranks % 2 == 1)])
        opened = self._by_row(np.flatnonzero(np.isin(self.letters, (ord("{"), ord("[")))))
        is_read = (pairs == keys) & (counts == 2 * (keys + texts)) & (opened == containers)
        return np.union1d(halves, np.flatnonzero(~is_read | (apart > 0)))

    def __getitem__(self, index: int) -> bytes:
        """The bytes of a row, without its line end."""
        return self.data[self.starts[index] : self.ends[index]]

    def _fits(self, keys: int, texts: int, containers: int) -> bool:
        """Whether the counts of all rows together leave no room for a difference in any."""
        letters = self.letters
        colons = letters[1:] == _COLON
        if (colons & (letters[:-1] <= _SPACE)).any():
            return False
        is_quote = letters == _QUOTE
        opened = np.count_nonzero(letters == ord("{")) + np.count_nonzero(letters == ord("["))
        return (
            opened == containers
            and int(np.count_nonzero(colons & is_quote[:-1])) == keys
            and int(np.count_nonzero(is_quote)) == 2 * (keys + texts)
        )

    def _by_row(self, places: Rows) -> Rows:
        return np.diff(np.searchsorted(places, self.ends), prepend=0)

    def _rows_at(self, places: list[int]) -> Rows:
        return np.unique(np.searchsorted(self.ends, np.array(places, np.int64)))
