"""How fast a long file is read, and how long the rest will take."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

EVERY_SECONDS = 0.5


@dataclass
class Pace:
    """Tells how far a file is read, at most every half second.

    what: the file as it is told. size: how much there is to read, in the unit of `note`.
    """

    what: str
    size: int
    tell: Callable[[str], None]
    clock: Callable[[], float] = time.monotonic
    started: float = field(init=False)
    told: float = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.told = self.clock()

    def note(self, done: int, rows: int) -> None:
        """So much of the size is done, and so many rows were judged."""
        now = self.clock()
        if now - self.told < EVERY_SECONDS or not done:
            return
        self.told = now
        spent = now - self.started
        share = min(done / self.size, 1) if self.size else 1
        left = spent / share - spent if share else 0
        self.tell(
            f"{self.what}: {share:.0%}, {rows:,} rows, {rows / spent:,.0f} a second, "
            f"{_duration(left)} left"
        )

    def lines(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The lines of a file, noted as they are taken; the size is in bytes."""
        done = 0
        for number, line in enumerate(lines, start=1):
            done += len(line)
            yield line
            self.note(done, number)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
