"""A long column of 64-bit numbers that grows as a file is read.

It is kept in pieces so large that each lies apart in memory. A small piece for each chunk
would lie among what is let go after the chunk, and keep that from being given back.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[Any]
VALUES_PER_PIECE = 2**22


@dataclass
class GrowingArray:
    """The numbers in their order; dtype: one of 64 bits."""

    dtype: npt.DTypeLike = np.uint64
    pieces: list[Words] = field(default_factory=list)
    count: int = 0

    def __len__(self) -> int:
        return self.count

    def add(self, words: Words) -> None:
        """The next numbers."""
        while len(words):
            start = self.count % VALUES_PER_PIECE
            if start == 0:
                self.pieces.append(np.empty(VALUES_PER_PIECE, self.dtype))
            taken = words[: VALUES_PER_PIECE - start]
            self.pieces[-1][start : start + len(taken)] = taken
            self.count += len(taken)
            words = words[len(taken) :]

    def parts(self) -> Iterator[Words]:
        """All of them, a piece at a time."""
        for number, piece in enumerate(self.pieces):
            yield piece[: self.count - number * VALUES_PER_PIECE]

    def whole(self) -> Words:
        """All of them."""
        return np.concatenate([np.empty(0, self.dtype), *self.parts()])
