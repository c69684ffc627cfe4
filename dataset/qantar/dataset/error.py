"""What goes wrong in reading and in writing releases."""

from collections.abc import Callable, Sequence

_FAULTS_SHOWN = 20


class DatasetError(Exception):
    """A release cannot be read as asked; the message says why and what to do."""


class ReleaseError(OSError):
    """A release cannot be written; the message says what, where and what to do.

    An earlier release of the same version is still whole.
    """


class UnexplainedError(ReleaseError):
    """A release differs from the one before it in what the table `changes` does not explain.

    faults: pairs of an event and a sentence. also: what else keeps it from being written.
    """

    def __init__(self, head: str, faults: Sequence[tuple[str, str]], also: str = "") -> None:
        self.head, self.faults, self.also = head, faults, also
        super().__init__(self._tell(lambda _: None))

    def placed(self, place_of: Callable[[str], str | None]) -> ReleaseError:
        """The same error with the place of each event's record or change before its sentence."""
        return ReleaseError(self._tell(place_of))

    def _tell(self, place_of: Callable[[str], str | None]) -> str:
        lines = []
        for event_id, told in self.faults[:_FAULTS_SHOWN]:
            place = place_of(event_id)
            lines.append(f"- {place}: {told}" if place else f"- {told}")
        more = len(self.faults) - _FAULTS_SHOWN
        lines.extend([f"- and {more} more"] if more > 0 else [])
        return "\n".join(filter(None, (self.head, *lines, self.also)))


class UnfitReleaseError(ReleaseError):
    """Values that no file of a release can hold.

    cells: of each the table, the index of its row, its column, and a sentence.
    """

    def __init__(self, head: str, cells: Sequence[tuple[str, int, str, str]]) -> None:
        self.head, self.cells = head, cells
        super().__init__(self._tell(lambda _table, _row, _column: None))

    def placed(self, place_of: Callable[[str, int, str], str | None]) -> ReleaseError:
        """The same error with the place of each value, told once where tables repeat it."""
        return ReleaseError(self._tell(place_of))

    def _tell(self, place_of: Callable[[str, int, str], str | None]) -> str:
        lines: dict[tuple[str, str], str] = {}
        for table, row, column, told in self.cells:
            place = place_of(table, row, column) or f"{table}, row {row + 1}"
            lines.setdefault((place, column), f"- {place}: {told}")
        more = len(lines) - _FAULTS_SHOWN
        shown = [*lines.values()][:_FAULTS_SHOWN]
        return "\n".join([self.head, *shown, *([f"- and {more} more"] if more > 0 else [])])
