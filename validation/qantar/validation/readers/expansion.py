"""How far what is compressed may expand, so that a bomb is stopped early."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

# What a message says that refuses a file for its expansion alone.
HOW_TO_RAISE = "Where you trust it, raise the limit with --max-expansion."
_RAISED: ContextVar[int | None] = ContextVar("max_expansion", default=None)


@contextmanager
def raised_to(times: int | None) -> Iterator[None]:
    """Let files expand to so many times their own size meanwhile; None: as by default."""
    before = _RAISED.set(times)
    try:
        yield
    finally:
        _RAISED.reset(before)


def times_allowed(default: int) -> int:
    """How many times its own size a file may expand."""
    raised = _RAISED.get()
    return default if raised is None else raised


@dataclass(frozen=True)
class Expansion:
    """How far a file may expand: bytes in all, and beyond the free ones so many times what
    was read of it. Text of real tables shrinks to a tenth or a fiftieth, of much repetition
    to a four-hundredth; spaces alone to a thousandth, the most that gzip and zip can do.
    """

    most: int = 64_000_000_000
    free: int = 32_000_000
    times: int = 600

    def allows(self, unpacked: int, packed: int) -> bool:
        return unpacked <= self.most and unpacked <= self.bytes_for(packed)

    def bytes_for(self, packed: int) -> int:
        """How many bytes a file of a size in bytes may expand to."""
        return min(self.most, max(self.free, times_allowed(self.times) * packed))


EXPANSION = Expansion()
