"""How far what is compressed may expand, so that a bomb is stopped early."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

# What a message says that refuses a file for its expansion alone.
HOW_TO_RAISE = "Where you trust it, raise the limit with --max-expansion."
# More bytes than these are no row.
MOST_OF_A_ROW = 16_000_000
_NOTHING = b" \t\r\n\0,;|\"'"
# So many times its own size a compressed file may expand, unless that is raised.
TIMES = 600
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


def raised(limit: int) -> int:
    """A limit of size, as many times larger as more expansion is allowed than by default."""
    times = _RAISED.get()
    return limit if times is None else limit * max(1, times // TIMES)


@dataclass(frozen=True)
class Expansion:
    """How far a file may expand: bytes in all, and beyond the free ones so many times what
    was read of it. Text of real tables shrinks to a tenth or a fiftieth, of much repetition
    to a four-hundredth; spaces alone to a thousandth, the most that gzip and zip can do.

    is_in_rows: whether it is judged row by row, so that rows may be as many as they are, and
    only what is no row counts: a line without an end, or text that holds nothing.
    """

    most: int = 64_000_000_000
    free: int = 32_000_000
    times: int = TIMES
    is_in_rows: bool = False

    def allows(self, unpacked: int, packed: int) -> bool:
        return unpacked <= self.bytes_for(packed)

    def bytes_for(self, packed: int) -> int:
        """How many bytes a file of a size in bytes may expand to."""
        return min(raised(self.most), max(self.free, times_allowed(self.times) * packed))


EXPANSION = Expansion()
EXPANSION_OF_ROWS = Expansion(is_in_rows=True)


@dataclass
class RowWatch:
    """What comes of a text, looked at for the rows it holds.

    line: how many bytes have come since a line ended. empty: how many since there was anything
    but blanks, separators and quotes.
    """

    line: int = 0
    empty: int = 0

    def take(self, piece: bytes) -> None:
        """Look at the next bytes, fewer than a row may have."""
        end = piece.rfind(b"\n") + 1
        self.line = len(piece) - end if end else self.line + len(piece)
        self.empty = 0 if piece.strip(_NOTHING) else self.empty + len(piece)

    @property
    def is_endless(self) -> bool:
        """Whether more has come than any row can have."""
        return max(self.line, self.empty) > MOST_OF_A_ROW
