"""The rows of errors that are not told one by one, for whoever asks for every faulty row.

Of many cells with one cause only the first is told. Whoever parts the good rows of a file from
the bad ones needs the others too; nobody else does, so they are kept on demand.
"""

from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from qantar.schema.rule import Severity
from qantar.validation.faults.fault import Fault


@dataclass
class Untold:
    """Rows (from 1, maybe several times) of errors that another fault stands for.

    messages: of the faults that stand for them, which may have no row themselves.
    """

    rows: "array[int]" = field(default_factory=lambda: array("q"))
    messages: set[str] = field(default_factory=set)


_KEPT: ContextVar[Untold | None] = ContextVar("untold", default=None)


@contextmanager
def untold_kept() -> Iterator[Untold]:
    """Keep what is not told meanwhile, of a check in this thread."""
    kept = Untold()
    before = _KEPT.set(kept)
    try:
        yield kept
    finally:
        _KEPT.reset(before)


def keep_untold(faults: Iterable[Fault], told: Fault | None = None) -> None:
    """Note the rows of errors that are not told, and the fault that stands for them."""
    kept = _KEPT.get()
    if kept is None:
        return
    kept.rows.extend(f.row for f in faults if f.row and f.severity is Severity.error)
    if told is not None:
        kept.messages.add(told.message)


def forget_untold() -> None:
    """Forget what was kept: the check starts anew."""
    kept = _KEPT.get()
    if kept is not None:
        del kept.rows[:]
        kept.messages.clear()
