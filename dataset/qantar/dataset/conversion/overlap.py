"""Reading, converting and writing at the same time, each in a thread of its own.

The libraries that do the work let other threads run meanwhile. Few items wait between two of
them, so that memory stays bounded.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

import polars as pl

from qantar.dataset.conversion.output import RowFile

T = TypeVar("T")
MOST_WAITING = 4


def read_ahead(items: Iterable[T]) -> Iterator[T]:
    """The items in their order; the next one is made while the last is used."""
    left = iter(items)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(_next, left)
        while found := waiting.result():
            waiting = pool.submit(_next, left)
            yield found[0]


def _next(left: Iterator[T]) -> tuple[T] | None:
    for item in left:
        return (item,)
    return None


@dataclass
class WriteBehind:
    """A file that rows are added to while the next ones are made.

    Rows are written in groups of several frames, so as many wait while a group is written.
    """

    file: RowFile
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    waiting: deque[Future[None]] = field(default_factory=deque)

    def add(self, frame: pl.DataFrame) -> None:
        """Write the rows; raises what the writing of earlier ones raised."""
        self._settle(MOST_WAITING - 1)
        self.waiting.append(self.pool.submit(self.file.add, frame))

    def close(self, metadata: dict[str, Any]) -> None:
        """Write what is left."""
        self._settle(0)
        self.pool.shutdown()
        self.file.close(metadata)

    def _settle(self, most: int) -> None:
        while len(self.waiting) > most:
            self.waiting.popleft().result()
