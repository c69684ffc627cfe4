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
