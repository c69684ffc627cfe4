"""A compiled project that knows where in the coding sheets each of its values was written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from qantar.builders.event_compiler import Compiled
from qantar.builders.origin import Place, Written
from qantar.schema.corpus import Corpus
from qantar.schema.derivation import derive_dyads
from qantar.schema.shape import RECORD_TABLES, shred
from qantar.schema.tables import TABLES

_ITEM = re.compile(r"((?:/[a-z]+/[0-9]+)*)(?:/([a-z_0-9]+))?.*", re.S)
_OF_MENTION = ("factuality", "certainty", "polarity", "content_status", "conditional")
# Fields of an event that a call of their own gives, by the beginning of their names.
_CALLS = {
    "date_": "when",
    "place_": "where",
    "latitude": "where",
    "longitude": "where",
    "admin1_": "where",
}
# A coder writes the event's id alone; it is the key of all that belongs to the event.
_FROM_EVENT_ID = ("event_id", "mention_id")
_LISTS = {"counts": "counts", "relations": "links", "alternatives": "considered"}


@dataclass(frozen=True)
class Origin:
    """Where a value comes from. name: of the record; item: what it stands in, one by one."""

    place: Place
    name: str
    item: tuple[str | int, ...]
    field: str | None


@dataclass(frozen=True)
class Assembly:
    """A corpus with what its records were compiled from, in their order.

    places: where the rows of the tables were written that records do not hold. remarks: what
    is to be told of the project that is no fault.
    """

    corpus: Corpus
    compiled: tuple[Compiled, ...]
    places: Mapping[str, Sequence[Place | None]]
    remarks: tuple[str, ...] = ()

    def origin_of_row(self, table: str, row: int, column: str | None) -> Origin | None:
        """The origin of a cell; row is the index of the row in its table."""
        if table in self._pointers:
            found = self._pointers[table][row : row + 1]
            return self._origin(*found[0], column) if found else None
        place = next(iter(self.places.get(table, ())[row : row + 1]), None)
        if place is None:
            return None
        cells = self.corpus.plain[table][row]
        key = TABLES[table].primary_key or ("actor_id",)
        name = " ".join(str(cells[part]) for part in key if part in cells)
        return Origin(place, name, (table, row), column)

    def origin_of_field(self, event: int, pointer: str) -> Origin | None:
        """The origin of a value in a nested record; event is the index of the record."""
        if event >= len(self.compiled):
            return None
        item, name = _ITEM.fullmatch(pointer).groups()  # type: ignore[union-attr]
        return self._origin(event, item, name)

    def place_of_event(self, event_id: str) -> str | None:
        """Where an event is coded; of one that is not, the line of its last change."""
        coded = [c.coding.written_at for c in self.compiled if c.coding.event_id == event_id]
        changes = zip(self.corpus.plain["changes"], self.places.get("changes", ()), strict=False)
        changed = [place for row, place in changes if row["event_id"] == event_id]
        place = next(iter([*coded[:1], *reversed(changed)]), None)
        return str(place) if place else None

    @cached_property
    def _pointers(self) -> dict[str, list[tuple[int, str]]]:
        """Of each row of the tables that records make the record and the pointer into it."""
        found: dict[str, list[tuple[int, str]]] = {name: [] for name in (*RECORD_TABLES, "dyads")}
        for number, event in enumerate(self.corpus.events):
            for table, pointer, _ in shred(event):
                found[table].append((number, pointer))
            found["dyads"].extend((number, "") for _ in derive_dyads(event, {}))
        return found

    def _origin(self, event: int, item: str, field: str | None) -> Origin | None:
        compiled = self.compiled[event]
        if field in _FROM_EVENT_ID:
            item, field = "", "event_id"
        steps = item.split("/")[1:]
        written = _written(compiled, steps, field)
        place = written.written_at or compiled.coding.written_at
        if place is None:
            return None
        name = compiled.coding.event_id
        if steps[:1] == ["mentions"]:
            name = f"{name}-M{int(steps[1]) + 1}"
        return Origin(place, name, (event, item), field)


def _written(compiled: Compiled, steps: list[str], field: str | None) -> Written:
    """What the coder wrote that an item of a record was made of, as near as can be told."""
    coding = compiled.coding
    match steps:
        case ["mentions", number]:
            return compiled.mentions[int(number)]
        case ["mentions", number, "attributions", link]:
            return compiled.mentions[int(number)].sources[int(link)]
        case ["mentions", number, *_]:
            return compiled.mentions[int(number)]
        case [("counts" | "relations" | "alternatives") as name, number]:
            made: Written = getattr(coding, _LISTS[name])[int(number)]
            return made
    if field in _OF_MENTION:
        return next((m for m in compiled.mentions if m.leading), coding)
    if (field or "").startswith("fatalities_") and coding.counts:
        return coding.counts[0]
    call = next((c for begin, c in _CALLS.items() if (field or "").startswith(begin)), None)
    found: Written | None = getattr(coding, call) if call else None
    return found or coding
