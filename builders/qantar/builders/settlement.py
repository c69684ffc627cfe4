"""The file `settlement.csv`: into which event each coding went, or why it went into none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qantar.builders.coding import CodingError
from qantar.builders.gathering import Gathering
from qantar.builders.hand_kept_file import PlacedRow, read_cells
from qantar.builders.origin import place_in
from qantar.builders.raw_pass import RawPass

SETTLEMENT = "settlement.csv"
_NEEDED = ("coding_id", "event_id")
_KNOWN = ("coder_id", *_NEEDED, "reason")


@dataclass
class _Settled:
    """The events found so far, and the codings of which a line was read."""

    coders: Mapping[str, Sequence[str]]
    events: dict[tuple[str, str], str] = field(default_factory=dict)
    read: set[tuple[str, str]] = field(default_factory=set)

    def take(self, cells: Mapping[str, str]) -> Iterator[str]:
        """Take up a line; what is wrong with it."""
        coding, event = cells["coding_id"], cells["event_id"]
        coder, reason = cells.get("coder_id", ""), cells.get("reason", "")
        if bool(event) is bool(reason):
            held = "both an event and a reason" if event else "neither an event nor a reason"
            yield (
                f"{coding} has {held}; give event_id, or leave it empty and say in the column "
                "reason why the coding went into no event"
            )
        having = [one for one in self.coders.get(coding, ()) if coder in ("", one)]
        if not having:
            who = coder or "no coder"
            has = "has no coding" if coder else "has a coding"
            yield f"{who} {has} {coding!r}; correct the id, or remove the line"
        elif len(having) > 1:
            yield (
                f"{coding} is a coding of {' and of '.join(having)}; "
                "say in the column coder_id whose is meant"
            )
        elif (having[0], coding) in self.read:
            yield f"{coding} is settled twice"
        else:
            self.read.add((having[0], coding))
            if event:
                self.events[having[0], coding] = event


def read_settlement(
    path: Path, passes: Iterable[RawPass], faults: Gathering
) -> dict[tuple[str, str], str]:
    """The event by coder and coding; faults get all that is wrong with the file.

    Every act of every coder has one line: with the event it went into, or with the reason
    why it went into none. The column coder_id is needed only where two coders number alike.
    """
    acts = [(raw.coder_id, coding_id) for raw in passes for coding_id in raw.acts]
    coders: dict[str, list[str]] = {}
    for coder, coding in acts:
        coders.setdefault(coding, []).append(coder)
    settled = _Settled(coders)
    lines: list[PlacedRow] | None = None
    with faults.catching():
        lines = read_cells(path, _NEEDED, _KNOWN)
    for placed in lines or ():
        for told in settled.take(placed.cells):
            faults.add(CodingError(told, placed.place))
    lacking = [coding for coder, coding in acts if (coder, coding) not in settled.read]
    if lines is not None and lacking and not faults:
        told = f"{', '.join(dict.fromkeys(lacking))} has no line; add one with its event_id, or "
        told += "with an empty event_id and the reason"
        faults.add(CodingError(told, place_in(path)))
    return settled.events
