"""A fault: one thing that is wrong, where it stands, and what to do."""

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from qantar.schema.rule import Severity

LONGEST_VALUE_SHOWN = 200
_LARGEST_WHOLE = 2.0**53
# Python refuses to spell whole numbers of more than 4300 digits.
_MOST_BITS_SPELLED = 10_000


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    line is the physical line of the file and row the record's number among the data, both
    from 1. pointer (RFC 6901) points into a nested record, column into a table; a fault has
    one of the two. value is what was found, as text, cut where it is long. suggestion is
    the nearest value that would do, where one is close.
    """

    rule: str
    message: str
    severity: Severity = Severity.error
    file: str | None = None
    line: int | None = None
    row: int | None = None
    pointer: str | None = None
    column: str | None = None
    value: str | None = None
    suggestion: str | None = None

    @property
    def is_named_by_row(self) -> bool:
        """Whether the line does not tell the record: there is none, or several stand on it."""
        return self.row is not None and (self.line is None or self.row > self.line)

    def at(self, **place: Any) -> "Fault":
        """The same fault with its place filled in."""
        # Several times as quick as `dataclasses.replace`, and asked of every fault.
        cells = [*cells_of(self)]
        for name, value in place.items():
            cells[_PLACES[name]] = value
        return Fault(*cells)

    def as_pointed(self) -> "Fault":
        """The same fault with a pointer into its row in place of a column."""
        if self.column is None:
            return replace(self, pointer="")
        escaped = self.column.replace("~", "~0").replace("/", "~1")
        return replace(self, pointer=f"/{escaped}", column=None)

    def as_dict(self) -> dict[str, Any]:
        """The fault with only what is known of it."""
        cells = zip(self.__slots__, cells_of(self), strict=True)
        return {name: value for name, value in cells if value is not None}


# The fields in the order in which `Fault` takes them.
cells_of = attrgetter(*Fault.__slots__)
_PLACES = {name: place for place, name in enumerate(Fault.__slots__)}


def shown(value: Any) -> str | None:
    """A value as a fault shows it: text, JSON spelling for booleans, never endless."""
    if value is None:
        return None
    if type(value) is str:
        return _shortened(value)
    if isinstance(value, float) and value.is_integer() and abs(value) <= _LARGEST_WHOLE:
        # JSON has one kind of number; whether 3 is held as 3.0 is up to the reader.
        value = int(value)
    if isinstance(value, int) and value.bit_length() > _MOST_BITS_SPELLED:
        return "a whole number of very many digits"
    return _shortened(str(value).lower() if isinstance(value, bool) else spelled(value))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE_SHOWN else text[: LONGEST_VALUE_SHOWN - 1] + "…"


def spelled(value: Any) -> str:
    """The value as Python prints it, or its type where that fails, as for endless numbers."""
    try:
        return str(value)
    except Exception:
        return f"<{type(value).__name__}>"
