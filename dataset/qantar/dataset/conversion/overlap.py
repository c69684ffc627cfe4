"""Reading, converting and writing at the same time, each in a thread of its own.

The libraries that do the work let other threads run meanwhile. One item waits between two of
them, so that memory stays bounded.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

import polars as pl

from qantar.dataset.conversion.output import RowFile

T = TypeVar("T")


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
    """A file that rows are added to while the next ones are made."""

    file: RowFile
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    waiting: Future[None] | None = None

    def add(self, frame: pl.DataFrame) -> None:
        """Write the rows; raises what the writing of earlier ones raised."""
        self._settle()
        self.waiting = self.pool.submit(self.file.add, frame)

    def close(self, metadata: dict[str, Any]) -> None:
        """Write what is left."""
        self._settle()
        self.pool.shutdown()
        self.file.close(metadata)

    def _settle(self) -> None:
        waiting, self.waiting = self.waiting, None
        if waiting is not None:
            waiting.result()
